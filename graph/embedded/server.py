"""Starts and stops the server of a home. Unless it says otherwise, callers hold the start lock."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psutil

from ..errors import ServerError
from ..progress import NoProgress, Progress
from ..settings import Settings
from . import store
from .admin import Admin
from .archive import Archive
from .flock import FileLock
from .launch import EndedEarly, ServerAddress, spawn, wait_until_ready
from .memory import Memory
from .password import ensure_password
from .places import Places
from .process import detach, detach_watcher, server_process, stray_server
from .runtime import Runtime, find_runtime
from .state import State
from .watcher import terminate

_STOP_LOCK_S = 20.0
_TRAINING_BYTES = 4 << 30


def running(places: Places) -> tuple[State, psutil.Process] | None:
    """The living server of a home, ready or about to be. Needs no lock."""
    state = State.read(places.state)
    process = server_process(places, state)
    return (state, process) if state is not None and process is not None else None


def start(settings: Settings, places: Places, progress: Progress | None = None) -> ServerAddress:
    """Starts the server, or waits for one that somebody began to start, until it answers.

    Raises:
        ServerError: it cannot be started; the hint names its log.
    """
    progress = progress or NoProgress()
    progress.start(f"Starting Neo4j {places.release.version}", None)
    try:
        found = running(places)
        if found is not None:
            with suppress(EndedEarly):
                return _ready(places, *found)
        stop_process(places)
        return _start(settings, places)
    finally:
        progress.finish()


def _start(settings: Settings, places: Places) -> ServerAddress:
    runtime = find_runtime(settings, places.release)
    admin = Admin(places, runtime, settings)
    is_taken_over = store.prepare(places, admin)
    ensure_password(places, admin)
    try:
        address = _started(settings, places, runtime)
    except BaseException:
        if is_taken_over:
            stop_process(places)
            store.restore(places)
        raise
    store.tidy(places)
    _start_training(settings, places, runtime)
    return address


def _started(settings: Settings, places: Places, runtime: Runtime) -> ServerAddress:
    # What is only convenient, the port of last time and the archive, must never keep the server from starting.
    archive = Archive.of(places, runtime)
    last = State.read(places.state)
    if last is not None and last.port is not None and _is_free(last.port):
        with suppress(EndedEarly):
            return _launch(settings, places, runtime, last.port, archive.use())
    if archive.exists:
        with suppress(EndedEarly):
            return _launch(settings, places, runtime, 0, archive.use())
    address = _launch(settings, places, runtime, 0, [])
    if archive.exists:
        archive.give_up()
    return address


def _launch(settings: Settings, places: Places, runtime: Runtime, port: int, extra: Sequence[str]) -> ServerAddress:
    memory = Memory.of(settings)
    process = spawn(places, runtime, memory, port=port, extra=extra)
    state = State(
        pid=process.pid,
        created=process.create_time(),
        version=places.release.version,
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        heap_mb=memory.heap_mb,
        pagecache_mb=memory.pagecache_mb,
    )
    state.write(places.state)
    # Before it is ready: should this process die now, the watcher ends what nobody waits for.
    start_watcher(settings, places, state, runtime)
    return _ready(places, state, process)


def _ready(places: Places, state: State, process: psutil.Process) -> ServerAddress:
    try:
        address = wait_until_ready(places, process)
    except EndedEarly as error:
        if State.read(places.state) is None:
            raise ServerError("The server was stopped while it was starting.") from error
        raise
    replace(state, port=int(address.uri.rpartition(":")[2])).write(places.state)
    return address


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def start_watcher(settings: Settings, places: Places, state: State, runtime: Runtime) -> None:
    """Starts the process that stops an unused server; it ends if there is one already. Needs no lock."""
    is_wanted = Archive.of(places, runtime).is_wanted
    detach_watcher(places, state.pid, settings.linger_s, _training_command(settings) if is_wanted else ())


def _start_training(settings: Settings, places: Places, runtime: Runtime) -> None:
    # Now, so that already the next start is quick; it yields to everybody. Where memory is short, the watcher
    # does it when the server has ended.
    is_roomy = psutil.virtual_memory().available > _TRAINING_BYTES
    if is_roomy and Archive.of(places, runtime).is_wanted:
        detach(_training_command(settings), places.archives / "training.log", os.environ)


def _training_command(settings: Settings) -> list[str]:
    options = [f"--home={settings.home}", f"--cache={settings.cache}", f"--release={settings.neo4j_release}"]
    if settings.java is not None:
        options.append(f"--java={settings.java}")
    if settings.java_options:
        options.append(f"--java-options={settings.java_options}")
    return [sys.executable, "-m", f"{__package__}.training", *options]


def has_watcher(places: Places) -> bool:
    """True when a watcher looks after the home."""
    return FileLock(places.watcher_lock).is_taken()


def stop(settings: Settings) -> bool:
    """Stops the server at once, even while it is in use; true if one was running. Takes the start lock itself."""
    places = Places.of(settings)
    if not places.root.is_dir():
        return False
    lock = FileLock(places.start_lock)
    if lock.acquire(_STOP_LOCK_S):
        try:
            return stop_process(places)
        finally:
            lock.release()
    # A start that takes long must not protect the server; without the file it knows that it was meant to end.
    found = running(places)
    places.state.unlink(missing_ok=True)
    if found is not None:
        terminate(found[1])
    return found is not None


def stop_process(places: Places) -> bool:
    """Ends the server's process, also one that the state file does not know; true if there was one."""
    found = running(places)
    process = found[1] if found is not None else stray_server(places)
    if process is None:
        return False
    terminate(process)
    return True


def logs_path(settings: Settings) -> Path:
    """The server's log for users: start, stop, warnings."""
    return Places.of(settings).log


def debug_log_path(settings: Settings) -> Path:
    """The server's detailed log."""
    return Places.of(settings).debug_log
