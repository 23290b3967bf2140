"""Who is whose on the day, as arrays: pulled once in a run, a list per partner and never a row per edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..rows import flat
from ..work import Ints, Work


@dataclass(frozen=True)
class Memberships:
    """Partners that have part in items (accounts or integrations): one entry per pair.

    `item` numbers the items from 0, `numbers` are the database's own numbers for them; `partner` is the place of the
    partner in the run's order of ids; `since` is year · 10000 + month · 100 + day, 0 for always.
    """

    item: Ints
    partner: Ints
    since: Ints
    numbers: Ints
    partners: int


async def partner_accounts(work: Work) -> Memberships:
    """The accounts of present partners, from HAS_PARTNER without what lists alone tell."""
    return await work.once("partner accounts", lambda: _pull(work, "partner_accounts"))


async def partner_integrations(work: Work) -> Memberships:
    """The integrations that present partners build or have a product in."""
    return await work.once("partner integrations", lambda: _pull(work, "partner_integrations"))


async def partner_ids(work: Work) -> list[str]:
    """All partners, in the order of the run."""
    from ...graph.model.measured import PARTNERS

    return (await work.ids(PARTNERS))["Partner"]


async def _pull(work: Work, query: str) -> Memberships:
    ids = await partner_ids(work)
    places = {identity: at for at, identity in enumerate(ids)}
    rows = await work.rows(query)
    return _arrays([(places[partner], items, since) for partner, items, since in rows if partner in places], len(ids))


def _arrays(rows: Sequence[tuple[int, Any, Any]], partners: int) -> Memberships:
    partner = np.repeat(
        np.array([place for place, _, _ in rows], np.int64), np.array([len(items) for _, items, _ in rows], np.int64)
    )
    numbers, item = np.unique(flat(rows, 1), return_inverse=True)
    return Memberships(item.astype(np.int64), partner, flat(rows, 2), numbers, partners)


def only(memberships: Memberships, numbers: Ints) -> Memberships:
    """Of the items, only these."""
    kept = np.isin(memberships.numbers, numbers)
    places = np.cumsum(kept) - 1
    chosen = kept[memberships.item]
    return Memberships(
        places[memberships.item[chosen]],
        memberships.partner[chosen],
        memberships.since[chosen],
        memberships.numbers[kept],
        memberships.partners,
    )
