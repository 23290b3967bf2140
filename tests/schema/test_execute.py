from __future__ import annotations

from typing import Any

import pytest

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.schema.compiler.complete import complete
from ecograph.schema.compiler.reshape import compile_shape
from ecograph.schema.compiler.roots import Plan
from ecograph.schema.compiler.shapes import ById, Const, Given, Inline, Leaf, Many, Once, Poly, Slot, Sub, Vanished
from ecograph.schema.compiler.trees import NonNullBroken
from ecograph.schema.execute import Executor


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"),
        ("query Q($x: Int!) { partners(first: $x) { totalCount } }", "BAD_USER_INPUT"),
        ("subscription { x }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ " + "a " * 20_000 + "}", "GRAPHQL_PARSE_FAILED"),
    ],
)
async def test_requests_that_cannot_be_run(executor: Executor, text: str, code: str) -> None:
    answer = (await executor.execute(text)).to_dict()
    assert answer["errors"][0]["extensions"]["code"] == code
    assert "data" not in answer


async def test_at_most_nine_errors_are_told(executor: Executor) -> None:
    answer = await executor.execute("{ " + " ".join(f"x{n}" for n in range(50)) + " }")
    assert len(answer.errors) == 9


async def test_introspection_and_data_in_one_request(executor: Executor) -> None:
    answer = await executor.execute(
        'query Q($name: String!) { t: __type(name: $name) { name kind } __schema { queryType { name } } '
        'partner(id: "bolt") { name } }', {"name": "Partner"},
    )  # fmt: skip
    assert answer.data == {
        "t": {"name": "Partner", "kind": "OBJECT"},
        "__schema": {"queryType": {"name": "Query"}},
        "partner": {"name": "Bolt"},
    }
    assert list(answer.data) == ["t", "__schema", "partner"]


async def test_a_negative_page_is_refused_where_it_stands(executor: Executor) -> None:
    answer = await executor.execute("{ partners(first: -1) { totalCount } ecosystem { company } }")
    (error,) = answer.errors
    assert (error["extensions"]["code"], error["path"]) == ("BAD_INPUT", ["partners"])
    assert "negative" in error["message"]


async def test_a_statement_that_runs_too_long_is_reported_as_such(graph: Database, settings: Settings) -> None:
    with pytest.raises(Exception, match="longer than the time allowed"):
        await graph.rows("UNWIND range(1, 100000000) AS x RETURN sum(x % 7)", timeout=0.2)


async def test_null_where_the_schema_promises_a_value_reaches_the_next_nullable_parent(
    graph: Database, settings: Settings
) -> None:
    await graph.run_alone("MATCH (p:Partner {key: 'dune'}) REMOVE p.name")
    executor = Executor(graph, settings)
    answer = await executor.execute('{ a: partner(id: "dune") { id name } b: partner(id: "bolt") { name } }')
    assert answer.data == {"a": None, "b": {"name": "Bolt"}}
    (error,) = answer.errors
    assert (error["path"], error["message"]) == (
        ["a", "name"],
        "Cannot return null for non-nullable field Partner.name.",
    )
    listed = await executor.execute("{ partners { nodes { name } } }")
    assert listed.data is None
    assert listed.errors[0]["path"] == ["partners", "nodes", 2, "name"]


async def test_one_domain_of_two_nodes_is_told(graph: Database, settings: Settings) -> None:
    await graph.run_alone(
        "MATCH (d:Domain {name: 'south.com'}), (a:Account {key: 'cold'}) "
        "CREATE (a)-[:HAS_DOMAIN {isPrimary: false}]->(d)"
    )
    answer = await Executor(graph, settings).execute('{ account(domain: "south.com") { id } }')
    assert answer.errors[0]["extensions"]["code"] == "BAD_INPUT"
    assert "account:cold" in answer.errors[0]["message"]


SHAPE = Inline(
    (
        ("t", Const("T")),
        ("a", Leaf(0, None, nullable=True, where="T.a")),
        ("up", Leaf(1, str.upper, nullable=False, where="T.up")),
        ("sub", Sub(2, Inline((("x", Leaf(0, None, nullable=False, where="S.x")),)), nullable=True, where="T.sub")),
        ("many", Many(3, Poly({"P": Inline((("n", Leaf(1, None, nullable=False, where="P.n")),))}), 2, "T.many")),
        ("in", Inline((("y", Leaf(0, None, nullable=True, where="I.y")),), present=0, nullable=True)),
    )
)


def test_the_generated_function_and_careful_completion_agree() -> None:
    row = [1, "b", [5], [["P", 1], ["P", 2], ["P", 3]]]
    expected = {"t": "T", "a": 1, "up": "B", "sub": {"x": 5}, "many": [{"n": 1}, {"n": 2}], "in": {"y": 1}}
    assert compile_shape(SHAPE)(row, Given()) == expected
    assert complete(SHAPE, row, Given(), ()) == (expected, [])


def test_a_broken_promise_below_a_nullable_field_makes_that_field_null() -> None:
    row = [None, "b", [None], []]
    with pytest.raises(NonNullBroken):
        compile_shape(SHAPE)(row, Given())
    made, (problem,) = complete(SHAPE, row, Given(), ("root",))
    assert made == {"t": "T", "a": None, "up": "B", "sub": None, "many": [], "in": None}
    assert problem["message"] == "Cannot return null for non-nullable field S.x."
    assert problem["path"] == ["root", "sub", "x"]


def test_types_of_one_place_may_differ_in_what_they_need() -> None:
    rows = Inline((("n", Leaf(0, None, nullable=False, where="N.n")),))
    lists = Inline((("many", Many(1, rows, Slot(0), "L.many")),))
    poly = Poly({"L": lists, "P": Inline((("p", Leaf(1, None, nullable=False, where="P.p")),))})
    shape = Inline((("all", Many(0, poly, None, "Q.all")),))
    row = [[["L", [[1], [2], [3]]], ["P", 7]]]
    expected = {"all": [{"many": [{"n": 1}, {"n": 2}]}, {"p": 7}]}
    assert compile_shape(shape)(row, Given([2])) == expected
    assert complete(shape, row, Given([2]), ()) == (expected, [])


ONCE = Inline((("id", Leaf(0, None, nullable=False, where="N.id")), ("n", Leaf(1, None, nullable=False, where="N.n"))))
EDGE = Inline((("since", Leaf(1, None, nullable=True, where="E.since")), ("node", Once(0, 0, ONCE))))
LISTS = Inline(
    (
        ("nodes", Many(0, Once(0, 0, ONCE), 2, "Q.nodes")),
        ("edges", Many(0, EDGE, 2, "Q.edges")),
    )
)


def _nested(shape: Inline, table: list[list[Any]]) -> tuple[Plan, Given]:
    plan = Plan("", {}, [], [], [], [], Inline((("r", shape),)), is_lookup=False, tables=(ONCE,))
    return plan, Given(tables=[ById((row[0], row) for row in table)])


def test_what_is_made_once_stands_wherever_its_id_does() -> None:
    row = [[["a", 1], ["b", 2], ["a", 3]]]
    plan, given = _nested(LISTS, [["a", 10], ["b", 20]])
    a, b = {"id": "a", "n": 10}, {"id": "b", "n": 20}
    expected = {"nodes": [a, b], "edges": [{"since": 1, "node": a}, {"since": 2, "node": b}]}
    made = plan.made(row, given)
    assert made == expected
    assert made["nodes"][0] is made["edges"][0]["node"]
    assert complete(LISTS, row, given, ()) == (expected, [])


def test_a_broken_promise_in_what_is_made_once_is_told_wherever_it_stands() -> None:
    row = [[["a", 1], ["a", 2]]]
    plan, given = _nested(LISTS, [["a", None]])
    with pytest.raises(NonNullBroken):
        plan.made(row, given)
    made, problems = complete(LISTS, row, given, ())
    assert made is None
    told = [["nodes", 0, "n"], ["nodes", 1, "n"], ["edges", 0, "node", "n"], ["edges", 1, "node", "n"]]
    assert [p["path"] for p in problems] == told


def test_a_node_that_vanished_between_two_steps_makes_the_answer_be_asked_for_again() -> None:
    plan, given = _nested(LISTS, [["a", 1]])
    with pytest.raises(Vanished):
        plan.made([[["a", 1], ["gone", 2]]], given)
