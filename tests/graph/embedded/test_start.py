"""What a start depends on: the runtime, the memory, the lists of jars, the archive of classes, the password."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from ecograph.graph import embedded
from ecograph.graph.embedded.archive import Archive
from ecograph.graph.embedded.jar import read_lock
from ecograph.graph.embedded.memory import Memory, available_mb
from ecograph.graph.embedded.places import Places
from ecograph.graph.embedded.release import RELEASES, store_order
from ecograph.graph.embedded.runtime import find_runtime
from ecograph.graph.errors import Internal, ServerError


def _java(directory: Path, version: str) -> Path:
    file = directory / "java"
    file.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    file.chmod(0o755)
    return file


def test_a_useless_archive_and_a_lost_port_do_not_keep_it_from_starting(make_settings, linked_cache: Path) -> None:
    settings = make_settings(cache=linked_cache)
    places = Places.of(settings)
    archive = Archive.of(places, find_runtime(settings, places.release))
    assert not archive.exists
    assert archive.use() == []
    archive.file.parent.mkdir()
    archive.file.write_bytes(b"not an archive")
    with embedded.acquire(settings) as lease:
        assert lease.address.uri.startswith("bolt://127.0.0.1:")


def test_a_missing_or_wrong_password_is_named(make_settings) -> None:
    settings = make_settings()
    places = Places.of(settings)
    with embedded.acquire(settings):
        pass
    embedded.stop(settings)
    password = places.password.read_text()
    places.password.unlink()
    with pytest.raises(ServerError, match="password cannot be read"):
        embedded.acquire(settings)
    places.password.write_text("another one")
    with pytest.raises(ServerError, match="does not accept the password"):
        embedded.acquire(settings)
    embedded.stop(settings)
    places.password.write_text(password)


@pytest.mark.parametrize("name", ["current", "lts"])
def test_the_list_of_jars_is_whole(name: str) -> None:
    jars = RELEASES[name].jars
    assert len(jars) > 300
    assert len({jar.local for jar in jars}) == len(jars)
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in jars)
    assert {jar.artifact for jar in jars if jar.local.startswith("plugins/")} >= {"proc", "opengds-extension"}
    assert {jar.classifier for jar in jars} > {""}, "native jars have a classifier"


def test_a_malformed_list_of_jars_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "jars.lock"
    file.write_text("group:artifact:1.0 abc\n")
    with pytest.raises(Internal, match="group:artifact"):
        read_lock(file)


def test_releases_are_ordered_by_age() -> None:
    stores = ["2026.08", "5.26", "2025.01", "5.9"]
    assert sorted(stores, key=store_order) == ["5.9", "5.26", "2025.01", "2026.08"]


def test_a_runtime_of_the_wrong_version_is_named(make_settings, tmp_path: Path) -> None:
    settings = make_settings(java=_java(tmp_path, "11.0.2"))
    with pytest.raises(ServerError, match=r"is Java 11; Neo4j .* needs Java 25 or 21") as caught:
        find_runtime(settings, RELEASES["current"])
    assert "NEO4J_URI" in caught.value.hint
    with pytest.raises(ServerError, match="not a working java"):
        find_runtime(make_settings(java=tmp_path / "absent"), RELEASES["current"])


def test_the_lts_release_takes_java_from_the_path(
    make_settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = _java(tmp_path, "17.0.9")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert find_runtime(make_settings(), RELEASES["lts"]).java == java
    _java(tmp_path, "1.8.0_392")
    with pytest.raises(ServerError, match=r"No Java runtime .* Java 17 or 21 is needed"):
        find_runtime(make_settings(), RELEASES["lts"])


def test_memory_is_a_quarter_within_bounds(make_settings) -> None:
    assert 0 < available_mb() <= psutil.virtual_memory().total // 2**20
    assert Memory.of(make_settings()).heap_mb == max(512, min(4096, available_mb() // 4))
    assert Memory.of(make_settings(heap_mb=300, pagecache_mb=100)) == Memory(300, 100)
