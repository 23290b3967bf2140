"""Makes an ecosystem as arrays, in the order in which one thing follows from another."""

from __future__ import annotations

from dataclasses import dataclass

from .accounts import Accounts, make_accounts
from .adoption import Adoptions, Pairs, adopt, choose_pairs
from .catalog import Integrations, Products, make_integrations, make_products
from .churn import churn_days
from .credits import credit, with_further_touches
from .dealing import Deals, Touches
from .draws import Ints, stream
from .enabling import enable, exposed_from
from .growth import customer_days
from .opening import open_customers
from .partners import Partners, make_partners, tiers_of
from .relations import Relations, Ties, relate
from .selling import sell_to_customers, sell_to_prospects
from .shape import Shape
from .span import Span


@dataclass(frozen=True)
class World:
    """Everything there is; numbers refer to positions in the other parts."""

    shape: Shape
    seed: int
    span: Span
    partners: Partners
    tiers: Ints
    products: Products
    integrations: Integrations
    accounts: Accounts
    pairs: Pairs
    adoptions: Adoptions
    relations: Relations
    enabled: Ties
    deals: Deals
    touches: Touches
    sourced: Touches
    influenced: Touches


def make_world(shape: Shape, seed: int, span: Span) -> World:
    """The ecosystem of this shape and seed."""
    partners = make_partners(stream(seed, "partners"), shape, span)
    tiers = tiers_of(stream(seed, "tiers"), partners)
    products = make_products(stream(seed, "products"), shape, partners, span)
    integrations = make_integrations(stream(seed, "integrations"), products, tiers, span)
    days = customer_days(
        stream(seed, "growth"), shape.customers, partners.joined, partners.left, shape.growth_exponent, span
    )
    accounts = make_accounts(stream(seed, "accounts"), shape, days, partners)
    pairs = choose_pairs(stream(seed, "pairs"), shape, partners, span)
    won, won_touches, opening = open_customers(stream(seed, "opening"), accounts, partners)
    adoptions = adopt(stream(seed, "adoption"), accounts, partners, opening, pairs, span)
    relations = relate(stream(seed, "relations"), shape, accounts, adoptions, partners, products, span)
    enabled = enable(stream(seed, "enabling"), accounts, relations.uses, integrations, span)
    # Churn depends on what was enabled, and nothing before it depends on churn: so it is drawn last and cuts all off.
    exposed = exposed_from(enabled, integrations, accounts, shape.retention_min_integrations)
    accounts = accounts.with_churn(
        churn_days(stream(seed, "churn"), accounts, exposed, shape.retention_hazard_ratio, span)
    )
    adoptions = adoptions.with_churn(accounts)
    relations = relations.with_churn(accounts)
    enabled = enabled.ended_by(accounts.churned[enabled.account])
    others = [
        sell_to_prospects(stream(seed, "prospects"), shape, accounts, partners, span),
        sell_to_customers(stream(seed, "customers"), shape, accounts, partners, adoptions, span),
    ]
    deals, touches = won, won_touches
    for more_deals, more_touches in others:
        touches = touches + more_touches.shifted(deals.count)
        deals = deals + more_deals
    touches = with_further_touches(stream(seed, "touches"), touches, deals, partners, span)
    sourced, influenced = credit(touches, deals)
    return World(
        shape=shape,
        seed=seed,
        span=span,
        partners=partners,
        tiers=tiers,
        products=products,
        integrations=integrations,
        accounts=accounts,
        pairs=pairs,
        adoptions=adoptions,
        relations=relations,
        enabled=enabled,
        deals=deals,
        touches=touches,
        sourced=sourced,
        influenced=influenced,
    )
