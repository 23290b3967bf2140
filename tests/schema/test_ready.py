"""A request that is asked again: the same answer for the same graph, and a new one for whatever has changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.schema import ready
from ecograph.schema.execute import Executor
from ecograph.schema.ready import Request
from ecograph.schema.viewer import LOCAL, Viewer, viewer

TEXT = "query Q($id: ID!, $n: Int = 5) { partner(id: $id) { name accounts(first: $n) { totalCount nodes { id } } } }"
BOLT = {"id": "partner:bolt"}


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that were prepared, each time that one was."""
    prepared: list[str] = []
    prepare = Executor.prepare

    def noted(self: Executor, text: str, *more: Any, **named: Any) -> Any:
        prepared.append(text)
        return prepare(self, text, *more, **named)

    monkeypatch.setattr(Executor, "prepare", noted)
    return prepared


async def test_it_is_run_without_being_prepared_again(executor: Executor, compiled: list[str]) -> None:
    first = await executor.execute(TEXT, BOLT)
    again = await executor.execute(TEXT, BOLT)
    assert first.to_bytes() == again.to_bytes()
    assert (first.cost, len(compiled)) == (again.cost, 1)
    other = await executor.execute(TEXT, {"id": "partner:dune"})
    assert other.data is not None
    assert other.data["partner"]["name"] == "Dune"


async def test_what_has_changed_is_told(executor: Executor, graph: Database) -> None:
    await executor.execute(TEXT, BOLT)
    await graph.write(
        [("MATCH (p:Partner {id: 'partner:bolt'}) SET p.name = 'Nut'", {}),
         ("MATCH (e:Ecograph) SET e.version = e.version + 1", {})]
    )  # fmt: skip
    executor.version.forget()
    again = await executor.execute(TEXT, BOLT)
    assert again.data is not None
    assert again.data["partner"]["name"] == "Nut"
    assert again.extensions["graphVersion"] == str(await executor.version.current())


async def test_tomorrow_is_another_day(executor: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '{ partner(id: "bolt") { id } ecosystem { asOf } }'
    first = await executor.execute(text)
    assert first.data is not None
    assert first.data["ecosystem"]["asOf"] == datetime.now(UTC).date().isoformat()
    monkeypatch.setattr(ready, "today", lambda: date(2031, 5, 6))
    monkeypatch.setattr("ecograph.schema.execute.today", lambda: date(2031, 5, 6))
    later = await executor.execute(text)
    assert later.data is not None
    assert later.data["ecosystem"]["asOf"] == "2031-05-06"


@pytest.mark.parametrize(
    "others",
    [viewer("owner", ["read"], owners=["u1"]), viewer("nobody", ["read"], owners=[]),
     viewer("writer", ["write"], partner=None)],
    ids=lambda one: one.name,
)  # fmt: skip
async def test_each_viewer_has_its_own(executor: Executor, settings: Settings, others: Viewer) -> None:
    for who in (LOCAL, others, LOCAL, others):
        fresh = await Executor(executor._database, settings).execute(TEXT, BOLT, viewer=who)
        assert (await executor.execute(TEXT, BOLT, viewer=who)).to_bytes() == fresh.to_bytes()


async def test_partners_are_looked_up_each_time(executor: Executor, compiled: list[str]) -> None:
    bolt = viewer("bolt", ["read"], partner="bolt")
    for _ in range(2):
        await executor.execute(TEXT, BOLT, viewer=bolt)
    assert len(compiled) == 2


async def test_what_was_refused_is_refused_again(executor: Executor, compiled: list[str]) -> None:
    for _ in range(2):
        wrong = await executor.execute(TEXT, {"id": "partner:bolt", "n": -1})
        assert [error["extensions"]["code"] for error in wrong.errors] == ["BAD_INPUT"]
    assert len(compiled) == 2


async def test_a_change_is_made_each_time(executor: Executor, graph: Database) -> None:
    text = 'mutation { recordTouch(partner: "bolt", deal: "d3", kind: "call", on: "2026-05-01") { id } }'
    found = "RETURN COUNT { (:Partner {id: 'partner:bolt'})-[:TOUCHED]->(:Deal {id: 'deal:d3'}) }"
    for _ in range(2):
        assert not (await executor.execute(text)).errors
        assert await graph.value(found) == 1
        await graph.run_alone("MATCH (:Partner {id: 'partner:bolt'})-[t:TOUCHED]->(:Deal {id: 'deal:d3'}) DELETE t")


class _Name(StrEnum):
    BOLT = "bolt"


@pytest.mark.parametrize("value", [_Name.BOLT, Decimal(1), date(2026, 1, 1), datetime.now(UTC), {"in": [object()]}])
def test_what_is_not_jsons_is_not_kept(value: Any) -> None:
    assert Request.of(TEXT, {"id": value}) is None


def test_values_of_other_types_make_other_requests() -> None:
    given = [1, 1.0, True, "1", [1], [True], {"a": 1}, {"a": True}, None, "", [], {}]
    keys = [request.key for value in given if (request := Request.of(TEXT, {"id": value}))]
    assert len(set(keys)) == len(given)
    word = "".join(["bo", "lt"])
    assert Request.of(TEXT, {"id": word, "key": word}) == Request.of(TEXT, {"id": "bolt", "key": "".join("bolt")})
