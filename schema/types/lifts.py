"""Adoption effects (lifts) of partners on partners in GraphQL, as the last measure run stored them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from ...queries.network_effects.adoption_lifts import METHOD
from ..declare import field, optional
from ..spec import Call, CallConnection, Column, Embedded, Shared
from .estimates import Estimate
from .filters import FloatFilter, IntFilter
from .inputs import PartnerRef, later, make_input
from .measures import Provenance
from .relations import connection_type, reason

_FEW = 20
_NOTE = (
    "'An association, not a cause: who plans for the second may take on the first beforehand, and one campaign may "
    "sell both.' + CASE WHEN <reverse> IS NOT NULL THEN ' The other way round the rate is higher too ('"
    " + toString(round(<reverse>, 2)) + ' times): which of the two comes first is not clear.' ELSE '' END"
    f" + CASE WHEN <events> < {_FEW} THEN ' A small sample: ' + toString(<events>)"
    " + ' accounts took on the second after the first.' ELSE '' END"
)
_RATE_RATIO = Embedded(
    {
        "x": "<rateRatio>",
        "low": "<low>",
        "high": "<high>",
        "method": f"'{METHOD}'",
        "n": "<events>",
        "reason": "null",
        "note": _NOTE,
    }
)
_RUN = "head(COLLECT { MATCH (r:MeasureRun) WHERE r.id IN <liftsRuns> RETURN r })"


@strawberry.type(
    description="Adoption effect (lift) of one partner on another: accounts that have the first take on the second "
    "faster than like accounts without it. Stored where the interval lies above 1."
)
class Lift:
    from_: PartnerRef = field(Embedded({"it": "<source>"}), "The partner that accounts had first.", name="from")
    to: PartnerRef = field(Embedded({"it": "<target>"}), "The partner that they took on after it.")
    rateRatio: Estimate = field(
        _RATE_RATIO,
        "Rate of taking on the second from the day after the first on, over that before and without the first, among "
        "accounts of one industry, segment and activity; `n` are the accounts that took on the second after the first.",
    )
    naiveLift: float | None = field(
        Column("<naiveLift>"),
        "Share with the second among accounts with the first, over that among all. Wrong, and shown because it is what "
        "is usually shown: it has no direction, and busy accounts have both.",
    )
    coAccounts: int = field(Column("<coAccounts>"), "Accounts that had both.")
    provenance: Provenance = field(Embedded({"run": _RUN}), "Where it came from.")


make_input(
    "LiftWhere",
    "Which lifts a list is to hold. Several fields are joined by AND.",
    {
        "from_": (later("PartnerWhere"), optional("The partner that accounts had first.", name="from")),
        "to": (later("PartnerWhere"), optional("The partner that they took on after it.")),
        "rateRatio": (FloatFilter | None, optional("How many times as fast.")),
        "coAccounts": (IntFilter | None, optional("How many accounts had both.")),
    },
    __name__,
)
connection_type(
    "Lift",
    "Lift",
    module=__name__,
    more=reason(),
)

_ORDER = (("<q>", False), ("<low>", True), ("<source>.id", False), ("<target>.id", False))


def _stored(_arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"slot": Shared("<liftsSlot>"), "today": Shared("<today>")}


def _listed(query: str, inputs: Mapping[str, str]) -> CallConnection:
    """Lifts, those first that chance explains least."""
    return CallConnection(Call(query, inputs, _stored), _ORDER, why=Call("why_no_lifts", bind=_stored))


LIFTS = _listed("lifts", {})
LIFTS_OF = _listed("lifts_of", {"partner": "<it>"})
LIFTED_BY = _listed("lifted_by", {"partner": "<it>"})
