"""Running computed fields: once for what is asked at the same time, and kept by graph version and arguments."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..graph.connection import Database
from ..graph.errors import EcographError, Internal, QueryTimeout
from ..graph.settings import Settings
from ..graph.version import GraphVersion
from .asked import Asked
from .bounded import Bounded
from .compiler.context import Computation
from .compiler.traced import frozen
from .compiler.trees import Outcome
from .seen import seen
from .viewer import Viewer

log = logging.getLogger("ecograph.schema")

_KEPT_TREES = 20_000
_KEPT_VALUES = 5_000_000


@dataclass(frozen=True)
class Reading:
    """What a request reads: which version of the graph, by whom, and the parameters of one root field's statement."""

    version: GraphVersion
    viewer: Viewer
    parameters: Mapping[str, Any]

    def day(self, computation: Computation) -> date:
        """The day that holds at a computed field."""
        found: date = self.parameters[computation.day]
        return found


class Computing:
    """Calls computed fields, and keeps what they gave: trees by viewer, version, day, arguments and parent's key."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._kept: Bounded[Hashable, tuple[Any]] = Bounded(_KEPT_TREES, _KEPT_VALUES)
        self._running: dict[Hashable, asyncio.Task[Outcome]] = {}

    async def outcomes(
        self, computations: Sequence[Computation], keys: Mapping[int, Mapping[Any, None]], reading: Reading
    ) -> list[Outcome]:
        """What each computation gives for its parents' keys; one without a key gives its tree under None."""
        calls = (
            self._outcome(computation, tuple(keys.get(slot, ())) if computation.spec.key else (None,), reading)
            for slot, computation in enumerate(computations)
        )
        return list(await asyncio.gather(*calls))

    async def _outcome(self, computation: Computation, keys: tuple[Any, ...], reading: Reading) -> Outcome:
        day = reading.day(computation)
        asked = (computation.where, frozen(computation.arguments), day, reading.viewer.sight, str(reading.version))
        held = {key: kept for key in keys if (kept := self._kept.get((asked, key))) is not None}
        missing = tuple(key for key in keys if key not in held)
        trees = {key: tree for key, (tree,) in held.items()}
        if missing:
            made = await self._once(asked, computation, missing, reading)
            if isinstance(made, EcographError):
                return made
            trees.update(made)
        return trees

    async def _once(
        self, asked: Hashable, computation: Computation, keys: tuple[Any, ...], reading: Reading
    ) -> Outcome:
        """One call for all who ask the same at the same time; it goes on when one of them goes away."""
        running = self._running.get((asked, keys))
        if running is None:
            running = asyncio.create_task(self._call(asked, computation, keys, reading))
            self._running[asked, keys] = running
            running.add_done_callback(lambda _: self._running.pop((asked, keys), None))
        return await asyncio.shield(running)

    async def _call(
        self, asked: Hashable, computation: Computation, keys: tuple[Any, ...], reading: Reading
    ) -> Outcome:
        spec = computation.spec
        given = keys if spec.key else ()
        wish = Asked(
            seen(self._database, reading.viewer), self._settings, reading.version, reading.day(computation),
            computation.arguments, given,
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._settings.query_timeout_s):
                made = await spec.compute(wish)
        except TimeoutError:
            return QueryTimeout(
                f"{computation.where} took longer than the time allowed.",
                hint="Ask for less, or raise ECOGRAPH_QUERY_TIMEOUT_S.",
            )
        except EcographError as error:
            return error
        except Exception:
            log.exception("computed field %s", computation.where)
            return Internal("Something went wrong in Ecograph; its log says what.")
        trees = {key: made.get(key) for key in keys} if spec.key else {None: made}
        for key, tree in trees.items():
            self._kept.put((asked, key), (tree,), weigh(tree))
        return trees


def weigh(tree: Any) -> int:
    """How many values a tree holds, itself included."""
    if isinstance(tree, Mapping):
        return 1 + sum(weigh(item) for item in tree.values())
    if isinstance(tree, (list, tuple)):
        return 1 + sum(weigh(item) for item in tree)
    return 1
