"""Account lists as the graph holds them, for importers that run in a worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from anyio import from_thread

from .connection import Database
from .load.nodes import native
from .merged import survivors
from .model import Population

_ENTRIES = """
MATCH (owner:Partner|Company {id: $owner})-[k:KNOWS {population: $population}]->(account:Account)
WHERE (k.until IS NULL OR k.until > $on) AND k.key IS NOT NULL
RETURN account.id, k.key, k.since, k.ownerKey
ORDER BY account.id
"""


@dataclass(frozen=True)
class Entry:
    """An account on a list: its id, the key of the edge, the first day, and the opaque key of its owner there."""

    account: str
    key: str
    since: date | None
    owner_key: str | None


class GraphLists:
    """Reads account lists. Call it from within `GraphResolver.run`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def company(self) -> str | None:
        """The id of our company."""
        rows = self._rows("MATCH (c:Company) RETURN c.id", {})
        return rows[0][0] if rows else None

    def entries(self, owner: str, population: Population, on: date) -> list[Entry]:
        """What stands on a list on a day or will from later on, by the owner's id."""
        found = self._rows(_ENTRIES, {"owner": owner, "population": population.value, "on": on})
        return [Entry(account, key, native(since), owner_key) for account, key, since, owner_key in found]

    def survivors(self) -> dict[str, str]:
        """Merged accounts by id, and what they are part of by now."""
        return from_thread.run(survivors, self._database)

    def _rows(self, statement: str, parameters: dict[str, Any]) -> list[list[Any]]:
        return from_thread.run(self._database.rows, statement, parameters)
