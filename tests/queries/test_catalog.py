from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import GraphQLEnumType, GraphQLObjectType

from ecograph.queries import BadQueryFile, catalog
from ecograph.queries.catalog import expanded, parse
from ecograph.schema.compiler.context import spec_of
from ecograph.schema.exchange import RATES
from ecograph.schema.partner_view import SPECS
from ecograph.schema.sdl import graphql_schema
from ecograph.schema.spec import CallConnection, Change, Computed, One, OrderKey, Rows, Scalar

ROOT = Path(__file__).parents[2] / "queries"
USES = re.compile(r"CALL ecograph\.(\w+)")
GOOD = "// description: d\n// parameters: a DATE\n// columns: x FLOAT\n// mode: read\nRETURN $a AS x\n"


def test_a_header_is_read() -> None:
    query = parse("health", "x", GOOD)
    assert (query.parameters, query.columns, query.text) == ({"a": "DATE"}, {"x": "FLOAT"}, "RETURN $a AS x")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("// mode: read\n", ""), "health/x.cypher:1: header 'mode' is missing"),
        (("mode: read", "mode: both"), "use read or write"),
        (("description", "about"), "health/x.cypher:1: unknown header 'about'"),
        (("// mode: read", "// mode: read\n// mode: read"), "health/x.cypher:5: header 'mode' stands twice"),
        (("$a", "$b"), "health/x.cypher:5: $b is not declared"),
        (("$a", "1"), "parameter 'a' is declared but not used"),
        (("a DATE", "a"), "is not `name TYPE`"),
    ],
)
def test_a_wrong_header_says_where_and_how_to_mend_it(change: tuple[str, str], message: str) -> None:
    with pytest.raises(BadQueryFile, match=re.escape(message)):
        parse("health", "x", GOOD.replace(*change))


def _expanded(content: str) -> str:
    query = parse("health", "x", content)
    return expanded(query, {**catalog(), "x": query}).text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CALL ecograph.account_population(account)", None),
        ("CALL ecograph.nothing(account)", "'nothing' is no other query that reads"),
        ("CALL ecograph.x(account)", "'x' is no other query that reads"),
        ("CALL ecograph.account_population()", "must give account"),
        ("CALL ecograph.account_is_active(account)", "declare `hasCustomerDates BOOLEAN`"),
        ("", "parameter 'asOf' is declared but not used"),
    ],
)
def test_a_query_may_use_another(text: str, message: str | None) -> None:
    header = "// description: d\n// parameters: asOf DATE\n// columns: population STRING\n// mode: read\n"
    content = f"{header}MATCH (account:Account)\n{text}\nRETURN population"
    if message is None:
        used = catalog()["account_population"].text
        assert f"CALL (account) {{ WITH account AS account {used} }}" in _expanded(content)
    else:
        with pytest.raises(BadQueryFile, match=re.escape(message)):
            _expanded(content)


def _used() -> set[str]:
    used: set[str] = set()
    for named in graphql_schema().type_map.values():
        if not isinstance(named, GraphQLObjectType):
            continue
        for field in named.fields.values():
            spec = spec_of(field)
            if isinstance(spec, (Rows, One, Scalar, CallConnection)):
                used.add(spec.call.query)
            if isinstance(spec, Change):
                used.add(spec.read.call.query)
            if isinstance(spec, CallConnection) and spec.why:
                used.add(spec.why.query)
            if isinstance(spec, Computed):
                used.update(spec.queries)
    for key in _order_keys():
        if key.currencies is not None:
            used |= {key.currencies, RATES}
        if isinstance(key.spec, Scalar):
            used.add(key.spec.call.query)
    used |= {name for file in ROOT.rglob("*.cypher") for name in USES.findall(file.read_text("utf-8"))}
    used |= {spec.call.query for spec in SPECS.values() if isinstance(spec, Rows)}
    return used | _used_by_measures()


def _used_by_measures() -> set[str]:
    """Queries that the numeric steps beside them name."""
    named = set()
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and node.value in catalog():
                named.add(str(node.value))
    return named


def _order_keys() -> Iterator[OrderKey]:
    for named in graphql_schema().type_map.values():
        if isinstance(named, GraphQLEnumType):
            yield from (v.value for v in named.values.values() if isinstance(v.value, OrderKey))


def test_every_query_file_is_used_and_every_used_query_is_a_file() -> None:
    assert _used() == set(catalog())


def test_column_names_are_what_the_text_returns() -> None:
    for query in catalog().values():
        returned = query.text.rpartition("RETURN")[2]
        for column in query.columns:
            assert re.search(rf"\b{column}\b", returned), f"{query.file}: {column} is not returned"


FORMATTED = {
    "graph/check.py": {"_EXAMPLES", "kind.label", "kind.type", "self.match", "shown", "wrong"},
    "graph/cypher.py": {"label", "value", "variable"},
    "graph/export/tables.py": {"current", "kind.type", "label"},
    "graph/load/edges.py": {"kind.type", "labels[0]", "labels[1]"},
    "graph/load/histories.py": {"kind.of.label", "label"},
    "graph/load/merged.py": {"domains", "external", "label", "match"},
    "graph/load/nodes.py": {"kind.label", "label", "match"},
    "graph/load/affected.py": {"statement"},
    "graph/load/prepare.py": {"label", "table.kind.label", "table.kind.type"},
    "graph/names.py": {"label"},
    "graph/stored/runs.py": {"name"},
    "graph/stored/write.py": {"end", "group.type", "label", "start"},
    "queries/catalog.py": {"start", "inner", "', '.join(dict.fromkeys(inputs))"},
    "queries/work.py": {"label"},
    "graph/migrations/derive.py": {
        "_snake(label)", "_snake(name)", "kind.type", "kind.type.lower()", "label", "labels", "name", "SEARCH_INDEX",
    },
    "graph/resolution/candidates.py": {"DETAILS"},
    "graph/resolution/held.py": {"label", "match", "path"},
    "graph/resolution/rows.py": {"DETAILS", "_NAMED % 'country'", "_NAMED % 'duns'", "key", "label"},
    "graph/resolution/steps.py": {"account", "label", "name", "node", "other", "path", "type_"},
    "graph/resolver.py": {"_OWNER", "kind.label", "match"},
    "graph/webhooks/changes.py": {"_OURS"},
}  # fmt: skip
"""What stands in formatted Cypher outside of the compiler: labels, types and property names of the model, and texts
made of these. A new entry is to be looked at: values are always parameters."""
CYPHER = re.compile(r"\b(MATCH|MERGE|UNWIND|CREATE|CALL|RETURN|DELETE)\b ?[({A-Za-z$]")


def _formatted(node: ast.JoinedStr) -> set[str]:
    """What is put into a formatted string; of `seek`, which makes a MATCH of a label, the label."""
    found = set()
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            value = part.value
            if isinstance(value, ast.Call) and ast.unparse(value.func) == "seek":
                value = value.args[1]
            if not isinstance(value, ast.Constant):
                found.add(ast.unparse(value))
    return found


def test_no_formatted_string_reaches_the_database_but_with_the_models_own_names() -> None:
    root = Path(__file__).parents[2]
    found: dict[str, set[str]] = {}
    for folder in ("graph", "queries", "api", "seeds"):
        for file in (root / folder).rglob("*.py"):
            name = file.relative_to(root).as_posix()
            if "node_modules" in name:
                continue
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
                    if CYPHER.search(text):
                        found.setdefault(name, set()).update(_formatted(node))
    assert {name: values for name, values in found.items() if values} == FORMATTED
