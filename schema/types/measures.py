"""Stored measures in GraphQL: values, ranks and history of a partner, and where they came from."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from ...graph.model import ValueType
from ...graph.model.measured import COVERAGE, PARTNERS, NodeGroup
from ..declare import field, method
from ..spec import Column, Embedded, Items, OrderKey
from .scalars import JSON


@strawberry.enum(description="A measure of how central a node is. What each tells: docs/measures.")
class CentralityMeasure(Enum):
    DEGREE = "degree"
    PAGE_RANK = "pageRank"
    EIGENVECTOR = "eigenvector"
    BETWEENNESS = "betweenness"
    HARMONIC_CLOSENESS = "harmonicCloseness"
    K_CORE = "kCore"
    CONSTRAINT = "constraint"
    SHAPLEY_NEIGHBOURS = "shapleyNeighbours"


@strawberry.enum(description="The graph that a measure is computed on.")
class CentralityGraph(Enum):
    PARTNERS = strawberry.enum_value(
        "partners", description="Partners, tied by the accounts and integrations that they share."
    )
    WHOLE = strawberry.enum_value("whole", description="All nodes and relations, without our own company.")


@strawberry.enum(description="What value is counted in.")
class ValueBasis(Enum):
    ARR = strawberry.enum_value("ARR", description="Annual recurring revenue, in one currency.")
    ACCOUNTS = strawberry.enum_value(
        "ACCOUNTS", description="One per account: there is no ARR, or it is in currencies without exchange rates."
    )


@strawberry.type(description="Where a stored value came from.")
class Provenance:
    computedAt: datetime = field(Column("toString(<run>.computedAt)"), "When it was computed.")
    graphVersion: str = field(Column("<run>.graphVersion"), "Version of the graph that it was computed from.")
    isStale: bool = field(
        Column("(<run>.dataVersion <> <dataVersion>)"), "True when data has been imported or changed since."
    )
    engine: str = field(Column("<run>.engine"), "What computed it.")
    parameters: JSON = field(Column("<run>.parameters", json.loads), "What it was computed with.")
    excluded: list[str] = field(Column("<run>.excluded"), "What was left out, in words.")


@strawberry.type(description="Where some of the measures came from.")
class MeasureProvenance:
    measures: list[str] = field(Column("<item>.columns"), "Fields of PartnerMeasures.")
    provenance: Provenance = field(Embedded({"run": "<item>"}), "Where they came from.")


@strawberry.type(description="A measure as it was.")
class MeasurePoint:
    computedAt: datetime = field(Column("<item>.at"), "When it was computed.")
    value: float = field(Column("<item>.value"), "Its value then.")


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else int(value)


def _truth(value: float) -> bool | None:
    return None if math.isnan(value) else value != 0


def measure_of(arguments: Mapping[str, Any]) -> str:
    """The column of the measure that was asked for."""
    measure = arguments["measure"]
    return str(getattr(measure, "value", measure))


def _stored(group: NodeGroup, column: str, description: str, convert: Callable[[float], Any] = _number) -> Any:
    name = "values" if group is PARTNERS else group.name
    return field(Column(f"<{name}>[{group.at(column)}]", convert), description)


def _history(arguments: Mapping[str, Any]) -> str:
    column = measure_of(arguments)
    at, width = PARTNERS.at(column), len(PARTNERS.ranked)
    earlier = f"<history>[k * {width} + {at}]"
    return (
        f"[k IN reverse(range(0, size(<times>) - 1)) WHERE <times>[k] <> <stamps>.{column} AND NOT isNaN({earlier}) "
        f"| {{at: <times>[k], value: {earlier}}}] + CASE WHEN NOT isNaN(<values>[{at}]) "
        f"THEN [{{at: <stamps>.{column}, value: <values>[{at}]}}] ELSE [] END"
    )


@strawberry.type(
    description="Measures of a partner as of the last run of `ecograph measure`; null where it has none, and why."
)
class PartnerMeasures:
    degree: float | None = _stored(PARTNERS, "degree", "Number of neighbours.")
    pageRank: float | None = _stored(
        PARTNERS, "pageRank", "Weighted PageRank, damping 0.85; the values of all nodes sum to 1."
    )
    eigenvector: float | None = _stored(
        PARTNERS, "eigenvector", "Weighted eigenvector centrality; the squares of all values sum to 1."
    )
    betweenness: float | None = _stored(
        PARTNERS, "betweenness", "Pairs of others whose shortest ways lead through it, each pair counted once."
    )
    harmonicCloseness: float | None = _stored(
        PARTNERS, "harmonicCloseness", "Σ 1/distance to all other nodes, in edges."
    )
    kCore: int | None = _stored(
        PARTNERS, "kCore", "Largest k such that it is in a part of the graph where all have k neighbours.", _whole
    )
    constraint: float | None = _stored(
        PARTNERS, "constraint", "Burt's constraint: low where it joins neighbours that are not tied to each other."
    )
    shapleyNeighbours: float | None = _stored(
        PARTNERS, "shapleyNeighbours", "Nodes that it brings into reach, shared fairly (Shapley, Michalak's game 1)."
    )
    isArticulationPoint: bool | None = _stored(
        PARTNERS, "isArticulationPoint", "Whether a part of the graph falls off without it.", _truth
    )
    community: int | None = _stored(
        PARTNERS, "community", "Number of its community by the Leiden method, 0 for the largest.", _whole
    )
    coverageShapley: float | None = _stored(
        COVERAGE, "coverageShapley", "Fair share of covered ARR (Shapley): each account's value, split evenly."
    )
    coverageLeaveOneOut: float | None = _stored(
        COVERAGE, "coverageLeaveOneOut", "ARR only this partner covers (leave-one-out); 0 for about half of partners."
    )
    coverageBanzhaf: float | None = _stored(
        COVERAGE, "coverageBanzhaf", "Banzhaf value: Σ value · 2^(1 − partners) over its accounts."
    )
    valueBasis: ValueBasis | None = field(
        Column(
            "head(COLLECT { MATCH (r:MeasureRun) WHERE r.id IN <coverageRuns> RETURN r.parameters })",
            lambda text: json.loads(text)["valueBasis"],
        ),
        "What the coverage values are counted in; the currency is in `provenance`.",
    )
    reason: str | None = field(Column("<reason>"), "Why there are no values, where there are none.")
    provenance: list[MeasureProvenance] = field(Items("<runs>"), "Where the values came from.")

    @method(
        Column(lambda arguments: f"<values>[{PARTNERS.rank_at(measure_of(arguments))}]", _whole),
        "Place among all by this measure, 1 for the largest value; equal values share a place.",
    )
    def rank(self, measure: CentralityMeasure) -> int | None: ...

    @method(Items(_history), "The measure in this and in earlier runs, at most 24, oldest first.")
    def history(self, measure: CentralityMeasure) -> list[MeasurePoint]: ...  # type: ignore[empty-body]


def graph_of(arguments: Mapping[str, Any]) -> str:
    """The group of the graph that was asked for."""
    graph = arguments["graph"]
    return str(getattr(graph, "value", graph))


def _scope(*, is_past: bool) -> dict[str, Callable[[Mapping[str, Any]], str]]:
    guard = "CASE WHEN <asOf> = <today> THEN {} END" if is_past else "{}"

    def guarded(template: str) -> Callable[[Mapping[str, Any]], str]:
        return lambda arguments: guard.format(template.replace("#", graph_of(arguments)))

    reason = (
        "CASE WHEN <#Values> IS NULL THEN 'Not computed yet: run `ecograph measure`.' "
        "WHEN <it>[<#Values>] IS NULL THEN 'New since the last run: run `ecograph measure`.' END"
    )
    past = f"CASE WHEN <asOf> = <today> THEN {reason} ELSE 'Measures are kept for today only: leave `asOf` out.' END"
    runs = "COLLECT { MATCH (r:MeasureRun) WHERE r.id IN <#Runs> + <coverageRuns> RETURN r ORDER BY r.id }"
    return {
        "values": guarded("<it>[<#Values>]"),
        "history": guarded("<it>[<#History>]"),
        "coverage": guarded("<it>[<coverageValues>]"),
        "times": lambda arguments: f"<{graph_of(arguments)}Times>",
        "stamps": lambda arguments: f"<{graph_of(arguments)}Stamps>",
        "runs": guarded(runs),
        "reason": lambda arguments: (past if is_past else reason).replace("#", graph_of(arguments)),
    }


def _order(group: NodeGroup, column: str, description: str) -> tuple[OrderKey, str]:
    value = f"<it>[<{group.name}Values>][{group.at(column)}]"
    known = f"CASE WHEN NOT isNaN({value}) THEN {value} END"
    today = f"CASE WHEN <asOf> = <today> THEN {known} END"
    return OrderKey(Column(known, as_of=today), ValueType.FLOAT, True), description


MEASURED_ORDERS = {
    "pageRank": _order(PARTNERS, "pageRank", "By: PageRank in the partner graph."),
    "betweenness": _order(PARTNERS, "betweenness", "By: betweenness in the partner graph."),
    "coverageShapley": _order(COVERAGE, "coverageShapley", "By: fair share of covered ARR (Shapley)."),
}
"""What partners can be ordered by beside what they have themselves."""
MEASURES_OF_PARTNER = Embedded(_scope(is_past=False), as_of=_scope(is_past=True))
