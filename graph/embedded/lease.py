"""Leases: the server runs while somebody holds one."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from ..errors import ServerError
from ..progress import Progress
from ..settings import Settings
from . import server, store
from .flock import FileLock, exclusive
from .install import install
from .launch import READY_S, ServerAddress, speaks_bolt
from .places import Places
from .runtime import find_runtime

_START_LOCK_S = READY_S + 60
_LEASE_S = 60.0


class Lease:
    """The right to use the server: it is not stopped for want of use before `release` or the end of the process.

    Nothing keeps the server from crashing, or a user from stopping it. Then `ensure` starts it again, on the same
    port if that is still free; so a driver made from an earlier `address` may well go on working.
    """

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self._settings = settings
        self._progress = progress
        self._places = Places.of(settings)
        self._lock = FileLock(self._places.lease)
        self._mutex = threading.Lock()
        self._address: ServerAddress | None = None

    @property
    def address(self) -> ServerAddress:
        """Where the server was listening at the last `acquire` or `ensure`.

        Raises:
            ServerError: the lease has been released.
        """
        if self._address is None:
            raise ServerError("The lease of the embedded server has been released.")
        return self._address

    def ensure(self) -> ServerAddress:
        """The address of the running server, which is started if it is not running.

        Cheap enough to call whenever a connection was lost.

        Raises:
            ServerError: the server cannot be started.
        """
        with self._mutex:
            self._address = self._running() or self._started()
            return self._address

    def release(self) -> None:
        """Gives the lease back; without effect the second time."""
        with self._mutex:
            self._address = None
            if self._lock.is_held:
                self._lock.touch()
                self._lock.release()

    def _running(self) -> ServerAddress | None:
        # The lease first: the watcher stops the server only while it has the lease for itself.
        if not self._places.root.is_dir() or not self._take():
            return None
        found = server.running(self._places)
        if found is None or found[0].port is None or found[0].version != self._places.release.version:
            return None
        if not speaks_bolt(found[0].port):
            return None
        if not server.has_watcher(self._places):
            server.start_watcher(
                self._settings, self._places, found[0], find_runtime(self._settings, self._places.release)
            )
        return ServerAddress.at(self._places, found[0].port)

    def _started(self) -> ServerAddress:
        # Not while holding it: whoever has the start lock may wait for us to let go.
        self._lock.release()
        install(self._settings, self._progress)
        self._places.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        busy = f"Another process has been starting the server in {self._places.root} for long."
        with exclusive(self._places.start_lock, _START_LOCK_S, busy):
            self._make_way()
            if not self._take():
                raise ServerError(f"The lease {self._places.lease} is held by a process that does not let go.")
            return server.start(self._settings, self._places, self._progress)

    def _make_way(self) -> None:
        found = server.running(self._places)
        if found is None or found[0].version == self._places.release.version:
            return
        if self._lock.is_shared():
            raise ServerError(
                f"Neo4j {found[0].version} is running in {self._places.root} and in use.",
                hint="End the other commands, or use another ECOGRAPH_HOME.",
            )
        store.refuse_newer(self._places)
        server.stop_process(self._places)

    def _take(self) -> bool:
        if not self._lock.is_held and not self._lock.acquire(_LEASE_S, shared=True):
            return False
        self._lock.touch()
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def acquire(settings: Settings, progress: Progress | None = None) -> Lease:
    """Installs the server if needed, starts it if needed, and takes a lease of it.

    Blocks for seconds, at the first time for as long as the download takes. Leases may be held by any number of
    processes and threads; the server stops `linger_s` seconds after the last.

    Raises:
        DownloadError: the server cannot be downloaded.
        ServerError: it cannot be started, or not on this machine.
    """
    lease = Lease(settings, progress)
    try:
        lease.ensure()
    except BaseException:
        lease.release()
        raise
    return lease


def begin(settings: Settings, progress: Progress | None = None) -> Future[Lease]:
    """`acquire` in a thread of its own, during which the caller can load what it needs then."""
    lease: Future[Lease] = Future()
    lease.set_running_or_notify_cancel()

    def work() -> None:
        try:
            lease.set_result(acquire(settings, progress))
        except BaseException as error:  # noqa: BLE001 - handed on
            lease.set_exception(error)

    threading.Thread(target=work, name="ecograph-start", daemon=True).start()
    return lease


def is_leased(settings: Settings) -> bool:
    """True when somebody holds a lease."""
    return FileLock(Places.of(settings).lease).is_shared()
