"""Reads a file of any of the three formats into raw columns and the line of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import polars as pl

from ...graph.errors import BadInput
from ...graph.load.tables import ROW, BadRow
from ...graph.progress import NoProgress, Progress
from .delimited import DELIMITERS, Row, rows, sniff
from .encoding import TextFile, examine
from .jsonlines import cell_text, items

SET_ASIDE_COLUMNS = ("_line", "_reason")
_BATCH = 50_000
_TEXT = pl.String()


class Format(StrEnum):
    CSV = "CSV"
    JSON_LINES = "JSON Lines"
    PARQUET = "Parquet"


_SUFFIXES = {
    **dict.fromkeys((".csv", ".tsv", ".txt", ".tab"), Format.CSV),
    **dict.fromkeys((".jsonl", ".ndjson"), Format.JSON_LINES),
    **dict.fromkeys((".parquet", ".pq"), Format.PARQUET),
}
_FOREIGN = {
    b"PK\x03\x04": "is a spreadsheet or an archive; save it as CSV",
    b"\x1f\x8b": "is compressed; unpack it first",
    b"\xd0\xcf\x11\xe0": "is an old spreadsheet; save it as CSV",
}


@dataclass(frozen=True)
class Sheet:
    """A file as read: raw columns under their headers and `_row`, the rows that could not be read, and a hash."""

    file: str
    format: Format
    rows: pl.DataFrame
    digest: str
    bad: tuple[BadRow, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def headers(self) -> list[str]:
        return [name for name in self.rows.columns if name != ROW]


@dataclass
class Source:
    """How a file is to be read."""

    encoding: str | None = None
    delimiter: str | None = None
    has_footer: bool = False
    progress: Progress = field(default_factory=NoProgress)


def read_sheet(path: Path, source: Source | None = None) -> Sheet:
    """The file as raw columns.

    Raises:
        BadInput: there is no such file, it is empty, of no known format or encoding, or its headers are ambiguous.
    """
    source = source or Source()
    form = format_of(path)
    if form is Format.PARQUET:
        return _parquet(path)
    text = examine(path, source.encoding)
    source.progress.start(f"Reading {path.name}", None)
    try:
        return _delimited(text, source) if form is Format.CSV else _json_lines(text, source)
    finally:
        source.progress.finish()


def format_of(path: Path) -> Format:
    """CSV, JSON Lines or Parquet, by the name of the file, else by its first bytes."""
    try:
        with path.open("rb") as file:
            start = file.read(64)
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}.") from None
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise BadInput(f"{path}: is empty.")
    foreign = next((reason for mark, reason in _FOREIGN.items() if start.startswith(mark)), None)
    if foreign:
        raise BadInput(f"{path}: {foreign}.")
    if start.startswith(b"PAR1"):
        return Format.PARQUET
    named = _SUFFIXES.get(path.suffix.lower())
    if named is Format.PARQUET:
        raise BadInput(f"{path}: is no Parquet file.")
    return named or (Format.JSON_LINES if start.lstrip().startswith(b"{") else Format.CSV)


def delimiter_of(text: TextFile, given: str | None) -> str:
    """The delimiter of a CSV file, as given or as found."""
    if given is not None and given not in DELIMITERS:
        raise BadInput(f"{given!r} is no delimiter.", hint="Take one of comma, semicolon, tab and |.")
    return given or sniff(text)


def _delimited(text: TextFile, source: Source) -> Sheet:
    records = rows(text, delimiter_of(text, source.delimiter))
    header = next((row for row in records if row.cells), None)
    if header is None:
        raise BadInput(f"{text.path}: is empty.")
    names = [cell.strip() for cell in header.cells]
    _refuse_duplicates(text.path, names)
    width, bad, frames, notes = len(names), list[BadRow](), list[pl.DataFrame](), list[str]()
    while batch := list(islice(records, _BATCH)):
        blank = next((at for at, row in enumerate(batch) if not any(row.cells)), None)
        is_over = source.has_footer and blank is not None
        if is_over and blank is not None:
            left = sum(1 for row in (*batch[blank:], *records) if any(row.cells))
            notes.append(
                f"{text.path}: {left} lines after the first blank one (line {batch[blank].line}) were left out."
            )
            batch = batch[:blank]
        frames.append(_frame(names, [row for row in batch if len(row.cells) == width]))
        bad.extend(_ragged(text.path, batch, width))
        source.progress.advance(len(batch))
        if is_over:
            break
    rows_read = pl.concat(frames) if frames else _frame(names, [])
    return Sheet(str(text.path), Format.CSV, rows_read, text.digest, tuple(bad), tuple(notes))


def _frame(names: Sequence[str], batch: Sequence[Row]) -> pl.DataFrame:
    columns = list(zip(*(row.cells for row in batch), strict=True)) if batch else [()] * len(names)
    kept = {
        name: pl.Series(name, column, dtype=_TEXT)
        for name, column in zip(names, columns, strict=True)
        if name and name not in SET_ASIDE_COLUMNS
    }
    return pl.DataFrame({ROW: pl.Series([row.line for row in batch], dtype=pl.Int64), **kept})


def _ragged(path: Path, batch: Sequence[Row], width: int) -> Iterator[BadRow]:
    for row in batch:
        if row.cells and len(row.cells) != width:
            cells = "1 cell" if len(row.cells) == 1 else f"{len(row.cells)} cells"
            reason = f"the row has {cells}, the header has {width}"
            yield BadRow(str(path), row.line, None, None, reason)


def _refuse_duplicates(path: Path, names: Sequence[str]) -> None:
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    if twice:
        named = ", ".join(repr(name) for name in twice)
        raise BadInput(f"{path}: the header names {named} more than once.", hint="Rename one of the columns.")
    if ROW in names:
        raise BadInput(f"{path}: the header names {ROW!r}, which Ecograph uses itself.", hint="Rename that column.")


def _json_lines(text: TextFile, source: Source) -> Sheet:
    lines = items(text)
    bad: list[BadRow] = []
    frames: list[pl.DataFrame] = []
    while batch := list(islice(lines, _BATCH)):
        bad.extend(
            BadRow(str(text.path), item.line, None, item.text.strip()[:200], item.reason)
            for item in batch
            if item.reason
        )
        good = [item for item in batch if not item.reason]
        names = list(dict.fromkeys(name for item in good for name in item.values if name not in SET_ASIDE_COLUMNS))
        _refuse_duplicates(text.path, names)
        columns = {
            name: pl.Series(name, [cell_text(item.values.get(name)) for item in good], dtype=_TEXT)
            for name in names
            if name
        }
        frames.append(pl.DataFrame({ROW: pl.Series([item.line for item in good], dtype=pl.Int64), **columns}))
        source.progress.advance(len(batch))
    rows_read = pl.concat(frames, how="diagonal") if frames else pl.DataFrame(schema={ROW: pl.Int64})
    return Sheet(str(text.path), Format.JSON_LINES, rows_read, text.digest, tuple(bad))


def _parquet(path: Path) -> Sheet:
    try:
        raw = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise BadInput(f"{path}: cannot be read as Parquet: {str(error).splitlines()[0]}.") from None
    _refuse_duplicates(path, raw.columns)
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    columns = [_simple(raw[name]) for name in raw.columns if name not in SET_ASIDE_COLUMNS]
    numbers = pl.int_range(1, raw.height + 1, dtype=pl.Int64, eager=True).alias(ROW)
    return Sheet(str(path), Format.PARQUET, pl.DataFrame([numbers, *columns]), digest.hexdigest())


def _simple(column: pl.Series) -> pl.Series:
    """Types that casting does not know become text; the common ones stay."""
    dtype = column.dtype
    if isinstance(dtype, pl.Struct):
        return column.struct.json_encode().alias(column.name)
    if dtype == pl.Binary:
        return column.cast(_TEXT, strict=False)
    if isinstance(dtype, pl.Decimal | pl.Categorical | pl.Enum | pl.Time | pl.Duration):
        return column.cast(_TEXT)
    if isinstance(dtype, pl.Array):
        return column.arr.to_list()
    return column
