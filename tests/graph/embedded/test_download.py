"""Jars from a mirror: repaired when damaged, refused when they are not what they must be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ecograph.graph import embedded
from ecograph.graph.embedded import download
from ecograph.graph.embedded.jar import Jar
from ecograph.graph.embedded.places import Places
from ecograph.graph.errors import DownloadError, ServerError
from ecograph.graph.settings import Settings


@dataclass
class Recorder:
    """Progress that remembers."""

    steps: list[tuple[str, int | None]] = field(default_factory=list)
    done: int = 0
    finished: int = 0

    def start(self, what: str, total: int | None) -> None:
        self.steps.append((what, total))

    def advance(self, n: int) -> None:
        self.done += n

    def finish(self) -> None:
        self.finished += 1


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A Maven repository: its directory and its address."""
    directory = tmp_path / "mirror"
    directory.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(directory))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield directory, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_BACKOFF_S", 0.01)


@pytest.fixture
def settings(linked_cache: Path, mirror: tuple[Path, str], make_settings) -> Settings:
    return make_settings(cache=linked_cache, maven=mirror[1])


@pytest.fixture
def victims(settings: Settings, mirror: tuple[Path, str]) -> list[Jar]:
    """Three jars that the mirror offers; one of them is a plugin."""
    places = Places.of(settings)
    plugin = next(jar for jar in places.release.jars if jar.local.startswith("plugins/"))
    chosen = [*sorted(places.release.jars, key=lambda jar: jar.size)[-2:], plugin]
    for jar in chosen:
        offered = mirror[0] / jar.remote
        offered.parent.mkdir(parents=True, exist_ok=True)
        offered.write_bytes((places.jars / jar.local).read_bytes())
    return chosen


def _replace(file: Path, content: bytes) -> None:
    file.unlink()
    file.write_bytes(content)


def test_a_complete_cache_needs_no_network(settings: Settings) -> None:
    recorder = Recorder()
    embedded.install(settings, recorder)
    assert recorder.steps == []


def test_missing_and_truncated_jars_are_fetched(settings: Settings, victims: list[Jar]) -> None:
    places, recorder = Places.of(settings), Recorder()
    missing, truncated, plugin = (places.jars / jar.local for jar in victims)
    content = truncated.read_bytes()
    missing.unlink()
    plugin.unlink()
    _replace(truncated, content[:-1])
    embedded.install(settings, recorder)
    assert truncated.read_bytes() == content
    assert plugin.exists()
    total = sum(jar.size for jar in victims)
    assert (recorder.steps, recorder.done, recorder.finished) == (
        [("Downloading Neo4j 2026.08.1", total)],
        total,
        1,
    )
    assert not list(places.jars.rglob("*.part"))


def test_verifying_finds_a_jar_of_the_right_size_with_wrong_content(settings: Settings, victims: list[Jar]) -> None:
    file = Places.of(settings).jars / victims[0].local
    content = file.read_bytes()
    _replace(file, bytes(len(content)))
    embedded.install(settings)
    assert file.read_bytes() != content
    embedded.install(settings, verify=True)
    assert file.read_bytes() == content


def test_a_wrong_checksum_is_refused(settings: Settings, victims: list[Jar], mirror: tuple[Path, str]) -> None:
    places, jar = Places.of(settings), victims[0]
    (mirror[0] / jar.remote).write_bytes(bytes(jar.size))
    (places.jars / jar.local).unlink()
    with pytest.raises(DownloadError, match="other content") as caught:
        embedded.install(settings)
    assert jar.name in caught.value.message
    assert "NEO4J_URI" in caught.value.hint
    assert not (places.jars / jar.local).exists()
    assert not list(places.jars.rglob("*.part"))


def test_a_mirror_without_the_jar_says_so(settings: Settings) -> None:
    places = Places.of(settings)
    (places.jars / places.release.jars[0].local).unlink()
    with pytest.raises(DownloadError, match="answers 404") as caught:
        embedded.install(settings)
    assert "ECOGRAPH_MAVEN" in caught.value.hint


def test_a_mirror_that_is_not_there_says_so(linked_cache: Path, make_settings) -> None:
    settings = make_settings(cache=linked_cache, maven="http://127.0.0.1:9")
    places = Places.of(settings)
    (places.jars / places.release.jars[0].local).unlink()
    with pytest.raises(DownloadError, match="cannot be downloaded") as caught:
        embedded.install(settings)
    assert caught.value.is_retryable()


def test_a_cache_that_cannot_be_written_says_so(settings: Settings, victims: list[Jar]) -> None:
    places = Places.of(settings)
    target = places.jars / victims[0].local
    target.unlink()
    target.mkdir()
    (target / "in the way").touch()
    with pytest.raises(ServerError, match="cannot be written") as caught:
        embedded.install(settings)
    assert "ECOGRAPH_CACHE" in caught.value.hint
