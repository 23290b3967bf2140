"""From nothing to the answer: `make demo` in a fresh clone with an empty HOME, and once more."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]


def _until_address(folder: Path, environment: dict[str, str]) -> tuple[subprocess.Popen[str], str, float]:
    began = time.monotonic()
    child = subprocess.Popen(
        ["make", "demo"], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert child.stdout is not None
    address = next(line.strip() for line in child.stdout if line.startswith("http://"))
    return child, address, time.monotonic() - began


@pytest.mark.verify
@pytest.mark.timeout(900)
def test_from_nothing_to_the_answer(tmp_path: Path, figure: Callable[[str, object], None]) -> None:
    folder, home = tmp_path / "ecograph", tmp_path / "home"
    home.mkdir()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ECOGRAPH_", "VIRTUAL_ENV", "XDG_"))}
    environment["HOME"] = str(home)
    for what in ("first", "second", "from rest"):
        child, address, took = _until_address(folder, environment)
        try:
            deadline = time.monotonic() + 20
            while True:
                try:
                    query = {"query": "{ ecosystem { isSynthetic activePartners } }"}
                    answer = httpx.post(f"{address}/graphql", json=query, timeout=20).json()
                    break
                except httpx.TransportError:
                    assert time.monotonic() < deadline
                    time.sleep(0.2)
            assert answer["data"]["ecosystem"]["isSynthetic"]
            assert answer["data"]["ecosystem"]["activePartners"] > 100
            figure(f"{what} start, seconds", round(took, 1))
        finally:
            os.killpg(child.pid, signal.SIGTERM)
            child.wait(timeout=60)
            assert child.stdout is not None
            child.stdout.close()
            if what != "first":  # the second finds the server that the first left, the third none
                stop = [folder / ".venv" / "bin" / "ecograph", "neo4j", "stop"]
                subprocess.run(stop, env=environment, check=True)
