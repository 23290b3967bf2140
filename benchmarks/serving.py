"""Serving a rival with the settings that `ecograph serve` uses, and starting servers."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

HERE = Path(__file__).resolve().parent


def serve(app: Any) -> None:
    """Serve on a free port of loopback and print the address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5, ws="none")
        uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def started(command: Sequence[str], environment: dict[str, str], cwd: Path = HERE) -> Iterator[tuple[str, int]]:
    """A server that prints its address first: the address, and the id of its process."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=cwd) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address.startswith("http://"):
                raise SystemExit(f"{' '.join(command)} did not start.")
            yield address, process.pid
        finally:
            process.terminate()


def ecograph_command(home: Path) -> list[str]:
    """`ecograph serve` on a free port."""
    return [sys.executable, "-m", "ecograph", "--home", str(home), "serve", "--port", "0"]
