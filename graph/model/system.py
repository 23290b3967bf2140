"""Nodes and edges of Ecograph's own keeping, never in the business queries."""

from __future__ import annotations

IDENTIFIERS: dict[str, str] = {
    "Domain": "name",
    "ExternalId": "id",
    "HistoryEntry": "id",
    "SourceRecord": "id",
    "SharingRule": "id",
    "ApiKey": "id",
    "MeasureRun": "id",
    "Job": "id",
    "Ecograph": "id",
}
"""Label → the property that identifies a node of it. `Domain` and `ExternalId` hold what companies are known by."""

SYSTEM_EDGES: tuple[str, ...] = ("HAS_DOMAIN", "HAS_EXTERNAL_ID", "HAD", "RESOLVES_TO")

SINGLETON = "ecograph"
SEARCH_INDEX = "ecograph_search"
