"""A running server, as users start it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings


@pytest.fixture(scope="session")
def address(server: Database, settings: Settings) -> Iterator[str]:
    """The address of `ecograph serve`, whatever is in the graph."""
    # It goes on while other tests deliver by themselves.
    environment = os.environ | {"ECOGRAPH_DELIVER_WEBHOOKS": "false"}
    command = [str(Path(sys.executable).with_name("ecograph")), "--home", str(settings.home), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:")
            yield address
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def served(still: Database, address: str) -> str:
    """The address of `ecograph serve` over the tiny ecosystem."""
    return address
