"""`ecograph import`, `ecograph seed` and `ecograph check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from ...graph.check import check_graph
from ...graph.connection import Database
from ...graph.errors import BadInput
from ...graph.jobs import JobKind
from ...graph.load import BadRow, Dataset, OnBad, Rejected, Summary, load
from ...graph.merged import waiting
from ...graph.model import ACCOUNT
from ...graph.progress import Progress
from ...graph.resolver import GraphResolver
from ...seeds.landscape import MembersAs, read_landscape
from ...seeds.synthetic import Size, generate
from ...seeds.table import read_crm, read_table, write_set_aside
from .output import Bars, counted, say, say_bad_rows, say_summary
from .state import with_database, with_job

app = typer.Typer(help="Load data from files.", no_args_is_help=True)

Aside = Annotated[
    Path | None, typer.Option("--set-aside", help="Load the good rows and write the bad ones to this file.")
]
Create = Annotated[
    str, typer.Option(metavar="KINDS", help="Kinds of missing ends to create, such as products,accounts.")
]
Encoding = Annotated[str | None, typer.Option(help="Encoding of the files; UTF-8 by default.")]
Notes = Annotated[Path | None, typer.Option(help="Write everything that was noticed to this file.")]
Files = Annotated[list[Path], typer.Argument(help="Files to load.", exists=True, dir_okay=False, readable=True)]


def run_import(
    files: Sequence[Path],
    read: Callable[[Database, Progress], Awaitable[Dataset]],
    aside: Path | None,
    notes: Path | None,
    write_bad: Callable[[list[BadRow], Path], object] | None = None,
    *,
    tells_of_matches: bool = False,
) -> None:
    """Read and load a dataset, and say what became of it; bad rows go to the file `aside`, notes to `notes`.

    It is a job, named by its files.

    With `tells_of_matches`, say where new accounts may be one company with others.
    """
    to_review = 0

    async def work(database: Database, progress: Progress) -> Summary:
        nonlocal to_review
        dataset = await read(database, progress)
        on_bad = OnBad.SET_ASIDE if aside else OnBad.REJECT
        loaded = await load(database, dataset, on_bad=on_bad, progress=progress)
        if tells_of_matches:
            to_review = await waiting(database)
        return loaded

    try:
        summary = with_job(JobKind.IMPORT, [file.name for file in files], work)
    except Rejected as rejected:
        say_bad_rows(rejected.bad, None)
        raise
    if aside is not None and summary.bad:
        (write_bad or _write_bad)(summary.bad, aside)
        say_bad_rows(summary.bad, aside)
    if notes is not None:
        notes.write_text("".join(f"{note}\n" for note in summary.notes), "utf-8")
    say_summary(summary)
    if tells_of_matches:
        _say_matches(summary, to_review)


def _say_matches(summary: Summary, to_review: int) -> None:
    if new := summary.of(ACCOUNT.table).created:
        say(f"{counted(new, 'new account')}: `ecograph match find` looks for those that are one company with others.")
    if to_review:
        say(f"{counted(to_review, 'pair')} to review: ecograph match review")


def _write_bad(bad: list[BadRow], target: Path) -> None:
    write_json_lines(map(asdict, bad), target)


def write_json_lines(rows: Iterable[Mapping[str, Any]], target: Path) -> None:
    """Write rows to a file, each as JSON on a line of its own."""
    target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


@app.command()
def landscape(
    files: Files,
    history: Annotated[
        Path | None,
        typer.Option(
            help="Folder of older files, named by date: they tell who left, and when.", exists=True, file_okay=False
        ),
    ] = None,
    company: Annotated[
        str | None, typer.Option(metavar="KEY", help="The platform company; by default the owner of most projects.")
    ] = None,
    members_as: Annotated[MembersAs, typer.Option(help="What members become.")] = MembersAs.PARTNERS,
    set_aside: Aside = None,
    notes: Notes = None,
) -> None:
    """Load a landscape.yml, the format of the Linux Foundation landscapes."""

    async def read(_database: Database, progress: Progress) -> Dataset:
        return read_landscape(files, history=history, company=company, members_as=members_as, progress=progress)

    run_import(files, read, set_aside, notes)


@app.command()
def table(
    file: Annotated[
        Path, typer.Argument(help="CSV, JSON Lines or Parquet.", exists=True, dir_okay=False, readable=True)
    ],
    kind: Annotated[
        str | None, typer.Option("--as", metavar="KIND", help="What the rows are, such as account, uses, deal, arr.")
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--map", help="Mapping file (YAML) from headers to the model, or the name of one that comes along."
        ),
    ] = None,
    create: Create = "",
    source: Annotated[
        str | None, typer.Option(help="Name of where this comes from; the file's name by default.")
    ] = None,
    encoding: Encoding = None,
    set_aside: Aside = None,
    notes: Notes = None,
) -> None:
    """Load a table of nodes, edges or dated values."""

    async def read(database: Database, progress: Progress) -> Dataset:
        resolver = GraphResolver(database)
        return await resolver.run(
            lambda: read_table(
                file, kind=kind, mapping=mapping, create=kinds_of(create), source=source, encoding=encoding,
                resolver=resolver, progress=progress,
            )
        )  # fmt: skip

    run_import([file], read, set_aside, notes, partial(write_set_aside, file, encoding=encoding, mapping=mapping))


@app.command()
def crm(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="salesforce or hubspot.")],
    files: Files,
    create: Create = "",
    currency: Annotated[
        str | None, typer.Option(help="ISO 4217 currency of the amounts, where an export names none.")
    ] = None,
    date_format: Annotated[
        str | None, typer.Option(help="How dates are written, such as %d.%m.%Y; ISO and United States by default.")
    ] = None,
    encoding: Encoding = None,
    set_aside: Aside = None,
    notes: Notes = None,
) -> None:
    """Load the exports of a CRM: accounts, opportunities and partner roles, told apart by their headers."""

    async def read(database: Database, progress: Progress) -> Dataset:
        resolver = GraphResolver(database)
        return await resolver.run(
            lambda: read_crm(
                system, files, resolver=resolver, progress=progress, create=kinds_of(create), currency=currency,
                date_format=date_format, encoding=encoding,
            )
        )  # fmt: skip

    run_import(files, read, set_aside, notes, tells_of_matches=True)


def kinds_of(text: str) -> list[str]:
    """The kinds that an option names, with commas between them."""
    return [part.strip() for part in text.split(",") if part.strip()]


def seed(
    size: Annotated[Size, typer.Option(help="500 partners and 10k accounts, 5k and 200k, or 20k and 1M.")] = Size.SMALL,
    random_seed: Annotated[int, typer.Option("--seed", help="Same seed, same ecosystem.")] = 1,
    truth: Annotated[bool, typer.Option(help="Print the planted truth as JSON.")] = False,
    only_truth: Annotated[bool, typer.Option(help="Print the planted truth and load nothing.")] = False,
) -> None:
    """Load a synthetic ecosystem with planted truth; it is labelled synthetic in the graph."""
    made = generate(size, seed=random_seed)

    async def work(database: Database, progress: Bars) -> Summary:
        if await database.value(
            "MATCH (e:Ecograph) WHERE NOT coalesce(e.isSynthetic, false) AND e.version > 0 RETURN 1"
        ):
            raise BadInput(
                "This graph holds imported data; a synthetic ecosystem does not belong with it.",
                hint="Use another home: ecograph --home DIR seed.",
            )
        return await load(database, made.dataset, progress=progress)

    if not only_truth:
        say_summary(with_database(work))
    if truth or only_truth:
        sys.stdout.write(json.dumps(made.truth.to_dict(), indent=2) + "\n")


def check() -> None:
    """Validate everything in the graph against the model; exit code 1 when something is wrong."""
    findings = with_database(check_graph)
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    if findings:
        raise typer.Exit(1)
    say("Everything in the graph agrees with the model.")
