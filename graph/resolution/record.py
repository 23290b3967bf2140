"""What a merge did, kept so that it can be undone exactly."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass
class Dropped:
    """An edge that was taken up by another of the same pair; `of` is the account that had it."""

    type: str
    key: str
    of: str
    other: str
    properties: dict[str, Any]


@dataclass
class Changed:
    """An edge of the survivor that took up others: the values of some properties before and after, null for none."""

    type: str
    key: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Record:
    """What one merge moved to the survivor, dropped and changed; `filled` names the properties that it had none of.

    `measured` tells the measure runs of then from later ones.
    """

    survivor: str
    loser: str
    moved: list[tuple[str, str]] = field(default_factory=list)
    """Type and key of each edge."""
    dropped: list[Dropped] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    histories: list[str] = field(default_factory=list)
    measured: str | None = None

    def to_json(self) -> str:
        return json.dumps(asdict(self), default=_encode)

    @staticmethod
    def from_json(text: str) -> Record:
        raw = json.loads(text, object_hook=_decode)
        return Record(
            raw["survivor"], raw["loser"], [(kind, key) for kind, key in raw["moved"]],
            [Dropped(**one) for one in raw["dropped"]], [Changed(**one) for one in raw["changed"]],
            raw["filled"], raw["histories"], raw["measured"],
        )  # fmt: skip


def _encode(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    raise TypeError(type(value).__name__)


def _decode(found: dict[str, Any]) -> Any:
    if "$date" in found:
        return date.fromisoformat(found["$date"])
    if "$datetime" in found:
        return datetime.fromisoformat(found["$datetime"])
    return found
