"""Work on the stored data for which the server must not run: dump, load, check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import BadInput, ServerError
from ..progress import Progress
from ..settings import Settings
from . import server, store
from .admin import Admin
from .dumping import write_dump
from .flock import FileLock, exclusive
from .install import install
from .launch import READY_S
from .places import Places
from .runtime import find_runtime


@dataclass(frozen=True)
class StoreCheck:
    """Whether the stored data is consistent; if not, the report says where it is not."""

    is_consistent: bool
    report: Path | None


def dump(settings: Settings, target: Path, progress: Progress | None = None, *, overwrite: bool = False) -> Path:
    """Writes all data to a file, which `load` reads. The server is stopped; if it is in use, it is started again.

    Raises:
        BadInput: the file exists, or there are no data.
        ServerError: the dump cannot be made.
    """
    target = target.expanduser().absolute()
    if target.is_dir() or not target.parent.is_dir():
        raise BadInput(f"{target} is not the name of a file in an existing directory.")
    if target.exists() and not overwrite:
        raise BadInput(f"{target} exists.", hint="Choose another name, or overwrite it on purpose.")
    with _offline(settings, progress) as (places, admin):
        _require_data(places)
        try:
            write_dump(admin, target, progress)
        except ServerError:
            _close(settings, places)
            write_dump(admin, target, progress)
    return target


def load(settings: Settings, source: Path, progress: Progress | None = None, *, overwrite: bool = False) -> None:
    """Replaces all data by those of a dump, and starts the server on them. If that fails, all is as before.

    Raises:
        BadInput: there is no such file, it is no dump, or there are data and `overwrite` is not set.
        ServerError: the server cannot be started.
    """
    source = source.expanduser().absolute()
    if not source.is_file():
        raise BadInput(f"There is no file {source}.")
    with _offline(settings, progress) as (places, admin):
        if store.has_data(places) and not overwrite:
            raise BadInput(f"{places.root} holds data already.", hint="Overwrite them on purpose.")
        try:
            store.replace_data(places, admin, source)
        except ServerError as error:
            raise BadInput(
                f"{source} is not a dump that Neo4j {places.release.version} can read.", hint=error.hint
            ) from error
        try:
            server.start(settings, places, progress)
        except BaseException:
            server.stop_process(places)
            store.restore(places)
            raise


def store_check(settings: Settings) -> StoreCheck:
    """Checks the stored data for consistency. The server is stopped; if it is in use, it is started again.

    Raises:
        BadInput: there are no data.
        ServerError: the check cannot be made.
    """
    with _offline(settings, None) as (places, admin):
        _require_data(places)
        arguments = ("database", "check", f"--report-path={places.logs}", "neo4j")
        before = _reports(places)
        try:
            admin.run(*arguments)
        except ServerError:
            if new := _reports(places) - before:
                return StoreCheck(False, max(new))
            _close(settings, places)
            admin.run(*arguments)
        return StoreCheck(True, None)


@contextmanager
def _offline(settings: Settings, progress: Progress | None) -> Iterator[tuple[Places, Admin]]:
    install(settings, progress)
    places = Places.of(settings)
    runtime = find_runtime(settings, places.release)
    places.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with exclusive(places.start_lock, READY_S, f"Another process is starting the server in {places.root}."):
        server.stop_process(places)
        admin = Admin(places, runtime, settings)
        try:
            store.prepare(places, admin)
            yield places, admin
        finally:
            if FileLock(places.lease).is_shared():
                server.start(settings, places, progress)


def _require_data(places: Places) -> None:
    if not store.has_data(places):
        raise BadInput(f"There are no data of Neo4j {places.release.store} in {places.root}.")


def _close(settings: Settings, places: Places) -> None:
    # After a crash, or an end by force, only a start and an orderly stop bring the store into order.
    server.start(settings, places)
    server.stop_process(places)


def _reports(places: Places) -> set[Path]:
    return set(places.logs.glob("*.report"))
