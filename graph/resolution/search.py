"""Looking for accounts that are one company: what is sure is merged, what is doubtful is put into the queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from anyio import to_thread

from ..connection import Database
from ..matching import LeftOut, Matches, Verdict, companies, match
from ..merged import survivors
from ..model import MatchDecision as Decision
from ..progress import NoProgress, Progress
from .apply import Joining, apply
from .groups import Groups, settled
from .pairs import AUTOMATIC, Pair, forget, read_pairs, to_review
from .rows import read_rows
from .session import Session, session


@dataclass(frozen=True)
class Found:
    """What a search came to.

    Attributes:
        merged: the pairs because of which accounts were merged, or would be.
        to_review: the pairs that wait for a person, the likeliest first.
        new: how many of these did not wait before.
        left_out: what was not looked into.
    """

    merged: tuple[Pair, ...]
    to_review: tuple[Pair, ...]
    new: int
    left_out: LeftOut


@dataclass(frozen=True)
class _Plan:
    joinings: list[Joining]
    pairs: list[Pair]
    queue: list[Pair]


async def find(database: Database, progress: Progress | None = None, *, dry_run: bool = False) -> Found:
    """Compare all accounts. What people decided holds: a pair that is DIFFERENT is neither merged nor asked again, one
    that is SAME is merged whenever both accounts exist. Repeating it changes nothing.

    Args:
        database: the graph.
        progress: told of the accounts read and merged.
        dry_run: write nothing, and say what would be done.

    Raises:
        Busy: an import or another run is working on this graph.
    """
    progress = progress or NoProgress()
    if dry_run:
        rows = await read_rows(database, progress)
        found, plan, known = await _look(database, rows, progress)
        return _told(found, plan, known)
    async with session(database, "match") as run:
        rows = await read_rows(database, progress)
        found, plan, known = await _look(database, rows, progress)
        await _write(run, plan, known, progress)
        return _told(found, plan, known)


async def _look(database: Database, rows: pl.DataFrame, progress: Progress) -> tuple[Matches, _Plan, list[Pair]]:
    known, lost = await read_pairs(database), await survivors(database)
    progress.start("Comparing accounts", None)
    found, plan = await to_thread.run_sync(_compare, rows, known, lost)
    progress.finish()
    return found, plan, known


def _compare(rows: pl.DataFrame, known: Sequence[Pair], lost: dict[str, str]) -> tuple[Matches, _Plan]:
    found = match(rows, within=True)
    decided = {p.id: p for p in known if p.decision is not None}
    judged = _with_decisions(found, list(decided.values()), set(rows["row"]))
    company = dict(companies(found, judged).iter_rows())
    groups = Groups(lost, decided.values())
    links: list[tuple[str, str, Pair]] = []
    doubtful: list[Pair] = []
    # Decisions first, then the likeliest: what comes later is not joined against what came before.
    for pair, verdict in sorted(_pairs(judged), key=lambda p: (p[0].id not in decided, -p[0].probability, p[0].id)):
        is_same = verdict == Verdict.SAME.value
        if is_same and (pair.id in decided or company[pair.left] == company[pair.right]):
            left, right = groups.of(pair.left), groups.of(pair.right)
            if left != right and not groups.kept_apart(left, right):
                links.append((left, right, decided.get(pair.id, pair)))
                groups.join(left, right)
        else:
            doubtful.append(pair)
    done = {pair.id for pair in settled(doubtful, groups)}
    queue = sorted((p for p in doubtful if p.id not in done), key=lambda p: (-p.probability, p.id))
    return found, _Plan(_joinings(links, groups), [pair for _, _, pair in links], queue)


def _with_decisions(found: Matches, decided: Sequence[Pair], there: set[str]) -> pl.DataFrame:
    """The pairs that were found, and those that were decided as it was decided."""
    rows = [
        (p.id, p.left, p.right, float(p.decision is Decision.SAME), str(p.decision), list(p.reasons))
        for p in decided
        if p.left in there and p.right in there
    ]
    held = pl.DataFrame(rows, schema=found.pairs.schema, orient="row")
    open_ = found.pairs.filter(~pl.col("id").is_in([p.id for p in decided]))
    return pl.concat([open_, held])


def _pairs(judged: pl.DataFrame) -> list[tuple[Pair, str]]:
    kept = judged.filter(pl.col("verdict") != Verdict.DIFFERENT.value)
    columns = kept.select("id", "left", "right", "probability", "verdict", "reasons")
    return [
        (Pair(identity, left, right, probability, tuple(reasons)), verdict)
        for identity, left, right, probability, verdict, reasons in columns.iter_rows()
    ]


def _joinings(links: Sequence[tuple[str, str, Pair]], groups: Groups) -> list[Joining]:
    joined: dict[str, list[tuple[str, str, Pair]]] = defaultdict(list)
    for link in links:
        joined[groups.of(link[0])].append(link)
    return [
        Joining(sorted({end for left, right, _ in parts for end in (left, right)}), parts) for parts in joined.values()
    ]


def _changed(plan: _Plan, known: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Pairs to write to the queue, and waiting ones to take off it."""
    waiting = {p.id: p for p in known if p.decision is None}
    wanted = {p.id: p for p in plan.queue}
    put = [p for p in plan.queue if waiting.get(p.id) != p]
    merged = {p.id for p in plan.pairs}
    return put, [p for p in waiting.values() if p.id not in wanted and p.id not in merged]


async def _write(run: Session, plan: _Plan, known: Sequence[Pair], progress: Progress) -> None:
    made = await apply(run, plan.joinings, AUTOMATIC, progress)
    put, off = _changed(plan, known)
    if put or off:
        await run.write([to_review(put), forget(p.id for p in off)])
    if made or await run.is_pending():
        dropped: dict[str, int] = defaultdict(int)
        for one in made:
            for edge in one.record.dropped:
                dropped[edge.type] += 1
        await run.finish({one.record.survivor for one in made}, dropped)
    elif put or off:
        await run.note()


def _told(found: Matches, plan: _Plan, known: Sequence[Pair]) -> Found:
    waited = {p.id for p in known if p.decision is None}
    new = sum(p.id not in waited for p in plan.queue)
    return Found(tuple(plan.pairs), tuple(plan.queue), new, found.left_out)
