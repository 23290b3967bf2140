"""What the command line writes: progress and messages to standard error, results to standard output."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress
from rich.table import Table as RichTable

from ...graph.errors import EcographError

if TYPE_CHECKING:
    from ...graph.load import BadRow, Summary

console = Console(stderr=True, highlight=False)
SHOWN_BAD = 20
SHOWN_NOTES = 30


class Bars:
    """Progress as one bar per step."""

    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def start(self, what: str, total: int | None) -> None:
        self._task = self._bars.add_task(what, total=total)

    def advance(self, n: int) -> None:
        if self._task is not None:
            self._bars.advance(self._task, n)

    def finish(self) -> None:
        if self._task is not None:
            task = self._bars.tasks[self._bars.task_ids.index(self._task)]
            self._bars.update(self._task, total=task.completed or 1, completed=task.completed or 1)
        self._task = None


@contextmanager
def bars() -> Iterator[Bars]:
    """Progress bars on standard error; one line per step where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with RichProgress(*columns, console=console, transient=False, disable=not console.is_terminal) as progress:
        yield Bars(progress)


def counted(number: int, what: str) -> str:
    """A number with what it counts: `1 pair`, `2 pairs`."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def say(text: str) -> None:
    """One line on standard error."""
    console.print(text, markup=False, soft_wrap=True)


def say_error(error: EcographError) -> None:
    """An error, and what to do about it."""
    console.print(f"error: {error.message}", style="bold red", markup=False, soft_wrap=True)
    if error.hint:
        console.print(error.hint, markup=False, soft_wrap=True)


def say_bad_rows(bad: list[BadRow], aside: Path | None) -> None:
    """The first bad rows, one a line, and how many more there are."""
    for row in bad[:SHOWN_BAD]:
        console.print(str(row), markup=False, soft_wrap=True, style="yellow")
    if len(bad) > SHOWN_BAD:
        console.print(f"… and {len(bad) - SHOWN_BAD:,} more bad rows")
    if aside is not None:
        console.print(f"{len(bad):,} bad rows were written to {aside}", markup=False)


def say_summary(summary: Summary) -> None:
    """What an import did, by kind."""
    table = RichTable("kind", "created", "updated", "unchanged", "set aside", box=None, header_style="bold")
    for column in table.columns[1:]:
        column.justify = "right"
    for kind, c in summary.counts.items():
        table.add_row(kind, *(f"{n:,}" for n in (c.created, c.updated, c.unchanged, c.set_aside)))
    console.print(table)
    for note in summary.notes[:SHOWN_NOTES]:
        console.print(f"note: {note}", markup=False, soft_wrap=True)
    if len(summary.notes) > SHOWN_NOTES:
        console.print(f"… and {len(summary.notes) - SHOWN_NOTES:,} more notes (--notes FILE writes them all)")
    if summary.resumed_at:
        console.print(f"taken up after batch {summary.resumed_at} of an earlier run")
    console.print(f"graph version {summary.graph_version}, {summary.seconds:.1f} s")
