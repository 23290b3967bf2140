"""The graph that the benchmarks ask: a synthetic ecosystem in a home of its own, loaded once."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from platformdirs import user_cache_path

from ecograph.graph import embedded
from ecograph.graph.connection import Database, open_database
from ecograph.graph.load import load
from ecograph.graph.migrations import migrate
from ecograph.graph.settings import Settings
from ecograph.seeds.synthetic import Size, generate

ENDS_ON = date(2026, 11, 1)
PATIENCE_S = 600
"""A busy machine plans slowly, and a statement that was cut off tells nothing."""


def today() -> date:
    """The day as of which everything is asked: the server's own."""
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Ecosystem:
    """A running Neo4j with the data in it."""

    settings: Settings
    environment: dict[str, str]


def home(size: Size) -> Path:
    """ECOGRAPH_HOME, or a place of the benchmarks' own."""
    given = os.environ.get("ECOGRAPH_HOME")
    return Path(given) if given else user_cache_path("ecograph", appauthor=False) / "benchmarks" / size.value


@contextmanager
def running(size: Size) -> Iterator[Ecosystem]:
    """Start Neo4j over the ecosystem of this size; other programs find it by the environment."""
    settings = Settings.load(home=home(size), linger_s=1800, query_timeout_s=PATIENCE_S)
    environment = os.environ | {"ECOGRAPH_QUERY_TIMEOUT_S": str(PATIENCE_S)}
    if settings.neo4j_uri is not None:
        yield Ecosystem(settings, environment)
        return
    with embedded.acquire(settings) as lease:
        address = lease.address
        yield Ecosystem(
            settings,
            environment
            | {
                "NEO4J_URI": address.uri,
                "NEO4J_USERNAME": address.username,
                "NEO4J_PASSWORD": address.password,
            },
        )


@asynccontextmanager
async def filled(ecosystem: Ecosystem, size: Size) -> AsyncIterator[Database]:
    """The connection, with the data loaded and the planner's statistics taken."""
    async with open_database(ecosystem.settings) as database:
        await migrate(database)
        if not await database.value("MATCH (n:Partner) RETURN count(n)"):
            await load(database, generate(size, seed=1, ends_on=ENDS_ON).dataset)
            await database.run_alone("CALL db.awaitIndexes(300)")
            await database.run_alone("CALL db.prepareForReplanning(300)")
        yield database
