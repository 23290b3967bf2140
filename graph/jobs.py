"""Work that goes on after the request for it: its state is kept in the graph, where whoever asks finds it."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .connection import Database, open_database
from .errors import Busy, EcographError
from .lock import owner
from .model import JobState
from .settings import Settings
from .webhooks import Event, EventType, deliveries

log = logging.getLogger("ecograph.graph.jobs")

KEPT_DAYS = 30
_TELL_S = 0.5
_RENEW_S = 15.0  # `job.cypher` takes one that was not renewed for a minute for lost
_TURN_S = 1.0
_TRIES = 3
_STOP_S = 30.0

_CREATE = (
    "CREATE (job:Job {id: $id, kind: $kind, by: $by, owner: $owner, state: 'QUEUED', progress: 0.0, errors: [], "
    "renewedAt: datetime()})"
)
_FORGET = "MATCH (job:Job) WHERE job.renewedAt < datetime() - duration({days: $days}) DETACH DELETE job"
_TELL = (
    "MATCH (job:Job {id: $id}) SET job.state = $state, job.progress = $progress, job.renewedAt = datetime(), "
    "job.startedAt = CASE $state WHEN 'QUEUED' THEN null ELSE coalesce(job.startedAt, datetime()) END"
)
_END = (
    "MATCH (job:Job {id: $id}) SET job.state = $state, job.errors = $errors, job.result = $result, job.file = $file, "
    "job.progress = CASE $state WHEN 'DONE' THEN 1.0 ELSE job.progress END, job.renewedAt = datetime(), "
    "job.startedAt = coalesce(job.startedAt, datetime()), job.finishedAt = datetime()"
)


class JobKind(StrEnum):
    """What work does."""

    MEASURE = "MEASURE"
    IMPORT = "IMPORT"
    IMPORT_PREVIEW = "IMPORT_PREVIEW"


@dataclass(frozen=True)
class Outcome:
    """What work ended with: a result that JSON can say, problems where it did not come to its end, and a file."""

    result: Mapping[str, Any] | None = None
    problems: tuple[str, ...] = ()
    file: bytes | None = None


class Told:
    """Hears of the progress of work, and makes one share of it, 0 to 1, that never falls.

    How many steps there will be is not known, so each step takes half of what is left.
    """

    def __init__(self) -> None:
        self.has_begun = False
        self.share = 0.0
        self._from, self._to, self._done, self._total = 0.0, 0.0, 0, 0

    def start(self, what: str, total: int | None) -> None:  # noqa: ARG002
        """A step begins."""
        self.has_begun = True
        self._from, self._to = self.share, (self.share + 1) / 2
        self._done, self._total = 0, total or 0

    def advance(self, n: int) -> None:
        """`n` more units are done."""
        self._done += n
        if self._total:
            self.share = self._from + (self._to - self._from) * min(1.0, self._done / self._total)

    def finish(self) -> None:
        """The step is over."""
        self.share = self._to


Work = Callable[[Database, Told], Awaitable[Outcome]]


class Jobs:
    """The work of this process, each piece in a thread and over a connection of its own: it never holds up answers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._running: dict[str, _Running] = {}

    async def start(
        self, database: Database, kind: str, work: Work, by: str, after: Callable[[], object] | None = None
    ) -> str:
        """Begin a piece of work; the id under which its state is found. It waits for its turn while others write.

        `after` is called when it has ended, in whatever way.
        """
        identity = f"job:{uuid.uuid4().hex}"
        given = {"id": identity, "kind": kind, "by": by, "owner": owner()}
        await database.write([(_FORGET, {"days": KEPT_DAYS}), (_CREATE, given)])

        def ended() -> None:
            self._running.pop(identity, None)
            if after is not None:
                after()

        running = _Running(self._settings, identity, kind, work, ended)
        self._running[identity] = running
        running.start()
        return identity

    async def close(self) -> None:
        """Stop what is running; it counts as failed then, and has done nothing or whole batches."""
        running = list(self._running.values())
        for one in running:
            one.cancel()
        for one in running:
            await asyncio.to_thread(one.join, _STOP_S)


class _Running(threading.Thread):
    def __init__(self, settings: Settings, identity: str, kind: str, work: Work, ended: Callable[[], object]) -> None:
        super().__init__(name=f"{kind} {identity}", daemon=True)
        self._settings, self._identity, self._kind, self._work, self._ended = settings, identity, kind, work, ended
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Outcome] | None = None
        self._is_cancelled = False

    def run(self) -> None:
        try:
            asyncio.run(self._main())
        except EcographError as error:
            log.error("%s could not be begun or ended: %s", self._kind, error)
        except Exception:
            log.exception("%s", self._kind)
        finally:
            self._ended()

    def cancel(self) -> None:
        self._is_cancelled = True
        if self._loop is not None and self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        async with open_database(self._settings) as database:
            told = Told()
            self._task = asyncio.create_task(self._turn(database, told))
            if self._is_cancelled:
                self._task.cancel()
            is_over = asyncio.Event()
            telling = asyncio.create_task(self._tell(database, told, is_over))
            state, outcome = await self._outcome(self._task)
            is_over.set()
            await asyncio.gather(telling, return_exceptions=True)
            messages = await deliveries(database, [self._event(state, outcome)], self._identity)
            await database.write([(_END, self._said(state, outcome)), *messages])

    async def _turn(self, database: Database, told: Told) -> Outcome:
        """Whatever is done twice is done once, so what may succeed the next time is tried again."""
        failures = 0
        while True:
            try:
                return await self._work(database, told)
            except EcographError as error:
                failures += not isinstance(error, Busy)
                if failures > _TRIES or not error.is_retryable():
                    raise
                told.has_begun, told.share = False, 0.0
                await asyncio.sleep(_TURN_S)

    async def _outcome(self, task: asyncio.Task[Outcome]) -> tuple[JobState, Outcome]:
        try:
            found = await task
        except asyncio.CancelledError:
            return JobState.FAILED, Outcome(problems=("The server was stopped. Start it again.",))
        except EcographError as error:
            return JobState.FAILED, Outcome(problems=(f"{error.message} {error.hint or ''}".strip(),))
        except Exception:
            log.exception("%s", self._kind)
            return JobState.FAILED, Outcome(problems=("Something went wrong in Ecograph; its log says what.",))
        return JobState.FAILED if found.problems else JobState.DONE, found

    async def _tell(self, database: Database, told: Told, is_over: asyncio.Event) -> None:
        """Never cancelled: a statement that is cut off costs its connection."""
        said: tuple[JobState, float] | None = None
        renewed = 0.0
        while not is_over.is_set():
            state = JobState.RUNNING if told.has_begun else JobState.QUEUED
            now = asyncio.get_running_loop().time()
            if (state, told.share) != said or now - renewed > _RENEW_S:
                said, renewed = (state, told.share), now
                await database.write([(_TELL, {"id": self._identity, "state": state, "progress": told.share})])
            with suppress(TimeoutError):
                await asyncio.wait_for(is_over.wait(), _TELL_S)

    def _said(self, state: JobState, outcome: Outcome) -> dict[str, Any]:
        result = None if outcome.result is None else json.dumps(outcome.result, ensure_ascii=False)
        return {
            "id": self._identity, "state": state, "errors": list(outcome.problems), "result": result,
            "file": outcome.file,
        }  # fmt: skip

    def _event(self, state: JobState, outcome: Outcome) -> Event:
        data = {"id": self._identity, "kind": self._kind, "state": state, "errors": list(outcome.problems)}
        return Event(EventType.JOB_FINISHED, self._identity, data)
