"""Loading a dataset: everything is checked before anything is written, then whole batches with a checkpoint each."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .. import lock
from ..connection import Database, Parameters
from ..derive import derive_credits, derive_has_partner, note_activity
from ..errors import DatabaseError, ImportRejected
from ..model import EdgeKind, NodeKind, node_id
from ..progress import NoProgress, Progress
from ..version import bump, read_version
from ..webhooks import changes, put
from .affected import affected_accounts, affected_deals, listed_accounts
from .edges import edge_statements
from .histories import history_statements, record_statements
from .merged import merged_statements
from .nodes import Statements, node_statements
from .prepare import Prepared, prepare
from .tables import ROW, Dataset, Records, Summary, Table

log = logging.getLogger("ecograph.graph.load")

BATCH = 5_000
_MANY = 10_000


class OnBad(StrEnum):
    """What to do when rows are bad: load nothing, or load the others."""

    REJECT = "reject"
    SET_ASIDE = "set aside"


async def load(
    database: Database, dataset: Dataset, *, on_bad: OnBad = OnBad.REJECT, progress: Progress | None = None,
    patience_s: float = 0.0,
) -> Summary:  # fmt: skip
    """Load a dataset. Repeating it changes nothing; a run that was cut off is taken up after its last whole batch.

    Raises:
        ImportRejected: rows are bad and `on_bad` is REJECT; nothing was written. `error.bad` names them.
        Busy: another import or measure run was working on this graph for longer than `patience_s`.
    """
    started = time.monotonic()
    progress = progress or NoProgress()
    held = await lock.take(database, f"import {dataset.source}", patience_s)
    try:
        prepared = await prepare(database, dataset, progress)
        if prepared.bad and on_bad is OnBad.REJECT:
            raise Rejected(prepared)
        summary = Summary(bad=prepared.bad, notes=[*dataset.notes, *prepared.notes])
        for table, bad in prepared.bad_by_table.items():
            summary.of(table).set_aside += bad
        await _Run(database, held, dataset, prepared, summary, progress).write()
        summary.seconds = time.monotonic() - started
        return summary
    finally:
        await held.release(database)


class Rejected(ImportRejected):
    """Rows are bad; nothing was loaded. `bad` names them all, `said` how many they are."""

    def __init__(self, prepared: Prepared) -> None:
        count = len(prepared.bad)
        rows = "1 row is" if count == 1 else f"{count:,} rows are"
        self.said = f"{rows} bad; nothing was loaded."
        super().__init__(
            f"{self.said} The first: {prepared.bad[0]}",
            hint="Mend the file, or load the good rows with --set-aside FILE.",
        )
        self.bad = prepared.bad


@dataclass(frozen=True)
class _Batch:
    table: Table | Records
    rows: list[dict[str, Any]]


class _Run:
    def __init__(
        self, database: Database, held: lock.Lock, dataset: Dataset, prepared: Prepared, summary: Summary,
        progress: Progress,
    ) -> None:  # fmt: skip
        self._database = database
        self._held = held
        self._dataset = dataset
        self._prepared = prepared
        self._summary = summary
        self._progress = progress
        self._job = f"import:{dataset.fingerprint}"
        self._noted: str | None = None

    async def write(self) -> None:
        done = await self._take_up()
        self._summary.resumed_at = done
        tables = self._prepared.tables
        total = sum(t.rows.height for t in tables) + sum(r.rows.height for r in self._dataset.records)
        self._progress.start("Loading", total)
        for number, batch in enumerate(self._batches(tables), start=1):
            if number > done:
                statements = await self._statements(batch)
                await self._database.write([self._held.renewal(), *statements, self._checkpoint(number)])
            self._progress.advance(len(batch.rows))
        self._progress.finish()
        await self._finish()

    async def _take_up(self) -> int:
        tables = self._prepared.tables
        noted = await changes.note(self._database, affected_deals(tables), listed_accounts(tables))
        rows = await self._database.write(
            [
                (
                    "MERGE (j:Job {id: $id}) ON CREATE SET j.batch = 0, j.state = 'RUNNING' "
                    "SET j.noted = CASE WHEN j.state = 'RUNNING' THEN coalesce(j.noted, $noted) ELSE $noted END "
                    "SET j.kind = 'import', j.source = $source, j.isResumed = j.state = 'RUNNING' AND j.batch > 0, "
                    "j.batch = CASE WHEN j.state = 'RUNNING' THEN j.batch ELSE 0 END, j.startedAt = datetime(), "
                    "j.state = 'RUNNING' RETURN j.batch, j.noted",
                    {"id": self._job, "source": self._dataset.source, "noted": noted},
                )
            ]
        )
        batch, self._noted = rows[0][0]
        return int(batch)

    def _batches(self, tables: Sequence[Table]) -> Iterator[_Batch]:
        for table in tables:
            for part in table.rows.iter_slices(BATCH):
                yield _Batch(table, part.to_dicts())
        for records in self._dataset.records:
            for part in records.rows.iter_slices(BATCH):
                rows = [row for row in part.to_dicts() if row["node"] not in self._prepared.dropped]
                yield _Batch(records, rows)

    async def _statements(self, batch: _Batch) -> Statements:
        source, table, merged = self._dataset.source, batch.table, self._prepared.survivors
        rows = [{k: v for k, v in row.items() if k != ROW} for row in batch.rows]
        if isinstance(table, Records):
            return record_statements(table.file, rows, source, merged)
        counts = self._summary.of(table.kind.table)
        is_fresh = table.kind.table in self._prepared.fresh
        if isinstance(table.kind, NodeKind):
            own = [row for row in rows if node_id(table.kind, row["key"]) not in merged]
            parts = await node_statements(self._database, table.kind, own, source, counts, is_fresh=is_fresh)
            if len(own) < len(rows):
                lost = [row for row in rows if node_id(table.kind, row["key"]) in merged]
                parts += await merged_statements(self._database, table.kind, lost, counts)
            return parts
        if isinstance(table.kind, EdgeKind):
            return await edge_statements(self._database, table.kind, rows, source, counts, is_fresh=is_fresh)
        return await history_statements(self._database, table.kind, rows, source, counts, merged)

    def _checkpoint(self, number: int) -> tuple[str, Parameters]:
        return "MATCH (j:Job {id: $id}) SET j.batch = $number", {"id": self._job, "number": number}

    async def _plan_anew(self) -> None:
        """Have statements planned by what the graph holds now; the statistics of a new graph speak for wrong plans."""
        if not self._prepared.fresh or self._summary.total("created") < _MANY:
            return
        try:
            await self._database.run_alone("CALL db.prepareForReplanning(60)")
        except DatabaseError:
            log.info("this server does not let us refresh its statistics; it will do so by itself")

    async def _finish(self) -> None:
        database, summary = self._database, self._summary
        changed = summary.total("created") + summary.total("updated") > 0 or summary.resumed_at > 0
        added: dict[str, int] = {}
        removed: dict[str, int] = {}
        if changed:
            tables = self._prepared.tables
            await self._plan_anew()
            await derive_credits(database, affected_deals(tables))
            accounts = await affected_accounts(database, tables)
            more, fewer = await derive_has_partner(database, accounts, self._progress)
            await note_activity(database)
            added = {t.kind.type: summary.of(t.kind.table).created for t in tables if isinstance(t.kind, EdgeKind)}
            added["HAS_PARTNER"], removed["HAS_PARTNER"] = more, fewer
            await database.write([self._held.renewal(), bump(added, removed, is_synthetic=self._dataset.is_synthetic)])
            await self._tell()
        await database.write(
            [
                (
                    "MATCH (j:Job {id: $id}) SET j.state = 'DONE', j.finishedAt = datetime() REMOVE j.noted",
                    {"id": self._job},
                )
            ]
        )
        summary.graph_version = (await read_version(database)).counter

    async def _tell(self) -> None:
        """Put what changed into the outbox of the webhooks; a run that is cut off here does it when it is taken up."""
        if self._noted is None:
            return
        tables = self._prepared.tables
        run, events = await changes.changed(
            self._database, self._noted, affected_deals(tables), listed_accounts(tables)
        )
        await put(self._database, events, run, beside=self._held.renewal())
