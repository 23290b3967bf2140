"""The jars of a release, as listed in a lock file: `group:artifact:version[:classifier] sha256 size`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import Internal

# The server loads procedures from its plugin directory only, yet needs these jars on the class path as well.
_PLUGIN_GROUP = "org.neo4j.gds"


@dataclass(frozen=True)
class Jar:
    """One jar, with the hash and the size that it must have."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str
    size: int

    @property
    def name(self) -> str:
        """Its file name."""
        parts = (self.artifact, self.version, self.classifier)
        return "-".join(part for part in parts if part) + ".jar"

    @property
    def remote(self) -> str:
        """Its path below the base address of a Maven repository."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/{self.version}/{self.name}"

    @property
    def local(self) -> str:
        """Its path below the directory of its release."""
        return f"{'plugins' if self.group == _PLUGIN_GROUP else 'lib'}/{self.name}"

    def is_whole(self, directory: Path) -> bool:
        """True when the file is there with the right size."""
        try:
            return (directory / self.local).stat().st_size == self.size
        except OSError:
            return False

    def __str__(self) -> str:
        parts = (self.group, self.artifact, self.version, self.classifier)
        return f"{':'.join(part for part in parts if part)} {self.sha256} {self.size}"


def read_lock(file: Path) -> tuple[Jar, ...]:
    """The jars listed in a lock file.

    Raises:
        Internal: a line is malformed.
    """
    return tuple(_parse(line) for line in file.read_text("ascii").splitlines() if line)


def _parse(line: str) -> Jar:
    try:
        coordinates, sha256, size = line.split()
        group, artifact, version, *classifier = coordinates.split(":")
        return Jar(group, artifact, version, "".join(classifier), sha256, int(size))
    except ValueError as error:
        raise Internal(f"Malformed line in the list of jars: {line!r}.") from error
