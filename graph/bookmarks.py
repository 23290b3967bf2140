"""Reading our own writes on a cluster: where the members that answer reads must have got to."""

from __future__ import annotations

import neo4j

_MOST = 50


class OwnWrites:
    """The bookmarks of our last writes."""

    def __init__(self) -> None:
        self._values: dict[str, None] = {}

    def add(self, bookmarks: neo4j.Bookmarks) -> None:
        """Note what a write left; of many, the last ones are kept."""
        for value in bookmarks.raw_values:
            self._values.pop(value, None)
            self._values[value] = None
        for value in list(self._values)[:-_MOST]:
            del self._values[value]

    @property
    def bookmarks(self) -> neo4j.Bookmarks | None:
        """What a session must wait for."""
        return neo4j.Bookmarks.from_raw_values(self._values) if self._values else None
