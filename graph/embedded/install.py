"""Installs the jars of a release into the cache, once for all homes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..progress import NoProgress, Progress
from ..settings import Settings
from .flock import exclusive
from .jar import Jar
from .places import Places

_PATIENCE_S = 1800


def install(settings: Settings, progress: Progress | None = None, *, verify: bool = False) -> None:
    """Downloads the jars of the release that the settings name, if they are not there.

    Without `verify` a jar counts as there when its size is right; with it, when its hash is.

    Raises:
        DownloadError: a jar cannot be had, or not with the right content.
        ServerError: the cache directory cannot be written.
    """
    places = Places.of(settings)
    if not verify and not _missing(places):
        return
    places.jars.parent.mkdir(parents=True, exist_ok=True)
    lock = places.jars.with_name(f"{places.jars.name}.lock")
    with exclusive(lock, _PATIENCE_S, f"Another process has been downloading to {places.jars} for long."):
        if missing := _damaged(places) if verify else _missing(places):
            _download(settings, places, missing, progress or NoProgress())


def _missing(places: Places) -> list[Jar]:
    return [jar for jar in places.release.jars if not jar.is_whole(places.jars)]


def _damaged(places: Places) -> list[Jar]:
    return [jar for jar in places.release.jars if _digest(places.jars / jar.local) != jar.sha256]


def _digest(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _download(settings: Settings, places: Places, jars: list[Jar], progress: Progress) -> None:
    # Needed once; every other start is quicker without it.
    from .download import Downloader

    base = settings.maven
    if base is None:
        from jgo.constants import MAVEN_CENTRAL_URL

        base = str(MAVEN_CENTRAL_URL)
    progress.start(f"Downloading Neo4j {places.release.version}", sum(jar.size for jar in jars))
    try:
        Downloader(base, places.jars, progress).fetch(jars)
    finally:
        progress.finish()
