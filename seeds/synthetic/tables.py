"""An ecosystem as the tables that the loader takes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from ...graph.load.tables import DTYPES, Table
from ...graph.model import (
    ACCOUNT,
    BY_TYPE,
    COMPANY,
    DEAL,
    HISTORIES,
    INTEGRATION,
    PARTNER,
    PRODUCT,
    ValueType,
)
from . import words
from .accounts import account_rows
from .catalog_rows import COMPANY_KEY, builds_rows, connects_rows, integration_rows, offers_rows, product_rows
from .community import allied_rows, certified_rows, same_company_rows
from .credits import credit_rows, touch_rows
from .deal_rows import deal_keys, deal_rows, includes_rows, stages_of, with_rows
from .draws import Random, stream
from .histories import arr_rows, rate_rows, stage_rows, tier_rows
from .lists import known_rows
from .partners import partner_rows
from .relations import Ties
from .span import Span
from .words import DOMAIN_SUFFIX
from .world import World

_HISTORY = {kind.table: kind for kind in HISTORIES}


def make_tables(world: World) -> tuple[Table, ...]:
    """All tables, nodes first, each with a name that tells what it holds."""
    return tuple(_tables(world))


def _tables(world: World) -> Iterator[Table]:
    span, partners, accounts, products = world.span, world.partners, world.accounts, world.products
    integrations, deals = world.integrations, world.deals

    def rng(part: str) -> Random:
        return stream(world.seed, f"{part} table")

    keys = deal_keys(deals)
    deal_ids = "deal:" + keys
    stages = stages_of(rng("stages"), deals, span)
    yield Table(COMPANY, _company_rows(), "company")
    yield Table(PARTNER, partner_rows(rng("partner"), partners, world.tiers, span), "partner")
    yield Table(PRODUCT, product_rows(products, span), "product")
    yield Table(ACCOUNT, account_rows(rng("account"), accounts, span), "account")
    yield Table(INTEGRATION, integration_rows(integrations, span), "integration")
    yield Table(DEAL, deal_rows(deals, stages, keys, accounts, span), "deal")

    yield _edges("OFFERS", offers_rows(products, partners, span))
    yield _edges("BUILDS", builds_rows(integrations, partners, span))
    yield _edges("CONNECTS", connects_rows(integrations, products, span))
    uses, enabled = world.relations.uses, world.enabled
    yield _edges("USES", _used_rows(rng("uses"), uses, accounts.ids, products.ids, span))
    yield _edges("ENABLED", _used_rows(rng("enabled"), enabled, accounts.ids, integrations.ids, span))
    for kind, ties in (
        ("IMPLEMENTS_FOR", world.relations.implements),
        ("RESELLS_TO", world.relations.resells),
        ("REFERRED", world.relations.referred),
    ):
        yield _edges(kind, _tie_rows(ties, ties.other, partners.ids, ties.account, accounts.ids, span))
    yield _edges("WITH", with_rows(deals, deal_ids, accounts))
    platforms = world.shape.platforms
    yield _edges("INCLUDES", includes_rows(rng("includes"), deals, deal_ids, uses, products, platforms))
    yield _edges("TOUCHED", touch_rows(rng("touched"), world.touches, deals, deal_ids, partners, span))
    yield _edges("SOURCED", credit_rows(world.sourced, deal_ids, partners, span))
    yield _edges("INFLUENCED", credit_rows(world.influenced, deal_ids, partners, span))
    yield _edges("CERTIFIED_FOR", certified_rows(rng("certified"), partners, products, world.tiers, span))
    yield _edges("ALLIED_WITH", allied_rows(rng("allied"), partners, span))
    yield _edges("SAME_COMPANY_AS", same_company_rows(accounts, partners))
    known = known_rows(rng("knows"), world.shape, accounts, world.adoptions, partners, deals, span)
    yield _edges("KNOWS", known)

    yield Table(_HISTORY["arr"], arr_rows(rng("arr"), accounts, span), "arr")
    yield Table(_HISTORY["tier"], tier_rows(rng("tier"), partners, world.tiers, span), "tier")
    yield Table(_HISTORY["stage"], stage_rows(rng("stage"), deals, stages, deal_ids, span), "stage")
    yield Table(_HISTORY["rate"], rate_rows(rng("rate"), span), "rate")


def _company_rows() -> pl.DataFrame:
    domains = pl.Series([[f"{COMPANY_KEY}.{DOMAIN_SUFFIX}"]], dtype=DTYPES[ValueType.STRINGS])
    return pl.DataFrame({"key": [COMPANY_KEY], "name": [words.COMPANY_NAME], "domains": domains})


def _edges(kind: str, rows: pl.DataFrame) -> Table:
    edge = BY_TYPE[kind]
    return Table(edge, rows, edge.table)


def _tie_rows(
    ties: Ties, start: np.ndarray, start_ids: pl.Series, end: np.ndarray, end_ids: pl.Series, span: Span
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "from": start_ids.gather(start),
            "to": end_ids.gather(end),
            "since": span.dates(ties.since),
            "until": span.dates(ties.until),
        }
    )


def _used_rows(rng: Random, ties: Ties, account_ids: pl.Series, ids: pl.Series, span: Span) -> pl.DataFrame:
    """With `activity`: events in the last month of use, in the thousands for the busiest."""
    activity = np.round(np.exp(2.5 + 1.4 * rng.standard_normal(ties.count)), 1)
    rows = _tie_rows(ties, ties.account, account_ids, ties.other, ids, span)
    return rows.with_columns(pl.Series("activity", activity))
