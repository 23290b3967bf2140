"""How much a login may ask for: by what requests cost, not by how many they are.

Each login has a bucket of rows that fills at a steady rate. A request is let in while the bucket is not empty, and
takes out what it cost, so that one dear request is paid for by the wait after it. Buckets are kept in this process.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from ...graph.errors import EcographError

_KEPT = 10_000


class RateLimited(EcographError):
    """The login has asked for too much; `retry_after` is the number of whole seconds to wait."""

    code = "RATE_LIMITED"

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "This login has asked for too much in a short time.",
            hint=f"Wait {retry_after} s, or ask for less: what counts is the rows that a request may return.",
        )
        self.retry_after = retry_after

    def is_retryable(self) -> bool:
        return True


@dataclass
class _Bucket:
    rows: float
    at: float


class CostLimit:
    """Buckets of `burst` rows that gain `refill` rows a second; a burst of 0 is no limit."""

    def __init__(self, burst: int, refill: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._refill, self._clock = burst, refill, clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def admit(self, name: str) -> None:
        """Let a request in.

        Raises:
            RateLimited: the bucket of this login is empty.
        """
        if self._burst and (rows := self._bucket(name).rows) <= 0:
            raise RateLimited(max(1, math.ceil((1 - rows) / self._refill)))

    def charge(self, name: str, rows: int) -> None:
        """Take out what a request cost."""
        if self._burst:
            self._bucket(name).rows -= max(rows, 1)

    def _bucket(self, name: str) -> _Bucket:
        now = self._clock()
        found = self._buckets.get(name)
        if found is None:
            found = self._buckets[name] = _Bucket(self._burst, now)
            if len(self._buckets) > _KEPT:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(name)
        found.rows = min(self._burst, found.rows + (now - found.at) * self._refill)
        found.at = now
        return found
