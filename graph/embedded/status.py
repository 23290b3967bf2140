"""What can be said of the server without starting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from stat import S_ISREG

from ..settings import Settings
from . import server
from .launch import ServerAddress
from .lease import is_leased
from .memory import Memory
from .places import Places


@dataclass(frozen=True)
class Status:
    """The server of a home.

    `version`, `heap_mb` and `pagecache_mb` are those of the running server, else of the next start. `leases` is
    true while somebody uses the server.
    """

    running: bool
    pid: int | None
    uri: str | None
    version: str
    started_at: datetime | None
    home: Path
    data_size_bytes: int
    leases: bool
    heap_mb: int
    pagecache_mb: int


def status(settings: Settings) -> Status:
    """The state of the server, which is neither started nor kept alive by the question."""
    places = Places.of(settings)
    size = sum(map(_size, places.stores.rglob("*")))
    found = server.running(places)
    if found is None:
        memory = Memory.of(settings)
        return Status(
            running=False,
            pid=None,
            uri=None,
            version=places.release.version,
            started_at=None,
            home=settings.home,
            data_size_bytes=size,
            leases=is_leased(settings),
            heap_mb=memory.heap_mb,
            pagecache_mb=memory.pagecache_mb,
        )
    state, _ = found
    return Status(
        running=True,
        pid=state.pid,
        uri=None if state.port is None else f"bolt://127.0.0.1:{state.port}",
        version=state.version,
        started_at=datetime.fromisoformat(state.started_at),
        home=settings.home,
        data_size_bytes=size,
        leases=is_leased(settings),
        heap_mb=state.heap_mb,
        pagecache_mb=state.pagecache_mb,
    )


def current_address(settings: Settings) -> ServerAddress | None:
    """The address of the server if it runs and is ready; without a lease it may stop at any time."""
    places = Places.of(settings)
    found = server.running(places)
    return None if found is None or found[0].port is None else ServerAddress.at(places, found[0].port)


def _size(path: Path) -> int:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return 0
    return stat.st_size if S_ISREG(stat.st_mode) else 0
