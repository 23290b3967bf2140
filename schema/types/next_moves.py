"""With whom to sell next, and whom to win as a partner, in GraphQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from ...graph.model import Population
from ..declare import field
from ..exchange import Exchange
from ..spec import Call, CallConnection, Column, Embedded, Items, Rows
from .common import Money, Node
from .inputs import AccountRef, ProductRef
from .overlap import OPEN_AMOUNT, partner_of
from .relations import connection_type

_ARR_OF_USERS = Rows(Call("arr_of_some_accounts", {"accounts": "<users>"}))


@strawberry.type(description="An account to sell to together with a partner.")
class CoSell:
    account: AccountRef = field(Embedded({"it": "<it>"}), "The account.")
    score: float = field(
        Column("<score>"),
        "Strength × open amount in whole units of one currency; strength × 1 where there is none: to rank by.",
    )
    strength: float | None = field(Column("<strength>"), "How much the partner strengthens it, 0 to 1.")
    openAmount: list[Money] = field(OPEN_AMOUNT, "Amounts of the open deals with it, per currency.")
    ours: Population | None = field(Column("<ours>"), "What it is to us.")
    theirs: Population | None = field(
        Column("<theirs>"), "What it is to the partner; null where it is not on the partner's list."
    )
    because: list[Node] = field(Items("<because>"), "What the strength rests on, then the open deals.")


connection_type("CoSell", "CoSell", module=__name__)


def _co_sell(arguments: Mapping[str, Any]) -> dict[str, Any]:
    factors = Exchange("deal_currencies", arguments.get("asOf"), in_units=True)
    return {"partner": partner_of(arguments), "factors": factors}


CO_SELL = CallConnection(Call("co_sell", bind=_co_sell), (("<score>", True), ("<it>.id", False)))


@strawberry.type(description="A company that is no active partner, and whose products our accounts use.")
class RecruitCandidate:
    company: str = field(
        Column("<company>"), "Its name; of a product that nobody is known to offer, the name of the product."
    )
    products: list[ProductRef] = field(Items("<products>"), "Its products that our active accounts use.")
    accounts: int = field(Column("<accounts>"), "How many of our active accounts use any of them.")
    arr: list[Money] = field(_ARR_OF_USERS, "The annual recurring revenue of these accounts, per currency.")
    because: list[Node] = field(
        Items("<because>"),
        "The company, where it is in the graph, then 5 of the accounts at most, those that use most of its products.",
    )


connection_type("RecruitCandidate", "RecruitCandidate", module=__name__)

RECRUIT_CANDIDATES = CallConnection(
    Call("recruit_candidates"), (("<accounts>", True), ("<company>", False), ("<id>", False))
)
