"""The queue: pairs of accounts with what is known of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..connection import Database
from ..duns import duns_of
from ..errors import UnknownId
from .pairs import Pair, pair
from .rows import DETAILS, NAMES

_SIDE = f"""
UNWIND $ids AS id
MATCH (a:Account|SourceRecord {{id: id}}) WHERE a.key IS NOT NULL
RETURN id, a.name, a.source, {DETAILS},
  COLLECT {{
    MATCH (a)-[:RESOLVES_TO*0..50]->(now:Account)<-[k:KNOWS]-(owner) WHERE k.until IS NULL
    RETURN DISTINCT owner.id + ' ' + k.population AS list ORDER BY list
  }}
"""

_WAITING = """
MATCH (p:MatchPair) WHERE p.decision IS NULL
RETURN p.id ORDER BY p.probability DESC, p.id LIMIT $first
"""
_DECIDED = """
MATCH (p:MatchPair) WHERE p.decision IS NOT NULL
RETURN p.id ORDER BY p.decidedAt DESC, p.id LIMIT $first
"""


@dataclass(frozen=True)
class Side:
    """One account of a pair, as it was imported; `populations` are the lists that it, or what it is part of, is on."""

    id: str
    name: str | None
    source: str | None
    domains: tuple[str, ...]
    duns: str | None
    country: str | None
    populations: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """A pair with both sides; a side that is not in the graph any more has an id alone."""

    pair: Pair
    left: Side
    right: Side


async def queue(database: Database, first: int, *, undecided: bool = True) -> list[Candidate]:
    """The pairs that wait for a decision, the likeliest first; or those that were decided, the latest first."""
    rows = await database.rows(_WAITING if undecided else _DECIDED, {"first": first})
    found = [await pair(database, identity) for (identity,) in rows]
    return await _sided(database, [p for p in found if p is not None])


async def candidate(database: Database, identity: str) -> Candidate:
    """One pair.

    Raises:
        UnknownId: there is none of this id.
    """
    found = await pair(database, identity)
    if found is None:
        raise UnknownId(f"There is no pair {identity!r}.", hint="`ecograph match review --list` lists them.")
    return (await _sided(database, [found]))[0]


async def _sided(database: Database, pairs: Sequence[Pair]) -> list[Candidate]:
    ids = list(dict.fromkeys(end for p in pairs for end in (p.left, p.right)))
    sides = {row[0]: _side(row) for row in await database.rows(_SIDE, {"ids": ids, **NAMES})}
    return [
        Candidate(p, *(sides.get(end) or Side(end, None, None, (), None, None, ()) for end in (p.left, p.right)))
        for p in pairs
    ]


def _side(row: Sequence[Any]) -> Side:
    identity, name, source, domains, external, duns, country, populations = row
    return Side(identity, name, source, tuple(domains), duns or duns_of(external), country, tuple(populations))
