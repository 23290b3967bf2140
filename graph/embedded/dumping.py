"""Writes a database to a dump file, and reads one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import BinaryIO

from ..progress import NoProgress, Progress
from .admin import Admin

_DATABASE = "neo4j"
_CHUNK = 1 << 20


def write_dump(admin: Admin, target: Path, progress: Progress | None = None) -> None:
    """Writes the dump beside the target, then gives it its name, so that a file of that name is whole.

    Raises:
        ServerError: Neo4j's tool failed, as it does with a store that was not closed.
    """
    progress = progress or NoProgress()
    part = target.with_name(f".{target.name}.part")
    arguments = ("database", "dump", "--to-stdout", _DATABASE)
    progress.start("Writing the dump", None)
    try:
        process = admin.start(*arguments, stdout=subprocess.PIPE)
        assert process.stdout is not None
        with process, _create_private(part) as file:
            while chunk := process.stdout.read(_CHUNK):
                file.write(chunk)
                progress.advance(len(chunk))
            file.flush()
            os.fsync(file.fileno())
        admin.finish(process, arguments)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
        progress.finish()


def read_dump(admin: Admin, source: Path) -> None:
    """Loads a dump into a data directory that has no such database.

    Raises:
        ServerError: Neo4j's tool failed.
    """
    with source.open("rb") as file:
        admin.run("database", "load", "--from-stdin", _DATABASE, stdin=file)


def _create_private(file: Path) -> BinaryIO:
    file.unlink(missing_ok=True)
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
