"""Nodes and edges of Ecograph's own keeping, never in the business queries."""

from __future__ import annotations

IDENTIFIERS: dict[str, str] = {
    "Domain": "name",
    "ExternalId": "id",
    "HistoryEntry": "id",
    "SourceRecord": "id",
    "MatchPair": "id",
    "SharingRule": "id",
    "ApiKey": "id",
    "MeasureRun": "id",
    "Job": "id",
    "Webhook": "id",
    "WebhookDelivery": "id",
    "Ecograph": "id",
}
"""Label → the property that identifies a node of it. `Domain` and `ExternalId` hold what companies are known by. A
`SourceRecord` is a row as imported, or an account that was merged into another: then it has the account's id, key and
all properties. A `MatchPair` is two accounts that may be one company, with what was decided.
A `WebhookDelivery` is a message to a `Webhook`, from the event on until it has been forgotten."""

SYSTEM_INDEXES: tuple[tuple[str, str], ...] = (
    ("SourceRecord", "key"),
    ("MatchPair", "merged"),
    ("MatchPair", "survivor"),
    ("WebhookDelivery", "nextAt"),
    ("WebhookDelivery", "webhook"),
)
"""Properties of these by which they are looked up. Only merged accounts have a `key`."""

SYSTEM_EDGES: tuple[str, ...] = ("HAS_DOMAIN", "HAS_EXTERNAL_ID", "HAD", "RESOLVES_TO")

SINGLETON = "ecograph"
SEARCH_INDEX = "ecograph_search"
