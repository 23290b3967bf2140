"""Compiled filters and orders against a plain evaluation of what they mean."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from asking import Ask, asking
from filter_semantics import World, holds, ordered
from graphql import GraphQLInterfaceType, GraphQLObjectType
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as profile
from hypothesis import strategies as st
from world import DAYS, ROOTS, TARGETS, filters, orders, value_of, world

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.schema.compiler.context import spec_of
from ecograph.schema.sdl import graphql_schema
from ecograph.schema.spec import Column

BATCH = 6
Case = tuple[str, str | None, Any, Any]


@pytest.fixture(scope="module")
def ask(still: Database, settings: Settings) -> Iterator[Ask]:
    with asking(settings) as made:
        yield made


@pytest.fixture(scope="module")
def worlds(ask: Ask) -> dict[str | None, World]:
    return {day: world(ask, day) for day in DAYS}


def _expected(seen: World, kind: str, where: Any, order: Any) -> list[str]:
    rows = [row for _, row in sorted(seen[kind].items()) if holds(seen, kind, row, where, TARGETS)]
    keys = [
        (lambda row, by=key["by"]: value_of(seen, row, by), key.get("direction") == "DESC", key.get("nulls") == "FIRST")
        for key in order
    ]
    return [row["id"] for row in ordered(rows, keys)]


def _check(ask: Ask, worlds: dict[str | None, World], cases: list[Case]) -> None:
    declared, asked, variables = [], [], {}
    for at, (kind, day, where, order) in enumerate(cases):
        declared.append(f"$w{at}: {kind}Where, $o{at}: [{kind}Order!], $d{at}: Date")
        arguments = f"first: 100, where: $w{at}, orderBy: $o{at}, asOf: $d{at}"
        asked.append(f"a{at}: {ROOTS[kind]}({arguments}) {{ totalCount nodes {{ id }} }}")
        variables |= {f"w{at}": where, f"o{at}": order, f"d{at}": day}
    answer = ask(f"query Q({', '.join(declared)}) {{ {' '.join(asked)} }}", variables)
    assert not answer.errors, answer.errors
    assert answer.data is not None
    for at, (kind, day, where, order) in enumerate(cases):
        expected = _expected(worlds[day], kind, where, order)
        found = answer.data[f"a{at}"]
        assert [row["id"] for row in found["nodes"]] == expected, (kind, day, where, order)
        assert found["totalCount"] == len(expected)


def _cases(seen: World) -> st.SearchStrategy[list[Case]]:
    one = st.tuples(st.sampled_from(sorted(ROOTS)), st.sampled_from(DAYS)).flatmap(
        lambda two: st.tuples(st.just(two[0]), st.just(two[1]), filters(two[0], seen), orders(*two))
    )
    return st.lists(one, min_size=BATCH, max_size=BATCH)


def _prove(ask: Ask, worlds: dict[str | None, World], batches: int, number: int) -> None:
    @seed(number)
    @profile(
        max_examples=batches, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        phases=[Phase.generate],
    )  # fmt: skip
    @given(_cases(worlds[None]))
    def agree(cases: list[Case]) -> None:
        _check(ask, worlds, cases)

    agree()


@pytest.mark.parametrize(
    ("where", "found"),
    [({"isActive": {"eq": False}}, ["core-view", "view-flow"]), ({"isActive": {"eq": True}}, ["flow-core"]),
     ({"not": {"isActive": {"eq": False}}}, ["flow-core"])],
)  # fmt: skip
def test_a_value_that_is_a_condition_is_compared_whole(ask: Ask, where: Any, found: list[str]) -> None:
    text = """query Q($w: IntegrationWhere) { integrations(where: $w, asOf: "2024-01-15") {
      totalCount nodes { key } } }"""
    answer = ask(text, {"w": where})
    assert answer.data == {"integrations": {"totalCount": len(found), "nodes": [{"key": key} for key in found]}}


def test_pages_go_on_in_the_order_of_a_condition(ask: Ask) -> None:
    text = """query Q($after: String) { integrations(first: 1, after: $after, asOf: "2024-01-15",
      orderBy: [{by: IS_ACTIVE, direction: DESC}]) { nodes { key } pageInfo { endCursor } } }"""
    keys, after = [], None
    for _ in range(3):
        answer = ask(text, {"after": after})
        assert answer.data is not None, answer.errors
        page = answer.data["integrations"]
        keys.append(page["nodes"][0]["key"])
        after = page["pageInfo"]["endCursor"]
    assert keys == ["flow-core", "core-view", "view-flow"]


def _outside_of_brackets(expression: str) -> str:
    text = re.sub(r"<(\w+)>", r"\1", re.sub(r"'[^']*'", "''", expression))
    while (inner := re.sub(r"\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\}", "_", text)) != text:
        text = inner
    return re.sub(r"\bCASE\b.*\bEND\b", "_", text)


def test_every_expression_can_stand_beside_an_operator() -> None:
    operators = r"\b(AND|OR|XOR|NOT|IN|IS|STARTS|ENDS|CONTAINS)\b|[-=<>+*/%^]"
    expressions = [
        expression
        for type_ in graphql_schema().type_map.values()
        if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType))
        for field in type_.fields.values()
        if isinstance(spec := spec_of(field), Column)
        for expression in (spec.cypher, spec.as_of, spec.native)
        if isinstance(expression, str)
    ]
    assert len(expressions) > 200
    assert [one for one in expressions if re.search(operators, _outside_of_brackets(one))] == []


def test_compiled_filters_and_orders_mean_what_they_say(ask: Ask, worlds: dict[str | None, World]) -> None:
    _prove(ask, worlds, 8, secrets.randbits(32))


@pytest.mark.verify
@pytest.mark.parametrize("number", range(20))
def test_compiled_filters_and_orders_mean_what_they_say_at_length(
    ask: Ask, worlds: dict[str | None, World], number: int
) -> None:
    _prove(ask, worlds, 20, number)
