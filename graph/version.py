"""The graph version: a counter set at the end of each import or measure run, and a fingerprint of the count store,
which notices writers beside us."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from .connection import Database, Parameters
from .model import EDGES, NODES
from .model.measured import GROUPS, EdgeGroup
from .model.system import SINGLETON
from .stored import NO_POINTERS, Pointers

MAX_AGE_SECONDS = 5.0


@dataclass(frozen=True)
class GraphVersion:
    """What was read: `counter` of our own runs and a `fingerprint` of the totals per kind.

    `data` changes when what measures are computed from has changed, and not by a measure run.
    """

    counter: int
    fingerprint: str
    is_synthetic: bool
    has_dated_activity: bool
    has_customer_dates: bool
    data: str = ""
    pointers: Pointers = field(default=NO_POINTERS)

    def __str__(self) -> str:
        return f"{self.counter}-{self.fingerprint}"


def bump(added: Mapping[str, int], removed: Mapping[str, int], *, is_synthetic: bool) -> tuple[str, Parameters]:
    """A statement that ends a run: the next version, and edges added and removed per type since the start."""
    changes = {
        **{f"added_{name}": n for name, n in added.items() if n},
        **{f"removed_{name}": n for name, n in removed.items() if n},
    }
    return (
        "MATCH (e:Ecograph {id: $id}) SET e.version = e.version + 1, e.updatedAt = datetime(), "
        "e.dataVersion = coalesce(e.dataVersion, 0) + 1, "
        "e.isSynthetic = coalesce(e.isSynthetic, false) OR $synthetic "
        "WITH e UNWIND [null] + keys($changes) AS name "
        "FOREACH (_ IN CASE WHEN name IS NULL THEN [] ELSE [1] END | "
        "SET e[name] = coalesce(e[name], 0) + $changes[name]) RETURN DISTINCT e.version",
        {"id": SINGLETON, "changes": changes, "synthetic": is_synthetic},
    )


class VersionReader:
    """Reads the graph version at most every few seconds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read_at = float("-inf")
        self._version: GraphVersion | None = None
        self._reading = asyncio.Lock()

    async def current(self) -> GraphVersion:
        """The version, at most 5 seconds old."""
        known = self._fresh()
        if known is None:
            async with self._reading:  # of many requests at once, one reads
                known = self._fresh()
                if known is None:
                    began = time.monotonic()
                    known = self._version = await read_version(self._database)
                    self._read_at = began
        return known

    def _fresh(self) -> GraphVersion | None:
        return self._version if time.monotonic() - self._read_at <= MAX_AGE_SECONDS else None

    def forget(self) -> None:
        """Read anew at the next call."""
        self._version = None


_MEASURED = {group.type for group in GROUPS if isinstance(group, EdgeGroup)}
_ENTRY = (
    "MATCH (e:Ecograph {id: $id}) RETURN e.version, coalesce(e.isSynthetic, false), "
    "coalesce(e.hasDatedActivity, false), coalesce(e.hasCustomerDates, false), coalesce(e.dataVersion, 0), e.measured"
)
# One row, and not a union: that takes three times as long to plan, and every start waits for it.
_COUNTS = "RETURN [{}]".format(
    ", ".join(
        [f"COUNT {{ (:{kind.label}) }}" for kind in NODES]
        + [f"COUNT {{ ()-[:{kind.type}]->() }}" for kind in EDGES if kind.type not in _MEASURED]
    )
)


async def read_version(database: Database) -> GraphVersion:
    """The version as it is now."""
    rows, ((totals,),) = await asyncio.gather(database.rows(_ENTRY, {"id": SINGLETON}), database.rows(_COUNTS))
    counter, synthetic, activity, customers, data, pointers = rows[0] if rows else (0, False, False, False, 0, None)
    fingerprint = blake2b(repr(totals).encode(), digest_size=4).hexdigest()
    return GraphVersion(
        counter, fingerprint, synthetic, activity, customers, f"{data}-{fingerprint}", Pointers.decode(pointers)
    )
