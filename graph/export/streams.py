"""Rows that come page by page, as the bytes of a file."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from pathlib import Path

import polars as pl

from .arrow import ARROW_END, arrow_batches, arrow_schema
from .formats import Format
from .kinds import Column, Row, frame
from .text import csv_header, csv_rows, json_rows

GROUP_ROWS = 50_000
"""Rows of a group in a Parquet file."""
_CHUNK = 1 << 20


async def encoded(
    form: Format, columns: Sequence[Column], pages: AsyncIterator[Sequence[Row]]
) -> AsyncGenerator[bytes, None]:
    """The file, piece by piece, in bounded memory.

    A Parquet file is made of large groups of rows, and ends with what its readers need first: it is gathered in a
    temporary directory, and given when it is whole.
    """
    if form is Format.PARQUET:
        async for piece in _parquet(columns, pages):
            yield piece
        return
    if form is Format.CSV:
        yield csv_header(columns)
    if form is Format.ARROW:
        yield arrow_schema(columns)
    write = {Format.CSV: csv_rows, Format.JSONL: json_rows, Format.ARROW: arrow_batches}[form]
    async for rows in pages:
        if rows:
            yield write(columns, rows)
    if form is Format.ARROW:
        yield ARROW_END


async def _parquet(columns: Sequence[Column], pages: AsyncIterator[Sequence[Row]]) -> AsyncGenerator[bytes, None]:
    with tempfile.TemporaryDirectory(prefix="ecograph-export-") as folder:
        parts: list[Path] = []
        held: list[Row] = []
        async for rows in pages:
            held += rows
            if len(held) >= GROUP_ROWS:
                parts.append(await asyncio.to_thread(_part, columns, held, Path(folder) / f"{len(parts)}.arrow"))
                held = []
        if held or not parts:
            parts.append(await asyncio.to_thread(_part, columns, held, Path(folder) / f"{len(parts)}.arrow"))
        target = Path(folder) / "whole.parquet"
        await asyncio.to_thread(_join, parts, target)
        with target.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece


def _part(columns: Sequence[Column], rows: Sequence[Row], path: Path) -> Path:
    frame(columns, rows).write_ipc(path)
    return path


def _join(parts: list[Path], target: Path) -> None:
    pl.scan_ipc(parts).sink_parquet(target, row_group_size=GROUP_ROWS)
