"""The state file: which process is the server of a home, and where it listens."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class State:
    """What the last start left behind; only a look at the process says whether it still holds."""

    pid: int
    created: float
    version: str
    started_at: str
    heap_mb: int
    pagecache_mb: int
    port: int | None = None

    @classmethod
    def read(cls, file: Path) -> Self | None:
        """The state in a file; none if there is no such file or it makes no sense."""
        try:
            return cls(**json.loads(file.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, file: Path) -> None:
        """Replaces the file as a whole."""
        write_private(file, json.dumps(asdict(self)))


def write_private(file: Path, text: str) -> None:
    """Replaces a file as a whole by one that only its owner can read."""
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(descriptor)
    part.replace(file)
