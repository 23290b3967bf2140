"""kill -9 of the importer and of Neo4j at random moments: no acknowledged batch is lost, none is there by half."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ecograph.graph import embedded
from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database, open_database
from ecograph.graph.migrations import migrate
from ecograph.graph.settings import Settings

CHILD = Path(__file__).parent / "child_import.py"
STATE = (
    "OPTIONAL MATCH (j:Job) WITH coalesce(max(j.batch), 0) AS batch "
    "RETURN batch, COUNT { (:Account) }, COUNT { (:Product) }, COUNT { ()-[:USES]->() }"
)
SEED = int(os.environ.get("ECOGRAPH_TEST_SEED", time.time_ns() % 1_000_000))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A home of its own, whose server goes on from turn to turn."""
    found = Settings.load(home=tmp_path_factory.mktemp("killed"), linger_s=600)
    yield found
    embedded.stop(found)


@pytest.fixture
async def killed(home: Settings) -> Settings:
    async with open_database(home) as database:
        await migrate(database)
        await _reset(database)
    return home


async def _reset(database: Database) -> None:
    await database.run_alone("MATCH (n) WHERE NOT n:Ecograph CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")


def _start(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(CHILD), str(home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _read(child: subprocess.Popen[str], lines: int) -> int:
    """Read up to this many acknowledged batches; returns how many came."""
    assert child.stdout is not None
    return sum(1 for _ in zip(range(lines), child.stdout, strict=False))


async def _state(settings: Settings) -> tuple[int, list[int]]:
    async with open_database(settings) as database:
        batch, *counts = (await database.rows(STATE))[0]
        return batch, counts


async def _finish_and_compare(settings: Settings) -> None:
    child = _start(settings.home)
    child.communicate(timeout=240)
    assert child.returncode == 0
    import child_import

    total = child_import.ACCOUNTS // child_import.SIZE + 1 + child_import.USES // child_import.SIZE
    batch, counts = await _state(settings)
    assert (batch, counts) == (total, child_import.expected(total))
    async with open_database(settings) as database:
        assert await check_graph(database) == []


async def _kill(what: str, settings: Settings, chance: random.Random) -> int:
    import child_import

    child = _start(settings.home)
    acknowledged = _read(child, chance.randrange(1, 45))
    await asyncio.sleep(chance.random() * 0.05)
    if what == "importer":
        child.kill()
    else:
        pid = embedded.status(settings).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
    rest, _ = child.communicate(timeout=240)
    acknowledged += rest.count("batch")
    batch, counts = await _state(settings)
    assert batch >= acknowledged, "an acknowledged batch was lost"
    assert counts == child_import.expected(batch), "a batch is there by half"
    await _finish_and_compare(settings)
    return batch


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(CHILD.parent))


@pytest.mark.parametrize("turn", range(3))
async def test_kill(killed: Settings, turn: int) -> None:
    await _kill(["importer", "neo4j", "importer"][turn], killed, random.Random(f"{SEED}-{turn}"))


@pytest.mark.verify
@pytest.mark.timeout(600)
@pytest.mark.parametrize("turn", range(20))
async def test_kill_often(killed: Settings, turn: int, figure: Callable[[str, object], None]) -> None:
    what = "importer" if turn % 2 else "neo4j"
    figure(
        f"{what} killed after batches (seed {SEED})", await _kill(what, killed, random.Random(f"{SEED}-often-{turn}"))
    )
