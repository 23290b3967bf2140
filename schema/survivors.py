"""Look-ups of accounts that were merged into others: their ids lead to the survivors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..graph.connection import Database
from ..graph.merged import survivors
from ..graph.version import GraphVersion
from .viewer import View, Viewer


class Survivors:
    """Replaces ids of merged accounts in what nodes are looked up by, for those who see the whole graph.

    To others such an id is unknown: that it leads somewhere would tell of an account that they may not see.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[str, Mapping[str, str]] | None = None

    async def replaced(
        self, parameters: Mapping[str, Any], names: Iterable[str], version: GraphVersion, viewer: Viewer
    ) -> Mapping[str, Any]:
        """The parameters, with the ids in those of these names replaced."""
        if viewer.view is not View.WHOLE or not (merged := await self.at(version)):
            return parameters
        return {**parameters, **{name: _replaced(parameters[name], merged) for name in names}}

    async def at(self, version: GraphVersion) -> Mapping[str, str]:
        """The survivor of each merged account."""
        if self._known is None or self._known[0] != str(version):
            self._known = str(version), await survivors(self._database)
        return self._known[1]


def _replaced(value: Any, merged: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_replaced(inner, merged) for inner in value]
    return merged.get(value, value) if isinstance(value, str) else value
