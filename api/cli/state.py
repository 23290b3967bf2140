"""What all commands share: the settings that the global options gave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ...graph import embedded
from ...graph.errors import SettingsError
from ...graph.settings import Settings
from .output import Bars, bars

if TYPE_CHECKING:
    from ...graph.connection import Database
    from ...graph.jobs import JobKind
    from ...graph.progress import Progress

BY = "command line"
"""Who is said to have asked for what commands do."""

Result = TypeVar("Result")
_flags: dict[str, Any] = {}


def set_flags(home: str | None, pairs: list[str]) -> None:
    """Keep the global options.

    Raises:
        SettingsError: a pair is not NAME=VALUE or names no setting.
    """
    _flags.clear()
    if home is not None:
        _flags["home"] = home
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in Settings.model_fields:
            raise SettingsError(
                f"{pair!r} sets nothing.", hint="Write NAME=VALUE; `ecograph settings` lists the names."
            )
        _flags[name] = value


def settings() -> Settings:
    """The settings of this command."""
    return Settings.load(**_flags)


def begin(found: Settings, progress: Bars) -> Future[embedded.Lease] | None:
    """Neo4j begins to start, unless it is a server of the user's own: several seconds, in which what talks to it is
    loaded."""
    return embedded.begin(found, progress) if found.neo4j_uri is None else None


@asynccontextmanager
async def database(progress: Bars) -> AsyncIterator[Database]:
    """The graph, migrated."""
    found = settings()
    starting = begin(found, progress)
    from ...graph.connection import open_database
    from ...graph.migrations import migrate

    async with open_database(found, progress, starting) as opened:
        await migrate(opened)
        yield opened


def with_database(work: Callable[[Database, Bars], Awaitable[Result]]) -> Result:
    """Run something over the graph, with progress bars."""

    async def run() -> Result:
        with bars() as progress:
            async with database(progress) as opened:
                return await work(opened, progress)

    return asyncio.run(run())


def with_job(
    kind: JobKind, what: Sequence[str], work: Callable[[Database, Progress], Awaitable[Result]]
) -> Result:  # fmt: skip
    """Run something over the graph as a job, of whose end, a failure too, webhooks are told."""

    async def run(database: Database, progress: Bars) -> Result:
        from ...graph.jobs import as_job
        from ...graph.webhooks.deliver import deliver_now

        try:
            return await as_job(database, kind, what, BY, partial(work, database), progress)
        finally:
            await deliver_now(database)

    return with_database(run)
