"""Stops a server that nobody uses any more.

Started by its path as a small process of its own: `python watcher.py ROOT PID LINGER [COMMAND …]`. Hence it imports
nothing of Ecograph, which keeps it at some 20 MB. Once the server has ended, however it ended, it becomes COMMAND.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

if sys.platform != "win32":
    import fcntl

_PATIENCE_S = 5.0
_TAKE_OVER_S = 15.0


def is_alive(process: psutil.Process) -> bool:
    """True while a process runs; one that has ended but was not waited for does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def terminate(process: psutil.Process, patience_s: float = _PATIENCE_S) -> None:
    """Ends a process: asks first, then kills, for an open transaction keeps the server from stopping."""
    try:
        process.terminate()
        if not _ended(process, patience_s):
            process.kill()
            _ended(process, patience_s)
    except psutil.NoSuchProcess:
        return


def _ended(process: psutil.Process, patience_s: float) -> bool:
    deadline = time.monotonic() + patience_s
    while is_alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@contextmanager
def _try_lock(file: Path) -> Iterator[bool]:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


class _Usage:
    """Notices leases, also those that came and went between two looks."""

    def __init__(self, lease: Path) -> None:
        self._lease = lease
        self._touched = 0.0
        self._last_use = time.monotonic()

    def idle_s(self) -> float:
        """Seconds since the server was last seen in use."""
        touched = self._lease.stat().st_mtime if self._lease.exists() else 0.0
        with _try_lock(self._lease) as is_free:
            if not is_free or touched != self._touched:
                self._last_use = time.monotonic()
        self._touched = touched
        return time.monotonic() - self._last_use


def _stop_unused(root: Path, process: psutil.Process) -> bool:
    # Both locks: nobody may be about to start or to take a lease while the server goes down.
    with _try_lock(root / "start.lock") as none_starts:
        if none_starts:
            with _try_lock(root / "lease") as none_uses:
                if none_uses:
                    terminate(process)
                    return True
    return False


def watch(root: Path, pid: int, linger_s: float) -> None:
    """Returns when the server has ended, by itself or because nobody held a lease for so many seconds."""
    try:
        process = psutil.Process(pid)
    except psutil.NoSuchProcess:
        return
    usage = _Usage(root / "lease")
    pause_s = min(1.0, max(0.1, linger_s / 5))
    while is_alive(process):
        try:
            if usage.idle_s() >= linger_s and _stop_unused(root, process):
                return
        except FileNotFoundError:
            # The home was removed: nobody can use the server, and nobody would ever stop it.
            terminate(process)
            return
        time.sleep(pause_s)


def main(arguments: Sequence[str]) -> None:
    """Runs the watcher, unless the home has one already."""
    root, pid, linger_s, *command = arguments
    deadline = time.monotonic() + _TAKE_OVER_S
    while True:
        with _try_lock(Path(root) / "watcher.lock") as is_mine:
            if is_mine:
                watch(Path(root), int(pid), float(linger_s))
                break
        if time.monotonic() > deadline:
            return
        time.sleep(0.2)
    if command:
        os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
