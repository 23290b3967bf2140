"""Writing merges: many at once in the order that they need, or one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ..progress import Progress
from .held import Held, read_held
from .merging import merge, survivor_first
from .pairs import Merged, Pair, merged
from .session import Session, measured_now
from .steps import Step

_TOGETHER = 500
"""Accounts whose merges are written in one transaction."""


@dataclass
class Joining:
    """Accounts, none of them merged so far, that are one company, and for each pair of them that said so the pair."""

    accounts: list[str]
    links: list[tuple[str, str, Pair]]


async def apply(session: Session, joinings: Sequence[Joining], by: str, progress: Progress) -> list[Merged]:
    """Merge the accounts of each joining into the one that survives; what is derived from them is not yet anew."""
    progress.start("Merging", len(joinings))
    made: list[Merged] = []
    measured = await measured_now(session.database)
    order = int(await session.database.value("MATCH (p:MatchPair) RETURN coalesce(max(p.order), 0)"))
    for batch in _batches(joinings):
        held = await read_held(session.database, [a for joining in batch for a in joining.accounts])
        rounds: list[tuple[Step, list[Merged]]] = []
        for joining in batch:
            for at, (survivor, loser, pair) in enumerate(_plan(joining, held)):
                if at == len(rounds):
                    rounds.append((Step(), []))
                step, written = rounds[at]
                order += 1
                record = merge(survivor, loser, step, measured)
                written.append(Merged(pair, record, pair.decided_by or by, pair.decided_at or datetime.now(UTC), order))
        await session.write([s for step, written in rounds for s in (*step.statements(), *merged(written))])
        made += [one for _, written in rounds for one in written]
        progress.advance(len(batch))
    progress.finish()
    return made


def _batches(joinings: Sequence[Joining]) -> Iterator[list[Joining]]:
    batch: list[Joining] = []
    accounts = 0
    for joining in joinings:
        batch.append(joining)
        accounts += len(joining.accounts)
        if accounts >= _TOGETHER:
            yield batch
            batch, accounts = [], 0
    if batch:
        yield batch


def _plan(joining: Joining, held: dict[str, Held]) -> list[tuple[Held, Held, Pair]]:
    """Who is merged into the survivor, in the order in which the pairs lead to them from it."""
    survivor = survivor_first([held[identity] for identity in joining.accounts])[0]
    reached = {survivor.id}
    planned: list[tuple[Held, Held, Pair]] = []
    links = list(joining.links)
    while links:
        at = next((i for i, (a, b, _) in enumerate(links) if (a in reached) != (b in reached)), None)
        if at is None:
            break
        left, right, pair = links.pop(at)
        loser = right if left in reached else left
        reached.add(loser)
        planned.append((survivor, held[loser], pair))
    return planned
