"""`ecograph import population` and `ecograph import crossbeam`: account lists, each replaced by what a file says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ...graph.account_lists import GraphLists
from ...graph.connection import Database
from ...graph.errors import BadInput
from ...graph.load import Dataset
from ...graph.model import Population
from ...graph.progress import Progress
from ...graph.resolver import GraphResolver
from ...seeds.table import Change, ListImport, Reading, load_mapping, read_crossbeam, read_population, write_set_aside
from .importing import Aside, Create, Encoding, Notes, app, kinds_of, run_import, write_json_lines


class As(Enum):
    """What the accounts of a list are to its owner."""

    CUSTOMER = "customer"
    OPPORTUNITY = "opportunity"
    PROSPECT = "prospect"


File = Annotated[Path, typer.Argument(help="CSV, JSON Lines or Parquet.", exists=True, dir_okay=False, readable=True)]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day from which the list holds; today by default.")
]
Owners = Annotated[
    bool, typer.Option("--owners", help="Keep who looks after an account: ids as they are, names as a hash.")
]
Report = Annotated[
    Path | None, typer.Option(help="Write each account that came, left or changed to this file, as JSON Lines.")
]


@app.command()
def population(
    file: File,
    what: Annotated[As, typer.Option("--as", help="What the accounts are to the owner of the list.")],
    is_ours: Annotated[bool, typer.Option("--us", help="The list is ours.")] = False,
    partner: Annotated[
        str | None, typer.Option(metavar="PARTNER", help="The list is this partner's: its id, key, domain or name.")
    ] = None,
    on: On = None,
    owners: Owners = False,
    mapping: Annotated[Path | None, typer.Option("--map", help="Mapping file (YAML) for other headers.")] = None,
    encoding: Encoding = None,
    set_aside: Aside = None,
    notes: Notes = None,
    report: Report = None,
) -> None:
    """Load an account list, which replaces the owner's list of that population; what is gone ends, and is kept."""
    if is_ours == (partner is not None):
        raise BadInput("Whose list is it?", hint="Say --us, or --partner PARTNER.")
    named = Population[what.name]
    spec = None if mapping is None else load_mapping(mapping)
    _load(
        lambda reading: read_population(file, reading, partner=partner, population=named, mapping=spec),
        on, owners, encoding, set_aside, notes, report, file, mapping,
    )  # fmt: skip


@app.command()
def crossbeam(
    file: File,
    on: On = None,
    owners: Owners = False,
    create: Create = "",
    encoding: Encoding = None,
    set_aside: Aside = None,
    notes: Notes = None,
    report: Report = None,
) -> None:
    """Load overlaps as Crossbeam exports them: replaces each population of each partner that the file names."""
    _load(
        lambda reading: read_crossbeam(file, reading, create=kinds_of(create)),
        on, owners, encoding, set_aside, notes, report, file, None,
    )  # fmt: skip


def _load(
    read_list: Callable[[Reading], ListImport], on: datetime | None, owners: bool, encoding: str | None,
    aside: Path | None, notes: Path | None, report: Path | None, file: Path, mapping: Path | None,
) -> None:  # fmt: skip
    day: date = on.date() if on is not None else datetime.now(UTC).date()
    changes: list[Change] = []

    async def read(database: Database, progress: Progress) -> Dataset:
        resolver = GraphResolver(database)
        reading = Reading(resolver, GraphLists(database), day, owners, encoding, progress)
        made = await resolver.run(lambda: read_list(reading))
        changes.extend(made.changes)
        return made.dataset

    write_bad = partial(write_set_aside, file, encoding=encoding, mapping=mapping)
    run_import([file], read, aside, notes, write_bad, tells_of_matches=True)
    if report is not None:
        write_json_lines(map(asdict, changes), report)
