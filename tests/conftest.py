"""One embedded Neo4j for the whole run; each test that needs a graph resets it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from snapshot import Snapshot
from tiny_ecosystem import tiny

from ecograph.graph.connection import Database, open_database
from ecograph.graph.load import load
from ecograph.graph.migrations import migrate
from ecograph.graph.model.system import SINGLETON
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor

RESULTS = pytest.StashKey[dict[str, object]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[RESULTS] = {"started": time.strftime("%Y-%m-%d %H:%M"), "figures": {}}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what `make verify` found to the file that ECOGRAPH_RESULTS names."""
    target = os.environ.get("ECOGRAPH_RESULTS")
    if target:
        found = session.config.stash[RESULTS]
        found["release"] = os.environ.get("ECOGRAPH_NEO4J_RELEASE", "current")
        found["tests"] = session.testscollected
        found["failed"] = session.testsfailed
        Path(target).write_text(json.dumps(found, indent=1) + "\n", "utf-8")


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str, object], None]:
    """Keeps a measured figure under the test's name, for `benchmarks/results/`."""
    figures = request.config.stash[RESULTS]["figures"]
    assert isinstance(figures, dict)

    def keep(name: str, value: object) -> None:
        figures[f"{request.node.name}: {name}"] = value

    return keep


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
    home = tmp_path_factory.mktemp("home")
    return Settings.load(home=home, linger_s=0, partner_tick_ms=0)  # waiting for ticks would be most of their time


@pytest.fixture(scope="session")
async def server(settings: Settings) -> AsyncIterator[Database]:
    """A migrated database, whatever is in it."""
    async with open_database(settings) as database:
        await migrate(database)
        yield database


STILL: list[list[object]] = []
"""What the graph held when `still` had filled it, for as long as nobody has emptied it since."""
HELD = """MATCH (e:Ecograph {id: $id})
RETURN e.version, COUNT { MATCH (n) WHERE NOT n:Job }, COUNT { MATCH ()-[r]->() }, e.measured"""


async def reset(database: Database) -> None:
    """Empty the graph in batches, keeping constraints and the singleton at version 0."""
    STILL.clear()
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


@pytest.fixture(scope="module")
async def empty_once(server: Database) -> Database:
    """An empty graph, for the module to fill and only to read then."""
    await reset(server)
    return server


@pytest.fixture(scope="session")
async def loaded(server: Database) -> Snapshot:
    """The tiny ecosystem as the loader leaves it."""
    await reset(server)
    await load(server, tiny())
    return await Snapshot.take(server)


@pytest.fixture
async def graph(server: Database, loaded: Snapshot) -> Database:
    """The tiny ecosystem; tests may change it."""
    await reset(server)
    await loaded.put_back(server)
    return server


@pytest.fixture(scope="module")
async def still(server: Database, loaded: Snapshot) -> Database:
    """The tiny ecosystem, only to read."""
    if STILL and await server.rows(HELD, {"id": SINGLETON}) == STILL:
        return server
    await reset(server)
    await loaded.put_back(server)
    await server.run_alone("CALL db.awaitIndexes(60)")
    STILL[:] = await server.rows(HELD, {"id": SINGLETON})
    return server


@pytest.fixture(scope="module")
async def planned(still: Database) -> Database:
    """The same with statements planned by its own statistics, and none planned before: half a second for each."""
    await still.run_alone("CALL db.prepareForReplanning(60)")
    return still


@pytest.fixture
def executor(graph: Database, settings: Settings) -> Executor:
    """Answers GraphQL over the tiny ecosystem."""
    return Executor(graph, settings)
