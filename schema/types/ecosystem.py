"""The ecosystem as a whole: counts, integration depth, revenue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import strawberry

from ...graph.model import PartnerType
from ...queries.centrality.robustness import RemovalOrder
from ..declare import field, method
from ..spec import Call, Column, Computed, One, Rows, Scalar
from .common import Money, Period
from .covering import CONCENTRATION, ROBUSTNESS, Concentration, Robustness
from .health import (
    EcosystemPoint,
    Exchange,
    MaturityCriterion,
    Retention,
    compute_integration_depth,
    compute_maturity,
    compute_retention,
    compute_timeline,
)
from .network_effects import NetworkEffect, RetentionLift, compute_network_effect, compute_retention_lift
from .relations import From, To

MinIntegrations = Annotated[
    int,
    strawberry.argument(
        name="minIntegrations", description="From which partner-built integration on an account counts, 1 or more."
    ),
]


def _period(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"start": arguments.get("from"), "end": arguments.get("to") or date.max}


def _window(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"activeWithin": arguments["within"]}


@strawberry.type(description="Partners of one type.")
class TypeCount:
    type: PartnerType = field(Column("<type>"), "The type.")
    count: int = field(Column("<partners>"), "Partners of this type; one with several types counts in each.")


@strawberry.type(description="The whole ecosystem on a day.")
class Ecosystem:
    concentration: Concentration | None = field(
        CONCENTRATION, "How much of the covered value hangs on a few partners; null where nothing is covered."
    )

    @method(ROBUSTNESS, "What is left of the covered value as partners leave; null where nothing is covered.")
    def robustness(self, order: RemovalOrder = RemovalOrder.SHAPLEY) -> Robustness | None: ...

    asOf: date = field(Column("toString(<asOf>)"), "The day.")
    company: str | None = field(
        Column("head(COLLECT { MATCH (c:Company) RETURN c.name AS name ORDER BY name LIMIT 1 })"), "Our company."
    )
    isSynthetic: bool = field(
        Column("coalesce(head(COLLECT { MATCH (e:Ecograph {id: 'ecograph'}) RETURN e.isSynthetic }), false)"),
        "True when the data was generated, not imported.",
    )
    signedPartners: int = field(Scalar(Call("signed_partners")), "Partners that have joined and not left.")
    activeAccounts: int = field(
        Scalar(Call("active_accounts")),
        "Our customers on the day; where no customer dates are held at all, users of a product.",
    )
    activeIntegrations: int = field(Scalar(Call("active_integrations")), "Integrations available on the day.")
    partnersByType: list[TypeCount] = field(Rows(Call("partners_by_type")), "Partners by type.")
    integrationDepth: float | None = field(
        Computed(compute_integration_depth, ("integration_depth",)),
        "0 to 1: mean, over accounts whose used products can be joined, of the share of those integrations enabled.",
    )
    meanIntegrationGrade: float | None = field(
        Scalar(Call("mean_integration_grade")), "Mean grade, 1 to 5, of the integrations that have one."
    )
    partnerSourcedPipeline: list[Money] = field(
        Rows(Call("partner_sourced_pipeline")), "Amounts of open partner-sourced deals, per currency."
    )

    @method(Scalar(Call("active_partners", bind=_window)), "Partners with a dated activity in the days before.")
    def activePartners(self, within: int = 365) -> int: ...  # type: ignore[empty-body]

    @method(Rows(Call("partner_sourced_revenue", bind=_period)), "Bookings of partner-sourced deals, per currency.")
    def partnerSourcedRevenue(  # type: ignore[empty-body]
        self, from_: From = strawberry.UNSET, to: To = strawberry.UNSET
    ) -> list[Money]: ...

    @method(
        Rows(Call("partner_influenced_revenue", bind=_period)),
        "Bookings of partner-influenced deals, per currency; each deal once, however many partners influenced it.",
    )
    def partnerInfluencedRevenue(  # type: ignore[empty-body]
        self, from_: From = strawberry.UNSET, to: To = strawberry.UNSET
    ) -> list[Money]: ...

    @method(Rows(Call("won_revenue", bind=_period)), "Bookings of all deals, per currency.")
    def wonRevenue(  # type: ignore[empty-body]
        self, from_: From = strawberry.UNSET, to: To = strawberry.UNSET
    ) -> list[Money]: ...

    exchange: Exchange = field(One(Call("exchange")), "What partners exchange with each other.")
    maturity: list[MaturityCriterion] = field(
        Computed(compute_maturity, ("maturity_facts", "active_partners", "growth_of_accounts")),
        "How far the program has come: each criterion with its value and threshold; no total.",
    )

    @method(
        Computed(compute_retention, ("retention_cohort", "exchange_rates")),
        "Which share of customers and of their revenue stayed; by default over the year up to the day. Plain shares of "
        "two groups that differ in more than integrations: `retentionLift` compares like with like.",
    )
    def retention(
        self, from_: From = strawberry.UNSET, to: To = strawberry.UNSET, min_integrations: MinIntegrations = 1
    ) -> Retention | None: ...

    @method(
        Computed(compute_retention_lift, ("customers",)),
        "How the rate of leaving differs with partner-built integrations from without.",
    )
    def retentionLift(self, min_integrations: MinIntegrations = 1) -> RetentionLift | None: ...

    @method(
        Computed(compute_network_effect, ("growth_of_accounts", "arr_of_accounts")),
        "Whether the whole grows faster than the number of partners.",
    )
    def networkEffect(
        self,
        currency: Annotated[
            str | None, strawberry.argument(description="ISO 4217: V is the active ARR in it; accounts if unset.")
        ] = strawberry.UNSET,
    ) -> NetworkEffect | None: ...

    @method(
        Computed(
            compute_timeline,
            ("timeline_partners", "timeline_spans", "timeline_uses", "timeline_integrations"),
        ),
        "The health metrics on the first day of each period.",
    )
    def timeline(  # type: ignore[empty-body]
        self, every: Period = Period.MONTH, from_: From = strawberry.UNSET, to: To = strawberry.UNSET
    ) -> list[EcosystemPoint]: ...
