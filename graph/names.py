"""What nodes are called, by their ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .connection import Database
from .cypher import seek
from .model import kind_of

_BATCH = 20_000


async def names_of(database: Database, ids: Iterable[str]) -> dict[str, str]:
    """The names of those of these nodes, by id, that are in the graph."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for identity in dict.fromkeys(ids):
        kind = kind_of(identity)
        if kind is not None:
            by_label[kind.label].append(identity)
    found: dict[str, str] = {}
    for label, wanted in by_label.items():
        statement = f"UNWIND $ids AS id {seek('n', label, 'id')} RETURN n.id, n.name"
        for at in range(0, len(wanted), _BATCH):
            found.update(await database.rows(statement, {"ids": wanted[at : at + _BATCH]}))  # type: ignore[arg-type]
    return found
