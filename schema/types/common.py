"""Types that many others are made of."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

import strawberry

from ...graph.model import (
    DealChannel,
    DealCredit,
    DealKind,
    DealStatus,
    PartnerStatus,
    PartnerType,
    Population,
    RelationSource,
    Role,
    from_minor,
)
from ..declare import field
from ..spec import Column

for _enum, _description in (
    (PartnerType, "What a partner does."),
    (Population, "What an account is to the owner of an account list."),
    (Role, "What a partner does at an account."),
    (DealKind, "New business, expansion or renewal."),
    (DealChannel, "Through whom a deal is sold."),
    (DealStatus, "Open, won or lost."),
    (DealCredit, "How a partner is credited with a deal."),
    (RelationSource, "Why a partner counts as an account's."),
    (
        PartnerStatus,
        "ACTIVE with a dated activity in the window (without any dated activity in the graph: has not left), "
        "DORMANT with older activity only, SIGNED without any, LEFT after `leftOn`.",
    ),
):
    strawberry.enum(_enum, description=_description)


@strawberry.enum(description="The kinds of nodes.")
class NodeKind(Enum):
    PARTNER = "Partner"
    ACCOUNT = "Account"
    PRODUCT = "Product"
    INTEGRATION = "Integration"
    DEAL = "Deal"


@strawberry.enum(description="What days are gathered into; a period stands by its first day, weeks begin on Monday.")
class Period(Enum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@strawberry.interface(description="Anything that has an id.")
class Node:
    id: strawberry.ID = field(Column("<it>.id"), "`kind:key`; unique, and the order of lists.")
    key: str = field(Column("<it>.key"), "The key as imported.")
    name: str = field(Column("<it>.name"), "The name.")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    hasNextPage: bool = strawberry.field(description="More rows follow this page.")
    hasPreviousPage: bool = strawberry.field(description="This page was asked for with `after`.")
    startCursor: str | None = strawberry.field(description="Cursor of the first row.")
    endCursor: str | None = strawberry.field(description="Cursor of the last row: give it as `after`.")


@strawberry.type(description="An amount in one currency.")
class Money:
    amount: Decimal = field(
        Column("[<minor>, <currency>]", lambda pair: from_minor(*pair)),
        "Decimal number with all digits of the currency.",
    )
    currency: str = field(Column("<currency>"), "ISO 4217 code.")


@strawberry.type(description="What another system calls this.")
class ExternalId:
    system: str = field(Column("split(<item>, ':')[0]"), "The other system, such as `salesforce`.")
    id: str = field(Column("substring(<item>, size(split(<item>, ':')[0]) + 1)"), "Its id there.")


@strawberry.input(description="An id in another system.")
class ExternalIdInput:
    system: str
    id: str
