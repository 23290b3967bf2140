"""A kept plan, bound to other values, is what a fresh compilation of these values gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from graphql import get_variable_values
from graphql.execution.values import VariableValues
from graphql_variables import Asked
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from ecograph.graph.connection import Database
from ecograph.graph.errors import EcographError
from ecograph.graph.settings import Settings
from ecograph.graph.version import GraphVersion
from ecograph.schema.compiler.context import Environment
from ecograph.schema.compiler.measured import measured
from ecograph.schema.compiler.traced import NeedsValue, derive, trace
from ecograph.schema.documents import Document, Documents
from ecograph.schema.execute import Executor
from ecograph.schema.limits import Limits
from ecograph.schema.planning import Planner
from ecograph.schema.sdl import graphql_schema
from ecograph.schema.viewer import LOCAL

SCHEMA = graphql_schema()
assert SCHEMA.query_type is not None
ASKED = {name: Asked(SCHEMA, name) for name in SCHEMA.query_type.fields}
ENVIRONMENT = Environment(LOCAL, date(2026, 6, 1), 365, True, True, measured(GraphVersion(1, "", False, True, True)))
DOCUMENTS = Documents(SCHEMA, 100_000, Limits(100, 10_000, 100, 100))
KEPT = Planner(SCHEMA)


def _coerced(document: Document, variables: dict[str, Any]) -> VariableValues:
    found = get_variable_values(SCHEMA, document.operation(None).variable_definitions or (), variables)
    assert isinstance(found, VariableValues), found
    return found


def _planned(planner: Planner, text: str, variables: dict[str, Any]) -> list[Any]:
    """All that goes to the database and into the shape, or the errors."""
    document = DOCUMENTS.get(text)
    assert not document.problems, document.problems
    coerced = _coerced(document, variables)
    made: list[Any] = []
    for root in planner.plan(document, document.operation(None), coerced, ENVIRONMENT):
        if root.plan is None:
            made.append(root.problem)
            continue
        try:
            bound = root.plan.bind(coerced.coerced, ENVIRONMENT)
        except EcographError as error:
            made.append((error.code, error.message))
            continue
        made.append((root.plan.statement, bound.parameters, bound.slots, [c.arguments for c in bound.computations]))
    return made


def _told(made: list[Any]) -> list[Any]:
    """Errors alike, whether they came of compiling or of binding."""
    return [(m["extensions"]["code"], m["message"]) if isinstance(m, dict) else m for m in made]


@pytest.mark.parametrize("root", sorted(ASKED))
@tuned(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_kept_plan_is_that_of_a_fresh_compilation(root: str, data: st.DataObject) -> None:
    asked = ASKED[root]
    variables = data.draw(asked.variables)
    assert _told(_planned(KEPT, asked.text, variables)) == _told(_planned(Planner(SCHEMA), asked.text, variables))


REBOUND = """query Q($id: ID, $domain: String, $day: Date, $n: Int! = 2, $text: String!, $node: ID!) {
  partner(id: $id, domain: $domain, asOf: $day) { id accounts(first: $n) { nodes { id } } }
  search(text: $text, first: $n) { nodes { score } }
  node(id: $node) { name }
}"""


def test_values_alone_do_not_make_another_plan() -> None:
    planner = Planner(SCHEMA)
    document = DOCUMENTS.get(REBOUND)
    plans = []
    for variables in (
        {"id": "bolt", "day": "2024-01-01", "text": "bolt", "node": "partner:bolt"},
        {"id": "partner:care", "day": "2025-01-01", "text": "dune view", "node": "partner:x"},
    ):
        coerced = _coerced(document, variables)
        plans.append(planner.plan(document, document.operation(None), coerced, ENVIRONMENT))
    assert plans[0] is plans[1]


@pytest.mark.parametrize(
    "change",
    [{"node": "account:north"}, {"day": None}, {"id": None, "domain": "bolt.com"}],
    ids=["another label", "no day", "another identifier"],
)
def test_what_the_text_depends_on_makes_another_plan(change: dict[str, Any]) -> None:
    planner = Planner(SCHEMA)
    document = DOCUMENTS.get(REBOUND)
    first = {"id": "bolt", "day": "2024-01-01", "text": "bolt", "node": "partner:bolt"}
    plans = [
        planner.plan(document, document.operation(None), _coerced(document, variables), ENVIRONMENT)
        for variables in (first, first | change)
    ]
    assert plans[0] is not plans[1]
    assert [r.plan and r.plan.statement for r in plans[0]] != [r.plan and r.plan.statement for r in plans[1]]


@tuned(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_a_kept_plan_gives_the_same_answer(still: Database, settings: Settings, data: st.DataObject) -> None:
    asked = Asked(SCHEMA, data.draw(st.sampled_from(sorted(ASKED))), depth=1)
    kept, fresh = Executor(still, settings), Executor(still, settings)
    await kept.execute(asked.text, data.draw(asked.variables))
    variables = data.draw(asked.variables)
    assert (await kept.execute(asked.text, variables)).to_bytes() == (
        await fresh.execute(asked.text, variables)
    ).to_bytes()


@pytest.mark.parametrize(
    "use",
    [
        lambda x: f"{x}", lambda x: f"{x!r}", lambda x: x == "a", lambda x: x in ("a", "b"), lambda x: x + "b",
        lambda x: "b" + x, lambda x: len(x), lambda x: list(x), lambda x: bool(x), lambda x: {x}, lambda x: {x: 1},
        lambda x: x.lower(), lambda x: x[0], lambda x: int(x), lambda x: sorted([x, x]), lambda x: max(x, 1),
        lambda x: str(x), lambda x: x < "b", lambda x: -x, lambda x: derive(str, x) == "a",
    ],
)  # fmt: skip
def test_a_traced_value_cannot_be_used_unnoticed(use: Any) -> None:
    traced = trace({"x": "a"}, frozenset())["x"]
    with pytest.raises(NeedsValue) as needs:
        use(traced)
    assert needs.value.paths == {("x",)}
    assert isinstance(traced, str)
    assert traced is not None


def test_what_is_derived_is_derived_anew() -> None:
    traced = trace({"x": "a", "y": {"z": [1, 2]}}, frozenset())
    made = derive(lambda x, y: [x, *y["z"]], traced["x"], traced["y"])
    assert made.now() == ["a", 1, 2]
    assert made.recipe({"x": "b", "y": {"z": []}}) == ["b"]
    assert derive(len, "abc") == 3
