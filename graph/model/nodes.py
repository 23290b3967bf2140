"""The business nodes."""

from __future__ import annotations

from .kinds import NodeKind, Property
from .values import DealChannel, DealKind, DealStatus, PartnerType, ValueType

STRING, DATE, BOOLEAN = ValueType.STRING, ValueType.DATE, ValueType.BOOLEAN

COMPANY = NodeKind(
    "Company",
    "company",
    "Our own company, the one whose ecosystem this is; exactly one.",
    (),
    has_domains=True,
)

PARTNER = NodeKind(
    "Partner",
    "partner",
    "A company in the partner program.",
    (
        Property(
            "types", ValueType.STRINGS, "What the partner does: integrates (TECHNOLOGY), implements (SERVICE), "
            "distributes (RESELLER), recommends (REFERRAL).", values=PartnerType,
        ),
        Property("subtype", STRING, "The program's own finer type."),
        Property("tier", STRING, "Level in the partner program.", indexed=True),
        Property("region", STRING, "Where the partner works."),
        Property("joinedOn", DATE, "Day on which it joined the program.", indexed=True),
        Property("leftOn", DATE, "First day on which it is no longer in the program."),
        Property("managerKey", STRING, "Opaque key of the alliance manager in the CRM.", indexed=True),
    ),
    has_domains=True, has_external_ids=True, has_custom=True,
    spans=(("joinedOn", "leftOn"),),
)  # fmt: skip

PRODUCT = NodeKind(
    "Product",
    "product",
    "Something an account can use: a partner's offering, or our platform.",
    (
        Property("category", STRING, "Sector of the product; a partner's sectors are those of its products.",
                 indexed=True),
        Property("isPlatform", BOOLEAN, "True for our own products."),
        Property("listedOn", DATE, "Day on which it was listed."),
        Property("delistedOn", DATE, "First day on which it is no longer listed."),
    ),
    inline=(("partners", "OFFERS", False),),
    spans=(("listedOn", "delistedOn"),),
)  # fmt: skip

ACCOUNT = NodeKind(
    "Account",
    "account",
    "A company that is, was or may become a customer, of ours or of a partner.",
    (
        Property("segment", STRING, "Size class, as the CRM has it.", indexed=True),
        Property("industry", STRING, "Industry, as the CRM has it.", indexed=True),
        Property("region", STRING, "Region, as the CRM has it."),
        Property("arr", ValueType.MONEY, "Annual recurring revenue, today's."),
        Property("customerSince", DATE, "Day on which it became our customer.", indexed=True),
        Property("churnedOn", DATE, "First day on which it is no longer our customer."),
        Property("ownerKey", STRING, "Opaque key of the account's owner in the CRM.", indexed=True),
    ),
    has_domains=True, has_external_ids=True, has_custom=True,
    spans=(("customerSince", "churnedOn"),),
)  # fmt: skip

INTEGRATION = NodeKind(
    "Integration",
    "integration",
    "What joins two or more products; partner-built when a partner BUILDS it, else our own.",
    (
        Property("kind", STRING, "Sort of integration, such as connector or plug-in.", indexed=True),
        Property("depth", ValueType.INTEGER, "Grade of the integration, 1 (a link) to 5 (one product).", low=1, high=5),
        Property("launchedOn", DATE, "Day on which it became available."),
        Property("retiredOn", DATE, "First day on which it is no longer available."),
    ),
    inline=(("products", "CONNECTS", True), ("partners", "BUILDS", False)),
    spans=(("launchedOn", "retiredOn"),),
)  # fmt: skip

DEAL = NodeKind(
    "Deal",
    "deal",
    "An opportunity with one account, open, won or lost.",
    (
        Property("kind", STRING, "New business, expansion or renewal.", values=DealKind),
        Property("channel", STRING, "Through whom it is sold.", values=DealChannel),
        Property("amount", ValueType.MONEY, "Amount of the deal; bookings when it is won."),
        Property("stage", STRING, "Stage, as the CRM has it.", indexed=True),
        Property("openedOn", DATE, "Day on which the deal was opened."),
        Property("closedOn", DATE, "Day on which it was won or lost.", indexed=True),
        Property("status", STRING, "Open, won or lost.", required=True, values=DealStatus, indexed=True),
    ),
    has_external_ids=True, has_custom=True,
    inline=(("account", "WITH", True), ("products", "INCLUDES", True)),
    spans=(("openedOn", "closedOn"),),
)  # fmt: skip

NODES: tuple[NodeKind, ...] = (COMPANY, PARTNER, PRODUCT, ACCOUNT, INTEGRATION, DEAL)
BY_LABEL: dict[str, NodeKind] = {kind.label: kind for kind in NODES}
SEARCHABLE: tuple[NodeKind, ...] = (PARTNER, ACCOUNT, PRODUCT, INTEGRATION, DEAL)
