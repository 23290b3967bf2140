"""Centrality of any node in GraphQL, and the partner graph for drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import strawberry

from ...graph.errors import BadInput
from ...graph.model.measured import PARTNERS
from ..declare import field
from ..spec import Argument, Call, CallConnection, Column, Embedded, Rows, Scalar, Shared
from .common import Node, NodeKind
from .inputs import PartnerRef
from .measures import Provenance, graph_of, measure_of
from .relations import connection_type


def _asked(arguments: Mapping[str, Any]) -> dict[str, Any]:
    measure, graph = measure_of(arguments), graph_of(arguments)
    kinds = arguments.get("kinds") or list(NodeKind)
    return {
        "labels": [getattr(kind, "value", kind) for kind in kinds],
        "values": Shared(f"<{graph}Values>"),
        "at": PARTNERS.at(measure),
        "rankAt": PARTNERS.rank_at(measure),
    }


def _run(arguments: Mapping[str, Any]) -> str:
    return _run_of(graph_of(arguments), measure_of(arguments))


def _run_of(graph: str, column: str) -> str:
    return f"head(COLLECT {{ MATCH (r:MeasureRun {{id: <{graph}RunOf>.{column}}}) RETURN r }})"


@strawberry.type(description="A node with its value of a centrality measure.")
class Centrality:
    node: Node = field(Embedded({"it": "<node>"}), "The node.")
    score: float = field(Column("<score>"), "The value; its unit is that of the measure.")
    rank: int = field(Column("<rank>"), "Place among all nodes of the graph, 1 for the largest; equals share a place.")


connection_type(
    "Centrality",
    "Centrality",
    module=__name__,
    more={
        "provenance": (
            Provenance | None,
            field(Embedded({"run": "<run>"}, present="<run>.id"), "Where the values came from; null before a run."),
        )
    },
)
CENTRALITY = CallConnection(
    Call("centrality", bind=_asked), (("<score>", True), ("<node>.id", False)), about={"run": _run}
)


def _graph_of_partners(*names: str) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    known: dict[str, Any] = {
        "values": Shared("<partnersValues>"),
        "slot": Shared("<sharesWithSlot>"),
        "community": Shared("<community>"),
        "minWeight": Shared("<minWeight>"),
        "maxNodes": Shared("<maxNodes>"),
        "maxEdges": Shared("<maxEdges>"),
        "communityAt": PARTNERS.at("community"),
        "placeAt": PARTNERS.rank_at("pageRank"),
        "xAt": PARTNERS.at("x"),
    }
    return lambda _arguments: {name: known[name] for name in names}


_PLACES = ("values", "community", "communityAt", "xAt")


def _found(column: str) -> str:
    return f"<found>[{PARTNERS.at(column)}]"


@strawberry.type(description="A partner as it is drawn.")
class PartnerGraphNode:
    partner: PartnerRef = field(Embedded({"it": "<partner>"}), "The partner.")
    x: float = field(Column(_found("x")), "−1 to 1; partners with strong ties are near each other.")
    y: float = field(Column(_found("y")), "−1 to 1.")
    community: int | None = field(Column(_found("community"), int), "Its community, 0 for the largest.")
    size: float | None = field(Column(_found("pageRank")), "Its PageRank in the partner graph.")


@strawberry.type(description="A tie between two partners.")
class PartnerGraphEdge:
    from_: strawberry.ID = field(Column("<start>"), "Id of one partner.", name="from")
    to: strawberry.ID = field(Column("<end>"), "Id of the other.")
    weight: float = field(Column("<weight>"), "Σ 1/(d − 1) over what they share, d being how many partners share it.")
    sharedAccounts: int = field(Column("<accounts>"), "Active accounts that are both's.")
    sharedIntegrations: int = field(Column("<integrations>"), "Integrations that join both.")
    since: date | None = field(Column("toString(<since>)"), "First day on which they shared something, where known.")
    isBridge: bool = field(Column("<isBridge>"), "Without it the graph falls into more parts.")


@strawberry.type(description="The partner–partner graph as of the last run of `ecograph measure`.")
class PartnerGraph:
    nodes: list[PartnerGraphNode] = field(
        Rows(Call("partner_graph_nodes", bind=_graph_of_partners(*_PLACES, "placeAt", "maxNodes")), is_long=True),
        "Partners, those with the largest PageRank first.",
    )
    edges: list[PartnerGraphEdge] = field(
        Rows(
            Call(
                "partner_graph_edges",
                bind=_graph_of_partners(*_PLACES, "slot", "placeAt", "minWeight", "maxNodes", "maxEdges"),
            ),
            is_long=True,
        ),
        "Ties between these partners, the heaviest first.",
    )
    truncated: bool = field(
        Scalar(
            Call("partner_graph_is_cut", bind=_graph_of_partners(*_PLACES, "slot", "minWeight", "maxNodes", "maxEdges"))
        ),
        "Whether there are more partners or ties than were asked for.",
    )
    provenance: Provenance = field(Embedded({"run": "<run>"}), "Where it came from.")


def _count(value: int) -> int:
    if value < 0:
        raise BadInput(f"{value} is negative.", hint="Give `maxNodes` and `maxEdges` as 0 or more.")
    return value


_RUN = _run_of("partners", "x")
_ASKED = {
    "community": Argument("community"),
    "minWeight": Argument("minWeight", lambda value: 0.0 if value is None else value),
    "maxNodes": Argument("maxNodes", _count),
    "maxEdges": Argument("maxEdges", _count),
}
PARTNER_GRAPH = Embedded(
    {"run": _RUN},
    present="<run>.id",
    as_of={"run": f"CASE WHEN <asOf> = <today> THEN {_RUN} END"},
    given=_ASKED,
)
