"""What an importer hands to the loader, and what the loader says of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from ..model import EdgeKind, HistoryKind, NodeKind, ValueType

ROW = "_row"
"""Optional column: the line of the file (1-based, the header counted) or the item that a row comes from."""

KEY = "_key"
"""Optional column of an edge table: the key of the stored edge that a row is about, whoever imported it."""

FROM, TO = "_from", "_to"
"""Columns that the loader adds to a table of edges: an end as it was imported, where that account was merged into
another since."""

DTYPES: dict[ValueType, pl.DataType] = {
    ValueType.STRING: pl.String(),
    ValueType.INTEGER: pl.Int64(),
    ValueType.FLOAT: pl.Float64(),
    ValueType.BOOLEAN: pl.Boolean(),
    ValueType.DATE: pl.Date(),
    ValueType.DATETIME: pl.Datetime("us", "UTC"),
    ValueType.MONEY: pl.Int64(),
    ValueType.STRINGS: pl.List(pl.String()),
}
"""The column type of each property type. Money is minor units, beside it a String column `…Currency`."""

Kind = NodeKind | EdgeKind | HistoryKind


@dataclass(frozen=True)
class Table:
    """Rows of one kind, cast to the model's types.

    Columns of a node kind: `key` (String, never null), `name`, the kind's properties (see `DTYPES`), and where the
    kind takes them `domains` (List of String, registrable, the primary one first), `externalIds` (List of String,
    `system:id`) and `custom.NAME` (String, Int64, Float64, Boolean, Date or List of String).
    Columns of an edge kind: `from` and `to` (String, whole ids as of `node_id`), `since` and `until` where it is
    dated, its properties.
    Columns of a history: `of` (whole id), `on` (Date), `value` (and `valueCurrency` for money);
    of the exchange rates: `from`, `to` (currencies), `on`, `rate`.
    A column that is absent, and a null, leave the stored value as it is. `_row` says where a row comes from; in a table
    of edges, `_key` names the stored edge that is to be changed.
    """

    kind: Kind
    rows: pl.DataFrame
    file: str = ""


@dataclass(frozen=True)
class Records:
    """Source rows and the nodes that they were resolved to by something other than their id.

    Columns: `row` (Int64, line or item), `values` (String, JSON object of the row as imported), `node` (whole id),
    `probability` (Float64, 0–1), `reason` (String, such as `domain capitalone.com`).
    """

    rows: pl.DataFrame
    file: str


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be loaded: where it is, which value, and why."""

    file: str
    line: int | None
    column: str | None
    value: str | None
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line is not None else self.file
        what = f" {self.column}" if self.column else ""
        shown = f" {self.value[:80]!r}" if self.value is not None else ""
        return f"{place}:{what}{shown} {self.reason}"


@dataclass(frozen=True)
class Dataset:
    """Everything of one import, nodes before the edges that need them.

    `source` names where it comes from and is stored on every node and edge. `fingerprint` tells this content from any
    other, so that an import that was cut off can be taken up again. `notes` are what the importer saw and left.
    """

    source: str
    tables: tuple[Table, ...]
    fingerprint: str
    records: tuple[Records, ...] = ()
    bad: tuple[BadRow, ...] = ()
    notes: tuple[str, ...] = ()
    is_synthetic: bool = False


@dataclass
class Counts:
    """Rows of one kind by what became of them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    set_aside: int = 0


@dataclass
class Summary:
    """What an import did, by kind; `resumed_at` is the batch from which an earlier, cut-off run was taken up."""

    counts: dict[str, Counts] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    resumed_at: int = 0
    seconds: float = 0.0
    graph_version: int = 0

    def of(self, table: str) -> Counts:
        return self.counts.setdefault(table, Counts())

    def total(self, what: str) -> int:
        return sum(getattr(counts, what) for counts in self.counts.values())
