"""Neo4j's offline tools, run on the server's own files."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import IO, Any

from ..errors import ServerError
from ..settings import Settings
from .config import write_config
from .machine import admin_command, environment
from .memory import Memory
from .places import Places
from .runtime import Runtime

_LOG_LIMIT = 1 << 20


class Admin:
    """Runs `neo4j-admin` commands; the server must not run."""

    def __init__(self, places: Places, runtime: Runtime, settings: Settings) -> None:
        self._places = places
        self._runtime = runtime
        self._settings = settings
        self._memory = Memory.of(settings)

    def on(self, places: Places) -> Admin:
        """The same tools on other places."""
        return Admin(places, self._runtime, self._settings)

    def start(
        self, *arguments: str, stdin: IO[Any] | int | None = None, stdout: IO[Any] | int | None = None
    ) -> subprocess.Popen[bytes]:
        """Starts a command; its complaints go to `admin.log`."""
        places = self._places
        write_config(places, self._memory, port=0)
        places.logs.mkdir(parents=True, exist_ok=True)
        with places.admin_log.open("ab") as log:
            if log.tell() > _LOG_LIMIT:
                log.truncate(0)
            return subprocess.Popen(
                admin_command(places, self._runtime, self._memory, arguments),
                stdin=subprocess.DEVNULL if stdin is None else stdin,
                stdout=log if stdout is None else stdout,
                stderr=log,
                env=environment(places),
                cwd=places.root,
            )

    def run(self, *arguments: str, stdin: IO[Any] | int | None = None) -> None:
        """Runs a command to its end.

        Raises:
            ServerError: the command failed.
        """
        self.finish(self.start(*arguments, stdin=stdin), arguments)

    def finish(self, process: subprocess.Popen[bytes], arguments: Sequence[str]) -> None:
        """Waits for a command.

        Raises:
            ServerError: the command failed.
        """
        with process:
            code = process.wait()
        if code != 0:
            # Not the whole command line: a password may be in it.
            raise ServerError(
                f"Neo4j's tool `{' '.join(arguments[:2])}` failed (exit code {code}).",
                hint=f"Its messages are in {self._places.admin_log}.",
            )
