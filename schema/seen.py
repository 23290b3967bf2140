"""The graph as a viewer sees it, for what reads it beside compiled statements."""

from __future__ import annotations

from typing import Any, NoReturn

from ..graph.connection import Database, Parameters
from .viewer import Forbidden, View, Viewer
from .visibility import guard


def seen(database: Database, viewer: Viewer) -> Database:
    """The database itself for who sees the whole, else one that reads only what they see and writes nothing."""
    return database if viewer.view is View.WHOLE else _Seen(database, viewer)


class _Seen(Database):
    def __init__(self, whole: Database, viewer: Viewer) -> None:
        self.version = whole.version
        self.has_gds = whole.has_gds
        self._whole = whole
        self._viewer = viewer

    async def rows(
        self, statement: str, parameters: Parameters | None = None, *, timeout: float | None = None
    ) -> list[list[Any]]:
        """Read: as `Database.rows`, of what the viewer sees."""
        given = {**(parameters or {}), **self._viewer.parameters}
        return await self._whole.rows(guard(statement, self._viewer), given, timeout=timeout)

    async def write(self, *_: object, **__: object) -> NoReturn:
        """
        Raises:
            Forbidden: always.
        """
        raise self._refused()

    async def run_alone(self, *_: object, **__: object) -> NoReturn:
        """
        Raises:
            Forbidden: always.
        """
        raise self._refused()

    def _refused(self) -> Forbidden:
        return Forbidden("A login with a narrowed view writes nothing.", hint="Use a login that sees the whole.")
