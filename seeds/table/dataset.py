"""Datasets of what was built, with a fingerprint of what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from ...graph.load.tables import Dataset, Table
from ...graph.model import NodeKind
from .build import Built

_IDENTITIES = ("key", "from", "to", "of")


def dataset(source: str, parts: Sequence[Built], said: Iterable[str]) -> Dataset:
    """One dataset of several sheets, nodes before edges.

    The fingerprint is of `said` (hashes of the files, mapping, options) and of the ids that came out of it: these
    depend on what the graph held, and an import that is taken up counts batches of the same rows.
    """
    tables = [table for part in parts for table in part.tables if table.rows.height]
    tables.sort(key=lambda table: not isinstance(table.kind, NodeKind))
    return Dataset(
        source=source,
        tables=tuple(tables),
        fingerprint=_fingerprint(said, tables),
        records=tuple(records for part in parts for records in part.records),
        bad=tuple(sorted((bad for part in parts for bad in part.bad), key=lambda bad: (bad.file, bad.line or 0))),
        notes=tuple(note for part in parts for note in part.notes),
    )


def _fingerprint(said: Iterable[str], tables: Iterable[Table]) -> str:
    digest = blake2b(digest_size=16)
    for text in said:
        digest.update(text.encode() + b"\x1e")
    for table in tables:
        for name in _IDENTITIES:
            if name in table.rows.columns:
                values = table.rows[name].fill_null("")
                digest.update("\x1f".join((table.kind.table, name, *values)).encode() + b"\x1e")
    return digest.hexdigest()
