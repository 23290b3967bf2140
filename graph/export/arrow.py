"""Arrow's IPC stream, written batch by batch.

polars writes whole streams only: a schema, batches, an end. All streams of one schema begin with the same schema
message, so the batches of many can follow one another in a single one.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

import polars as pl

from .kinds import Column, Row, frame

ARROW_END = struct.pack("<II", 0xFFFFFFFF, 0)
"""What a stream ends with."""


def arrow_schema(columns: Sequence[Column]) -> bytes:
    """What the stream begins with."""
    return _schema_of(_stream(columns, []))


def arrow_batches(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """The rows."""
    if not rows:
        return b""
    whole = _stream(columns, rows)
    return whole[len(_schema_of(whole)) : len(whole) - len(ARROW_END)]


def _stream(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    buffer = io.BytesIO()
    frame(columns, rows).rechunk().write_ipc_stream(buffer, compat_level=pl.CompatLevel.oldest())
    return buffer.getvalue()


def _schema_of(stream: bytes) -> bytes:
    """The first message: a marker, the length of the metadata, and the metadata; a schema has no body."""
    _, length = struct.unpack_from("<Ii", stream)
    return stream[: 8 + length]
