"""The Neo4j releases that Ecograph can run: what starts them, on which Java, from which jars."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from .jar import Jar, read_lock

Name = Literal["current", "lts"]


@dataclass(frozen=True)
class Release:
    """One release of Neo4j Community with the Graph Data Science library that fits it."""

    name: Name
    version: str
    main: str
    java: tuple[int, ...]
    roots: tuple[str, ...]

    @property
    def store(self) -> str:
        """Year and month, or major and minor: stores of one such release open without a migration."""
        return ".".join(self.version.split(".")[:2])

    @property
    def lock(self) -> Path:
        """The checked-in list of jars."""
        return Path(__file__).with_name(f"jars-{self.name}.lock")

    @cached_property
    def jars(self) -> tuple[Jar, ...]:
        """All jars, in the order of the class path."""
        return read_lock(self.lock)


def _release(name: Name, version: str, gds: str, main: str, java: tuple[int, ...]) -> Release:
    neo4j, data_science = "org.neo4j", "org.neo4j.gds"
    roots = (
        f"{neo4j}:neo4j:{version}",
        f"{neo4j}.app:neo4j-server:{version}",
        f"{data_science}:proc:{gds}",
        f"{data_science}:opengds-extension:{gds}",
    )
    return Release(name, version, main, java, roots)


RELEASES = {
    "current": _release("current", "2026.08.1", "2.26.0", "org.neo4j.server.Neo4jCommunity", (25, 21)),
    "lts": _release("lts", "5.26.19", "2.13.9", "org.neo4j.server.CommunityEntryPoint", (17, 21)),
}


def store_order(store: str) -> tuple[int, ...]:
    """A key that orders store names by age: 5.26 before 2025.01 before 2026.08."""
    return tuple(int(part) for part in store.split("."))
