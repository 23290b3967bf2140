"""The deeds of partners for deals, and who is credited with each deal by the stated rule."""

from __future__ import annotations

import numpy as np
import polars as pl

from . import words
from .accounts import CURRENCIES, Accounts
from .dealing import WON, Deals, Touches
from .draws import Ints, Random, chance, days_within
from .partners import Partners
from .span import NEVER, Span

_FURTHER = 0.35


def with_further_touches(rng: Random, touches: Touches, deals: Deals, partners: Partners, span: Span) -> Touches:
    """All touches, and for some partners a second one of the same deal, later but before it is closed."""
    last = np.minimum(deals.closed[touches.deal], span.days - 1)
    day = days_within(rng, touches.day + 1, last)
    there = (day <= last) & (day > touches.day) & (partners.left[touches.partner] > day)
    at = np.flatnonzero(chance(rng, _FURTHER, touches.day.size) & there)
    return touches + Touches(touches.deal[at], touches.partner[at], day[at])


def credit(touches: Touches, deals: Deals) -> tuple[Touches, Touches]:
    """Who sourced and who influenced each deal, with the day of the partner's first touch of it.

    The earliest touch on or before the day of opening sources the deal; partners of that same day share it. Every
    other partner that touched it influenced it.
    """
    first = (
        pl.DataFrame({"deal": touches.deal, "partner": touches.partner, "day": touches.day})
        .group_by("deal", "partner")
        .agg(pl.col("day").min())
        .sort("deal", "partner")
    )
    deal, day = first["deal"].to_numpy(), first["day"].to_numpy()
    earliest = np.full(deals.count, NEVER)
    np.minimum.at(earliest, deal, np.where(day <= deals.opened[deal], day, NEVER))
    every = Touches(deal, first["partner"].to_numpy(), day)
    sources = day == earliest[deal]
    return every.take(sources), every.take(~sources)


def won_units(deals: Deals, accounts: Accounts, at: Ints | None = None) -> dict[str, int]:
    """Minor units of the won deals, or of those among `at` with each deal once, by currency."""
    counted = np.arange(deals.count) if at is None else np.unique(at)
    won = counted[deals.status[counted] == WON]
    currency = accounts.currency[deals.account[won]]
    return {code: int(deals.units[won][currency == c].sum()) * 100 for c, code in enumerate(CURRENCIES)}


def touch_rows(
    rng: Random, touches: Touches, deals: Deals, deal_ids: pl.Series, partners: Partners, span: Span
) -> pl.DataFrame:
    """The edges of what partners did for deals."""
    before = touches.day <= deals.opened[touches.deal]
    sourcing = np.array(words.SOURCING_TOUCHES)[rng.integers(len(words.SOURCING_TOUCHES), size=before.size)]
    later = np.array(words.LATER_TOUCHES)[rng.integers(len(words.LATER_TOUCHES), size=before.size)]
    rows = credit_rows(touches, deal_ids, partners, span).with_columns(
        pl.Series("kind", np.where(before, sourcing, later))
    )
    return rows.unique(["from", "to", "kind", "on"], keep="first", maintain_order=True)


def credit_rows(touches: Touches, deal_ids: pl.Series, partners: Partners, span: Span) -> pl.DataFrame:
    """Edges from partners to deals with their day."""
    return pl.DataFrame(
        {
            "from": partners.ids.gather(touches.partner),
            "to": deal_ids.gather(touches.deal),
            "on": span.dates(touches.day),
        }
    )
