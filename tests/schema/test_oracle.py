"""The compiled answer against that of plain graphql-core, byte by byte."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest
from anyio.from_thread import start_blocking_portal
from generated_queries import queries, reduced
from graphql import GraphQLEnumType
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as profile

from ecograph.graph.connection import Database, open_database
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor
from ecograph.schema.response import Response
from ecograph.schema.sdl import graphql_schema, print_sdl
from ecograph.schema.spec import OrderKey

OPERATIONS = Path(__file__).parent / "operations"
FEW, MANY = 60, 10_000
IN_MONEY = {
    name
    for named in graphql_schema().type_map.values()
    if isinstance(named, GraphQLEnumType)
    for name, member in named.values.items()
    if isinstance(member.value, OrderKey) and member.value.currencies is not None
}
NOT_COVERED = ("aggregate", *sorted(IN_MONEY))
"""What the oracle does not work out, and orders by money, which may have no rates on a day."""


class _Remembering:
    """A database that is only read, and so gives the same again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[tuple[str, str], list[list[Any]]] = {}

    async def rows(self, statement: str, parameters: Mapping[str, Any] | None = None, **more: Any) -> list[list[Any]]:
        key = statement, repr(parameters)
        if key not in self._known:
            self._known[key] = await self._database.rows(statement, parameters, **more)
        return self._known[key]


Both = Callable[[str, Mapping[str, Any] | None], tuple[Response, Response]]


@pytest.fixture(scope="module")
def both(still: Database, settings: Settings) -> Iterator[Both]:
    patient = settings.model_copy(update={"query_timeout_s": 300.0})  # time is not what is compared
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(open_database(settings)) as database:
        compiled = Executor(database, patient)
        oracle = Executor(_Remembering(database), patient, use_oracle=True)  # type: ignore[arg-type]

        async def ask(text: str, variables: Mapping[str, Any] | None) -> tuple[Response, Response]:
            first, again = await compiled.execute(text, variables), await compiled.execute(text, variables)
            assert first.to_bytes() == again.to_bytes(), text
            return first, await oracle.execute(text, variables)

        yield lambda text, variables=None: portal.call(ask, text, variables)


def _same(compiled: Response, oracle: Response, text: str) -> None:
    """Equal bytes; of several arguments of one root field that cannot be used, either may be the one that is told.

    Of root fields that fail beside each other and leave no data, graphql-core tells fewer: what it finds out only by
    asking the graph, it no longer asks.
    """
    of_arguments = ("BAD_INPUT", "CURSOR_STALE")

    def errors(response: Response) -> list[Any]:
        return [
            {"path": e["path"]} if e["extensions"]["code"] in of_arguments and len(e["path"]) == 1 else e
            for e in response.errors
        ]

    ours, theirs = errors(compiled), errors(oracle)
    if compiled.data is None and oracle.data is None and theirs and not compiled.is_request_error:
        ours = [error for error in ours if error in theirs]

    def told(response: Response, problems: list[Any]) -> bytes:
        return orjson.dumps({**orjson.loads(response.to_bytes()), "errors": problems})

    assert told(compiled, ours) == told(oracle, theirs), text


@pytest.mark.parametrize("name", sorted(file.stem for file in OPERATIONS.glob("*.graphql")))
def test_known_operations(name: str, both: Both) -> None:
    text = (OPERATIONS / f"{name}.graphql").read_text("utf-8")
    if "aggregate" in text:
        pytest.skip("asks for what the oracle does not work out")
    given = re.search(r"^# variables: (.*)$", text, re.MULTILINE)
    _same(*both(text, orjson.loads(given[1]) if given else None), text)


def _compare(both: Both, examples: int, *, valid: bool, begin: int) -> Counter[str]:
    found: Counter[str] = Counter()

    @seed(begin)
    @profile(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    @given(queries(reduced(print_sdl(), NOT_COVERED), valid=valid))
    def agree(text: str) -> None:
        compiled, oracle = both(text, None)
        _same(compiled, oracle, text)
        codes = {error["extensions"]["code"] for error in compiled.errors}
        assert "INTERNAL" not in codes, text
        assert valid or compiled.errors or compiled.data is not None
        found.update(codes or {"no error"})
        found["queries"] += 1

    agree()
    return found


@pytest.fixture
def begin() -> int:
    """Where generating begins: another number each time, or ECOGRAPH_SEED to repeat what was printed."""
    number = int(os.environ.get("ECOGRAPH_SEED") or random.SystemRandom().randrange(2**32))
    print(f"ECOGRAPH_SEED={number}")  # noqa: T201
    return number


def test_generated_queries_give_the_same_both_ways(both: Both, begin: int) -> None:
    assert _compare(both, FEW, valid=True, begin=begin)["no error"] > FEW // 4


def test_generated_queries_that_are_wrong_are_refused_alike(both: Both, begin: int) -> None:
    _compare(both, FEW, valid=False, begin=begin)


@pytest.mark.verify
@pytest.mark.timeout(14_400)
def test_ten_thousand_generated_queries(both: Both, begin: int, figure: Callable[[str, object], None]) -> None:
    figure("seed", begin)
    figure("valid", dict(_compare(both, MANY * 9 // 10, valid=True, begin=begin)))
    figure("invalid", dict(_compare(both, MANY // 10, valid=False, begin=begin)))
