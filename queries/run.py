"""A measure run: compute what has gone stale, write it where nobody reads, then move all pointers at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from ..graph import lock
from ..graph.connection import Database
from ..graph.errors import UnsupportedServer
from ..graph.model.measured import GROUPS, EdgeGroup, Group, NodeGroup
from ..graph.progress import NoProgress, Progress
from ..graph.settings import Settings
from ..graph.stored import keeping, read_values, run_id, share_changed, stamp_of, write_edges, write_values
from ..graph.stored.runs import KEPT, MeasureRun, edge_totals, totals_of
from ..graph.version import MAX_AGE_SECONDS, GraphVersion, read_version
from .measure import Measure, choose
from .registry import MEASURES
from .work import Computed, Engine, Floats, Work

STALE_SHARE = 0.01
"""Measures are computed anew when more than this share of the edges has changed."""
_DIGITS = 12


@dataclass(frozen=True)
class Outcome:
    """What became of a measure in a run: computed in so many seconds by an engine, or left as it was."""

    measure: Measure
    engine: str | None
    seconds: float
    changed: float | None
    """Which share of the edges had changed since the run before; None where there was none."""

    @property
    def is_computed(self) -> bool:
        return self.engine is not None


async def measure(
    database: Database, settings: Settings, *, only: Sequence[str] = (), everything: bool = False,
    engine: Engine | None = None, grace_s: float | None = None, progress: Progress | None = None,
) -> list[Outcome]:  # fmt: skip
    """Compute and store measures: those of which more than 1 % of the edges changed, or `everything`, or `only` some.

    Readers see the old values until all new ones are written, and then all new ones. A run that is cut off changes
    nothing.

    Args:
        only: names of measures.
        engine: where the numeric steps run; by default, each measure's faster one.
        grace_s: how long readers may go on reading the values of the run before last; by default, as long as the
            settings permit a query to take, and a little more.

    Raises:
        BadInput: there is no measure of such a name.
        UnsupportedServer: the engine is Cypher, and the server has no Graph Data Science.
        Busy: another import or measure run is working on this graph.
    """
    if engine is Engine.CYPHER and not database.has_gds:
        raise UnsupportedServer(
            "This Neo4j has no Graph Data Science.", hint="Leave the engine to each measure, or install the plugin."
        )
    chosen = choose(MEASURES, only) if only else list(MEASURES)
    async with lock.hold(database, "measure") as held:
        run = _Run(database, settings, held, await read_version(database), engine, progress or NoProgress())
        grace = MAX_AGE_SECONDS + settings.query_timeout_s if grace_s is None else grace_s
        return await run.measure(chosen, forced=bool(only) or everything, grace=grace)


class _Run:
    def __init__(
        self, database: Database, settings: Settings, held: lock.Lock, version: GraphVersion, engine: Engine | None,
        progress: Progress,
    ) -> None:  # fmt: skip
        self._database, self._held, self._version, self._progress = database, held, version, progress
        self._work = Work(
            database, settings, datetime.now(UTC).date(), has_customer_dates=version.has_customer_dates, engine=engine
        )
        self._started = datetime.now(UTC)

    async def measure(self, chosen: Sequence[Measure], *, forced: bool, grace: float) -> list[Outcome]:
        totals = await edge_totals(self._database)
        changed = {id(m): await self._changed(m, totals) for m in chosen}
        wanted = [m for m in chosen if forced or changed[id(m)] is None or changed[id(m)] > STALE_SHARE]  # type: ignore[operator]
        made = await self._compute(wanted)
        outcomes = []
        for m in chosen:
            found = made.get(id(m))
            outcomes.append(Outcome(m, found[0].engine if found else None, found[1] if found else 0.0, changed[id(m)]))
        if wanted:
            await self._store(wanted, made, totals, grace)
        return outcomes

    async def _changed(self, m: Measure, totals: Mapping[str, int]) -> float | None:
        pointer = self._version.pointers.of(m.group)
        run = pointer.runs.get(m.name) if pointer else None
        then = await totals_of(self._database, run) if run else None
        return None if then is None else share_changed(then, totals)

    async def _compute(self, wanted: Sequence[Measure]) -> dict[int, tuple[Computed, float]]:
        self._progress.start("Computing measures", len(wanted))
        made = {}
        for m in wanted:
            started = time.monotonic()
            made[id(m)] = await m.compute(self._work), time.monotonic() - started
            self._progress.advance(1)
        self._progress.finish()
        return made

    async def _store(
        self, wanted: Sequence[Measure], made: Mapping[int, tuple[Computed, float]], totals: Mapping[str, int],
        grace: float,
    ) -> None:  # fmt: skip
        groups = [group for group in GROUPS if any(m.group is group for m in wanted)]
        await self._wait_for_readers(groups, grace)
        runs = [self._run(m, *made[id(m)], totals) for m in wanted]
        history = {
            group.name: await self._write(group, [(m, made[id(m)][0]) for m in wanted if m.group is group])
            for group in groups
        }
        now = await self._now()
        pointers = self._version.pointers
        for group in groups:
            before = pointers.of(group)
            new = {run.measure: run.id for run in runs if run.group == group.name}
            pointers = pointers.moved(group, {**(before.runs if before else {}), **new}, history[group.name], now)
        await self._database.write([self._held.renewal(), *keeping(runs), pointers.statement()])

    async def _now(self) -> datetime:
        """By the clock of the server."""
        now: datetime = (await self._database.value("RETURN datetime()")).to_native()
        return now

    async def _wait_for_readers(self, groups: Sequence[Group], grace: float) -> None:
        """Until nobody can still be reading the slots that are written next."""
        moved = [pointer.moved_at for group in groups if (pointer := self._version.pointers.of(group))]
        if moved:
            await asyncio.sleep(max(0.0, grace - (await self._now() - max(moved)).total_seconds()))

    def _run(self, m: Measure, computed: Computed, seconds: float, totals: Mapping[str, int]) -> MeasureRun:
        return MeasureRun(
            id=run_id(self._started, m.group.name, m.name),
            group=m.group.name,
            measure=m.name,
            columns=m.columns,
            computed_at=self._started,
            graph_version=str(self._version),
            data_version=self._version.data,
            engine=computed.engine,
            parameters={"asOf": self._work.as_of.isoformat(), **computed.parameters},
            excluded=computed.excluded,
            totals=totals,
            seconds=seconds,
        )

    async def _write(self, group: Group, made: Sequence[tuple[Measure, Computed]]) -> tuple[str, ...]:
        """Write a group to its inactive slot; what is not computed now is carried over. Returns the history's times."""
        slot = self._version.pointers.inactive(group)
        if isinstance(group, EdgeGroup):
            for _, computed in made:
                await write_edges(self._database, self._held, group, slot, computed.edges, self._progress)
            return ()
        ids = await self._work.ids(group)
        before = await self._before(group, ids)
        values = before.copy()
        for m, computed in made:
            for name in m.columns:
                values[:, group.at(name)] = computed.columns[name]
                if name in group.ranked:
                    values[:, group.rank_at(name)] = ranks(computed.columns[name])
        times, history = await self._history(group, ids, before)
        await write_values(self._database, self._held, group, slot, ids, values, history, self._progress)
        return times

    async def _before(self, group: NodeGroup, ids: Mapping[str, Sequence[str]]) -> Floats:
        pointer = self._version.pointers.of(group)
        if pointer is None:
            return np.full((sum(map(len, ids.values())), group.width), np.nan)
        return await read_values(self._database, group, group.property(pointer.slot), ids, group.width)

    async def _history(
        self, group: NodeGroup, ids: Mapping[str, Sequence[str]], before: Floats
    ) -> tuple[tuple[str, ...], Floats | None]:
        """The values of earlier runs with those of the last one before them, each only where it was computed then."""
        pointer = self._version.pointers.of(group)
        if not group.has_history or pointer is None:
            return (), None
        width = len(group.ranked)
        older = await read_values(
            self._database, group, group.history_property(pointer.slot), ids, width * len(pointer.history)
        )
        stamps = {name: stamp_of(run) for name, run in pointer.runs.items()}
        last = max(stamps.values())
        newest = before[:, :width].copy()
        for name, columns in group.measures.items():
            if stamps.get(name) != last:
                newest[:, [group.at(column) for column in columns if column in group.ranked]] = np.nan
        times = (last, *pointer.history)[: KEPT - 1]
        return times, np.hstack([newest, older])[:, : width * len(times)]


def ranks(values: Floats) -> Floats:
    """Places from 1 for the largest; equal values, to 12 digits, share the best place of theirs; NaN has none."""
    places = np.full(len(values), np.nan)
    known = np.isfinite(values)
    if known.any():
        rounded = np.array([float(f"{v:.{_DIGITS}g}") for v in values[known]])
        places[known] = len(rounded) - np.searchsorted(np.sort(rounded), rounded, side="right") + 1
    return places
