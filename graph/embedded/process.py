"""Processes: starting them detached, finding the server of a home, and its port."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from ..errors import ServerError
from . import watcher
from .machine import home_option
from .places import Places
from .state import State
from .watcher import is_alive

# The clock behind a process's start time may be corrected while the process runs.
_CLOCK_TOLERANCE_S = 2.0

# The shell ends at once, so that the process belongs to nobody: no caller has to wait for it.
_DETACH = 'umask 077; { exec "$@"; } </dev/null >"$ECOGRAPH_OUTPUT" 2>&1 & echo $!'


def detach(command: Sequence[str], output: Path, environment: Mapping[str, str]) -> psutil.Process:
    """Starts a process in a session of its own that outlives this one."""
    output.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["/bin/sh", "-c", _DETACH, "sh", *command],
        env={**environment, "ECOGRAPH_OUTPUT": str(output)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        cwd=output.parent,
        start_new_session=True,
    )
    pid = int(done.stdout)
    try:
        return psutil.Process(pid)
    except psutil.NoSuchProcess:
        raise ServerError(f"{command[0]} ended at once.", hint=f"Its output is in {output}.") from None


def detach_watcher(places: Places, pid: int, linger_s: float, then: Sequence[str] = ()) -> None:
    """Starts the process that stops an unused server and then turns into another command."""
    command = [sys.executable, "-P", watcher.__file__, str(places.root), str(pid), str(linger_s), *then]
    detach(command, places.logs / "watcher.log", os.environ)


def server_process(places: Places, state: State | None) -> psutil.Process | None:
    """The living server of a home as the state file names it."""
    if state is None:
        return None
    try:
        process = psutil.Process(state.pid)
        if not is_alive(process):
            return None
        is_same = abs(process.create_time() - state.created) < _CLOCK_TOLERANCE_S
        return process if is_same or _is_server(process, places) else None
    except psutil.Error:
        return None


def stray_server(places: Places) -> psutil.Process | None:
    """A living server of the home that the state file does not know of."""
    for process in psutil.process_iter():
        try:
            if _is_server(process, places) and is_alive(process):
                return process
        except psutil.Error:
            continue
    return None


def _is_server(process: psutil.Process, places: Places) -> bool:
    return home_option(places) in process.cmdline()


def listening_port(process: psutil.Process) -> int | None:
    """The loopback TCP port that a process listens on."""
    try:
        for connection in process.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN:
                return int(connection.laddr.port)
    except psutil.Error:
        return None
    return None
