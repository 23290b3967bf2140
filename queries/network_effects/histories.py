"""Who took on which partner when, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Histories:
    """Accounts, partners, and the first day on which each account had each of its partners.

    Days are whole numbers from 0 to `days`, the day after the last one that is seen; what was before is 0, what has not
    come is `days`.

    Attributes:
        days: length of what is seen.
        start: first day of each account as a customer.
        end: first day on which it is no longer one.
        group: stratum of each account by what it is (industry and segment), from 0 on.
        joined: first day of each partner in the program.
        left: first day on which it is no longer in it.
        account, partner: positions in the above, one entry for each pair, ordered by account.
        day: the first day of the pair.
    """

    days: int
    start: Ints
    end: Ints
    group: Ints
    joined: Ints
    left: Ints
    account: Ints
    partner: Ints
    day: Ints

    @property
    def accounts(self) -> int:
        return int(self.start.size)

    @property
    def partners(self) -> int:
        return int(self.joined.size)

    @cached_property
    def is_new(self) -> Bools:
        """Whether the pair began while the account was a customer, and not on its first day."""
        begin, end = self.start[self.account], self.end[self.account]
        return np.asarray((self.day > begin) & (self.day < end))

    @cached_property
    def first_of_account(self) -> Ints:
        """Where the entries of each account begin; one more for the end of all."""
        return np.searchsorted(self.account, np.arange(self.accounts + 1))

    def without_busy(self, most: int) -> tuple[Histories, int]:
        """The same without accounts that have more than so many partners, and how many these are."""
        counts = np.diff(self.first_of_account)
        kept = counts <= most
        if kept.all():
            return self, 0
        position = np.cumsum(kept) - 1
        entries = kept[self.account]
        thinned = Histories(
            self.days, self.start[kept], self.end[kept], self.group[kept], self.joined, self.left,
            position[self.account[entries]], self.partner[entries], self.day[entries],
        )  # fmt: skip
        return thinned, int((~kept).sum())
