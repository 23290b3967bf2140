"""What an import changes that webhooks are told of: what it may change is noted before, and compared after.

The note is kept with the import's checkpoint, so that an import that is cut off and taken up again tells of everything
that it changed since its first beginning.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from ..connection import Database
from ..cypher import seek
from ..names import names_of
from .events import Event, EventType
from .registry import wanted

MOST_ACCOUNTS = 500
"""So many accounts one message names at most; its `total` counts all."""
_BATCH = 20_000

_CREDITS = f"""
UNWIND $ids AS id
{seek("d", "Deal", "id")}
MATCH (d)<-[c:SOURCED|INFLUENCED]-(p:Partner)
WITH DISTINCT d.id AS deal, type(c) AS credit, p.id AS partner ORDER BY deal, credit DESC, partner
RETURN deal, collect([partner, credit])
"""
_OURS = """CASE
  WHEN a.customerSince <= $on AND (a.churnedOn IS NULL OR a.churnedOn > $on) THEN 'CUSTOMER'
  WHEN EXISTS {
    MATCH (a)<-[:WITH]-(deal:Deal)
    WHERE (deal.openedOn IS NULL OR deal.openedOn <= $on)
      AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $on)
  } THEN 'OPPORTUNITY'
  WHEN EXISTS {
    MATCH (a)<-[k:KNOWS]-(:Company)
    WHERE (k.since IS NULL OR k.since <= $on) AND (k.until IS NULL OR k.until > $on)
  } THEN 'PROSPECT'
END"""
"""What an account is to us on a day, as queries/overlap says it, which this layer does not know."""
_OVERLAPS = f"""
UNWIND $ids AS id
{seek("a", "Account", "id")}
MATCH (a)<-[theirs:KNOWS]-(p:Partner) WHERE theirs.until IS NULL OR theirs.until > $on
WITH a, p, theirs.population AS population WHERE {_OURS} IS NOT NULL
RETURN p.id, population, collect(DISTINCT a.id)
"""
_ACCOUNTS = f"UNWIND $ids AS id {seek('a', 'Account', 'id')} RETURN a.id, a.name, {_OURS}"

Credits = dict[str, list[list[str]]]
"""Deal → its partners, each with SOURCED or INFLUENCED."""
Overlaps = dict[str, dict[str, list[str]]]
"""Partner → population → accounts on that list of it that are also ours."""


async def note(database: Database, deals: Sequence[str], accounts: Sequence[str]) -> str | None:
    """The credits of these deals and the overlaps over these accounts, as text; None where nobody is to be told."""
    told = await wanted(database)
    noted: dict[str, Any] = {}
    if EventType.DEAL_ATTRIBUTED in told and deals:
        noted["credits"] = await _credits(database, deals)
    if EventType.OVERLAP_CREATED in told and accounts:
        noted["overlaps"] = await _overlaps(database, accounts)
    return json.dumps({"run": secrets.token_hex(8), **noted}) if noted else None


async def changed(
    database: Database, noted: str, deals: Sequence[str], accounts: Sequence[str]
) -> tuple[str, list[Event]]:
    """What these deals and accounts have gained and lost since the note was made, and the name of the run."""
    before = json.loads(noted)
    events: list[Event] = []
    if "overlaps" in before:
        events += await _new_overlaps(database, before["overlaps"], await _overlaps(database, accounts))
    if "credits" in before:
        events += await _attributed(database, before["credits"], await _credits(database, deals))
    return before["run"], events


async def _credits(database: Database, deals: Sequence[str]) -> Credits:
    found: Credits = {}
    for ids in _batches(deals):
        found.update(await database.rows(_CREDITS, {"ids": ids}))  # type: ignore[arg-type]
    return found


async def _attributed(database: Database, before: Credits, after: Credits) -> list[Event]:
    deals = sorted(
        deal for deal in before.keys() | after.keys() if _as_set(before.get(deal)) != _as_set(after.get(deal))
    )
    partners = {partner for deal in deals for partner, _ in (*before.get(deal, ()), *after.get(deal, ()))}
    names = await names_of(database, [*deals, *sorted(partners)])

    def told(held: Iterable[Sequence[str]]) -> list[dict[str, Any]]:
        return [{"partner": {"id": by, "name": names.get(by)}, "credit": credit} for by, credit in held]

    return [
        Event(
            EventType.DEAL_ATTRIBUTED,
            deal,
            {
                "deal": {"id": deal, "name": names.get(deal)},
                "before": told(before.get(deal, ())),
                "after": told(after.get(deal, ())),
            },
        )
        for deal in deals
    ]


def _as_set(held: Iterable[Sequence[str]] | None) -> set[tuple[str, ...]]:
    return {tuple(credit) for credit in held or ()}


async def _overlaps(database: Database, accounts: Sequence[str]) -> Overlaps:
    found: Overlaps = {}
    for ids in _batches(accounts):
        for partner, population, shared in await database.rows(_OVERLAPS, {"ids": ids, "on": _today()}):
            found.setdefault(partner, {}).setdefault(population, []).extend(shared)
    return found


async def _new_overlaps(database: Database, before: Overlaps, after: Overlaps) -> list[Event]:
    names = await names_of(database, sorted(after))
    events = []
    for partner, lists in sorted(after.items()):
        for population, shared in sorted(lists.items()):
            came = sorted(set(shared) - set(before.get(partner, {}).get(population, ())))
            if not came:
                continue
            shown = await database.rows(_ACCOUNTS, {"ids": came[:MOST_ACCOUNTS], "on": _today()})
            accounts = [{"id": id_, "name": name, "ourPopulation": ours} for id_, name, ours in shown]
            told = {
                "partner": {"id": partner, "name": names.get(partner)}, "population": population,
                "total": len(came), "accounts": accounts,
            }  # fmt: skip
            events.append(Event(EventType.OVERLAP_CREATED, f"{partner} {population}", told))
    return events


def _batches(ids: Sequence[str]) -> Iterable[list[str]]:
    return (list(ids[at : at + _BATCH]) for at in range(0, len(ids), _BATCH))


def _today() -> Any:
    return datetime.now(UTC).date()
