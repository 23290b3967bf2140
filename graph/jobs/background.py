"""Jobs that go on after the request for them: each in a thread of this process."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Sequence

from ..connection import Database, open_database
from ..errors import Busy, EcographError
from ..settings import Settings
from .kinds import Outcome
from .record import Record
from .told import Told

log = logging.getLogger("ecograph.graph.jobs")

_TURN_S = 1.0
_TRIES = 3
_STOP_S = 30.0
_STOPPED = "The server was stopped. Start it again."

Work = Callable[[Database, Told], Awaitable[Outcome]]


class Jobs:
    """The work of this process, each piece in a thread and over a connection of its own: it never holds up answers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._running: dict[str, _Running] = {}

    async def start(
        self, database: Database, kind: str, work: Work, by: str, what: Sequence[str] = (),
        after: Callable[[], object] | None = None,
    ) -> str:  # fmt: skip
        """Begin a piece of work; the id under which its state is found. It waits for its turn while others write.

        Args:
            by: who asked for it.
            what: what it works on: files, or measures.
            after: called when it has ended, in whatever way.
        """
        record = Record(kind, what, by)
        await record.create(database)

        def ended() -> None:
            self._running.pop(record.id, None)
            if after is not None:
                after()

        running = _Running(self._settings, record, work, ended)
        self._running[record.id] = running
        running.start()
        return record.id

    async def close(self) -> None:
        """Stop what is running; it counts as failed then, and has done nothing or whole batches."""
        running = list(self._running.values())
        for one in running:
            one.cancel()
        for one in running:
            await asyncio.to_thread(one.join, _STOP_S)


class _Running(threading.Thread):
    def __init__(self, settings: Settings, record: Record, work: Work, ended: Callable[[], object]) -> None:
        super().__init__(name=f"{record.kind} {record.id}", daemon=True)
        self._settings, self._record, self._work, self._ended = settings, record, work, ended
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Outcome] | None = None
        self._is_cancelled = False

    def run(self) -> None:
        try:
            asyncio.run(self._main())
        except EcographError as error:
            log.error("%s could not be begun or ended: %s", self._record.kind, error)
        except Exception:
            log.exception("%s", self._record.kind)
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
            async with self._record.telling(database, told):
                outcome = await self._outcome(self._task)
            await self._record.end(database, outcome)

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

    async def _outcome(self, task: asyncio.Task[Outcome]) -> Outcome:
        await asyncio.wait({task})
        if task.cancelled():
            return Outcome(problems=(_STOPPED,))
        error = task.exception()
        return task.result() if error is None else Outcome(problems=(self._record.problem(error),))
