"""Next best partners of an account in GraphQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from ..declare import field
from ..spec import Call, CallConnection, Column, Embedded, Items, Shared
from .inputs import PartnerRef
from .relations import connection_type, reason


@strawberry.type(description="A partner that an account does not have, and may take on next.")
class PartnerSuggestion:
    partner: PartnerRef = field(Embedded({"it": "<partner>"}), "The partner.")
    score: float = field(
        Column("<score>"),
        "Σ cosine × lift over the partners that the account has, times one more than the active accounts of its "
        "industry that have this one: to rank by within one account.",
    )
    because: list[PartnerRef] = field(
        Items("<because>"), "Partners of the account that speak for it, at most 5, most first."
    )


connection_type(
    "PartnerSuggestion",
    "PartnerSuggestion",
    module=__name__,
    more=reason(),
)


def _stored(_arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"ties": Shared("<sharesWithSlot>"), "lifts": Shared("<liftsSlot>"), "today": Shared("<today>")}


NEXT_BEST_PARTNERS = CallConnection(
    Call("next_best_partners", {"account": "<it>"}, _stored),
    (("<score>", True), ("<partner>.id", False)),
    why=Call("why_no_next_best_partner", {"account": "<it>"}, _stored),
)
