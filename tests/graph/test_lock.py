"""Several processes share one graph: one import or measure run at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ecograph.graph import embedded
from ecograph.graph.connection import Database
from ecograph.graph.errors import Busy, DatabaseError
from ecograph.graph.lock import take
from ecograph.graph.settings import Settings

_HOLDER = """
import asyncio, sys
from ecograph.graph.connection import open_database
from ecograph.graph.lock import take
from ecograph.graph.settings import Settings

async def hold():
    async with open_database(Settings.load()) as database:
        await take(database, "a long import")
        print("held", flush=True)
        await asyncio.sleep(3600)

asyncio.run(hold())
"""


@contextmanager
def _holder(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock, as a replica on the same Neo4j does."""
    if settings.neo4j_uri is None:
        address = embedded.current_address(settings)
        assert address is not None
        login = {"NEO4J_URI": address.uri, "NEO4J_USERNAME": address.username, "NEO4J_PASSWORD": address.password}
    else:
        login = {}
    environment = {**os.environ, "ECOGRAPH_HOME": str(settings.home / "replica"), **login}
    command = [sys.executable, "-c", _HOLDER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "held"
            yield process
        finally:
            process.kill()


async def test_another_process_waits_and_a_dead_holder_is_noticed(empty: Database, settings: Settings) -> None:
    with _holder(settings) as process:
        with pytest.raises(Busy, match="a long import"):
            await take(empty, "measures")
        process.kill()
        process.wait()
        held = await take(empty, "measures")
    assert await empty.value("MATCH (e:Ecograph) RETURN e.lockedBy") == held.holder
    await held.release(empty)
    assert await empty.value("MATCH (e:Ecograph) RETURN e.lockedBy") is None


async def test_a_holder_on_another_machine_is_believed_until_its_lease_ends(empty: Database) -> None:
    await empty.run_alone(
        "MATCH (e:Ecograph) SET e.lockedBy = 'elsewhere/1/1.00', e.lockedFor = 'an import', e.lockedAt = datetime(), "
        "e.lockedUntil = datetime() + duration({seconds: 60})"
    )
    with pytest.raises(Busy):
        await take(empty, "measures")
    await empty.run_alone("MATCH (e:Ecograph) SET e.lockedUntil = datetime() - duration({seconds: 1})")
    held = await take(empty, "measures")
    await held.release(empty)


async def test_two_runs_of_one_process_exclude_each_other(empty: Database) -> None:
    held = await take(empty, "an import")
    with pytest.raises(Busy, match="an import"):
        await take(empty, "measures")
    await held.release(empty)


async def test_who_lost_the_lock_can_write_no_more(empty: Database) -> None:
    held = await take(empty, "an import")
    await empty.run_alone("MATCH (e:Ecograph) SET e.lockedBy = 'elsewhere/1/1.00'")
    with pytest.raises(DatabaseError):
        await empty.write([("CREATE (:Job {id: 'late'})", {}), held.renewal()])
    assert await empty.value("MATCH (j:Job {id: 'late'}) RETURN count(j)") == 0
    await empty.run_alone("MATCH (e:Ecograph) REMOVE e.lockedBy, e.lockedUntil, e.lockedAt, e.lockedFor")
