"""The node of a job: from its beginning, over how far it is, to its end, which webhooks are told of."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from ..connection import Database
from ..errors import EcographError
from ..lock import owner
from ..model import JobState
from ..webhooks import Event, EventType, put
from .kinds import Outcome
from .told import Told

log = logging.getLogger("ecograph.graph.jobs")

KEPT_DAYS = 30
_TELL_S = 0.5
_RENEW_S = 15.0  # `job.cypher` takes one that was not renewed for a minute for lost

_CREATE = (
    "CREATE (job:Job {id: $id, kind: $kind, what: $what, by: $by, owner: $owner, state: 'QUEUED', progress: 0.0, "
    "errors: [], renewedAt: datetime()})"
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


class Record:
    """What is known of one job. `what` names what it works on: files, or measures where not all that are stale;
    `by` who asked for it."""

    def __init__(self, kind: str, what: Sequence[str], by: str) -> None:
        self.id = f"job:{uuid.uuid4().hex}"
        self.kind = kind
        self._what, self._by = list(what), by

    async def create(self, database: Database) -> None:
        """It begins: it waits for its turn."""
        given = {"id": self.id, "kind": self.kind, "what": self._what, "by": self._by, "owner": owner()}
        await database.write([(_FORGET, {"days": KEPT_DAYS}), (_CREATE, given)])

    @asynccontextmanager
    async def telling(self, database: Database, told: Told) -> AsyncIterator[None]:
        """Keep how far it is, and that its process lives, as long as the context lasts."""
        is_over = asyncio.Event()
        task = asyncio.create_task(self._tell(database, told, is_over))
        try:
            yield
        finally:
            is_over.set()
            await asyncio.gather(task, return_exceptions=True)

    async def _tell(self, database: Database, told: Told, is_over: asyncio.Event) -> None:
        """Never cancelled: a statement that is cut off costs its connection."""
        said: tuple[JobState, float] | None = None
        renewed = 0.0
        while not is_over.is_set():
            state = JobState.RUNNING if told.has_begun else JobState.QUEUED
            now = asyncio.get_running_loop().time()
            if (state, told.share) != said or now - renewed > _RENEW_S:
                said, renewed = (state, told.share), now
                await database.write([(_TELL, {"id": self.id, "state": state, "progress": told.share})])
            with suppress(TimeoutError):
                await asyncio.wait_for(is_over.wait(), _TELL_S)

    async def end(self, database: Database, outcome: Outcome) -> None:
        """It is over; who wants to hear of it is told, whatever happens next."""
        state = JobState.FAILED if outcome.problems else JobState.DONE
        errors = list(outcome.problems)
        result = None if outcome.result is None else json.dumps(outcome.result, ensure_ascii=False)
        given = {"id": self.id, "state": state, "errors": errors, "result": result, "file": outcome.file}
        told = {
            "id": self.id, "kind": self.kind, "what": self._what, "by": self._by, "state": state, "errors": errors
        }  # fmt: skip
        await put(database, [Event(EventType.JOB_FINISHED, self.id, told)], self.id, beside=(_END, given))

    def problem(self, error: BaseException) -> str:
        """Why it failed, in words; what was not foreseen goes to the log, and its text nowhere else."""
        if isinstance(error, EcographError):
            return f"{error.message} {error.hint or ''}".strip()
        log.error("%s", self.kind, exc_info=error)
        return "Something went wrong in Ecograph; its log says what."
