"""The days that an ecosystem spans. Inside the generator a day is a whole number, 0 on the first day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from .draws import Ints

NEVER = 1 << 30
"""A day that does not come: no such day is set."""


@dataclass(frozen=True)
class Span:
    """From `opens_on` up to, and without, `ends_on`."""

    opens_on: date
    ends_on: date

    @classmethod
    def until(cls, ends_on: date, years: int) -> Span:
        """The span of so many years that ends on a day."""
        day = min(ends_on.day, 28) if ends_on.month == 2 else ends_on.day
        return cls(date(ends_on.year - years, ends_on.month, day), ends_on)

    @property
    def days(self) -> int:
        return (self.ends_on - self.opens_on).days

    @property
    def months(self) -> Ints:
        """Day 0, the first day of each calendar month after it, and the day after the last."""
        firsts = np.arange(
            np.datetime64(self.opens_on, "M") + 1, np.datetime64(self.ends_on, "M") + 1, dtype="datetime64[M]"
        )
        days = (firsts.astype("datetime64[D]") - np.datetime64(self.opens_on, "D")).astype(np.int64)
        return np.unique(np.concatenate([[0], days, [self.days]]))

    def dates(self, days: Ints) -> pl.Series:
        """Days as dates; null for a day that has not come by the end of the span."""
        epoch = self.opens_on.toordinal() - date(1970, 1, 1).toordinal()
        values = pl.Series((days + epoch).astype(np.int32)).cast(pl.Date)
        reached = pl.Series(days < self.days)
        return pl.select(pl.when(reached).then(values)).to_series()
