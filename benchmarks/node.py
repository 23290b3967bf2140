"""Node.js projects of ours: their packages, and running them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def environment() -> dict[str, str]:
    """An environment in which the Node.js of the PyPI package is found where none is installed."""
    return os.environ | {"PATH": f"{os.environ.get('PATH', '')}{os.pathsep}{Path(sys.executable).parent}"}


def program(name: str) -> str:
    """The path of `node` or `npm`."""
    found = shutil.which(name, path=environment()["PATH"])
    if found is None:
        raise SystemExit(f"{name} is missing: `make setup` installs it.")
    return found


def install(folder: Path) -> None:
    """The packages that the folder's lock names, unless they are there."""
    lock, installed = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        command = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=folder, env=environment(), check=True)
