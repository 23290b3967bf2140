"""A mapping that forgets what was used longest ago, bounded by entries and by their total weight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """Holds at most `entries` entries that together weigh at most `weight`; what is heavier alone is not held."""

    def __init__(self, entries: int, weight: int) -> None:
        self._most, self._heaviest = entries, weight
        self._held: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self.weight = 0

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: K) -> V | None:
        """The value, now the one used last; None if it is not held."""
        found = self._held.get(key)
        if found is None:
            return None
        self._held.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        """Hold a value, and forget others where there are too many."""
        before = self._held.pop(key, None)
        if before is not None:
            self.weight -= before[1]
        if weight > self._heaviest:
            return
        self._held[key] = value, weight
        self.weight += weight
        while len(self._held) > self._most or self.weight > self._heaviest:
            _, (_, gone) = self._held.popitem(last=False)
            self.weight -= gone
