"""The business nodes in GraphQL: stored properties from the model, what follows from the graph declared here."""

from __future__ import annotations

from datetime import date

import strawberry

from ...graph import model
from ...graph.model import PartnerStatus, Population, ValueType
from ..declare import field, method
from ..spec import Call, Column, Embedded, One, OrderKey, Ref, Scalar
from .aggregates import aggregate_types, related
from .attribution import Attribution
from .common import Node
from .entity import entity
from .lifts import LIFTED_BY, LIFTS_OF
from .lifts import LiftConnection as LiftConnection  # type: ignore[attr-defined]
from .lifts import LiftWhere as LiftWhere  # type: ignore[attr-defined]
from .measures import MEASURED_ORDERS, MEASURES_OF_PARTNER, CentralityGraph, PartnerMeasures
from .network_effects import Moat
from .orders import entity_order
from .performance import PERFORMANCE, PartnerPerformance
from .relations import From, To, connection_type, paged, relation
from .strength import STRENGTHENED_BY, STRENGTHENS
from .strength import StrengthConnection as StrengthConnection  # type: ignore[attr-defined]
from .strength import StrengthWhere as StrengthWhere  # type: ignore[attr-defined]
from .suggestions import NEXT_BEST_PARTNERS
from .suggestions import PartnerSuggestionConnection as PartnerSuggestionConnection  # type: ignore[attr-defined]
from .where import entity_where

_SPAN = ("since", "until")
_ACTIVITY = (*_SPAN, "activity")
_HAS_PARTNER = (*_SPAN, "roles", "sources")
_KNOWS = ("population", *_SPAN)
_CREDIT = ("credit", "on")
_PRODUCT, _PARTNER, _ACCOUNT, _INTEGRATION, _DEAL = (
    model.PRODUCT, model.PARTNER, model.ACCOUNT, model.INTEGRATION, model.DEAL
)  # fmt: skip

_BETWEEN = (
    "((<it>.{0} IS NULL OR <it>.{0} <= <asOf>) AND (<it>.{1} IS NULL OR <it>.{1} > <asOf>))"
)  # fmt: skip

_FIRST_DEAL = "head(COLLECT { MATCH (<it>)-[:SOURCED|INFLUENCED]->(d:Deal) RETURN min(d.openedOn) AS day })"


@entity(_PARTNER)
class Partner(Node):
    status: PartnerStatus = field(
        Scalar(Call("partner_status", {"partner": "<it>"})), "Status on the day, by dated activity."
    )
    lastActivityOn: date | None = field(
        Scalar(Call("partner_last_activity", {"partner": "<it>"})),
        "Last day with a deal touch, an implementation, a certification or an enablement of its integrations.",
    )
    firstDealOn: date | None = field(
        Column(f"toString({_FIRST_DEAL})", native=_FIRST_DEAL),
        "Day on which the first deal was opened that it sourced or influenced.",
    )
    sectors: list[str] = field(
        Column(
            "COLLECT { MATCH (<it>)-[:OFFERS]->(s:Product) WHERE s.category IS NOT NULL "
            "RETURN DISTINCT s.category AS sector ORDER BY sector }"
        ),
        "Categories of the products that it offers.",
    )
    products = relation(
        "PartnerProducts",
        _PRODUCT,
        "MATCH (<it>)-[<edge>:OFFERS]->(<that>:Product)",
        "OFFERS",
        _SPAN,
        "Products that it offers.",
    )
    certifications = relation(
        "PartnerCertifications",
        _PRODUCT,
        "MATCH (<it>)-[<edge>:CERTIFIED_FOR]->(<that>:Product)",
        "CERTIFIED_FOR",
        ("level", "on"),
        "Products that it is certified for.",
    )
    integrations = relation(
        "PartnerIntegrations",
        _INTEGRATION,
        "MATCH (<it>)-[<edge>:BUILDS]->(<that>:Integration)",
        "BUILDS",
        _SPAN,
        "Integrations that it builds.",
    )
    accounts = relation(
        "PartnerAccounts",
        _ACCOUNT,
        "MATCH (<it>)<-[<edge>:HAS_PARTNER]-(<that>:Account)",
        "HAS_PARTNER",
        _HAS_PARTNER,
        "Accounts whose partner it is, for whatever reason.",
    )
    knownAccounts = relation(
        "PartnerKnownAccounts",
        _ACCOUNT,
        "MATCH (<it>)-[<edge>:KNOWS]->(<that>:Account)",
        "KNOWS",
        _KNOWS,
        "Accounts on its lists.",
    )
    deals = relation(
        "PartnerDeals",
        _DEAL,
        "MATCH (<it>)-[<edge>:SOURCED|INFLUENCED]->(<that>:Deal)",
        "SOURCED",
        _CREDIT,
        "Deals that it sourced or influenced.",
    )
    allies = relation(
        "PartnerAllies",
        _PARTNER,
        "MATCH (<it>)-[<edge>:ALLIED_WITH]-(<that>:Partner)",
        "ALLIED_WITH",
        _SPAN,
        "Partners that it is allied with.",
    )
    asAccount: Account | None = field(
        Ref("MATCH (<it>)-[:SAME_COMPANY_AS]-(<that>:Account)"), "The account that is the same company."
    )
    strengthens = paged(
        STRENGTHENS,
        "StrengthConnection",
        where="StrengthWhere",
        description="Accounts that it strengthens, most first, with the reasons.",
    )
    lifts = paged(
        LIFTS_OF,
        "LiftConnection",
        where="LiftWhere",
        has_as_of=False,
        description="Partners that its accounts take on faster than accounts without it, the surest first.",
    )
    liftedBy = paged(
        LIFTED_BY,
        "LiftConnection",
        where="LiftWhere",
        has_as_of=False,
        description="Partners whose accounts take it on faster than accounts without them, the surest first.",
    )

    @method(
        PERFORMANCE, "How deals go with accounts that have it; deals closed in the period, up to the day; all if unset."
    )
    def performance(  # type: ignore[empty-body]
        self, from_: From = strawberry.UNSET, to: To = strawberry.UNSET
    ) -> PartnerPerformance: ...

    @method(MEASURES_OF_PARTNER, "Stored measures of who matters; as of their last run, never of another day.")
    def measures(self, graph: CentralityGraph = CentralityGraph.PARTNERS) -> PartnerMeasures | None: ...


@entity(_ACCOUNT)
class Account(Node):
    isActive: bool = field(
        Scalar(Call("account_is_active", {"account": "<it>"})),
        "Our customer on the day; where no customer dates are held at all, a user of a product.",
    )
    population: Population | None = field(
        Scalar(Call("account_population", {"account": "<it>"})), "What it is to us on the day; null if none of these."
    )
    products = relation(
        "AccountProducts",
        _PRODUCT,
        "MATCH (<it>)-[<edge>:USES]->(<that>:Product)",
        "USES",
        _ACTIVITY,
        "Products that it uses.",
    )
    integrations = relation(
        "AccountIntegrations",
        _INTEGRATION,
        "MATCH (<it>)-[<edge>:ENABLED]->(<that>:Integration)",
        "ENABLED",
        _ACTIVITY,
        "Integrations that it switched on.",
    )
    partners = relation(
        "AccountPartners",
        _PARTNER,
        "MATCH (<it>)-[<edge>:HAS_PARTNER]->(<that>:Partner)",
        "HAS_PARTNER",
        _HAS_PARTNER,
        "Its partners, for whatever reason.",
    )
    knownBy = relation(
        "AccountKnownBy",
        _PARTNER,
        "MATCH (<it>)<-[<edge>:KNOWS]-(<that>:Partner)",
        "KNOWS",
        _KNOWS,
        "Partners that have it on a list.",
    )
    deals = relation("AccountDeals", _DEAL, "MATCH (<it>)<-[<edge>:WITH]-(<that>:Deal)", "WITH", (), "Deals with it.")
    asPartner: Partner | None = field(
        Ref("MATCH (<it>)-[:SAME_COMPANY_AS]-(<that>:Partner)"), "The partner that is the same company."
    )
    moat: Moat = field(One(Call("moat", {"account": "<it>"})), "What it would lose beside us if it left.")
    strengthenedBy = paged(
        STRENGTHENED_BY,
        "StrengthConnection",
        where="StrengthWhere",
        description="Partners that strengthen it, most first, with the reasons.",
    )
    nextBestPartners = paged(
        NEXT_BEST_PARTNERS,
        "PartnerSuggestionConnection",
        first=10,
        has_as_of=False,
        description="Partners that it does not have and that go with those that it has, most first, with the reasons.",
    )


@entity(_PRODUCT, overrides=frozenset({"isPlatform"}))
class Product(Node):
    isPlatform: bool = field(Column("coalesce(<it>.isPlatform, false)"), "True for our own products.")
    isActive: bool = field(Column(_BETWEEN.format("listedOn", "delistedOn")), "Listed on the day.")
    partners = relation(
        "ProductPartners",
        _PARTNER,
        "MATCH (<it>)<-[<edge>:OFFERS]-(<that>:Partner)",
        "OFFERS",
        _SPAN,
        "Partners that offer it.",
    )
    certifiedPartners = relation(
        "ProductCertifiedPartners",
        _PARTNER,
        "MATCH (<it>)<-[<edge>:CERTIFIED_FOR]-(<that>:Partner)",
        "CERTIFIED_FOR",
        ("level", "on"),
        "Partners that are certified for it.",
    )
    integrations = relation(
        "ProductIntegrations",
        _INTEGRATION,
        "MATCH (<it>)<-[<edge>:CONNECTS]-(<that>:Integration)",
        "CONNECTS",
        _SPAN,
        "Integrations that connect it.",
    )
    accounts = relation(
        "ProductAccounts",
        _ACCOUNT,
        "MATCH (<it>)<-[<edge>:USES]-(<that>:Account)",
        "USES",
        _ACTIVITY,
        "Accounts that use it.",
    )
    deals = relation(
        "ProductDeals", _DEAL, "MATCH (<it>)<-[<edge>:INCLUDES]-(<that>:Deal)", "INCLUDES", (), "Deals that include it."
    )


@entity(_INTEGRATION)
class Integration(Node):
    isActive: bool = field(Column(_BETWEEN.format("launchedOn", "retiredOn")), "Available on the day.")
    isPartnerBuilt: bool = field(Column("EXISTS { (:Partner)-[:BUILDS]->(<it>) }"), "A partner builds it.")
    partners = relation(
        "IntegrationPartners",
        _PARTNER,
        "MATCH (<it>)<-[<edge>:BUILDS]-(<that>:Partner)",
        "BUILDS",
        _SPAN,
        "Partners that build it.",
    )
    products = relation(
        "IntegrationProducts",
        _PRODUCT,
        "MATCH (<it>)-[<edge>:CONNECTS]->(<that>:Product)",
        "CONNECTS",
        _SPAN,
        "Products that it connects.",
    )
    accounts = relation(
        "IntegrationAccounts",
        _ACCOUNT,
        "MATCH (<it>)<-[<edge>:ENABLED]-(<that>:Account)",
        "ENABLED",
        _ACTIVITY,
        "Accounts that switched it on.",
    )


@entity(_DEAL)
class Deal(Node):
    account: Account = field(Ref("MATCH (<it>)-[:WITH]->(<that>:Account)"), "The account that the deal is with.")
    partners = relation(
        "DealPartners",
        _PARTNER,
        "MATCH (<it>)<-[<edge>:SOURCED|INFLUENCED]-(<that>:Partner)",
        "SOURCED",
        _CREDIT,
        "Partners that sourced or influenced it.",
    )
    products = relation(
        "DealProducts",
        _PRODUCT,
        "MATCH (<it>)-[<edge>:INCLUDES]->(<that>:Product)",
        "INCLUDES",
        (),
        "Products that it includes.",
    )
    attribution: Attribution = field(
        Embedded({"it": "<it>"}), "To which partners it is credited, in which shares, and why."
    )


_SOURCED_REVENUE = OrderKey(
    Column(
        "reduce(total = 0, amount IN COLLECT { MATCH (<it>)-[:SOURCED]->(d:Deal {status: 'WON'}) "
        "WHERE d.amount IS NOT NULL AND (d.closedOn IS NULL OR d.closedOn <= <asOf>) "
        "WITH d ORDER BY d.id RETURN d.amount * <factors>[d.amountCurrency] } | total + amount)"
    ),
    ValueType.FLOAT,
    is_nullable=False,
    currencies="deal_currencies",
)
_MORE_ORDERS = {
    "Partner": {
        "sourcedRevenue": (_SOURCED_REVENUE, "By: Sum of the amounts of won deals that it sourced."),
        **MEASURED_ORDERS,
    }
}
for _entity in (Partner, Account, Product, Integration, Deal):
    connection_type(_entity.__name__, _entity.__name__)
    entity_where(_entity)
    entity_order(_entity, _MORE_ORDERS.get(_entity.__name__, {}))

aggregate_types(Partner)
aggregate_types(Account)
aggregate_types(Product)
aggregate_types(Integration)
aggregate_types(
    Deal,
    partner=related(Deal, "partners", Partner),
    partnerTier=related(Deal, "partners", Partner, "tier"),
    partnerType=related(Deal, "partners", Partner, "types"),
    accountSegment=related(Deal, "account", Account, "segment"),
    accountIndustry=related(Deal, "account", Account, "industry"),
)
