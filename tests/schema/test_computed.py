"""Computed fields, over a small schema of their own and the tiny ecosystem."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import pytest
import strawberry
from graphql import GraphQLSchema

from ecograph.graph.connection import Database
from ecograph.graph.errors import BadInput
from ecograph.graph.settings import Settings
from ecograph.schema.asked import Asked
from ecograph.schema.computing import weigh
from ecograph.schema.declare import field, method
from ecograph.schema.execute import Executor
from ecograph.schema.sdl import make_schema
from ecograph.schema.spec import Column, Computed, Connection, Embedded, Lookup

CALLS: list[Asked] = []
BEGUN = asyncio.Event()


@strawberry.enum
class Basis(Enum):
    ARR = "arr"
    ACCOUNTS = "accounts"


@strawberry.type
class Point:
    removed: int
    share: float | None
    on: date | None


@strawberry.type
class Line:
    points: list[Point]


@strawberry.type
class Note:
    text: str


Part = Annotated[Line | Note, strawberry.union("Part")]


def _top_share(self: Any, top: int = 2) -> float: ...  # type: ignore[empty-body]


@strawberry.type
class Curve:
    basis: Basis
    points: list[Point]
    parts: list[Part]
    worth: Decimal | None
    topShare: float = strawberry.field(resolver=_top_share)


async def _curve(asked: Asked) -> Any:
    CALLS.append(asked)
    BEGUN.set()
    steps = asked.arguments["steps"]
    if steps > 100:
        raise BadInput("Too many steps.", hint="Ask for fewer.")
    await asked.rows("signed_partners")
    points = [{"removed": n, "share": 1 / n if n else float("nan"), "on": asked.as_of} for n in range(steps)]
    return None if steps == 0 else {
        "basis": Basis.ARR,
        "points": points if steps != 13 else [*points, {**points[0], "removed": None}],
        "parts": [{"__typename": "Line", "points": points[:1]}, {"__typename": "Note", "text": "end"}],
        "worth": Decimal("1.50"),
        "topShare": lambda top: top / steps,
    }  # fmt: skip


@strawberry.type
class Performance:
    deals: int


async def _performance(asked: Asked) -> Mapping[str, Any]:
    CALLS.append(asked)
    if asked.arguments.get("least") == 99:
        raise BadInput("Nothing is that good.")
    rows = await asked.database.rows(
        "MATCH (p:Partner)-[:SOURCED|INFLUENCED]->(d:Deal) WHERE p.id IN $ids RETURN p.id, count(d)",
        {"ids": list(asked.keys)},
    )
    return {partner: {"deals": deals} for partner, deals in rows}


async def _slow(_asked: Asked) -> int:
    await asyncio.sleep(60)
    return 1


async def _broken(_asked: Asked) -> int:
    raise ZeroDivisionError


@strawberry.type
class Partner:
    id: str = field(Column("<it>.id"), "")

    @method(Computed(_performance, key="<it>.id"), "")
    def performance(self, least: int = 0) -> Performance | None: ...

    @method(Computed(_performance, key="<it>.id"), "")
    def sure(self, least: int = 0) -> Performance: ...  # type: ignore[empty-body]


@strawberry.type
class PageInfo:
    endCursor: str | None


@strawberry.type
class Partners:
    nodes: list[Partner]
    totalCount: int


def _curve_field(self: Any, steps: int = 2) -> Curve | None: ...


def _sure_field(self: Any, steps: int = 2) -> Curve: ...  # type: ignore[empty-body]


@strawberry.type
class Ecosystem:
    asOf: date = field(Column("toString(<asOf>)"), "")
    curve = method(Computed(_curve, ("signed_partners",)), "")(_curve_field)
    sureCurve = method(Computed(_curve, ("signed_partners",)), "")(_sure_field)
    slow: int | None = field(Computed(_slow), "")
    broken: int | None = field(Computed(_broken), "")


AsOf = Annotated[date | None, strawberry.argument(name="asOf")]


@strawberry.type
class Query:
    curve = method(Computed(_curve), "")(_curve_field)
    dear: int | None = field(Computed(_slow, cost=1_000_000), "")

    @method(Embedded({}), "")
    def ecosystem(self, as_of: AsOf = strawberry.UNSET) -> Ecosystem: ...  # type: ignore[empty-body]

    @method(Lookup("Partner"), "")
    def partner(self, id: strawberry.ID) -> Partner | None: ...  # noqa: A002

    @method(Connection("MATCH (<that>:Partner)", is_root=True), "")
    def partners(self, first: int = 20) -> Partners: ...  # type: ignore[empty-body]


SCHEMA: GraphQLSchema = make_schema(Query)._schema


@pytest.fixture
def small(still: Database, settings: Settings) -> Executor:
    CALLS.clear()
    BEGUN.clear()
    return Executor(still, settings, SCHEMA)


async def _answer(executor: Executor, text: str) -> tuple[Any, list[Any]]:
    answer = await executor.execute(text)
    assert not answer.is_request_error, answer.errors
    return answer.data, answer.errors


async def test_a_tree_is_shaped_by_the_selection(small: Executor) -> None:
    text = """{ c: curve(steps: 2) { b: basis __typename worth topShare three: topShare(top: 3) ...P
                 parts { __typename ... on Line { points { removed } } ... on Note { text } } } }
              fragment P on Curve { points { on share removed } }"""
    data, errors = await _answer(small, text)
    today = CALLS[0].as_of.isoformat()
    assert not errors
    assert data == {
        "c": {
            "b": "ARR", "__typename": "Curve", "worth": "1.50", "topShare": 1.0, "three": 1.5,
            "points": [{"on": today, "share": None, "removed": 0}, {"on": today, "share": 1.0, "removed": 1}],
            "parts": [{"__typename": "Line", "points": [{"removed": 0}]}, {"__typename": "Note", "text": "end"}],
        }
    }  # fmt: skip
    assert list(data["c"]) == ["b", "__typename", "worth", "topShare", "three", "points", "parts"]
    assert list(data["c"]["points"][0]) == ["on", "share", "removed"]


async def test_it_stands_beside_compiled_fields_and_takes_their_day(small: Executor) -> None:
    text = '{ ecosystem(asOf: "2024-05-01") { asOf curve { points { on } } } now: ecosystem { curve { basis } } }'
    data, errors = await _answer(small, text)
    assert not errors
    assert data["ecosystem"] == {"asOf": "2024-05-01", "curve": {"points": [{"on": "2024-05-01"}] * 2}}
    assert min(asked.as_of for asked in CALLS) == date(2024, 5, 1)
    assert len(CALLS) == 2


async def test_parents_in_a_list_are_computed_by_one_call(small: Executor) -> None:
    text = "{ partners { nodes { id performance { deals } again: performance { d: deals } } } }"
    data, errors = await _answer(small, text)
    assert not errors
    assert data["partners"]["nodes"] == [
        {"id": "partner:bolt", "performance": {"deals": 1}, "again": {"d": 1}},
        {"id": "partner:care", "performance": {"deals": 1}, "again": {"d": 1}},
        {"id": "partner:dune", "performance": None, "again": None},
        {"id": "partner:exit", "performance": {"deals": 2}, "again": {"d": 2}},
    ]
    (call,) = CALLS
    assert call.keys == ("partner:bolt", "partner:care", "partner:dune", "partner:exit")


async def test_results_are_kept_by_key_and_arguments(small: Executor) -> None:
    await _answer(small, '{ partner(id: "bolt") { performance { deals } } }')
    await _answer(small, "{ partners(first: 2) { nodes { performance { deals } } } }")
    await _answer(small, "{ partners(first: 2) { nodes { performance(least: 1) { deals } } } }")
    assert [(call.keys, call.arguments) for call in CALLS] == [
        (("partner:bolt",), {"least": 0}),
        (("partner:care",), {"least": 0}),
        (("partner:bolt", "partner:care"), {"least": 1}),
    ]


async def test_what_is_asked_at_the_same_time_is_computed_once(small: Executor) -> None:
    await asyncio.gather(*(_answer(small, "{ curve(steps: 7) { basis } }") for _ in range(5)))
    assert len(CALLS) == 1


async def test_results_are_not_shared_by_another_version_of_the_graph(small: Executor, still: Database) -> None:
    for change in ("RETURN 1", "MATCH (e:Ecograph) SET e.version = e.version + 1"):
        await still.run_alone(change)
        small.version.forget()
        await _answer(small, "{ curve { basis } }")
    assert len(CALLS) == 2


@pytest.mark.parametrize(
    ("text", "data", "message", "code", "path"),
    [
        ("{ ecosystem { curve(steps: 101) { basis } } }", {"ecosystem": {"curve": None}},
         "Too many steps.", "BAD_INPUT", ["ecosystem", "curve"]),
        ("{ e: ecosystem { c: sureCurve(steps: 101) { basis } } }", None,
         "Too many steps.", "BAD_INPUT", ["e", "c"]),
        ("{ ecosystem { sureCurve(steps: 0) { basis } } }", None,
         "Cannot return null for non-nullable field Ecosystem.sureCurve.", "NULL_IN_NON_NULL",
         ["ecosystem", "sureCurve"]),
        ("{ curve(steps: 13) { points { r: removed } } }", {"curve": None},
         "Cannot return null for non-nullable field Point.removed.", "NULL_IN_NON_NULL",
         ["curve", "points", 13, "r"]),
        ('{ partner(id: "bolt") { performance(least: 99) { deals } } }', {"partner": {"performance": None}},
         "Nothing is that good.", "BAD_INPUT", ["partner", "performance"]),
        ('{ partner(id: "dune") { sure { deals } } }', {"partner": None},
         "Cannot return null for non-nullable field Partner.sure.", "NULL_IN_NON_NULL", ["partner", "sure"]),
        ("{ ecosystem { broken } }", {"ecosystem": {"broken": None}},
         "Something went wrong in Ecograph; its log says what.", "INTERNAL", ["ecosystem", "broken"]),
    ],
)  # fmt: skip
async def test_what_goes_wrong_is_told_where_it_did(
    small: Executor, text: str, data: Any, message: str, code: str, path: list[Any]
) -> None:
    found, (error,) = await _answer(small, text)
    assert found == data
    assert (error["message"], error["extensions"]["code"], error["path"]) == (message, code, path)


async def test_it_runs_under_the_requests_time_limit(still: Database, settings: Settings) -> None:
    hasty = Executor(still, settings.model_copy(update={"query_timeout_s": 0.05}), SCHEMA)
    data, (error,) = await _answer(hasty, "{ ecosystem { slow } }")
    assert data == {"ecosystem": {"slow": None}}
    assert error["extensions"]["code"] == "TIMEOUT"


async def test_its_cost_counts(small: Executor) -> None:
    (error,) = (await small.execute("{ dear }")).errors
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert (await small.execute("{ curve { basis } }")).cost == 100


async def test_who_goes_away_does_not_take_the_result_from_others(small: Executor) -> None:
    first = asyncio.create_task(_answer(small, "{ curve(steps: 9) { basis } }"))
    async with asyncio.timeout(30):
        await BEGUN.wait()
    second = asyncio.create_task(_answer(small, "{ curve(steps: 9) { basis } }"))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == ({"curve": {"basis": "ARR"}}, [])


def test_the_weight_of_a_tree_is_its_values() -> None:
    assert weigh({"a": [1, 2, {"b": None}], "c": "x"}) == 7
