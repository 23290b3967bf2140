"""Real servers on homes below `tmp_path`; the jars and the archive of classes are those of the user's cache."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import neo4j
import pytest

from ecograph.graph import embedded
from ecograph.graph.embedded.launch import ServerAddress
from ecograph.graph.embedded.places import Places
from ecograph.graph.settings import Settings

MakeSettings = Callable[..., Settings]
Query = Callable[[ServerAddress, str], list[dict[str, Any]]]
WaitFor = Callable[[Callable[[], bool], float], bool]

_HOLD = """
import sys, time
from ecograph.graph import embedded
from ecograph.graph.settings import Settings
lease = embedded.acquire(Settings.load(home=sys.argv[1], linger_s=float(sys.argv[2])))
print(embedded.status(Settings.load(home=sys.argv[1])).pid, lease.address.uri, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def make_settings(tmp_path: Path) -> Iterator[MakeSettings]:
    """Settings for a home of a name; its server is stopped after the test."""
    made: list[Settings] = []

    def make(name: str = "home", **flags: Any) -> Settings:
        settings = Settings.load(home=tmp_path / name, **{"linger_s": 60, **flags})
        made.append(settings)
        return settings

    yield make
    for settings in made:
        embedded.stop(settings)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a home with an awkward path, for tests that leave its server running."""
    settings = Settings.load(home=tmp_path_factory.mktemp("a höme") / "with spaces $HOME #1", linger_s=60)
    yield settings
    embedded.stop(settings)


@pytest.fixture
def hold() -> Iterator[Callable[[Settings], subprocess.Popen[str]]]:
    """Starts processes that take a lease, say so, and keep it."""
    with ExitStack() as stack:

        def start(settings: Settings) -> subprocess.Popen[str]:
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", _HOLD, str(settings.home), str(settings.linger_s)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            stack.callback(process.kill)
            return process

        yield start


@pytest.fixture
def linked_cache(tmp_path: Path, make_settings: MakeSettings) -> Path:
    """A cache of its own whose jars are links to the user's: replace them, never write into them."""
    embedded.install(settings := make_settings())
    places = Places.of(settings)
    cache = tmp_path / "câche with spaces"
    for jar in places.release.jars:
        target = cache / "jars" / places.release.version / jar.local
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(places.jars / jar.local)
    return cache


@pytest.fixture(scope="session")
def query() -> Query:
    """Runs a statement and gives the rows."""

    def run(address: ServerAddress, text: str) -> list[dict[str, Any]]:
        auth = (address.username, address.password)
        with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver:
            return [record.data() for record in driver.execute_query(text, database_="neo4j").records]

    return run


@pytest.fixture(scope="session")
def wait_for() -> WaitFor:
    """True as soon as a condition holds, false if it does not in so many seconds."""

    def wait(condition: Callable[[], bool], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    return wait
