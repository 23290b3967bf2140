"""What people decide of a pair, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ..connection import Database, Parameters
from ..errors import BadInput, UnknownId
from ..load.nodes import Statements
from ..merged import survivors
from ..model import MatchDecision as Decision
from ..progress import NoProgress
from .apply import Joining, apply
from .groups import Groups, settled
from .held import Held, read_held
from .merging import merge, unmerge
from .pairs import (
    AUTOMATIC,
    Merged,
    Pair,
    decided,
    forget,
    merge_of,
    merged,
    merges_into,
    pair,
    read_pairs,
)
from .record import Record
from .session import Session, measured_now, session
from .steps import Step

_PATIENCE_S = 10.0
_UNDO = "ecograph match undo"
_FAMILY = """
MATCH (b:SourceRecord {id: $id})<-[:RESOLVES_TO*0..50]-(x) WHERE x.key IS NOT NULL
RETURN DISTINCT x.id
"""


async def decide(database: Database, identity: str, decision: Decision, by: str) -> Pair:
    """Decide a pair that has not been decided: SAME merges its accounts, DIFFERENT keeps them apart for good.

    Args:
        database: the graph.
        identity: of the pair.
        decision: what it is.
        by: who says so.

    Raises:
        UnknownId: there is no such pair.
        BadInput: it was decided already, or the decision contradicts another one.
        Busy: an import or another run is working on this graph, and did not end within seconds.
    """
    async with session(database, "match", _PATIENCE_S) as run:
        found = await _known(database, identity)
        if found.decision is not None:
            raise BadInput(
                f"The pair was decided {found.decision} on {_day(found)} by {found.decided_by}.",
                hint=f"Take that back first: {_UNDO} {identity}",
            )
        pairs, lost = await read_pairs(database), await survivors(database)
        groups = Groups(lost, pairs)
        left, right = groups.of(found.left), groups.of(found.right)
        if decision is Decision.SAME:
            await _join(run, found, left, right, groups, by)
        else:
            if left == right:
                raise BadInput(
                    f"Both are part of {left} by now, because of other pairs.",
                    hint="Take those back first: `ecograph match review --list --decided` lists them.",
                )
            apart = [replace(p, decision=decision) if p.id == found.id else p for p in pairs]
            await run.write([decided(found, decision, by, datetime.now(UTC)), _settling(apart, lost)])
            await run.note()
        return await _known(database, identity)


async def _join(run: Session, found: Pair, left: str, right: str, groups: Groups, by: str) -> None:
    other = groups.kept_apart(left, right)
    if other is not None:
        raise BadInput(
            f"{other.left} and {other.right}, which these are part of, were decided DIFFERENT.",
            hint=f"Take that back first: {_UNDO} {other.id}",
        )
    there = await read_held(run.database, [left, right])
    if left == right or len(there) < 2:
        await run.write([decided(found, Decision.SAME, by, datetime.now(UTC))])
        await run.note()
        return
    made = await apply(run, [Joining([left, right], [(left, right, found)])], by, NoProgress())
    await run.write([_settling(await read_pairs(run.database), await survivors(run.database))])
    await run.finish([one.record.survivor for one in made])


def _settling(pairs: Sequence[Pair], lost: Mapping[str, str]) -> tuple[str, Parameters]:
    """A statement that takes off the queue what needs no more asking; `lost` maps merged accounts to survivors."""
    return forget(p.id for p in settled(pairs, Groups(lost, pairs)))


async def undo(database: Database, identity: str, by: str) -> Pair:
    """Take a decision back, of a person or an automatic one. A merge is taken apart and the pair then counts as
    decided DIFFERENT, so that it is not merged again; undoing that too has it asked anew.

    Raises:
        UnknownId: there is no such pair.
        BadInput: it has not been decided, or its merge stands below another.
        Busy: an import or another run is working on this graph, and did not end within seconds.
    """
    async with session(database, "match", _PATIENCE_S) as run:
        found = await _known(database, identity)
        if found.decision is None:
            raise BadInput("The pair has not been decided.", hint=f"Decide it: ecograph match decide {identity} …")
        if found.merged is None:
            await run.write([decided(found, None, None, datetime.now(UTC))])
            await run.note()
        else:
            await _take_apart(run, found, by)
        return await _known(database, identity)


async def _take_apart(run: Session, found: Pair, by: str) -> None:
    """Undo the merges into the same account from the last one on, then make those above anew."""
    survivor = str(found.survivor)
    above = await merge_of(run.database, survivor)
    if above is not None:
        raise BadInput(f"{survivor} was itself merged into {above.survivor} since.", hint=f"First: {_UNDO} {above.id}")
    stack = await merges_into(run.database, survivor)
    stack = stack[[p.id for p in stack].index(found.id) :]
    kept = (await read_held(run.database, [survivor])).get(survivor)
    if kept is None:
        raise BadInput(f"{survivor} is not in the graph any more.", hint="Import it again, then repeat.")
    lost = await read_held(run.database, [str(p.merged) for p in stack], "SourceRecord")
    now = await measured_now(run.database)
    statements: Statements = []
    for one in reversed(stack):
        statements += await _undone(run, kept, lost[str(one.merged)], one, now)
    for one in stack[1:]:
        step = Step()
        record = merge(kept, lost[str(one.merged)], step, now)
        at = one.decided_at or datetime.now(UTC)
        statements += [*step.statements(), *merged([Merged(one, record, one.decided_by or AUTOMATIC, at, one.order)])]
    statements.append(decided(found, Decision.DIFFERENT, by, datetime.now(UTC)))
    await run.write(statements)
    await run.finish([survivor, str(found.merged)])


async def _undone(run: Session, kept: Held, lost: Held, pair: Pair, measured: str | None) -> Statements:
    record = Record.from_json(str(pair.record))
    record.filled = list(pair.filled)  # imports since may have added to them
    family = {identity for (identity,) in await run.database.rows(_FAMILY, {"id": lost.id})}
    step = Step()
    unmerge(kept, lost, record, family, step)
    if record.measured != measured:  # what a run stored of it is not what the runs since would have
        stale = [name for name in lost.properties if name.startswith("measured.")]
        step.set_properties(lost.id, dict.fromkeys(stale))
    return step.statements()


async def _known(database: Database, identity: str) -> Pair:
    found = await pair(database, identity)
    if found is None:
        raise UnknownId(f"There is no pair {identity!r}.", hint="`ecograph match review --list` lists those that wait.")
    return found


def _day(found: Pair) -> str:
    return "an unknown day" if found.decided_at is None else found.decided_at.date().isoformat()
