"""The data directories of a home: one per Neo4j release that wrote there, of which the newest counts.

Whoever changes them holds the start lock, and the server does not run. No step destroys the only copy of the data: what
is replaced goes to `.outgoing` and is removed only once a server has opened what replaced it.
"""

from __future__ import annotations

import logging
import re
import secrets
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ..errors import ServerError
from .admin import Admin
from .dumping import read_dump, write_dump
from .places import Places
from .release import RELEASES, store_order

_NAME = re.compile(r"\d+(\.\d+)+")
_log = logging.getLogger(__name__)


def has_data(places: Places) -> bool:
    """True when the release's own directory holds a database."""
    return (places.data / "databases" / "neo4j").is_dir()


def prepare(places: Places, admin: Admin) -> bool:
    """Makes the data fit the release that is about to be started; true if an older release's was taken over.

    Raises:
        ServerError: a newer release wrote the data, or it cannot be taken over.
    """
    if not has_data(places) and _outgoing(places).is_dir():
        restore(places)
    refuse_newer(places)
    others = _others(places)
    if not others or has_data(places):
        return False
    _take_over(places, admin, max(others, key=store_order))
    return True


def refuse_newer(places: Places) -> None:
    """Raises ServerError if a newer release than the one to be started wrote the data."""
    own = store_order(places.release.store)
    for name in _others(places):
        if store_order(name) > own:
            raise ServerError(
                f"Neo4j {name} wrote the data in {places.root}; {places.release.version} cannot read them.",
                hint="Use another ECOGRAPH_HOME, or the release that wrote them (ECOGRAPH_NEO4J_RELEASE).",
            )


def replace_data(places: Places, admin: Admin, source: Path) -> None:
    """Loads a dump in place of the data; `restore` undoes it until `tidy` is called.

    Raises:
        ServerError: it is no dump, or one of a format that the release cannot read.
    """
    incoming = places.stores / f".incoming-{secrets.token_hex(4)}"
    outgoing = _outgoing(places)
    try:
        incoming.mkdir(parents=True)
        read_dump(admin.on(replace(places, data=incoming)), source)
        if places.data.exists():
            shutil.rmtree(outgoing, ignore_errors=True)
            places.data.rename(outgoing)
        incoming.rename(places.data)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def restore(places: Places) -> None:
    """Undoes `replace_data`."""
    shutil.rmtree(places.data, ignore_errors=True)
    if _outgoing(places).is_dir():
        _outgoing(places).rename(places.data)


def tidy(places: Places) -> None:
    """Removes what the data of a server that runs has replaced."""
    leftovers = [places.stores / name for name in _others(places)]
    leftovers += [_outgoing(places), *places.stores.glob(".incoming-*")]
    for leftover in leftovers:
        shutil.rmtree(leftover, ignore_errors=True)


def _outgoing(places: Places) -> Path:
    return places.stores / ".outgoing"


def _others(places: Places) -> list[str]:
    if not places.stores.is_dir():
        return []
    return [
        directory.name
        for directory in places.stores.iterdir()
        if _NAME.fullmatch(directory.name) and directory != places.data and (directory / "databases" / "neo4j").is_dir()
    ]


def _take_over(places: Places, admin: Admin, older: str) -> None:
    date = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    dump = places.dumps / f"neo4j-{older}-{date}.dump"
    places.dumps.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        write_dump(admin.on(replace(places, data=places.stores / older)), dump)
    except ServerError as error:
        names = [release.name for release in RELEASES.values() if release.store == older]
        way = f"with ECOGRAPH_NEO4J_RELEASE={names[0]}" if names else "with the version of Ecograph that wrote it"
        raise ServerError(
            f"The data of Neo4j {older} in {places.root} cannot be taken over: it was not closed properly.",
            hint=f"Start and stop it once {way}, then try again.",
        ) from error
    replace_data(places, admin, dump)
    _log.warning(
        "The data of Neo4j %s was taken over into %s; a dump of it is kept in %s.",
        older,
        places.release.version,
        dump,
    )
