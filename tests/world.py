"""Everything that GraphQL shows of a graph on a day, and filters and orders over it, both made from the schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from asking import Ask
from filter_semantics import Row, World
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)  # fmt: skip
from hypothesis import strategies as st

from ecograph.schema.compiler.context import spec_of
from ecograph.schema.sdl import graphql_schema
from ecograph.schema.spec import Connection

ROOTS = {"Partner": "partners", "Account": "accounts", "Product": "products", "Integration": "integrations",
         "Deal": "deals"}  # fmt: skip
DAYS = (None, "2024-01-15")
Draw = Callable[[st.SearchStrategy[Any]], Any]


def object_type(name: str) -> GraphQLObjectType:
    found = graphql_schema().type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return found


def _inner(named: Any) -> str:
    return "" if is_leaf_type(named) else f" {{ {' '.join(named.fields)} }}"


def _relations(kind: str) -> dict[str, GraphQLObjectType]:
    fields = object_type(kind).fields
    return {name: get_named_type(f.type) for name, f in fields.items() if isinstance(spec_of(f), Connection)}  # type: ignore[misc]


TARGETS = {
    f"{kind}.{name}": get_named_type(connection.fields["nodes"].type).name
    for kind in ROOTS
    for name, connection in _relations(kind).items()
}


def _wanted(kind: str) -> str:
    filtered: Any = graphql_schema().type_map[f"{kind}Where"]
    asked = [
        name + _inner(get_named_type(field.type))
        for name, field in object_type(kind).fields.items()
        if name in filtered.fields and not isinstance(spec_of(field), Connection)
    ]
    for name, connection in _relations(kind).items():
        edge = get_named_type(connection.fields["edges"].type)
        more = [f for f in edge.fields if f not in ("cursor", "node")]  # type: ignore[union-attr]
        asked.append(f"{name}(first: 100) {{ edges {{ {' '.join(more)} node {{ id }} }} }}")
    if measures := _measures(kind):
        asked.append(f"measures {{ {' '.join(measures)} }}")
    return " ".join(asked)


def _measures(kind: str) -> list[str]:
    """The stored measures that rows of a type can be ordered by."""
    declared = object_type(kind).fields.get("measures")
    by = graphql_schema().type_map[f"{kind}OrderBy"]
    assert isinstance(by, GraphQLEnumType)
    fields: Any = get_named_type(declared.type) if declared else None
    return [name for name in map(_field, by.values) if fields and name in fields.fields]


def _field(by: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), by.removesuffix("_COUNT").lower())


def world(ask: Ask, day: str | None) -> World:
    """All rows of all types."""
    found: dict[str, dict[str, Row]] = {}
    for kind, root in ROOTS.items():
        listed = f"{root}(first: 100, asOf: $day) {{ nodes {{ {_wanted(kind)} }} }}"
        answer = ask(f"query Q($day: Date) {{ {listed} }}", {"day": day})
        assert answer.data is not None, answer.errors
        found[kind] = {row["id"]: _plain(kind, row) for row in answer.data[root]["nodes"]}
    return found


def _plain(kind: str, row: dict[str, Any]) -> Row:
    for name in _relations(kind):
        row[name] = [{**edge, "id": edge["node"]["id"]} for edge in row[name]["edges"]]
    return row | (row.pop("measures", None) or dict.fromkeys(_measures(kind)))


@st.composite
def filters(draw: Draw, kind: str, seen: World, depth: int = 2) -> dict[str, Any]:
    """Filters on rows of a type, with values that occur and values that do not."""
    where = graphql_schema().type_map[f"{kind}Where"]
    assert isinstance(where, GraphQLInputObjectType)
    nested = [name for name in where.fields if name in ("and", "or", "not") or f"{kind}.{name}" in TARGETS]
    plain = sorted(set(where.fields) - set(nested))
    made: dict[str, Any] = {}
    for name in _some(draw, [*plain, *nested] if depth else plain, 3):
        named = get_named_type(where.fields[name].type)
        assert isinstance(named, GraphQLInputObjectType)
        if name in plain:
            made[name] = _operators(draw, named, [row[name] for row in seen[kind].values()])
        elif name == "not":
            made[name] = draw(filters(kind, seen, depth - 1))
        elif name in ("and", "or"):
            made[name] = [draw(filters(kind, seen, depth - 1)) for _ in range(draw(st.integers(0, 2)))]
        else:
            edges = [edge for row in seen[kind].values() for edge in row[name]]
            made[name] = _relation(draw, named, TARGETS[f"{kind}.{name}"], seen, edges, depth - 1)
    return made


def _some(draw: Draw, names: list[str], most: int) -> list[str]:
    return draw(st.lists(st.sampled_from(names), max_size=most, unique=True))


def _relation(
    draw: Draw, named: GraphQLInputObjectType, target: str, seen: World, edges: list[Row], depth: int
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in _some(draw, sorted(named.fields), 3):
        inner = get_named_type(named.fields[name].type)
        assert isinstance(inner, GraphQLInputObjectType)
        if name == "count":
            made[name] = {sign: draw(st.integers(0, 2)) for sign in _some(draw, ["eq", "ne", "gte", "lt"], 2)}
        elif name == "edge":
            parts = _some(draw, sorted(inner.fields), 2)
            made[name] = {
                part: _operators(draw, get_named_type(inner.fields[part].type), [edge[part] for edge in edges])
                for part in parts
            }
        else:
            made[name] = draw(filters(target, seen, depth))
    return made if set(made) != {"edge"} else {**made, "some": {}}


TEXTS = ["", "b", "Gold", "zz", "é"]
AMOUNTS = ["0", "5000", "120000", "5000.50"]
CUSTOM = [7, 7.0, "x", True, 1, ["a"], "2024-01-01", 2**70]
OTHERS: dict[str, list[Any]] = {
    "Boolean": [True, False], "Int": [0, 3, 2**31 - 1], "Float": [0, 12.5, -1e300], "Date": ["2023-01-01"],
    "JSON": CUSTOM, "Decimal": AMOUNTS,
}  # fmt: skip
SUBJECTS = {"currency": ["USD", "EUR"], "path": ["score", "flag", "on", "names", "no"]}


def _operators(draw: Draw, named: Any, values: list[Any]) -> dict[str, Any]:
    flat = [item for value in values for item in (value if isinstance(value, list) else [value])]
    subject = next((name for name in SUBJECTS if name in named.fields), None)
    names = [name for name in named.fields if name != subject]
    chosen = _some(draw, names, 2) or ([names[0]] if subject else [])
    made = {name: _value(draw, named.fields[name].type, flat) for name in chosen}
    if subject is not None:
        return {**made, subject: draw(st.sampled_from(SUBJECTS[subject]))}
    return {name: None if draw(st.integers(0, 9)) == 9 else value for name, value in made.items()}


def _value(draw: Draw, declared: Any, seen: list[Any]) -> Any:
    named = get_named_type(declared)
    one = st.sampled_from(_candidates(named, seen))
    inner = declared.of_type if is_non_null_type(declared) else declared
    return draw(st.lists(one, max_size=3) if is_list_type(inner) else one)


def _candidates(named: Any, seen: list[Any]) -> list[Any]:
    if isinstance(named, GraphQLEnumType):
        return sorted(named.values)
    known = [value for value in seen if value is not None and not isinstance(value, (bool, dict))]
    if isinstance(named, GraphQLInputObjectType):
        return [*(value for value in seen if value is not None), {"system": "crm", "id": "none"}]
    return (
        [*OTHERS[named.name]] if named.name in ("Boolean", "JSON", "Decimal") else OTHERS.get(named.name, TEXTS) + known
    )


def orders(kind: str, day: str | None) -> st.SearchStrategy[list[dict[str, str]]]:
    """Orders of rows of a type; none by money on a day before there are rates."""
    by = graphql_schema().type_map[f"{kind}OrderBy"]
    assert isinstance(by, GraphQLEnumType)
    key = st.fixed_dictionaries(
        {"by": st.sampled_from(sorted(set(by.values) - (set() if day is None else MONEY)))},
        optional={"direction": st.sampled_from(["ASC", "DESC"]), "nulls": st.sampled_from(["FIRST", "LAST"])},
    )
    return st.lists(key, max_size=3)


MONEY = {"ARR", "AMOUNT", "SOURCED_REVENUE"}
RATES = {"USD": 1.0, "EUR": 1.1}
"""As the tiny ecosystem has them, from 2026 on."""


def value_of(seen: World, row: Row, by: str) -> Any:
    """What a row is ordered by under a member of an OrderBy enum, today."""
    name = _field(by)
    if by.endswith("_COUNT"):
        return len(row[name])
    if by == "SOURCED_REVENUE":
        deals = [seen["Deal"][edge["id"]] for edge in row["deals"] if edge["credit"] == "SOURCED"]
        return sum(_worth(deal["amount"]) for deal in deals if deal["status"] == "WON" and deal["amount"])
    return _worth(row[name]) if isinstance(row[name], dict) else row[name]


def _worth(money: Row) -> float:
    return float(money["amount"]) * RATES[money["currency"]]
