"""Where a computed value came from: made for the question, from the graph as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ..queries.work import NUMPY
from .asked import Asked


def provenance(asked: Asked, parameters: Mapping[str, Any], excluded: Sequence[str] = ()) -> dict[str, Any]:
    """The provenance of what was just computed, as a tree of the GraphQL type."""
    return {
        "computedAt": datetime.now(UTC).isoformat(timespec="seconds"),
        "graphVersion": str(asked.version),
        "isStale": False,
        "engine": NUMPY,
        "parameters": {"asOf": asked.as_of.isoformat(), **parameters},
        "excluded": list(excluded),
    }
