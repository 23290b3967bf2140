"""Strength: what a partner gives an account, with components and evidence."""

from __future__ import annotations

from datetime import date
from enum import Enum

import strawberry

from ..declare import field, method, operator, optional
from ..spec import Call, CallConnection, Column, Embedded, Items, Rows
from .common import Node
from .filters import FloatFilter
from .inputs import AccountRef, PartnerRef, later, make_input
from .relations import connection_type, reason


@strawberry.enum(description="What a component of strength rests on.")
class StrengthKind(Enum):
    ROLE = "ROLE"
    PRODUCT = "PRODUCT"
    INTEGRATION = "INTEGRATION"
    REINFORCEMENT = "REINFORCEMENT"
    DEAL = "DEAL"
    SHARED_CUSTOMER = "SHARED_CUSTOMER"


@strawberry.type(description="One edge of a path.")
class PathEdge:
    type: str = field(Column("type(<item>)"), "Type of the edge in the graph.")
    from_: strawberry.ID = field(Column("startNode(<item>).id"), "Id of the node that it leaves.", name="from")
    to: strawberry.ID = field(Column("endNode(<item>).id"), "Id of the node that it enters.")
    since: date | None = field(Column("toString(<item>.since)"), "First day on which it holds.")
    until: date | None = field(Column("toString(<item>.until)"), "First day on which it no longer holds.")


@strawberry.type(description="A way through the graph.")
class Path:
    nodes: list[Node] = field(Items("<nodes>"), "From the first node to the last.")
    edges: list[PathEdge] = field(Items("<edges>"), "One less than the nodes.")
    length: int = field(Column("size(<edges>)"), "Number of edges.")


@strawberry.type(description="One component of a strength, 1 − Π(1 − part) over what it rests on.")
class StrengthComponent:
    kind: StrengthKind = field(Column("<item>.kind"), "What it rests on.")
    score: float = field(Column("<item>.score"), "0 to 1.")
    weight: float = field(Column("<item>.weight"), "Its share of the total; the weights of all kinds sum to 1.")
    because: list[Node] = field(Items("<item>.because"), "The nodes that it rests on.")


@strawberry.type(
    description="How much a partner strengthens an account: Σ weight × component, 0 to 1. A transparent sum, no fitted "
    "model; the parts are in the guide."
)
class Strength:
    partner: PartnerRef = field(Embedded({"it": "<partner>"}), "Who strengthens.")
    account: AccountRef = field(Embedded({"it": "<account>"}), "Who is strengthened.")
    score: float = field(Column("<score>"), "Σ weight × component.")
    components: list[StrengthComponent] = field(Items("<components>"), "What the score is made of.")

    @method(
        Rows(
            Call(
                "strength_evidence",
                {"partner": "<partner>", "account": "<account>"},
                lambda arguments: {"limit": max(0, min(arguments["first"], 100))},
            )
        ),
        "The shortest ways in the graph that join the two, at most 100.",
    )
    def evidence(self, first: int = 5) -> list[Path]: ...  # type: ignore[empty-body]


_ORDER = (("<score>", True), ("<partner>.id", False), ("<account>.id", False))

STRENGTHENS = CallConnection(
    Call("strengthens", {"partner": "<it>"}), _ORDER, why=Call("why_strengthens_nothing", {"partner": "<it>"})
)
STRENGTHENED_BY = CallConnection(
    Call("strengthened_by", {"account": "<it>"}), _ORDER, why=Call("why_unstrengthened", {"account": "<it>"})
)

make_input(
    "StrengthWhere",
    "Which strengths a list is to hold. Several fields are joined by AND.",
    {
        "partner": (later("PartnerWhere"), optional("Who strengthens.")),
        "account": (later("AccountWhere"), optional("Who is strengthened.")),
        "score": (FloatFilter | None, optional("How much.")),
        "kinds": (
            list[StrengthKind] | None,
            operator(
                "any(component IN <components> WHERE component.kind IN <value>)",
                "One of the components at least is of one of these kinds.",
            ),
        ),
    },
    __name__,
)
connection_type(
    "Strength",
    "Strength",
    module=__name__,
    more=reason(),
)
