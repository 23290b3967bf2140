"""CSV and JSON Lines. What a spreadsheet would take for a formula is written so that it is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from .kinds import Column, Leaf, Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = frozenset(',"\r\n')


def csv_header(columns: Sequence[Column]) -> bytes:
    """The line of names."""
    return _line(_quoted(column.name) for column in columns)


def csv_rows(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """One line for each row; null is an empty cell, an empty text a quoted one, as is null where it is alone."""
    return b"".join(_line(map(_cell, columns, row)) for row in rows)


def json_rows(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """One object a line, with the names of the columns."""
    names = [column.name for column in columns]
    return b"".join(orjson.dumps(dict(zip(names, row, strict=True))) + b"\n" for row in rows)


def _cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(column.kind, Leaf) and column.kind.is_number:
        return str(value)
    if not isinstance(value, str):
        return _quoted(orjson.dumps(value).decode())
    return _quoted(f"'{value}" if value.startswith(_FORMULA) else value)


def _quoted(text: str) -> str:
    if text and _QUOTED.isdisjoint(text) and text == text.strip():
        return text
    return '"' + text.replace('"', '""') + '"'


def _line(cells: Iterable[str]) -> bytes:
    # An empty line is no row for most readers.
    return ((",".join(cells) or '""') + "\r\n").encode()
