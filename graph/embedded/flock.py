"""File locks of the kernel: released when their holder ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import ServerError

if sys.platform != "win32":
    import fcntl

_POLL_S = 0.02
_LOOKS = 3


class FileLock:
    """A lock on a file, shared or exclusive; each instance is a holder of its own, even within one process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """True between acquire and release."""
        return self._descriptor is not None

    def try_acquire(self, *, shared: bool = False) -> bool:
        """Takes the lock if it is free; false if not."""
        if sys.platform == "win32":
            raise ServerError("The embedded server runs on Linux and macOS.", hint="Set NEO4J_URI.")
        # Closed on exec, so that neither the server nor the watcher inherits it.
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def acquire(self, timeout: float, *, shared: bool = False) -> bool:
        """Waits for the lock, at most so many seconds; false if it did not become free."""
        deadline = time.monotonic() + timeout
        while not self.try_acquire(shared=shared):
            if time.monotonic() >= deadline:
                return False
            time.sleep(_POLL_S)
        return True

    def is_taken(self) -> bool:
        """True while somebody else holds the lock, in either way."""
        if not self._path.exists():
            return False
        is_free = self.try_acquire()
        self.release()
        return not is_free

    def is_shared(self) -> bool:
        """True while somebody else shares the lock; not while one holds it alone, as the watcher does at times."""
        for _ in range(_LOOKS):
            if not self.is_taken():
                return False
            time.sleep(_POLL_S)
        can_share = self.try_acquire(shared=True)
        self.release()
        return can_share

    def touch(self) -> None:
        """Marks the file as used just now; the lock must be held."""
        if self._descriptor is not None:
            os.utime(self._descriptor)

    def release(self) -> None:
        """Gives the lock back; without effect when it is not held."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


@contextmanager
def exclusive(path: Path, timeout: float, busy: str) -> Iterator[None]:
    """Holds an exclusive lock.

    Raises:
        ServerError: another process kept it for all that time; `busy` is the message.
    """
    lock = FileLock(path)
    if not lock.acquire(timeout):
        raise ServerError(busy, hint="Try again, or run `ecograph neo4j stop`.")
    try:
        yield
    finally:
        lock.release()
