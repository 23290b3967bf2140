"""Account lists, ours and partners': what a file says replaces what stood on the list, and the history stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

import polars as pl

from ...graph.account_lists import Entry
from ...graph.errors import BadInput
from ...graph.load.tables import KEY, ROW, Dataset, Table
from ...graph.model import BY_TYPE, PARTNER, Population
from ...graph.progress import NoProgress, Progress
from .build import Built, build
from .dataset import dataset
from .kinds import creatable, kind_named
from .list_columns import by_population, prepared
from .mapping import Column, Mapping, ReferenceColumns, parse_mapping
from .reader import Sheet, Source, read_sheet
from .references import Named, Space, resolve
from .resolver import Resolver

_KIND = BY_TYPE["KNOWS"]
_PRESETS = Path(__file__).parent / "presets"
_PLACE = ["from", "to", "population"]
_STORED = {"from": pl.String, "to": pl.String, "population": pl.String, "key": pl.String, "was": pl.Date,
           "owned": pl.String}  # fmt: skip


class Lists(Protocol):
    """Reads the account lists of a graph."""

    def company(self) -> str | None:
        """The id of our company."""

    def entries(self, owner: str, population: Population, on: date) -> list[Entry]:
        """What stands on a list on a day or will from later on."""

    def survivors(self) -> dict[str, str]:
        """Merged accounts by id, and what they are part of by now."""


@dataclass(frozen=True)
class Change:
    """What became of an account on a list."""

    what: Literal["came", "left", "changed"]
    owner: str
    population: str
    account: str


@dataclass(frozen=True)
class ListImport:
    """A dataset that makes the lists what the file says, the changes that this brings, and what was read by which
    mapping."""

    dataset: Dataset
    changes: Sequence[Change]
    sheet: Sheet
    mapping: Mapping

    @property
    def owner(self) -> str:
        """Id of whose list a file of one list is."""
        known = self.mapping.references["from"].id
        assert known is not None
        return str(known.value)


@dataclass(frozen=True)
class Reading:
    """What reading a list needs beside the file: `on` is the day from which the list holds."""

    resolver: Resolver
    lists: Lists
    on: date
    with_owners: bool = False
    encoding: str | None = None
    progress: Progress | None = None


def read_population(
    file: Path, reading: Reading, *, partner: str | None, population: Population, mapping: Mapping | None = None
) -> ListImport:
    """One population of an account list, which replaces what stood on it.

    Args:
        file: the list; its columns are known by the usual headers of CRMs.
        reading: what else it takes.
        partner: whose list it is, by id, key, domain or name; None for our own.
        population: what the accounts are to the owner.
        mapping: other headers than the usual ones; of the kind `knows`, for `to` and `ownerKey`.

    Raises:
        BadInput: the file or the mapping cannot be used, the owner is unknown, or the list would be empty.
    """
    spec = mapping or usual_columns()
    if spec.kind is not None and kind_named(spec.kind) is not _KIND:
        raise BadInput(f"The mapping is for tables of {spec.kind}, not of knows.")
    if "to" not in spec.references:
        raise BadInput("The mapping says nothing of `references.to`, the accounts.")
    owner = _owner(partner, reading)
    sheet = read_sheet(file, _source(spec, reading))
    owners = {"from": ReferenceColumns(id=Column(value=owner))}
    spec = spec.model_copy(update={"references": {**spec.references, **owners}})
    spec = _with(spec, reading, population=Column(value=population.value))
    return _import(f"list of {owner}", sheet, spec, reading, lists=[(owner, population.value)])


def read_crossbeam(file: Path, reading: Reading, *, create: Collection[str] = ()) -> ListImport:
    """Overlaps as Crossbeam exports them: replaces each population of each partner that the file names.

    Raises:
        BadInput: the file cannot be used, or is none of these.
    """
    spec = _preset("crossbeam")
    sheet = by_population(read_sheet(file, _source(spec, reading)), spec)
    return _import("crossbeam", sheet, _with(spec, reading), reading, create=create)


def usual_columns() -> Mapping:
    """What CRMs and spreadsheets call the columns of an account list."""
    return _preset("account-list")


@cache
def _preset(name: str) -> Mapping:
    file = _PRESETS / f"{name}.yml"
    return parse_mapping(file.read_text(encoding="utf-8"), file.name, Mapping)


def _source(spec: Mapping, reading: Reading) -> Source:
    progress = reading.progress or NoProgress()
    return Source(reading.encoding or spec.encoding, spec.delimiter, spec.footer, progress)


def _owner(partner: str | None, reading: Reading) -> str:
    if partner is None:
        company = reading.lists.company()
        if company is None:
            raise BadInput(
                "The graph does not know our company, whose list this would be.",
                hint="Load it first: ecograph import table company.csv --as company.",
            )
        return company
    (found,) = resolve([Named(any=partner)], Space([PARTNER]), reading.resolver)
    if found.node is None:
        raise BadInput(f"The partner {partner!r} {found.problem}.", hint="Give its id, key, domain or name.")
    return found.node


def _with(spec: Mapping, reading: Reading, **more: Column) -> Mapping:
    """The mapping with the day, without owners where they are not asked for, and with these columns."""
    columns = {name: column for name, column in spec.columns.items() if name != "ownerKey" or reading.with_owners}
    return spec.model_copy(update={"columns": {**columns, "since": Column(value=reading.on), **more}})


def _import(
    source: str, sheet: Sheet, spec: Mapping, reading: Reading, *, lists: Sequence[tuple[str, str]] | None = None,
    create: Collection[str] = (),
) -> ListImport:  # fmt: skip
    creates = creatable(["accounts", *create])
    built = build(prepared(sheet, spec), _KIND, spec, reading.resolver, creates)
    found = next(table for table in built.tables if table.kind is _KIND)
    if found.rows.is_empty() and not built.bad:
        raise BadInput(f"{sheet.file}: has no accounts, and would end the list.", hint="Give the whole list.")
    to = pl.col("to").replace(reading.lists.survivors())
    rows = found.rows.with_columns(to).unique(_PLACE, keep="first", maintain_order=True)
    if again := found.rows.height - rows.height:
        names = "1 row names" if again == 1 else f"{again:,} rows name"
        built.notes.append(f"{sheet.file}: {names} an account once more.")
    named = lists if lists is not None else list(rows.select("from", "population").unique(maintain_order=True).rows())
    merged = _Replaced(rows, _stored(named, reading), reading.on, is_whole=not built.bad)
    built.tables[built.tables.index(found)] = Table(_KIND, merged.rows, found.file)
    built.notes += merged.notes(named)
    made = _unspoilt(built)
    said = [sheet.digest, spec.canonical(), source, reading.on.isoformat(), *map(":".join, named)]
    return ListImport(dataset(source, [made], said), merged.changes, sheet, spec)


def _unspoilt(built: Built) -> Built:
    """Each bad row once, though it may have been read once for each of its populations."""
    return replace(built, bad=list(dict.fromkeys(built.bad)))


def _stored(named: Iterable[tuple[str, str]], reading: Reading) -> pl.DataFrame:
    found = [
        (owner, entry.account, population, entry.key, entry.since, entry.owner_key)
        for owner, population in named
        for entry in reading.lists.entries(owner, Population(population), reading.on)
    ]
    stored = pl.DataFrame(found, schema=_STORED, orient="row")
    last = stored["was"].max()
    if isinstance(last, date) and last > reading.on:
        raise BadInput(
            f"The list changed on {last}, after {reading.on}.", hint="Import lists in the order of their days (--on)."
        )
    return stored.unique(_PLACE, keep="first", maintain_order=True)


class _Replaced:
    """The rows that make lists what a file says: new and lasting entries, and the ends of those that left.

    A file with bad rows does not tell who left, so nothing ends by it.
    """

    def __init__(self, rows: pl.DataFrame, stored: pl.DataFrame, on: date, *, is_whole: bool) -> None:
        self._is_whole = is_whole
        said = rows if "ownerKey" in rows.columns else rows.with_columns(pl.lit(None, pl.String).alias("ownerKey"))
        kept = said.join(stored, on=_PLACE, how="left", maintain_order="left")
        is_new = pl.col("key").is_null()
        self._came = kept.filter(is_new)
        self._changed = kept.filter(
            ~is_new & pl.col("ownerKey").is_not_null() & pl.col("ownerKey").ne_missing(pl.col("owned"))
        )
        self._stayed = kept.height - self._came.height
        self._left = stored.join(rows, on=_PLACE, how="anti", maintain_order="left") if is_whole else stored.clear()
        # An entry holds for a day at least: what came today and is gone today leaves tomorrow.
        end = pl.max_horizontal(pl.lit(on), pl.col("was") + timedelta(days=1))
        ended = self._left.select(*_PLACE, pl.col("was").alias("since"), end.alias("until"), pl.col("key").alias(KEY))
        lasting = kept.with_columns(
            pl.when(is_new).then("since").otherwise("was").alias("since"), pl.col("key").alias(KEY)
        ).drop("key", "was", "owned")
        self.rows = pl.concat([lasting, ended], how="diagonal").select(*_PLACE, "since", "until", "ownerKey", ROW, KEY)

    @property
    def changes(self) -> list[Change]:
        """What the lists gain, lose and change."""
        return [
            Change(what, owner, population, account)  # type: ignore[arg-type]
            for what, part in (("came", self._came), ("left", self._left), ("changed", self._changed))
            for owner, account, population in part.select(_PLACE).rows()
        ]

    def notes(self, named: Iterable[tuple[str, str]]) -> list[str]:
        """One line for each list."""
        found = []
        for owner, population in named:
            is_its = (pl.col("from") == owner) & (pl.col("population") == population)
            came, left, changed = (part.filter(is_its).height for part in (self._came, self._left, self._changed))
            found.append(f"{owner}, {population}: {came:,} came, {left:,} left, {changed:,} changed.")
        if not self._is_whole:
            found.append("Rows are bad, so nothing was taken off a list: import the whole list once they are mended.")
        return found
