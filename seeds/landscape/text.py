"""Reads a text file whole: its bytes, and what they say in Unicode."""

from __future__ import annotations

import codecs
from pathlib import Path

from ...graph.errors import BadInput

MAX_BYTES = 32 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        BadInput: there is no such file, or it is too large.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise BadInput(f"{path}: is {size >> 20} MB; a landscape file has at most {MAX_BYTES >> 20} MB.")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}).") from None


def decode(path: Path, data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 or UTF-32 with a byte order mark.

    Raises:
        BadInput: it is in another encoding; the line and the byte are named.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = encoding.removesuffix("-sig").upper()
        raise BadInput(f"{path}:{line}: byte {error.start} is not {name}.", hint="Save the file as UTF-8.") from None
