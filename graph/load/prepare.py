"""The first pass: the whole dataset against the model and the graph, with nothing written."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import polars as pl

from ..connection import Database
from ..cypher import seek
from ..merged import survivors
from ..model import BY_LABEL, EdgeKind, NodeKind, node_id
from ..progress import Progress
from .edges import label_of
from .intervals import merge_intervals
from .tables import FROM, ROW, TO, BadRow, Dataset, Table
from .validate import bad_rows, dangling, validate

_BATCH = 20_000


@dataclass
class Prepared:
    """What can be written: good tables in the order of writing, and what cannot.

    `fresh` are the kinds of which the graph holds nothing yet; `dropped` the ids of nodes whose rows are bad;
    `survivors` tell what merged accounts are part of by now.
    """

    tables: list[Table] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    bad_by_table: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    survivors: dict[str, str] = field(default_factory=dict)


async def prepare(database: Database, dataset: Dataset, progress: Progress) -> Prepared:
    """Validate every table, then every reference; merge overlapping intervals within each edge table."""
    prepared = Prepared(bad=list(dataset.bad))
    tables = sorted(dataset.tables, key=lambda t: 0 if isinstance(t.kind, NodeKind) else 1)
    progress.start("Checking", sum(t.rows.height for t in tables))
    created: set[str] = set()
    for table in tables:
        good, bad = validate(table)
        _note_bad(prepared, table, bad)
        if isinstance(table.kind, NodeKind):
            kind = table.kind
            keys = {node_id(kind, key) for key in good.rows["key"]}
            prepared.dropped |= {node_id(kind, key) for key in table.rows["key"].drop_nulls()} - keys
            created |= keys
        prepared.tables.append(good)
        progress.advance(table.rows.height)
    progress.finish()
    prepared.survivors = await survivors(database)
    prepared.tables = [_redirected(table, prepared.survivors) for table in prepared.tables]
    await _check_references(database, prepared, created)
    await _check_company(database, prepared)
    prepared.tables = [_merged(t) for t in prepared.tables if t.rows.height]
    await _find_fresh(database, prepared)
    return prepared


def _note_bad(prepared: Prepared, table: Table, bad: list[BadRow]) -> None:
    prepared.bad.extend(bad)
    if bad:
        prepared.bad_by_table[table.kind.table] += len(bad)


async def _check_references(database: Database, prepared: Prepared, created: set[str]) -> None:
    wanted: dict[str, set[str]] = defaultdict(set)
    for table in prepared.tables:
        for end in _ends(table):
            for identity in table.rows[end].unique():
                if identity not in created:
                    wanted[label_of(identity)].add(identity)
    known = created | prepared.survivors.keys() | await existing(database, wanted)
    for at, table in enumerate(prepared.tables):
        if not _ends(table):
            continue
        bad_mask = pl.Series([False]).new_from_index(0, table.rows.height)
        for mask, column, reason in dangling(table, known):
            fresh = mask & ~bad_mask
            _note_bad(prepared, table, bad_rows(table, fresh, column, reason))
            bad_mask = bad_mask | mask
        if bad_mask.any():
            prepared.tables[at] = Table(table.kind, table.rows.filter(~bad_mask), table.file)


def _redirected(table: Table, survivors: dict[str, str]) -> Table:
    """Edges of merged accounts become edges of what these are part of; `_from` and `_to` say whose they were."""
    if not isinstance(table.kind, EdgeKind) or not survivors:
        return table
    rows = table.rows
    for end, was in (("from", FROM), ("to", TO)):
        if rows[end].is_in(list(survivors)).any():
            now = pl.col(end).replace(survivors)
            rows = rows.with_columns(now.alias(end), pl.when(now != pl.col(end)).then(end).alias(was))
    return Table(table.kind, rows, table.file)


def _ends(table: Table) -> tuple[str, ...]:
    if isinstance(table.kind, NodeKind) or table.rows.height == 0:
        return ()
    if isinstance(table.kind, EdgeKind):
        return ("from", "to")
    return ("of",) if table.kind.of is not None else ()


async def existing(database: Database, wanted: dict[str, set[str]]) -> set[str]:
    """Which of these ids, by label, are in the graph."""
    found: set[str] = set()
    for label, ids in wanted.items():
        if label not in BY_LABEL:
            continue
        statement = f"UNWIND $ids AS id {seek('n', label, 'id')} RETURN collect(id)"
        ordered = sorted(ids)
        for at in range(0, len(ordered), _BATCH):
            found.update(await database.value(statement, {"ids": ordered[at : at + _BATCH]}) or ())
    return found


async def _check_company(database: Database, prepared: Prepared) -> None:
    """The graph holds exactly one Company."""
    tables = [t for t in prepared.tables if isinstance(t.kind, NodeKind) and t.kind.label == "Company"]
    if not tables:
        return
    stored = await database.rows("MATCH (c:Company) RETURN c.key")
    first = stored[0][0] if stored else None
    for table in tables:
        for row in table.rows.iter_rows(named=True):
            first = first or row["key"]
            if row["key"] != first:
                reason = f"is a second company; this graph is about {first!r}"
                _note_bad(prepared, table, [BadRow(table.file, row.get(ROW), "key", row["key"], reason)])


def _merged(table: Table) -> Table:
    if not isinstance(table.kind, EdgeKind):
        return table
    kind, rows = table.kind, table.rows
    if kind.is_symmetric:
        rows = rows.with_columns(
            pl.min_horizontal("from", "to").alias("from"), pl.max_horizontal("from", "to").alias("to")
        )
    pair = ["from", "to", *([kind.discriminator] if kind.discriminator in rows.columns else [])]
    if kind.is_dated:
        missing = [pl.lit(None, pl.Date).alias(name) for name in ("since", "until") if name not in rows.columns]
        return Table(kind, merge_intervals(rows.with_columns(missing), [n for n in pair if n]), table.file)
    if "on" in rows.columns:
        pair.append("on")
    return Table(kind, rows.unique([n for n in pair if n], keep="first", maintain_order=True), table.file)


async def _find_fresh(database: Database, prepared: Prepared) -> None:
    for table in prepared.tables:
        if isinstance(table.kind, NodeKind):
            count = await database.value(f"MATCH (n:{table.kind.label}) RETURN count(n)")
        elif isinstance(table.kind, EdgeKind):
            count = await database.value(f"MATCH ()-[r:{table.kind.type}]->() RETURN count(r)")
        else:
            continue
        if not count:
            prepared.fresh.add(table.kind.table)
