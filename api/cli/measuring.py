"""`ecograph measure`: compute what has gone stale and store it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ...graph.jobs import JobKind
from ...queries.work import Engine
from .output import console
from .state import settings, with_job

if TYPE_CHECKING:
    from ...graph.connection import Database
    from ...graph.progress import Progress
    from ...queries.run import Outcome


def measure(
    everything: Annotated[bool, typer.Option("--all", help="All, whether or not the data has changed.")] = False,
    only: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this one; may be repeated.")] = None,
    engine: Annotated[Engine | None, typer.Option(help="Where to compute; by default the faster for each.")] = None,
) -> None:
    """Compute and store the measures of which the data has changed by more than 1 % of its edges.

    Queries see the old values until all new ones are there; a run that is cut off changes nothing.
    """
    from ...queries.measure import choose
    from ...queries.registry import MEASURES
    from ...queries.run import measure as run

    named = only or ()
    choose(MEASURES, named)

    async def work(database: Database, progress: Progress) -> list[Outcome]:
        return await run(database, settings(), only=named, everything=everything, engine=engine, progress=progress)

    console.print(_table(with_job(JobKind.MEASURE, named, work)))


def _table(outcomes: list[Outcome]) -> Table:
    table = Table("measure", "graph", "engine", "seconds", "edges changed", box=None, header_style="bold")
    for column in table.columns[3:]:
        column.justify = "right"
    for outcome in outcomes:
        changed = "" if outcome.changed is None else f"{outcome.changed:.1%}"
        seconds = f"{outcome.seconds:.2f}" if outcome.is_computed else ""
        table.add_row(outcome.measure.name, outcome.measure.group.name, outcome.engine or "kept", seconds, changed)
    return table
