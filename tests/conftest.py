"""One embedded Neo4j for the whole run; each test that needs a graph resets it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tiny_ecosystem import tiny

from ecograph.graph.connection import Database, open_database
from ecograph.graph.load import load
from ecograph.graph.migrations import migrate
from ecograph.graph.model.system import SINGLETON
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor

DATA = Path(os.environ.get("ECOGRAPH_DATA", Path(__file__).parents[1].parent / "shared" / "data" / "cloud-native"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The real data for development; a user's machine need not have it, CI must."""
    if not DATA.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{DATA} is missing, and CI must have it")
        pytest.skip("the real data set is not on this machine (ECOGRAPH_DATA names its folder)")
    return DATA


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings.load(home=tmp_path_factory.mktemp("home"), linger_s=0)


@pytest.fixture(scope="session")
async def server(settings: Settings) -> AsyncIterator[Database]:
    """A migrated database, whatever is in it."""
    async with open_database(settings) as database:
        await migrate(database)
        yield database


async def reset(database: Database) -> None:
    """Empty the graph in batches, keeping constraints and the singleton at version 0."""
    await database.run_alone(
        "MATCH (n) WHERE NOT n:Ecograph CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
    )
    await database.write(
        [
            (
                "MATCH (e:Ecograph {id: $id}) SET e = {id: $id, schemaVersion: e.schemaVersion, version: 0}",
                {"id": SINGLETON},
            )
        ]
    )


@pytest.fixture
async def empty(server: Database) -> Database:
    """An empty graph."""
    await reset(server)
    return server


@pytest.fixture
async def graph(server: Database) -> Database:
    """The tiny ecosystem; tests may change it."""
    await reset(server)
    await load(server, tiny())
    return server


@pytest.fixture
def executor(graph: Database, settings: Settings) -> Executor:
    """Answers GraphQL over the tiny ecosystem."""
    return Executor(graph, settings)
