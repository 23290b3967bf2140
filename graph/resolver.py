"""Look-ups of nodes by what identifies them, for importers that run in a worker thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from anyio import from_thread, to_thread

from .connection import Database
from .cypher import seek
from .load.cast import normal_name
from .model import NodeKind

Result = TypeVar("Result")
_BATCH = 20_000


class GraphResolver:
    """Finds nodes of a kind in the graph. Call its look-ups from within `run`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: dict[str, dict[str, list[str]]] = {}

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run an importer in a worker thread, where it may use the look-ups."""
        return await to_thread.run_sync(work)

    def by_id(self, kind: NodeKind, ids: Sequence[str]) -> set[str]:
        """Which of these whole ids exist."""
        statement = f"UNWIND $values AS value {seek('n', kind.label, 'value')} RETURN value, n.id"
        return set(self._look_up(statement, ids))

    def by_domain(self, kind: NodeKind, domains: Sequence[str]) -> dict[str, list[str]]:
        """Node ids by registrable domain."""
        match = f"MATCH (:Domain {{name: value}})<-[:HAS_DOMAIN]-(n:{kind.label})"
        return self._look_up(f"UNWIND $values AS value {match} RETURN value, n.id ORDER BY n.id", domains)

    def by_external_id(self, kind: NodeKind, ids: Sequence[str]) -> dict[str, list[str]]:
        """Node ids by external id (`system:id`)."""
        match = f"MATCH (:ExternalId {{id: value}})<-[:HAS_EXTERNAL_ID]-(n:{kind.label})"
        return self._look_up(f"UNWIND $values AS value {match} RETURN value, n.id ORDER BY n.id", ids)

    def by_name(self, kind: NodeKind, names: Sequence[str]) -> dict[str, list[str]]:
        """Node ids by name as `normal_name` gives it."""
        if kind.label not in self._names:
            found: dict[str, list[str]] = {}
            for identity, name in self._rows(f"MATCH (n:{kind.label}) RETURN n.id, n.name ORDER BY n.id", {}):
                if name is not None:
                    found.setdefault(normal_name(name), []).append(identity)
            self._names[kind.label] = found
        known = self._names[kind.label]
        return {name: known[name] for name in names if name in known}

    def _look_up(self, statement: str, values: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for at in range(0, len(values), _BATCH):
            for value, identity in self._rows(statement, {"values": list(values[at : at + _BATCH])}):
                found.setdefault(value, []).append(identity)
        return found

    def _rows(self, statement: str, parameters: dict[str, Any]) -> list[list[Any]]:
        return from_thread.run(self._database.rows, statement, parameters)
