"""What is too large is refused before it is validated, and looking for it stays cheap."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import OperationDefinitionNode, Visitor, get_introspection_query, get_variable_values, parse, visit
from graphql.execution.values import VariableValues
from hypothesis import given
from hypothesis import strategies as st

from ecograph.graph.connection import Database
from ecograph.graph.errors import BadInput
from ecograph.graph.settings import Settings
from ecograph.schema.compiler.context import Environment
from ecograph.schema.cost import Costs
from ecograph.schema.documents import Documents
from ecograph.schema.execute import Executor
from ecograph.schema.limits import Extent, Limits, Measure
from ecograph.schema.sdl import graphql_schema
from ecograph.schema.viewer import LOCAL

SCHEMA = graphql_schema()
SETTINGS = Settings.load()
LIMITS = Limits.of(SETTINGS)
TWICE = '{ partner(id: "bolt") { ...F0 } } ' + "".join(
    f"fragment F{n} on Partner {{ ...F{n + 1} ...F{n + 1} }} " for n in range(22)
)
DOUBLING = '{ partner(id: "bolt") { ...F0 } } ' + "".join(
    f"fragment F{n} on Partner {{ a: asAccount {{ asPartner {{ ...F{n + 1} }} }} b: asAccount {{ asPartner "
    f"{{ ...F{n + 1} }} }} }} "
    for n in range(8)
)


def _measured(text: str) -> tuple[Extent, int]:
    document = parse(text)
    measure = Measure(document, LIMITS.depth)
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    return measure.of(operation), measure.visited


def _nodes(text: str) -> int:
    class Count(Visitor):
        found = 0

        def enter(self, *_: Any) -> None:
            self.found += 1

    count = Count()
    visit(parse(text), count)
    return count.found


def test_each_fragment_is_looked_at_once() -> None:
    text = TWICE + "fragment F22 on Partner { id }"
    extent, visited = _measured(text)
    assert extent == Extent(depth=2, fields=2)
    assert visited <= _nodes(text)


def test_fragments_that_double_count_double_without_being_looked_at_twice() -> None:
    text = DOUBLING + "fragment F8 on Partner { id }"
    extent, visited = _measured(text)
    assert extent.fields == 1 + sum(4 * 2**n for n in range(8)) + 2**8
    assert extent.aliases == sum(2 * 2**n for n in range(8))
    assert extent.depth == 1 + 2 * 8 + 1
    assert visited <= _nodes(text)


def test_a_fragment_that_stands_deeper_the_second_time_is_not_taken_for_shallow() -> None:
    text = """{ partner(id: "x") { ...F asAccount { asPartner { asAccount { asPartner { ...F } } } } } }
              fragment F on Partner { asAccount { asPartner { id } } }"""
    assert _measured(text)[0].depth == 8


def test_a_long_chain_of_fragments_is_no_deep_one() -> None:
    chain = "".join(f"fragment F{n} on Query {{ ...F{n + 1} }} " for n in range(3_000))
    assert _measured(f"{{ ...F0 }} {chain} fragment F3000 on Query {{ __typename }}")[0] == Extent(1, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{ partner(id: "x") ' + "{ asAccount { asPartner " * 10 + "{ id }" + " } }" * 10 + " }", "Depth is 22; at"),
        ('{ partner(id: "x") { ...F0 } }'
         + "".join(f"fragment F{n} on Partner {{ asAccount {{ asPartner {{ ...F{n + 1} }} }} }} " for n in range(300))
         + "fragment F300 on Partner { id }", "Depth is 201; at most 20"),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(101)) + " }", "101 aliases; at most 100"),
        ("{ __typename " + "@include(if: true) " * 101 + "}", "101 directives; at most 100"),
        (DOUBLING + "fragment F8 on Partner { id name }", "fields; at most 1,000"),
        ("{ " + "__typename " * 31 + "}", "'__typename' stands 31 times"),
        ("{ " + "...F " + "ecosystem { asOf } " * 20 + "} fragment F on Query { " + "ecosystem { asOf } " * 20 + "}",
         "'ecosystem' stands 40 times"),
    ],
    ids=["depth", "bottomless", "aliases", "directives", "fields", "repeats", "repeats with a fragment"],
)  # fmt: skip
def test_what_is_too_large_is_refused_before_validation(text: str, message: str) -> None:
    (found,) = Documents(SCHEMA, SETTINGS.max_tokens, LIMITS).get(text).problems
    assert message in found["message"]
    assert found["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert found["extensions"]["hint"]


def test_what_is_in_use_is_not_too_large() -> None:
    document = Documents(SCHEMA, SETTINGS.max_tokens, LIMITS).get(get_introspection_query(input_value_deprecation=True))
    assert not document.problems


@pytest.mark.parametrize(
    "text",
    [
        "{ ...A } fragment A on Query { ...B __typename } fragment B on Query { ...A }",
        '{ partner(id: "x") { ...A } } fragment A on Partner { asAccount { asPartner { ...A } } }',
        "{ ...A } fragment A on Query { ...A }",
    ],
)
def test_cycles_are_an_error_of_validation(text: str) -> None:
    problems = Documents(SCHEMA, SETTINGS.max_tokens, LIMITS).get(text).problems
    assert any("within itself" in found["message"] for found in problems) or any(
        found["extensions"]["code"] == "LIMIT_EXCEEDED" for found in problems
    )


_NAMES = st.sampled_from(["id", "name", "asAccount", "nothing", "partner"])
_FRAGMENTS = st.integers(0, 4)


def _selections(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    part = st.one_of(
        _NAMES,
        st.tuples(_NAMES, children).map(lambda p: f"{p[0]} {p[1]}"),
        st.tuples(_NAMES, _NAMES).map(lambda p: f"{p[0]}: {p[1]} @skip(if: true)"),
        _FRAGMENTS.map(lambda n: f"...F{n}"),
        children.map(lambda inner: f"... on Partner {inner}"),
    )
    return st.lists(part, min_size=1, max_size=4).map(lambda parts: f"{{ {' '.join(parts)} }}")


_SELECTION = st.recursive(st.just("{ id }"), _selections, max_leaves=6)


@given(st.lists(_SELECTION, min_size=6, max_size=6))
def test_measuring_any_document_ends_and_looks_at_no_node_twice(selections: list[str]) -> None:
    operation, *fragments = selections
    text = operation + " ".join(f" fragment F{n} on Partner {body}" for n, body in enumerate(fragments))
    document = parse(text)
    measure = Measure(document, LIMITS.depth)
    (asked,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    measure.of(asked)
    assert measure.visited <= _nodes(text)


def _cost(text: str, variables: dict[str, Any] | None = None, settings: Settings = SETTINGS) -> int:
    document = Documents(SCHEMA, SETTINGS.max_tokens, LIMITS).get(text)
    assert not document.problems, document.problems
    operation = document.operation(None)
    coerced = get_variable_values(SCHEMA, operation.variable_definitions or (), variables or {})
    assert isinstance(coerced, VariableValues), coerced
    environment = Environment(LOCAL, None, 1, True, True)  # type: ignore[arg-type]
    return Costs(SCHEMA, settings).of(document, operation, coerced, environment)


@pytest.mark.parametrize(
    ("text", "variables", "rows"),
    [
        ("{ __typename __schema { queryType { name } } }", {}, 0),
        ('{ partner(id: "x") { id name } }', {}, 1),
        ('{ partner(id: "x") { status domain } }', {}, 2),
        ('{ partner(id: "x") { asAccount { name } } }', {}, 2),
        ('{ partner(id: "x") { externalIds { id } } }', {}, 6),
        ("{ partners { nodes { id } } }", {}, 20),
        ("{ partners { totalCount } }", {}, 1),
        ("{ partners(first: 7) { nodes { id } edges { node { name } } totalCount pageInfo { endCursor } } }", {}, 9),
        ("{ partners(first: 10) { nodes { accounts(first: 5) { nodes { id } } } } }", {}, 60),
        ("query Q($n: Int! = 3, $m: Int!) { partners(first: $n) { nodes { accounts(first: $m) { nodes { id } } } } }",
         {"m": 4}, 15),
        ("query Q($n: Int! = 3, $m: Int!) { partners(first: $n) { nodes { accounts(first: $m) { nodes { id } } } } }",
         {"n": 10, "m": 10}, 110),
        ("query Q($b: Boolean!) { partners @include(if: $b) { nodes { id } } }", {"b": False}, 0),
        ("query Q($b: Boolean!) { partners @include(if: $b) { nodes { id } } }", {"b": True}, 20),
        ("{ ...A ...A partners { nodes { id } } } fragment A on Query { partners { nodes { name } } }", {}, 20),
        ('{ node(id: "partner:x") { id ... on Partner { accounts(first: 30) { nodes { id } } } } }', {}, 31),
    ],
)  # fmt: skip
def test_the_cost_is_the_rows_that_it_could_return(text: str, variables: dict[str, Any], rows: int) -> None:
    assert _cost(text, variables) == rows


@pytest.mark.parametrize(
    ("text", "variables", "message"),
    [
        ("{ partners(first: 1001) { totalCount nodes { id } } }", {}, "Query.partners is 1,001; at most 1,000 rows"),
        ("query Q($n: Int!) { partners(first: $n) { nodes { id } } }", {"n": 2000}, "is 2,000; at most 1,000 rows"),
        ("{ partners(first: 1000) { nodes { accounts(first: 1000) { totalCount nodes { id } } } } }", {},
         "could return 1,002,000 rows; at most 250,000"),
        ("query Q($w: PartnerWhere) { partners(where: $w) { nodes { id } } }",
         {"w": {"or": [{"name": {"eq": "x"}}] * 201}}, "more than 200 conditions"),
    ],
    ids=["page", "page by a variable", "rows", "conditions"],
)  # fmt: skip
def test_what_costs_too_much_is_refused(text: str, variables: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput) as refused:
        _cost(text, variables)
    assert message in refused.value.message
    assert refused.value.code == "LIMIT_EXCEEDED"
    assert "ECOGRAPH_MAX_" in (refused.value.hint or "")


def test_a_list_of_plain_values_is_one_condition() -> None:
    text = "query Q($w: PartnerWhere) { partners(where: $w) { nodes { id } } }"
    assert _cost(text, {"w": {"key": {"in": ["x"] * 5_000}}}) == 20


async def test_nothing_is_executed_over_a_limit(executor: Executor) -> None:
    for text in (TWICE + "fragment F22 on Partner { id }", "{ partners(first: 1001) { nodes { id } } }"):
        answer = await executor.execute(text)
        assert answer.is_request_error is ("1001" in text)
        assert answer.cost == (0 if answer.is_request_error else 1)


async def test_limits_can_be_raised(still: Database, settings: Settings) -> None:
    text = "{ " + " ".join(f"a{n}: __typename" for n in range(101)) + " }"
    raised = Executor(still, settings.model_copy(update={"max_aliases": 101}))
    assert not (await raised.execute(text)).errors
