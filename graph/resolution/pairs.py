"""`MatchPair` nodes: two accounts that may be one company, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..connection import Database, Parameters
from ..load.nodes import native
from ..model import MatchDecision as Decision
from .record import Record

AUTOMATIC = "ecograph"
"""Who decided, where no person did."""


@dataclass(frozen=True)
class Pair:
    """A pair as it is kept. `left` and `right` are the ids of accounts as imported, left before right.

    Of the two accounts that were merged because of it, `merged` is the one that was given up, `survivor` the other;
    where they stand for others that had been merged before, they are neither `left` nor `right`. `order` counts merges;
    `filled` are the properties that the survivor has from the other.
    """

    id: str
    left: str
    right: str
    probability: float
    reasons: tuple[str, ...]
    decision: Decision | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    merged: str | None = None
    survivor: str | None = None
    order: int = 0
    record: str | None = None
    filled: tuple[str, ...] = ()


def _read(values: Mapping[str, Any]) -> Pair:
    decision = values.get("decision")
    return Pair(
        values["id"], values["left"], values["right"], values["probability"], tuple(values["reasons"]),
        None if decision is None else Decision(decision), values.get("decidedBy"), native(values.get("decidedAt")),
        values.get("merged"), values.get("survivor"), values.get("order", 0), values.get("record"),
        tuple(values.get("filled") or ()),
    )  # fmt: skip


async def read_pairs(database: Database) -> list[Pair]:
    """All pairs, without the records of their merges."""
    rows = await database.rows("MATCH (p:MatchPair) RETURN p {.*, record: null} ORDER BY p.id")
    return [_read(values) for (values,) in rows]


async def pair(database: Database, identity: str) -> Pair | None:
    """The pair of this id."""
    rows = await database.rows("MATCH (p:MatchPair {id: $id}) RETURN properties(p)", {"id": identity})
    return _read(rows[0][0]) if rows else None


async def merges_into(database: Database, survivor: str) -> list[Pair]:
    """The pairs by which accounts were merged into this one, in the order of the merges."""
    rows = await database.rows(
        "MATCH (p:MatchPair {survivor: $id}) RETURN properties(p) ORDER BY p.order", {"id": survivor}
    )
    return [_read(values) for (values,) in rows]


async def merge_of(database: Database, loser: str) -> Pair | None:
    """The pair by which this account was given up."""
    rows = await database.rows("MATCH (p:MatchPair {merged: $id}) RETURN properties(p)", {"id": loser})
    return _read(rows[0][0]) if rows else None


def to_review(found: Sequence[Pair]) -> tuple[str, Parameters]:
    """A statement that puts undecided pairs into the queue, or says of them what is known now."""
    rows = [
        {"id": p.id, "left": p.left, "right": p.right, "probability": p.probability, "reasons": list(p.reasons)}
        for p in found
    ]
    return (
        "UNWIND $rows AS row MERGE (p:MatchPair {id: row.id}) WITH p, row WHERE p.decision IS NULL SET p += row",
        {"rows": rows},
    )


def forget(ids: Iterable[str]) -> tuple[str, Parameters]:
    """A statement that takes undecided pairs off the queue."""
    return (
        "UNWIND $ids AS id MATCH (p:MatchPair {id: id}) WHERE p.decision IS NULL DELETE p",
        {"ids": list(ids)},
    )


def decided(found: Pair, decision: Decision | None, by: str | None, at: datetime) -> tuple[str, Parameters]:
    """A statement that writes a decision, or takes it back where it is None, with no word of a merge."""
    return (
        "MATCH (p:MatchPair {id: $id}) SET p.decision = $decision, p.decidedBy = $by, p.decidedAt = $at "
        "REMOVE p.merged, p.survivor, p.order, p.record, p.filled, p.isPending",
        {
            "id": found.id,
            "decision": decision and decision.value,
            "by": decision and by,
            "at": None if decision is None else at,
        },
    )


@dataclass(frozen=True)
class Merged:
    """A merge that was made because of a pair."""

    pair: Pair
    record: Record
    by: str
    at: datetime
    order: int


def merged(made: Sequence[Merged]) -> list[tuple[str, Parameters]]:
    """Statements that note merges on their pairs and let the accounts that were given up resolve to the survivors."""
    rows = [
        {
            "pair": {"left": m.pair.left, "right": m.pair.right, "probability": m.pair.probability,
                     "reasons": list(m.pair.reasons), "decision": Decision.SAME.value, "decidedBy": m.by,
                     "decidedAt": m.at,
                     "merged": m.record.loser, "survivor": m.record.survivor, "order": m.order,
                     "record": m.record.to_json(), "filled": m.record.filled, "isPending": True},
            "id": m.pair.id, "merged": m.record.loser, "survivor": m.record.survivor,
            "how": {"probability": m.pair.probability, "reason": "; ".join(m.pair.reasons), "decidedBy": m.by,
                    "at": m.at},
        }
        for m in made
    ]  # fmt: skip
    return [
        ("UNWIND $rows AS row MERGE (p:MatchPair {id: row.id}) SET p += row.pair", {"rows": rows}),
        (
            "UNWIND $rows AS row MATCH (b:SourceRecord {id: row.merged}) MATCH (a:Account {id: row.survivor}) "
            "MERGE (b)-[m:RESOLVES_TO]->(a) SET m = row.how",
            {"rows": rows},
        ),
    ]
