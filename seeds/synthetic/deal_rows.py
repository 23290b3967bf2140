"""Deals as tables: the deals, their accounts and their products."""

from __future__ import annotations

import numpy as np
import polars as pl

from ...graph.model import DealChannel, DealKind, DealStatus
from . import words
from .accounts import CURRENCIES, Accounts
from .catalog import Products
from .dealing import LOST, NEW, OPEN, WON, Deals
from .draws import Ints, Random, chance, joined
from .relations import Ties
from .span import Span

_KINDS = (DealKind.NEW, DealKind.EXPANSION, DealKind.RENEWAL)
_CHANNELS = (DealChannel.DIRECT, DealChannel.RESELLER, DealChannel.MARKETPLACE)
_STATUSES = (DealStatus.OPEN, DealStatus.WON, DealStatus.LOST)
_KIND_WORDS = ("new business", "expansion", "renewal")


def deal_keys(deals: Deals) -> pl.Series:
    """Keys as a CRM numbers them."""
    return "D" + pl.Series(np.arange(1, deals.count + 1)).cast(pl.String).str.zfill(8)


def stages_of(rng: Random, deals: Deals, span: Span) -> Ints:
    """How far each deal has come: an index of `words.STAGES`; of a deal that has ended, the last stage before."""
    age = np.clip((span.days - deals.opened) / 120, 0, 1)
    open_stage = np.minimum(np.floor((age + 0.3 * rng.random(deals.count)) * len(words.STAGES)), len(words.STAGES) - 1)
    lost_stage = rng.integers(len(words.STAGES), size=deals.count)
    stage = np.where(
        deals.status == OPEN, open_stage, np.where(deals.status == LOST, lost_stage, len(words.STAGES) - 1)
    )
    return stage.astype(np.int64)


def deal_rows(deals: Deals, stages: Ints, keys: pl.Series, accounts: Accounts, span: Span) -> pl.DataFrame:
    """The columns of the deal table."""
    shown = np.array((*words.STAGES, words.WON_STAGE, words.LOST_STAGE))
    last = len(words.STAGES)
    stage = np.where(deals.status == WON, last, np.where(deals.status == LOST, last + 1, stages))
    opened = span.dates(deals.opened)
    names = accounts.names.gather(deals.account)
    return pl.DataFrame(
        {
            "key": keys,
            "name": names + ", " + pl.Series(np.array(_KIND_WORDS)[deals.kind]) + " " + opened.dt.strftime("%Y-%m"),
            "kind": np.array([str(kind) for kind in _KINDS])[deals.kind],
            "channel": np.array([str(channel) for channel in _CHANNELS])[deals.channel],
            "amount": deals.units * 100,
            "amountCurrency": np.array(CURRENCIES)[accounts.currency[deals.account]],
            "stage": shown[stage],
            "openedOn": opened,
            "closedOn": span.dates(deals.closed),
            "status": np.array([str(status) for status in _STATUSES])[deals.status],
            "externalIds": pl.select(pl.concat_list("crm:006" + keys.str.slice(1))).to_series(),
        }
    )


def with_rows(deals: Deals, deal_ids: pl.Series, accounts: Accounts) -> pl.DataFrame:
    """The account of each deal."""
    return pl.DataFrame({"from": deal_ids, "to": accounts.ids.gather(deals.account)})


def includes_rows(
    rng: Random, deals: Deals, deal_ids: pl.Series, uses: Ties, products: Products, platforms: int
) -> pl.DataFrame:
    """The products of each deal: a platform, and now and then a partner's product that the account uses."""
    platform = np.where(deals.kind == NEW, 0, rng.integers(platforms, size=deals.count))
    order = np.lexsort((uses.since, uses.account))
    first = np.searchsorted(uses.account[order], deals.account)
    last = np.searchsorted(uses.account[order], deals.account, side="right")
    chosen = first + np.floor(rng.random(deals.count) * (last - first)).astype(np.int64)
    co_sold = np.flatnonzero((last > first) & (deals.kind != NEW) & chance(rng, 0.35, deals.count))
    at = order[chosen[co_sold]]
    is_partners = (uses.other[at] >= platforms) & (uses.since[at] <= deals.opened[co_sold])
    deal = joined(np.arange(deals.count), co_sold[is_partners])
    product = joined(platform, uses.other[at][is_partners])
    return pl.DataFrame({"from": deal_ids.gather(deal), "to": products.ids.gather(product)})
