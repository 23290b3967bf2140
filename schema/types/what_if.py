"""What would change if some partners left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from ...graph.model import PARTNER, kind_of, node_id
from ...graph.model.money import from_minor
from ...queries.centrality.coverage import covered
from ..asked import Asked, Tree
from ..declare import field
from ..spec import Argument, Call, Computed, Connection, Embedded, Rows, Scalar, Shared
from .common import Money
from .covering import COVERED_QUERIES, work_of
from .measures import ValueBasis
from .relations import listed

_HOLDS = "({0}.since IS NULL OR {0}.since <= <asOf>) AND ({0}.until IS NULL OR {0}.until > <asOf>)"
_ACTIVE = (
    "((<hasCustomerDates> AND a.customerSince <= <asOf> AND (a.churnedOn IS NULL OR a.churnedOn > <asOf>)) "
    "OR (NOT <hasCustomerDates> AND EXISTS { MATCH (a)-[u:USES]->(:Product) WHERE " + _HOLDS.format("u") + " }))"
)
_OTHER = (
    "EXISTS { MATCH (a)-[o:HAS_PARTNER]->(other:Partner) WHERE NOT other.id IN <without> AND o.sources <> ['LIST'] "
    "AND (other.leftOn IS NULL OR other.leftOn > <asOf>) AND " + _HOLDS.format("o") + " }"
)
_AFFECTED = (
    "UNWIND <without> AS gone MATCH (p:Partner {id: gone})<-[h:HAS_PARTNER]-(a:Account) "
    "WHERE h.sources <> ['LIST'] AND (p.leftOn IS NULL OR p.leftOn > <asOf>) AND " + _HOLDS.format("h") + " "
    "WITH DISTINCT a WHERE " + _ACTIVE
)
_LOST = (
    "UNWIND <without> AS gone MATCH (p:Partner {id: gone})-[b:BUILDS]->(i:Integration) "
    "WHERE (i.launchedOn IS NULL OR i.launchedOn <= <asOf>) AND (i.retiredOn IS NULL OR i.retiredOn > <asOf>) "
    "AND (p.leftOn IS NULL OR p.leftOn > <asOf>) AND " + _HOLDS.format("b") + " "
    "AND NOT EXISTS { MATCH (other:Partner)-[ob:BUILDS]->(i) WHERE NOT other.id IN <without> "
    "AND (other.leftOn IS NULL OR other.leftOn > <asOf>) AND " + _HOLDS.format("ob") + " } WITH DISTINCT i"
)
_WEAKENED = (
    _LOST + " MATCH (i)-[c:CONNECTS]->(:Product)<-[o:OFFERS]-(w:Partner) WHERE NOT w.id IN <without> "
    "AND (w.leftOn IS NULL OR w.leftOn > <asOf>) AND " + _HOLDS.format("c") + " AND " + _HOLDS.format("o") + " "
    "WITH DISTINCT w"
)


def _found(match: str, variable: str) -> Connection:
    return Connection(f"{match} WITH {variable} AS <that>, null AS <edge>")


def _ids(given: Any) -> list[str]:
    """Ids, of which some may have been given as keys."""
    return sorted({one if kind_of(one) is not None else node_id(PARTNER, one) for one in map(str, given)})


def _without(_arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"partners": Shared("<without>")}


@strawberry.type(description="The value of some accounts.")
class Coverage:
    basis: ValueBasis = strawberry.field(description="What `share` is counted in.")
    share: float = strawberry.field(description="Their share of the value that partners cover, 0 to 1.")
    arr: list[Money] = strawberry.field(description="Their annual recurring revenue, per currency.")
    accounts: int = strawberry.field(description="How many they are.")


def _valued(*, only_uncovered: bool) -> Computed:
    async def compute(asked: Asked) -> Mapping[str, Tree]:
        accounts, values, of = await covered(work_of(asked))
        total = float(values.sum())
        value_of = dict(zip(accounts.numbers.tolist(), values.tolist(), strict=True))
        made = {}
        for key in asked.keys:
            rows = await asked.rows("accounts_of_partners", partners=key.split("\n"))
            chosen = [row for row in rows if row[3] or not only_uncovered]
            value = sum(value_of.get(number, 0.0) for number, *_ in chosen)
            made[key] = {
                "basis": of.basis,
                "share": value / total if total else 0.0,
                "arr": _sums(chosen),
                "accounts": len(chosen),
            }
        return made

    key = "reduce(text = '', id IN <without> | text + CASE text WHEN '' THEN '' ELSE '\n' END + id)"
    return Computed(compute, (*COVERED_QUERIES, "accounts_of_partners"), key=key, cost=1_000)


def _sums(rows: list[list[Any]]) -> list[dict[str, str]]:
    sums: dict[str, int] = {}
    for _, minor, currency, _ in rows:
        if minor is not None:
            sums[currency] = sums.get(currency, 0) + minor
    return [{"amount": from_minor(minor, currency), "currency": currency} for currency, minor in sorted(sums.items())]


@strawberry.type(
    description="What would change if some partners left today, all else being equal: what hangs on them, no forecast."
)
class WhatIf:
    accountsAffected = listed(_found(_AFFECTED, "a"), "AccountConnection", "Account", "Active accounts of any of them.")
    valueAffected: Coverage = field(_valued(only_uncovered=False), "What these accounts are worth.")
    openPipelineAffected: list[Money] = field(
        Rows(Call("open_pipeline_of_partners", bind=_without)),
        "Open deals that they sourced or influenced, per currency; each deal once.",
    )
    integrationsLost = listed(
        _found(_LOST, "i"), "IntegrationConnection", "Integration", "Integrations that nobody else builds."
    )
    accountsUncovered = listed(
        _found(f"{_AFFECTED} AND NOT {_OTHER}", "a"), "AccountConnection", "Account",
        "Those of the accounts that would have no partner left.",
    )  # fmt: skip
    valueUncovered: Coverage = field(_valued(only_uncovered=True), "What these accounts are worth.")
    activePartners: int = field(
        Scalar(Call("active_partners_without", bind=_without)), "Active partners that would be left."
    )
    partnersWeakened = listed(
        _found(_WEAKENED, "w"), "PartnerConnection", "Partner", "Other partners whose products lose an integration."
    )


WHAT_IF = Embedded({}, given={"without": Argument("withoutPartners", _ids)})
