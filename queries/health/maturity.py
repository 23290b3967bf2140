"""How far a partner program has come, from a basic program to an ecosystem that sustains itself.

The guide that Ecograph implements says: a basic program takes three to six months, a self-sustaining ecosystem two to
five years, the largest hold thousands of partners; health is seen in active partners, integration depth,
partner-sourced revenue, and the retention of accounts with partner-built integrations. The criteria are read from that.
Where it gives no number, the threshold is a convention of Ecograph's own and its description says so. Each stands by
itself; there is no total.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Where a threshold comes from."""

    GUIDE = "the guide"
    CONVENTION = "a convention of Ecograph"


@dataclass(frozen=True)
class Criterion:
    """What is looked at, in which unit, and from which value on it is met."""

    name: str
    unit: str
    threshold: float
    origin: Origin
    description: str


YEARS = Criterion(
    "years since the first partner", "years", 2.0, Origin.GUIDE,
    "A self-sustaining ecosystem takes two to five years.",
)  # fmt: skip
SOURCED = Criterion(
    "share of won revenue that partners sourced", "share", 0.2, Origin.CONVENTION,
    "Over the year before the day; of several currencies, the one in which most deals were won.",
)  # fmt: skip
ACTIVE = Criterion(
    "active partners", "partners", 100.0, Origin.CONVENTION,
    "Partners with a dated activity in the window; the largest ecosystems hold thousands.",
)  # fmt: skip
INTEGRATED = Criterion(
    "share of accounts with two or more integrations", "share", 0.5, Origin.CONVENTION,
    "Of the active accounts; accounts that combine partners' products are what makes leaving costly.",
)  # fmt: skip
EXPONENT = Criterion(
    "growth exponent", "exponent", 1.0, Origin.GUIDE,
    "Accounts gained grow faster than partners join (by monthly differences); met when the whole interval is above 1.",
)  # fmt: skip
CRITERIA = (YEARS, SOURCED, ACTIVE, INTEGRATED, EXPONENT)
