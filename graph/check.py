"""`ecograph check`: everything in the graph against the model, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .connection import Database, Parameters
from .model import EDGES, NODES, EdgeKind, NodeKind, Property, ValueType
from .model.measured import measured_properties
from .model.system import IDENTIFIERS, SYSTEM_EDGES
from .progress import NoProgress, Progress

_EXAMPLES = 5
_PARAMETER = re.compile(r"\$(\w+)")
_TYPES = {
    ValueType.STRING: "STRING",
    ValueType.INTEGER: "INTEGER",
    ValueType.FLOAT: "FLOAT",
    ValueType.BOOLEAN: "BOOLEAN",
    ValueType.DATE: "DATE",
    ValueType.DATETIME: "ZONED DATETIME",
    ValueType.MONEY: "INTEGER",
    ValueType.STRINGS: "LIST<STRING NOT NULL>",
}


@dataclass(frozen=True)
class Finding:
    """Something in the graph that the model does not permit."""

    what: str
    count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.what}: {self.count:,}, such as {', '.join(self.examples)}"


@dataclass(frozen=True)
class _Rule:
    """`match` binds x; rows for which `wrong` is true are findings, told by `shown`."""

    what: str
    match: str
    wrong: str
    shown: str
    parameters: Parameters


@dataclass(frozen=True)
class _Pass:
    """One pass over what a `match` binds, for all rules about it."""

    match: str
    rules: Sequence[_Rule]

    @property
    def statement(self) -> str:
        wrong = ", ".join(
            f"CASE WHEN {_own(rule.wrong, number)} THEN {number} END" for number, rule in enumerate(self.rules)
        )
        shown = " ".join(
            f"WHEN {number} THEN toString({_own(rule.shown, number)})" for number, rule in enumerate(self.rules)
        )
        return (
            f"{self.match} WITH *, [{wrong}] AS broken UNWIND [n IN broken WHERE n IS NOT NULL] AS rule "
            f"WITH rule, CASE rule {shown} END AS shown "
            f"RETURN rule, count(*) AS n, collect(shown)[..{_EXAMPLES}] AS examples ORDER BY rule"
        )

    @property
    def parameters(self) -> Parameters:
        return {f"{name}_{n}": value for n, rule in enumerate(self.rules) for name, value in rule.parameters.items()}


def _own(expression: str, number: int) -> str:
    """With the names of its parameters made its own."""
    return _PARAMETER.sub(rf"$\1_{number}", expression)


async def check_graph(database: Database, progress: Progress | None = None) -> list[Finding]:
    """What in the graph breaks the model: labels, types, missing or wrong properties, ends, dates, references."""
    progress = progress or NoProgress()
    by_match: dict[str, list[_Rule]] = {}
    for rule in _rules():
        by_match.setdefault(rule.match, []).append(rule)
    progress.start("Checking the graph", len(by_match))
    findings = []
    for one in (_Pass(match, rules) for match, rules in by_match.items()):
        for number, count, examples in await database.rows(one.statement, one.parameters):
            shown = examples or ("one without an id",)
            findings.append(Finding(one.rules[number].what, count, tuple(shown)))
        progress.advance(1)
    progress.finish()
    return findings


def _rules() -> Iterator[_Rule]:
    yield from _foreign()
    for kind in NODES:
        yield from _node_rules(kind)
    for edge in EDGES:
        yield from _edge_rules(edge)
    yield from _references()


def _foreign() -> Iterator[_Rule]:
    labels = [kind.label for kind in NODES] + list(IDENTIFIERS)
    types = [kind.type for kind in EDGES] + list(SYSTEM_EDGES)
    yield _Rule(
        "Node with no label or another than the model's", "MATCH (x)",
        "size(labels(x)) <> 1 OR NOT labels(x)[0] IN $labels", "labels(x)[0] + ' ' + elementId(x)", {"labels": labels},
    )  # fmt: skip
    yield _Rule(
        "Edge of another type than the model's", "MATCH ()-[x]->()",
        "NOT type(x) IN $types", "type(x) + ' ' + elementId(x)", {"types": types},
    )  # fmt: skip


def _node_rules(kind: NodeKind) -> Iterator[_Rule]:
    match, name = f"MATCH (x:{kind.label})", kind.label
    shown = "coalesce(x.id, elementId(x))"
    for required in ("id", "key", "name"):
        wrong = f"x.{required} IS NULL OR NOT x.{required} IS :: STRING OR trim(x.{required}) = ''"
        yield _Rule(f"{name} without {required}", match, wrong, shown, {})
    yield _Rule(
        f"{name} whose id is not {kind.prefix}:key",
        match,
        "x.id <> $prefix + x.key",
        shown,
        {"prefix": f"{kind.prefix}:"},
    )
    yield from _property_rules(name, match, kind.properties, shown)
    measured = measured_properties(name)
    known = ["id", "key", "name", "source", *(n for p in kind.properties for n in p.stored), *measured]
    custom = " AND NOT p STARTS WITH 'custom.'" if kind.has_custom else ""
    yield _Rule(
        f"{name} with a property that the model does not know", match,
        f"any(p IN keys(x) WHERE NOT p IN $known{custom})",
        f"{shown} + ' ' + reduce(t = '', p IN [p IN keys(x) WHERE NOT p IN $known] | t + p + ' ')", {"known": known},
    )  # fmt: skip
    if measured:
        yield _Rule(
            f"{name} with a measured value that is no list of its length", match,
            "any(p IN $names WHERE x[p] IS NOT NULL AND (NOT x[p] IS :: LIST<FLOAT NOT NULL> "
            "OR size(x[p]) <> coalesce($widths[p], size(x[p]))))", shown,
            {"names": list(measured), "widths": {name: width for name, width in measured.items() if width}},
        )  # fmt: skip
    for first, second in kind.spans:
        yield _Rule(f"{name} with {second} before {first}", match, _before(second, first), shown, {})


def _before(second: str, first: str) -> str:
    """Dates only: what is no date is another finding."""
    return f"CASE WHEN x.{first} IS :: DATE NOT NULL AND x.{second} IS :: DATE NOT NULL THEN x.{second} < x.{first} END"


def _property_rules(name: str, match: str, properties: tuple[Property, ...], shown: str) -> Iterator[_Rule]:
    for prop in properties:
        at = f"x.{prop.name}"
        yield _Rule(
            f"{name} whose {prop.name} is no {prop.type.value}", match, f"NOT {at} IS :: {_TYPES[prop.type]}", shown, {}
        )
        if prop.required:
            yield _Rule(f"{name} without {prop.name}", match, f"{at} IS NULL", shown, {})
        if prop.values is not None:
            permitted = {"permitted": [str(value) for value in prop.values]}
            is_list = prop.type is ValueType.STRINGS
            wrong = f"any(v IN {at} WHERE NOT v IN $permitted)" if is_list else f"NOT {at} IN $permitted"
            guarded = f"CASE WHEN {at} IS :: {_TYPES[prop.type]} NOT NULL THEN {wrong} ELSE false END"
            yield _Rule(f"{name} whose {prop.name} is none of the model's values", match, guarded, shown, permitted)
        for bound, sign in ((prop.low, "<"), (prop.high, ">")):
            if bound is not None:
                guarded = f"CASE WHEN {at} IS :: INTEGER | FLOAT THEN {at} {sign} $bound ELSE false END"
                yield _Rule(f"{name} whose {prop.name} is {sign} {bound:g}", match, guarded, shown, {"bound": bound})
        if prop.type is ValueType.MONEY:
            currency = f"{at}Currency"
            wrong = f"{at} IS NOT NULL AND ({currency} IS NULL OR NOT {currency} =~ '[A-Z]{{3}}')"
            yield _Rule(f"{name} whose {prop.name} has no currency", match, wrong, shown, {})


def _edge_rules(kind: EdgeKind) -> Iterator[_Rule]:
    match, name = f"MATCH (a)-[x:{kind.type}]->(b)", kind.type
    shown = "coalesce(a.id, '?') + ' → ' + coalesce(b.id, '?')"
    permitted = " OR ".join(f"(a:{start} AND b:{end})" for start, end in kind.ends)
    yield _Rule(f"{name} between other kinds than the model's", match, f"NOT ({permitted})", shown, {})
    yield _Rule(f"{name} without a key", match, "x.key IS NULL OR NOT x.key IS :: STRING", shown, {})
    yield from _property_rules(name, match, kind.all_properties, shown)
    known = ["key", "source", *(n for p in kind.all_properties for n in p.stored)]
    yield _Rule(
        f"{name} with a property that the model does not know", match, "any(p IN keys(x) WHERE NOT p IN $known)", shown,
        {"known": known},
    )  # fmt: skip
    if kind.is_dated:
        yield _Rule(f"{name} with until before since", match, _before("until", "since"), shown, {})


def _references() -> Iterator[_Rule]:
    yield _Rule(
        "More than one Company", "MATCH (c:Company) WITH collect(c) AS xs, 0 AS x", "size(xs) > 1", "xs[0].id", {}
    )
    yield _Rule(
        "Deal that is not with exactly one account",
        "MATCH (x:Deal)",
        "COUNT { (x)-[:WITH]->(:Account) } <> 1",
        "x.id",
        {},
    )
    yield _Rule(
        "Integration that connects fewer than two products", "MATCH (x:Integration)",
        "COUNT { (x)-[:CONNECTS]->(:Product) } < 2", "x.id", {},
    )  # fmt: skip
    yield _Rule("Domain of nobody", "MATCH (x:Domain)", "NOT EXISTS { (x)<-[:HAS_DOMAIN]-() }", "x.name", {})
    yield _Rule(
        "External id of nobody", "MATCH (x:ExternalId)", "NOT EXISTS { (x)<-[:HAS_EXTERNAL_ID]-() }", "x.id", {}
    )
    yield _Rule(
        "Dated value of nobody", "MATCH (x:HistoryEntry)", "x.attribute <> 'rate' AND NOT EXISTS { (x)<-[:HAD]-() }",
        "x.id", {},
    )  # fmt: skip
    yield _Rule(
        "Source record that resolves to nothing", "MATCH (x:SourceRecord)", "NOT EXISTS { (x)-[:RESOLVES_TO]->() }",
        "x.id", {},
    )  # fmt: skip
    yield from _merges()


def _merges() -> Iterator[_Rule]:
    merged = "MATCH (x:SourceRecord) WHERE x.key IS NOT NULL"
    yield _Rule(
        "Merged account that no pair tells of", merged, "NOT EXISTS { (:MatchPair {merged: x.id}) }", "x.id", {}
    )
    yield _Rule("Merged account that stands beside itself", merged, "EXISTS { (:Account {id: x.id}) }", "x.id", {})
    yield _Rule(
        "Pair of a merge whose account is not merged", "MATCH (x:MatchPair) WHERE x.merged IS NOT NULL",
        "NOT EXISTS { (:SourceRecord {id: x.merged})-[:RESOLVES_TO]->(:Account|SourceRecord {id: x.survivor}) }",
        "x.id", {},
    )  # fmt: skip
    yield _Rule(
        "Pair whose decision is none of the model's values", "MATCH (x:MatchPair) WHERE x.decision IS NOT NULL",
        "NOT x.decision IN ['SAME', 'DIFFERENT']", "x.id", {},
    )  # fmt: skip
