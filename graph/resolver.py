"""Look-ups of nodes by what identifies them, for importers that run in a worker thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from anyio import from_thread, to_thread

from .connection import Database
from .cypher import seek
from .load.cast import normal_name
from .merged import survivors
from .model import ACCOUNT, NodeKind

Result = TypeVar("Result")
_BATCH = 20_000
_OWNER = "WITH value, coalesce(h.mergedFrom, n.id) AS id RETURN value, id ORDER BY id"


class GraphResolver:
    """Finds nodes of a kind in the graph. Call its look-ups from within `run`.

    A merged account is found by its own id: the loader knows what that is part of, and a row of it keeps telling of it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: dict[str, dict[str, list[str]]] = {}
        self._survivors: dict[str, str] | None = None

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run an importer in a worker thread, where it may use the look-ups."""
        return await to_thread.run_sync(work)

    def by_id(self, kind: NodeKind, ids: Sequence[str]) -> set[str]:
        """Which of these whole ids exist, if only as that of an account that was merged into another."""
        statement = f"UNWIND $values AS value {seek('n', kind.label, 'value')} RETURN value, n.id"
        found = set(self._look_up(statement, ids))
        return found.union(self._merged().keys() & set(ids)) if kind is ACCOUNT else found

    def by_domain(self, kind: NodeKind, domains: Sequence[str]) -> dict[str, list[str]]:
        """Node ids by registrable domain; of a merged account, where that has it."""
        match = f"MATCH (:Domain {{name: value}})<-[h:HAS_DOMAIN]-(n:{kind.label})"
        return self._look_up(f"UNWIND $values AS value {match} {_OWNER}", domains)

    def by_external_id(self, kind: NodeKind, ids: Sequence[str]) -> dict[str, list[str]]:
        """Node ids by external id (`system:id`); of a merged account, where that has it."""
        match = f"MATCH (:ExternalId {{id: value}})<-[h:HAS_EXTERNAL_ID]-(n:{kind.label})"
        return self._look_up(f"UNWIND $values AS value {match} {_OWNER}", ids)

    def by_name(self, kind: NodeKind, names: Sequence[str]) -> dict[str, list[str]]:
        """Node ids by name as `normal_name` gives it; of accounts that were merged one."""
        if kind.label not in self._names:
            found: dict[str, list[str]] = {}
            for identity, name in self._rows(f"MATCH (n:{kind.label}) RETURN n.id, n.name ORDER BY n.id", {}):
                if name is not None:
                    found.setdefault(normal_name(name), []).append(identity)
            if kind is ACCOUNT:
                self._add_merged_names(found)
            self._names[kind.label] = found
        known = self._names[kind.label]
        return {name: known[name] for name in names if name in known}

    def _add_merged_names(self, found: dict[str, list[str]]) -> None:
        merged = self._merged()
        for identity, name in self._rows("MATCH (n:SourceRecord) WHERE n.key IS NOT NULL RETURN n.id, n.name", {}):
            known = found.setdefault(normal_name(name), [])
            if merged.get(identity) not in {merged.get(other, other) for other in known}:
                known.append(identity)

    def _merged(self) -> dict[str, str]:
        if self._survivors is None:
            self._survivors = from_thread.run(survivors, self._database)
        return self._survivors

    def _look_up(self, statement: str, values: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for at in range(0, len(values), _BATCH):
            for value, identity in self._rows(statement, {"values": list(values[at : at + _BATCH])}):
                found.setdefault(value, []).append(identity)
        return found

    def _rows(self, statement: str, parameters: dict[str, Any]) -> list[list[Any]]:
        return from_thread.run(self._database.rows, statement, parameters)
