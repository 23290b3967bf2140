"""Attribution: which partners a deal is credited to, and why."""

from __future__ import annotations

import strawberry

from ..declare import field
from ..spec import Call, Column, Embedded, Rows, Scalar
from .inputs import PartnerRef

_DEAL = {"deal": "<it>"}


@strawberry.type(description="What one partner gets of a deal.")
class AttributionShare:
    partner: PartnerRef = field(Embedded({"it": "<it>"}), "The partner.")
    share: float = field(Column("<share>"), "Its share, 0 to 1; the shares of a deal sum to 1.")


@strawberry.type(
    description="To which partners a deal is credited. As imported, else by the dated touches: the first touch up to "
    "the day on which the deal was opened sources it (partners of that same day share it); every other partner that "
    "touched it before it was closed influenced it."
)
class Attribution:
    sourcedBy: list[PartnerRef] = field(Rows(Call("sourced_by", _DEAL)), "Partners that sourced it.")
    influencedBy: list[PartnerRef] = field(
        Rows(Call("influenced_by", _DEAL)), "Partners that influenced it, and did not source it."
    )
    evenSplit: list[AttributionShare] = field(
        Rows(Call("sourced_by", _DEAL)), "Equal shares of the partners that sourced it; empty if nobody did."
    )
    reasons: list[str] = field(
        Scalar(Call("attribution_reasons", _DEAL)),
        "Why, one sentence for each credit and for each partner that touched the deal without credit.",
    )
