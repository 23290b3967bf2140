"""A job that its caller waits for: a command."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from ..connection import Database
from ..errors import EcographError
from ..progress import Progress
from .kinds import JobKind, Outcome
from .record import Record
from .told import Told

log = logging.getLogger("ecograph.graph.jobs")

Result = TypeVar("Result")
_STOPPED = "It was stopped. Start it again."


async def as_job(
    database: Database, kind: JobKind, what: Sequence[str], by: str, work: Callable[[Told], Awaitable[Result]],
    progress: Progress | None = None,
) -> Result:  # fmt: skip
    """Do a piece of work here and now, as a job that others can ask about and are told the end of.

    Args:
        what: what it works on: files, or measures.
        by: who asked for it.
        progress: told of it too.

    Raises:
        Exception: whatever the work raises; the job has failed then.
    """
    record, told = Record(kind, what, by), Told(progress)
    problems: tuple[str, ...] = ()
    await record.create(database)
    try:
        async with record.telling(database, told):
            return await work(told)
    except (asyncio.CancelledError, KeyboardInterrupt):
        problems = (_STOPPED,)
        raise
    except Exception as error:
        problems = (record.problem(error),)
        raise
    finally:
        await _end(database, record, problems)


async def _end(database: Database, record: Record, problems: tuple[str, ...]) -> None:
    """The work has come to what it has come to: that its end cannot be kept is no reason to say otherwise."""
    try:
        await record.end(database, Outcome(problems=problems))
    except EcographError as error:
        log.warning("the end of %s could not be kept: %s", record.id, error)
