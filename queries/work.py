"""What the measures of one run share: the database, the day, and what was pulled already."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..graph.connection import Database
from ..graph.errors import Internal
from ..graph.model.measured import NodeGroup
from ..graph.settings import Settings
from .catalog import catalog

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
T = TypeVar("T")


NUMPY = "in-process (numpy)"
"""What a result says of its engine where numpy alone made it."""


class Engine(StrEnum):
    """Where the numeric step of a measure runs."""

    IN_PROCESS = "in-process"
    CYPHER = "cypher"


@dataclass(frozen=True)
class Computed:
    """What a measure gives: values per column, one for each node of its group, or edges with their properties.

    `engine` names the program that computed it; `excluded` says in words what was left out.
    """

    engine: str
    columns: Mapping[str, Floats] = field(default_factory=dict)
    edges: Sequence[Mapping[str, Any]] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    excluded: Sequence[str] = ()


class Work:
    """One run over one graph as it is on `as_of`; `engine` None leaves the choice to each measure. `timeout` in
    seconds is for each query."""

    def __init__(
        self, database: Database, settings: Settings, as_of: date, *, has_customer_dates: bool,
        engine: Engine | None = None, timeout: float | None = None,
    ) -> None:  # fmt: skip
        self.database = database
        self.settings = settings
        self.as_of = as_of
        self.has_customer_dates = has_customer_dates
        self.engine = engine
        self._timeout = timeout
        self._made: dict[str, Any] = {}

    async def rows(self, query: str, **values: Any) -> list[list[Any]]:
        """All rows of a named query; `asOf` and `hasCustomerDates` are known already."""
        named = catalog()[query]
        known = {"asOf": self.as_of, "hasCustomerDates": self.has_customer_dates, **values}
        missing = set(named.parameters) - set(known)
        if missing:
            raise Internal(f"{named.file}: nothing is bound to ${missing.pop()}.")
        parameters = {name: known[name] for name in named.parameters}
        if named.mode == "write":
            return (await self.database.write([(named.text, parameters)]))[0]
        return await self.database.rows(named.text, parameters, timeout=self._timeout)

    async def once(self, name: str, make: Callable[[], Awaitable[T]]) -> T:
        """What `make` gives, made at the first call of this run only."""
        if name not in self._made:
            self._made[name] = await make()
        found: T = self._made[name]
        return found

    async def ids(self, group: NodeGroup) -> dict[str, list[str]]:
        """Per label of the group, the ids of its nodes in order: the order of all values of the run."""
        return {label: (await self._nodes(label))[0] for label in group.labels}

    async def numbers(self, group: NodeGroup) -> dict[str, Ints]:
        """The database's own numbers of the same nodes, in the same order."""
        return {label: (await self._nodes(label))[1] for label in group.labels}

    async def _nodes(self, label: str) -> tuple[list[str], Ints]:
        return await self.once(f"nodes:{label}", lambda: self._read_nodes(label))

    async def _read_nodes(self, label: str) -> tuple[list[str], Ints]:
        rows = await self.database.rows(f"MATCH (n:{label}) RETURN collect(n.id), collect(id(n))")
        pairs = sorted(zip(*rows[0], strict=True))
        return [identity for identity, _ in pairs], np.array([number for _, number in pairs], np.int64)
