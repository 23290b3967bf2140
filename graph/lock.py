"""One import or measure run at a time, for all processes that share a graph: a lock on the singleton node.

A holder renews the lock in each of its transactions. A lock whose holder is known to be dead (same machine, no such
process), or which was not renewed for a minute, is taken over.
"""

from __future__ import annotations

import asyncio
import os
import platform
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psutil

from .connection import Database, Parameters
from .errors import Busy, EcographError
from .model.system import SINGLETON

LEASE_SECONDS = 60
_PAUSE_S = 0.1


def owner() -> str:
    """Who this process is: host, process id and its start time."""
    pid = os.getpid()
    return f"{platform.node()}/{pid}/{psutil.Process(pid).create_time():.2f}"


def _name() -> str:
    return f"{owner()}#{uuid.uuid4().hex[:8]}"


def _is_dead(name: str) -> bool:
    host, pid, started = name.partition("#")[0].rsplit("/", 2)
    if host != platform.node():
        return False
    try:
        return f"{psutil.Process(int(pid)).create_time():.2f}" != started
    except psutil.NoSuchProcess:
        return True


@dataclass(frozen=True)
class Lock:
    """The lock, held by one run of this process."""

    holder: str = field(default_factory=_name)

    def renewal(self) -> tuple[str, Parameters]:
        """A statement that renews the lock; it fails the transaction when the lock was lost."""
        return (
            "MATCH (e:Ecograph {id: $id}) SET e.lockedUntil = CASE WHEN e.lockedBy = $me "
            "THEN datetime() + duration({seconds: $seconds}) ELSE e.lockedUntil END "
            "RETURN 1 / CASE WHEN e.lockedBy = $me THEN 1 ELSE 0 END",
            {"id": SINGLETON, "me": self.holder, "seconds": LEASE_SECONDS},
        )

    async def release(self, database: Database) -> None:
        """Give the lock back."""
        await database.write(
            [
                (
                    "MATCH (e:Ecograph {id: $id}) WHERE e.lockedBy = $me "
                    "REMOVE e.lockedBy, e.lockedFor, e.lockedAt, e.lockedUntil",
                    {"id": SINGLETON, "me": self.holder},
                )
            ]
        )


async def take(database: Database, what: str, patience_s: float = 0.0) -> Lock:
    """Take the lock for a run of this process; waits for others at most so many seconds.

    Raises:
        Busy: another run holds it, of this process or of another live one.
    """
    until = time.monotonic() + patience_s
    while True:
        try:
            return await _try_to_take(database, what)
        except Busy:
            if time.monotonic() >= until:
                raise
            await asyncio.sleep(_PAUSE_S)


async def _try_to_take(database: Database, what: str) -> Lock:
    lock = Lock()
    holder = await database.value("MATCH (e:Ecograph {id: $id}) RETURN e.lockedBy", {"id": SINGLETON})
    dead = holder if holder and _is_dead(holder) else None
    rows = await database.write(
        [
            (
                "MATCH (e:Ecograph {id: $id}) SET e.lockedAt = coalesce(e.lockedAt, datetime()) WITH e "
                "WHERE e.lockedBy IS NULL OR e.lockedBy = $me OR e.lockedBy = $dead OR e.lockedUntil < datetime() "
                "SET e.lockedBy = $me, e.lockedFor = $what, e.lockedAt = datetime(), "
                "e.lockedUntil = datetime() + duration({seconds: $seconds}) RETURN e.lockedBy",
                {"id": SINGLETON, "me": lock.holder, "dead": dead, "what": what, "seconds": LEASE_SECONDS},
            )
        ]
    )
    if not rows[0]:
        busy = await database.value("MATCH (e:Ecograph {id: $id}) RETURN e.lockedFor", {"id": SINGLETON})
        raise Busy(
            f"Another run is working on this graph ({busy or 'unknown'}).",
            hint="Wait for it to end, then repeat.",
        )
    return lock


@asynccontextmanager
async def hold(database: Database, what: str, patience_s: float = 0.0) -> AsyncIterator[Lock]:
    """The lock for as long as the context lasts, renewed meanwhile; waits for others at most so many seconds.

    Raises:
        Busy: another run holds it.
    """
    held = await take(database, what, patience_s)
    renewing = asyncio.create_task(_renew(database, held))
    try:
        yield held
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)
        await held.release(database)


async def _renew(database: Database, held: Lock) -> None:
    while True:
        await asyncio.sleep(LEASE_SECONDS / 4)
        try:
            await database.write([held.renewal()])
        except EcographError:
            return  # the next write of the run fails by itself when the lock was lost
