"""How much memory the embedded server gets: a quarter of what there is, for heap and page cache each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import psutil

from ..settings import Settings

_LEAST_MB, _MOST_MB = 512, 4096
_CONTROL_GROUPS = Path("/sys/fs/cgroup")


@dataclass(frozen=True)
class Memory:
    """Sizes in MiB."""

    heap_mb: int
    pagecache_mb: int

    @classmethod
    def of(cls, settings: Settings) -> Memory:
        """As set, else by the memory of the machine or of the container, whichever is less."""
        share = max(_LEAST_MB, min(_MOST_MB, available_mb() // 4))
        return cls(settings.heap_mb or share, settings.pagecache_mb or share)


def available_mb() -> int:
    """Memory of the machine, or the limit of the control groups that this process is in."""
    return min([psutil.virtual_memory().total, *_limits()]) // 2**20


def _limits() -> list[int]:
    try:
        lines = Path("/proc/self/cgroup").read_text().splitlines()
    except OSError:
        return []
    limits = []
    for line in lines:
        _, controllers, group = line.split(":", 2)
        if not controllers:
            base, name = _CONTROL_GROUPS, "memory.max"
        elif "memory" in controllers.split(","):
            base, name = _CONTROL_GROUPS / "memory", "memory.limit_in_bytes"
        else:
            continue
        # A limit on any group above holds as well; in a container the path may not be visible, but its root is.
        here = base / group.lstrip("/")
        for directory in (here, *here.parents):
            if directory.is_relative_to(base):
                limits += _limit(directory / name)
    return limits


def _limit(file: Path) -> list[int]:
    try:
        text = file.read_text().strip()
    except OSError:
        return []
    return [int(text)] if text.isdigit() else []
