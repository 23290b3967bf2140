"""CSV: rows with the line that each begins on, also where cells hold line breaks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from ...graph.errors import BadInput
from .encoding import TextFile

DELIMITERS = (",", ";", "\t", "|")


class Row(NamedTuple):
    """One record of the file and the physical line on which it begins."""

    line: int
    cells: list[str]


def sniff(text: TextFile) -> str:
    """The delimiter that cuts the first records into most fields, all into the same number if possible."""
    best, best_score = ",", (False, 0)
    for delimiter in DELIMITERS:
        widths = []
        try:
            for row in rows(text, delimiter):
                if row.cells:
                    widths.append(len(row.cells))
                if len(widths) == 20:
                    break
        except BadInput:
            widths = widths or [1]
        width = widths[0] if widths else 1
        score = (width > 1 and widths.count(width) * 2 > len(widths), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def rows(text: TextFile, delimiter: str) -> Iterator[Row]:
    """Every record, the header first; a blank line has no cells.

    Raises:
        BadInput: a quote is left open, or a quoted cell goes on after its closing quote.
    """
    with text.path.open(encoding=text.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                yield Row(line, cells)
                line = reader.line_num + 1
        except csv.Error as error:
            raise BadInput(f"{text.path}: {_where(line, reader.line_num)}: {_why(str(error))}") from None


def _where(first: int, last: int) -> str:
    return f"line {first}" if last <= first else f"lines {first} to {last}"


def _why(message: str) -> str:
    if "unexpected end" in message or "field larger" in message:
        return "a cell begins with a quotation mark and none closes it."
    if "expected after" in message:
        return "a quoted cell goes on after its closing quotation mark; within quotes, write two for one."
    return f"{message}."
