"""What a webhook can be told of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class EventType(StrEnum):
    """The kinds of events; their values are the `type` of a message."""

    OVERLAP_CREATED = "overlap.created"
    DEAL_ATTRIBUTED = "deal.attributed"
    JOB_FINISHED = "job.finished"


@dataclass(frozen=True)
class Event:
    """Something that happened. `about` tells it from the others of its type that happened in the same piece of work;
    `data` is what JSON can say of it."""

    type: EventType
    about: str
    data: Mapping[str, Any]


def message(kind: str, data: Mapping[str, Any]) -> str:
    """The body of a message: JSON, with the time from which on it is so."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": kind, "timestamp": at, "data": data}, ensure_ascii=False, separators=(",", ":"))
