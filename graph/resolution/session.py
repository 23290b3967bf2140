"""One run at a time: the lock, what follows from merges, and the graph version."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from .. import lock
from ..connection import Database
from ..derive import derive_has_partner, note_activity
from ..load.nodes import Statements
from ..model.system import SINGLETON
from ..version import bump

_PENDING = "MATCH (p:MatchPair) WHERE p.isPending RETURN p.survivor"
_DONE = "UNWIND $ids AS id MATCH (p:MatchPair {survivor: id}) REMOVE p.isPending"


class Session:
    """A run that holds the lock of the graph."""

    def __init__(self, database: Database, held: lock.Lock) -> None:
        self.database = database
        self._held = held

    async def write(self, statements: Statements) -> None:
        """Write in one transaction, as long as the lock is held."""
        await self.database.write([self._held.renewal(), *statements])

    async def is_pending(self) -> bool:
        """Whether a run was cut off between merging and what follows from it."""
        return bool(await self.database.rows(f"{_PENDING} LIMIT 1"))

    async def finish(self, accounts: Collection[str], removed: dict[str, int] | None = None) -> None:
        """Derive anew what follows for the accounts that were touched, and set the next graph version.

        Merges whose run was cut off before this are seen to as well.
        """
        pending = [survivor for (survivor,) in await self.database.rows(_PENDING)]
        touched = sorted({*accounts, *pending})
        more, fewer = await derive_has_partner(self.database, touched)
        await note_activity(self.database)
        statements: Statements = [(_DONE, {"ids": touched})]
        gone = {**(removed or {}), "HAS_PARTNER": fewer}
        await self.write([*statements, bump({"HAS_PARTNER": more}, gone, is_synthetic=False)])

    async def note(self) -> None:
        """Set the next graph version where no measure depends on what was changed."""
        await self.write([("MATCH (e:Ecograph {id: $id}) SET e.version = e.version + 1", {"id": SINGLETON})])


@asynccontextmanager
async def session(database: Database, what: str, patience_s: float = 0.0) -> AsyncIterator[Session]:
    """The lock for as long as the context lasts; waits for others at most so many seconds.

    Raises:
        Busy: another run holds it.
    """
    async with lock.hold(database, what, patience_s) as held:
        yield Session(database, held)


async def measured_now(database: Database) -> str | None:
    """What tells the measure runs that are current now from others."""
    found = await database.value("MATCH (e:Ecograph {id: $id}) RETURN e.measured", {"id": SINGLETON})
    return None if found is None else str(found)
