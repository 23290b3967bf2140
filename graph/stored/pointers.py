"""Which slot of each group of measures is current, and which run each measure is of: one value on the singleton."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from ..connection import Parameters
from ..model.measured import BY_GROUP, Group
from ..model.system import SINGLETON
from ..model.values import Slot


@dataclass(frozen=True)
class Pointer:
    """The current slot of a group, since when, and the id of the run of each of its measures.

    `history` says when the runs were of which earlier values are kept, newest first.
    """

    slot: Slot
    moved_at: datetime
    runs: Mapping[str, str] = field(default_factory=dict)
    history: tuple[str, ...] = ()

    @property
    def other(self) -> Slot:
        """The slot that nobody reads."""
        return Slot.B if self.slot is Slot.A else Slot.A


@dataclass(frozen=True)
class Pointers:
    """The pointers of all groups that have values."""

    by_group: Mapping[str, Pointer] = field(default_factory=dict)

    def of(self, group: Group) -> Pointer | None:
        """The pointer of a group, or None where it has never been computed, or only under another layout."""
        return self.by_group.get(group.name)

    def inactive(self, group: Group) -> Slot:
        """The slot to write to."""
        pointer = self.of(group)
        return pointer.other if pointer else Slot.A

    def moved(self, group: Group, runs: Mapping[str, str], history: tuple[str, ...], now: datetime) -> Pointers:
        """These pointers with one group moved to its other slot."""
        made = Pointer(self.inactive(group), now, runs, history)
        return replace(self, by_group={**self.by_group, group.name: made})

    @classmethod
    def decode(cls, text: str | None) -> Pointers:
        """From the text on the singleton; groups with another layout than this Ecograph's are left out."""
        found = {}
        for name, entry in json.loads(text or "{}").items():
            group = BY_GROUP.get(name)
            if group is not None and group.layout == entry["layout"]:
                moved_at = datetime.fromisoformat(entry["movedAt"])
                found[name] = Pointer(Slot(entry["slot"]), moved_at, entry["runs"], tuple(entry["history"]))
        return cls(found)

    @cached_property
    def text(self) -> str:
        """As it stands on the singleton."""
        return json.dumps(
            {
                name: {
                    "slot": pointer.slot.value,
                    "movedAt": pointer.moved_at.astimezone(UTC).isoformat(),
                    "layout": BY_GROUP[name].layout,
                    "runs": dict(pointer.runs),
                    "history": list(pointer.history),
                }
                for name, pointer in self.by_group.items()
            },
            sort_keys=True,
        )

    def statement(self) -> tuple[str, Parameters]:
        """Sets the pointers and the next graph version."""
        return (
            "MATCH (e:Ecograph {id: $id}) SET e.measured = $pointers, e.version = e.version + 1 RETURN e.version",
            {"id": SINGLETON, "pointers": self.text},
        )


NO_POINTERS = Pointers()
