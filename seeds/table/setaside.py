"""Writes the bad rows of a file as they are, in the file's own format, with the line and the reason of each."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from ...graph.errors import BadInput
from ...graph.load.tables import BadRow
from .delimited import Row, rows
from .encoding import examine
from .jsonlines import items
from .mapping import Mapping, load_mapping
from .reader import SET_ASIDE_COLUMNS, Format, delimiter_of, format_of

_LINE, _REASON = SET_ASIDE_COLUMNS


def write_set_aside(
    file: Path,
    bad: Sequence[BadRow],
    target: Path,
    *,
    encoding: str | None = None,
    mapping: Path | None = None,
) -> int:
    """Writes those rows of `file` that are bad, with the columns `_line` and `_reason`; returns how many.

    Text is written as UTF-8. Once mended, the file can be imported: both columns are passed over. Bad rows of other
    files are left to these files' own. `encoding` and `mapping` are as for `read_table`.

    Raises:
        BadInput: the target is the file itself, or cannot be written.
    """
    if target.exists() and target.samefile(file):
        raise BadInput(f"{target}: the bad rows would overwrite the file that they come from.")
    reasons = _reasons(str(file), bad)
    spec = load_mapping(mapping) if mapping is not None else Mapping()
    encoding = encoding or spec.encoding
    try:
        match format_of(file):
            case Format.PARQUET:
                return _parquet(file, reasons, target)
            case Format.JSON_LINES:
                return _json_lines(file, reasons, target, encoding)
            case Format.CSV:
                return _delimited(file, reasons, target, encoding, spec.delimiter)
    except OSError as error:
        raise BadInput(f"{target}: cannot be written: {error.strerror}.") from None


def _reasons(file: str, bad: Sequence[BadRow]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for row in bad:
        if row.line is not None and row.file == file:
            said = f"{row.column}: {row.reason}" if row.column else row.reason
            found.setdefault(row.line, []).append(said)
    return {line: "; ".join(dict.fromkeys(said)) for line, said in found.items()}


def _delimited(file: Path, reasons: dict[int, str], target: Path, encoding: str | None, delimiter: str | None) -> int:
    text = examine(file, encoding)
    mark = delimiter_of(text, delimiter)
    records = (row for row in rows(text, mark) if row.cells)
    header = next(records, Row(1, []))
    at = [i for i, name in enumerate(header.cells) if name.strip() not in SET_ASIDE_COLUMNS]
    width, written = len(header.cells), 0
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=mark, lineterminator="\n")
        writer.writerow([*(header.cells[i] for i in at), _LINE, _REASON])
        for row in records:
            if row.line in reasons:
                cells = [*row.cells, *[""] * (width - len(row.cells))]
                # What a row has beyond the header stands after the reason, for somebody to see and mend.
                writer.writerow([*(cells[i] for i in at), row.line, reasons[row.line], *cells[width:]])
                written += 1
    return written


def _json_lines(file: Path, reasons: dict[int, str], target: Path, encoding: str | None) -> int:
    written = 0
    with target.open("wb") as out:
        for item in items(examine(file, encoding)):
            if item.line in reasons:
                values: dict[str, Any] = {"_text": item.text} if item.reason else item.values
                out.write(orjson.dumps({**values, _LINE: item.line, _REASON: reasons[item.line]}) + b"\n")
                written += 1
    return written


def _parquet(file: Path, reasons: dict[int, str], target: Path) -> int:
    raw = pl.read_parquet(file).drop(SET_ASIDE_COLUMNS, strict=False)
    lines = pl.DataFrame(
        {_LINE: list(reasons), _REASON: list(reasons.values())},
        schema={_LINE: pl.Int64(), _REASON: pl.String()},
    )
    numbered = raw.with_columns(pl.int_range(1, raw.height + 1, dtype=pl.Int64).alias(_LINE))
    kept = numbered.join(lines, on=_LINE, how="inner", maintain_order="left")
    kept.write_parquet(target)
    return kept.height
