"""Reads and writes over the real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from neo4j.exceptions import ClientError, Neo4jError, ServiceUnavailable

from ecograph.graph import connection, embedded
from ecograph.graph.bookmarks import OwnWrites
from ecograph.graph.connection import Database, open_database
from ecograph.graph.errors import DatabaseError, QueryTimeout, Unavailable
from ecograph.graph.settings import Settings


async def test_rows_are_values_in_the_order_of_the_columns(server: Database) -> None:
    assert await server.rows("UNWIND range(1, 2500) AS x RETURN -x AS b, x AS a") == [[-x, x] for x in range(1, 2501)]
    assert await server.rows("UNWIND [] AS x RETURN x") == []


async def test_a_read_cannot_write(server: Database) -> None:
    with pytest.raises(DatabaseError):
        await server.rows("CREATE (:Partner {id: 'partner:no', key: 'no', name: 'No'})")
    assert await server.value("MATCH (p:Partner {id: 'partner:no'}) RETURN count(p)") == 0


async def test_a_read_ends_with_its_time(server: Database) -> None:
    with pytest.raises(QueryTimeout):
        await server.rows("UNWIND range(1, 100000000) AS x RETURN sum(x % 7)", timeout=0.2)
    assert await server.value("RETURN 1") == 1


def _error(code: str) -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=code, message="")


class _Failing:
    """A read that fails with these errors first."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)

    async def __call__(self) -> list[list[Any]]:
        if self.failures:
            raise self.failures.pop(0)
        return [[1]]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_FIRST_PAUSE_S", 0.001)


async def test_what_passes_by_itself_is_tried_again(quick: None) -> None:
    work = _Failing(
        ServiceUnavailable("x"),
        _error("Neo.TransientError.Transaction.DeadlockDetected"),
        _error("Neo.ClientError.Cluster.NotALeader"),
    )
    assert await connection._retried(work) == [[1]]


async def test_what_does_not_is_not(quick: None) -> None:
    work = _Failing(_error("Neo.ClientError.Statement.SyntaxError"), ClientError("never met"))
    with pytest.raises(DatabaseError):
        await connection._retried(work)
    assert len(work.failures) == 1


async def test_trying_again_has_an_end(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_RETRIED_FOR_S", 0.02)
    with pytest.raises(Unavailable):
        await connection._retried(_Failing(*[ServiceUnavailable("x")] * 1_000))


@pytest.fixture
async def routed(server: Database, settings: Settings) -> AsyncIterator[Database]:
    address = embedded.current_address(settings)
    assert address is not None
    own = Settings.load(
        home=settings.home, neo4j_uri=address.uri.replace("bolt://", "neo4j://"), neo4j_password=address.password
    )
    async with open_database(own) as database:
        yield database


async def test_with_routing_a_read_waits_for_our_own_writes(routed: Database) -> None:
    assert routed._own_writes is not None
    assert routed._own_writes.bookmarks is None
    await routed.write([("MERGE (j:Job {id: 'job:bookmarks'}) SET j.n = 1", {})])
    await routed.run_alone("MATCH (j:Job {id: 'job:bookmarks'}) DELETE j")
    assert routed._own_writes.bookmarks is not None
    assert await routed.value("MATCH (j:Job {id: 'job:bookmarks'}) RETURN count(j)") == 0


def test_the_bookmarks_of_the_last_writes_are_kept() -> None:
    writes = OwnWrites()
    for n in range(120):
        writes.add(connection.neo4j.Bookmarks.from_raw_values([f"b{n}"]))
    assert writes.bookmarks is not None
    assert writes.bookmarks.raw_values == {f"b{n}" for n in range(70, 120)}
