"""Overlap of account lists in GraphQL: who has which of our accounts, and which we have not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Annotated, Any

import strawberry

from ...graph.errors import BadInput
from ...graph.model import Population
from ..compiler.identity import ids_of
from ..declare import field
from ..spec import Call, CallConnection, Column, Connection, Embedded, Items, Ref, Rows, Shared
from .common import Money
from .inputs import AccountRef, PartnerRef
from .relations import connection_type, listed

_MOST_PARTNERS = 10

ARR = Rows(Call("arr_of_some_accounts", {"accounts": "<accounts>"}))
OPEN_AMOUNT = Rows(Call("open_amount_of_accounts", {"accounts": "<accounts>"}))

Partners = Annotated[list[strawberry.ID], strawberry.argument(description="Ids or keys of the partners.")]
OnePartner = Annotated[strawberry.ID, strawberry.argument(description="Id or key of the partner.")]
WithUs = Annotated[
    bool, strawberry.argument(name="withUs", description="Tell apart what the accounts are to us; else among partners.")
]
Populations = Annotated[
    list[Population] | None,
    strawberry.argument(description="Only cells of these populations, on both sides; all if unset."),
]


@strawberry.enum(description="Of which of two the white space is.")
class Side(Enum):
    THEIRS = "THEIRS"
    OURS = "OURS"


@strawberry.enum(description="What happened to an account on a list: came, went, or changed population.")
class OverlapEventKind(Enum):
    APPEARED = "APPEARED"
    LEFT = "LEFT"
    MOVED = "MOVED"


@strawberry.type(description="What the accounts of a cell are to one of the partners.")
class OverlapSide:
    partner: PartnerRef = field(Ref("UNWIND [<item>.partner] AS <that>"), "The partner.")
    population: Population = field(
        Column("<item>.population"), "What they are to it; of several populations on its list the strongest."
    )


@strawberry.type(
    description="A cell of the overlap: the accounts that are the same to us and to each of the partners. Every "
    "account on any of their lists stands in one cell. A cell without accounts is left out."
)
class Overlap:
    partners: list[PartnerRef] = field(Items("<partners>"), "The partners that have these accounts on their lists.")
    ours: Population | None = field(
        Column("<ours>"), "What they are to us; null where they are nothing to us, and without us."
    )
    theirs: list[OverlapSide] = field(Items("<theirs>"), "What they are to each of these partners.")
    accounts = listed(
        Connection("UNWIND <accounts> AS <that> WITH <that>, null AS <edge>"), "AccountConnection", "Account",
        "The accounts.",
    )  # fmt: skip
    count: int | None = field(
        Column("size(<accounts>)"), "How many companies these are, each counted once; null where it is withheld."
    )
    isWithheld: bool = field(Column("false"), "Whether the list and the count are kept from who asks.")
    arr: list[Money] = field(ARR, "Annual recurring revenue of those that have not left us, today's, per currency.")
    openAmount: list[Money] = field(OPEN_AMOUNT, "Amounts of the open deals with them, per currency; each deal once.")


def _overlap(arguments: Mapping[str, Any]) -> dict[str, Any]:
    partners = ids_of("Partner", arguments["partners"])
    if not 1 <= len(partners) <= _MOST_PARTNERS:
        raise BadInput(
            f"`partners` names {len(partners)} partners; it must be 1 to {_MOST_PARTNERS}.",
            hint="Each more multiplies the cells; `sharedAccounts` takes any number.",
        )
    populations = arguments.get("populations")
    return {
        "partners": partners,
        "withUs": arguments["withUs"],
        "populations": None if populations is None else [getattr(one, "value", one) for one in populations],
    }


OVERLAP = Rows(Call("overlap", bind=_overlap))


def partner_of(arguments: Mapping[str, Any]) -> str | None:
    """The id of the partner that the arguments name, if they name one."""
    given = arguments.get("partner")
    return None if given is None else ids_of("Partner", [given])[0]


def _white_space(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"partner": partner_of(arguments), "side": getattr(arguments["side"], "value", arguments["side"])}


WHITE_SPACE = CallConnection(Call("white_space", bind=_white_space), (("<it>.id", False),))


@strawberry.type(description="An account that came onto a partner's list, left it, or is another population on it.")
class OverlapEvent:
    account: AccountRef = field(Embedded({"it": "<account>"}), "The account.")
    partner: PartnerRef = field(Embedded({"it": "<partner>"}), "The partner whose list it is.")
    population: Population = field(Column("<population>"), "What it is to the partner since; what it was, if it left.")
    since: date = field(Column("<day>"), "The first day on which this is so.")
    kind: OverlapEventKind = field(Column("<kind>"), "What happened.")


connection_type("OverlapEvent", "OverlapEvent", module=__name__)


def _events(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"partner": partner_of(arguments), "start": arguments["since"], "today": Shared("<today>")}


EVENTS = CallConnection(
    Call("overlap_events", bind=_events), (("<day>", True), ("<partner>.id", False), ("<account>.id", False))
)
