"""Work that goes on after the request for it, in GraphQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from ...graph.connection import Database
from ...graph.jobs import JobKind, Outcome, Told
from ...graph.model import JobState
from ..declare import field
from ..spec import MADE, Call, Change, Changing, Column, One

strawberry.enum(JobState, description="How far work is: it waits for its turn, runs, is done, or has failed.")


@strawberry.type(description="A piece of work that goes on after the request for it; kept for 30 days.")
class Job:
    id: strawberry.ID = field(Column("<id>"), "By this it is asked for.")
    kind: str = field(Column("<kind>"), "What it does: MEASURE, IMPORT or IMPORT_PREVIEW.")
    state: JobState = field(Column("<state>"), "How far it is.")
    progress: float = field(Column("<progress>"), "How much of it is done, 0 to 1; an estimate while it runs.")
    errors: list[str] = field(Column("<errors>"), "Why it failed, in words.")
    startedAt: datetime | None = field(Column("<startedAt>"), "When it began; null while it waits.")
    finishedAt: datetime | None = field(Column("<finishedAt>"), "When it ended.")


async def _measure(changing: Changing, arguments: Mapping[str, Any]) -> str:
    from ...queries.measure import choose
    from ...queries.registry import MEASURES
    from ...queries.run import measure

    only = tuple(arguments.get("only") or ())
    choose(MEASURES, only)

    async def work(database: Database, told: Told) -> Outcome:
        await measure(database, changing.settings, only=only, progress=told)
        return Outcome()

    return await changing.jobs.start(changing.database, JobKind.MEASURE, work, changing.by, only)


JOB = One(Call("job", bind=lambda arguments: {"id": arguments["id"]}))
COMPUTE = Change(_measure, One(Call("job", bind=lambda _: {"id": MADE})))

JobId = Annotated[strawberry.ID, strawberry.argument(description="Id of the job.")]
Only = Annotated[
    list[str] | None,
    strawberry.argument(description="Names of measures, as `ecograph measure` has them; all that are stale if unset."),
]
