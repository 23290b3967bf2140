"""The domain model, declared once: constraints, import validation, GraphQL types and documentation follow from it."""

from __future__ import annotations

from .domains import registrable_domain
from .edges import BY_TYPE, EDGES, IMPORTED
from .histories import HISTORIES, HistoryKind
from .ids import edge_key, key_problem, kind_of, node_id, slug
from .kinds import EdgeKind, NodeKind, Property
from .money import from_minor, is_currency, mean, to_minor
from .nodes import (
    ACCOUNT,
    BY_LABEL,
    COMPANY,
    DEAL,
    INTEGRATION,
    NODES,
    PARTNER,
    PRODUCT,
    SEARCHABLE,
)
from .values import (
    DealChannel,
    DealCredit,
    DealKind,
    DealStatus,
    JobState,
    MatchDecision,
    PartnerStatus,
    PartnerType,
    Population,
    RelationSource,
    Role,
    SharingLevel,
    ValueType,
)

__all__ = [
    "ACCOUNT",
    "BY_LABEL",
    "BY_TYPE",
    "COMPANY",
    "DEAL",
    "EDGES",
    "HISTORIES",
    "IMPORTED",
    "INTEGRATION",
    "NODES",
    "PARTNER",
    "PRODUCT",
    "SEARCHABLE",
    "DealChannel",
    "DealCredit",
    "DealKind",
    "DealStatus",
    "EdgeKind",
    "HistoryKind",
    "JobState",
    "MatchDecision",
    "NodeKind",
    "PartnerStatus",
    "PartnerType",
    "Population",
    "Property",
    "RelationSource",
    "Role",
    "SharingLevel",
    "ValueType",
    "edge_key",
    "from_minor",
    "is_currency",
    "key_problem",
    "kind_of",
    "mean",
    "node_id",
    "registrable_domain",
    "slug",
    "to_minor",
]
