"""Archives of loaded classes, which halve the time the server needs to start.

An archive is made by a training run, some 30 s in the background (see `training`), and holds for one Java runtime,
one set of jars and one set of flags. The Java machine ignores one that does not fit.
"""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from .machine import flags
from .places import Places
from .runtime import Runtime

_AOT_SINCE = 25
_RETRY_AFTER_S = 3600
_UNUSED_AFTER_S = 30 * 24 * 3600


@dataclass(frozen=True)
class Archive:
    """The archive for one runtime and one release."""

    file: Path
    is_aot: bool

    @classmethod
    def of(cls, places: Places, runtime: Runtime) -> Archive:
        """The archive that fits; the file need not exist."""
        parts = [runtime.version, _build(runtime), *flags(runtime), *map(str, places.class_path)]
        parts += [jar.sha256 for jar in places.release.jars]
        key = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
        return cls(places.archives / f"{places.release.version}-{key}.aot", runtime.major >= _AOT_SINCE)

    @property
    def exists(self) -> bool:
        return self.file.is_file()

    @property
    def is_wanted(self) -> bool:
        """True when it is absent and no attempt to make it has failed lately."""
        return not self.exists and _age_s(self._failure) > _RETRY_AFTER_S

    @property
    def _failure(self) -> Path:
        return self.file.with_suffix(".failed")

    def use(self) -> list[str]:
        """Flags to start with the archive, if there is one."""
        try:
            os.utime(self.file)
        except FileNotFoundError:
            return []
        return [f"-XX:AOTCache={self.file}" if self.is_aot else f"-XX:SharedArchiveFile={self.file}"]

    def train(self, output: Path) -> list[str]:
        """Flags of a run at whose end the archive is written."""
        return [f"-XX:AOTCacheOutput={output}" if self.is_aot else f"-XX:ArchiveClassesAtExit={output}"]

    def accept(self, output: Path) -> None:
        """Takes over what a training run wrote, and removes archives that nobody has used for a month."""
        output.replace(self.file)
        for other in self.file.parent.glob("*.aot"):
            if _age_s(other) > _UNUSED_AFTER_S:
                other.unlink(missing_ok=True)

    def give_up(self) -> None:
        """Removes an archive that did no good, and makes none for an hour."""
        self.file.unlink(missing_ok=True)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self._failure.touch()


def _build(runtime: Runtime) -> str:
    # Not its path: another virtual environment has the same runtime elsewhere, and the archive fits both.
    home = runtime.java.resolve().parent.parent
    try:
        return f"{(home / 'release').read_text('utf-8')} {(home / 'lib' / 'modules').stat().st_size}"
    except OSError:
        return ""


def _age_s(file: Path) -> float:
    try:
        return time.time() - file.stat().st_mtime
    except OSError:
        return float("inf")
