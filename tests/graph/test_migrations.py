from __future__ import annotations

import asyncio
import re

import pytest

from ecograph.graph.connection import Database
from ecograph.graph.errors import UnsupportedServer
from ecograph.graph.migrations import derive, migrate, migrations
from ecograph.graph.model.system import SINGLETON


def test_the_migrations_make_what_the_model_asks_for() -> None:
    made = {statement for _, statements in migrations() for statement in statements}
    assert set(derive.statements()) == made


async def test_every_constraint_and_index_is_there(server: Database) -> None:
    names = {re.split(r"\s+", s)[2 if "FULLTEXT" not in s else 3] for s in derive.statements()}
    found = {name for (name,) in await server.rows("SHOW CONSTRAINTS YIELD name")}
    found |= {name for (name,) in await server.rows("SHOW INDEXES YIELD name")}
    assert names <= found


async def test_migrating_again_and_twice_at_once_changes_nothing(server: Database) -> None:
    newest = migrations()[-1][0]
    await server.write([("MATCH (e:Ecograph {id: $id}) SET e.schemaVersion = 0", {"id": SINGLETON})])
    assert await asyncio.gather(migrate(server), migrate(server)) == [newest, newest]
    assert await server.value("MATCH (e:Ecograph) RETURN count(e)") == 1


async def test_a_graph_of_a_newer_ecograph_is_refused(server: Database) -> None:
    newest = migrations()[-1][0]
    await server.write([("MATCH (e:Ecograph {id: $id}) SET e.schemaVersion = 999", {"id": SINGLETON})])
    try:
        with pytest.raises(UnsupportedServer, match="schema version 999"):
            await migrate(server)
    finally:
        await server.write([("MATCH (e:Ecograph {id: $id}) SET e.schemaVersion = $n", {"id": SINGLETON, "n": newest})])
