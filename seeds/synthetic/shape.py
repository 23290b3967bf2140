"""How large an ecosystem is, and what is planted in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Size(StrEnum):
    """The sizes with a name; any other is a `Shape`."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True)
class Shape:
    """An ecosystem in numbers.

    `adoptions` are partners that a customer takes on per year at full availability, before repeats are left out;
    `deals` multiplies expansions and opportunities that came to nothing; `known` are list entries per account.
    The planted truth is in the last block: every other number changes how hard it is to find, not what it is.
    """

    partners: int
    accounts: int
    platforms: int = 1
    years: int = 4
    customer_share: float = 0.55
    adoptions: float = 1.3
    deals: float = 1.0
    known: float = 0.5
    lift_pairs: int = 6
    lift: tuple[float, float] = (4.0, 6.0)
    retention_hazard_ratio: float = 0.55
    retention_min_integrations: int = 1
    growth_exponent: float = 1.3

    def __post_init__(self) -> None:
        if self.partners < 20 or self.accounts < 200:
            raise ValueError("an ecosystem has 20 partners and 200 accounts or more")
        if not 1 <= self.platforms <= 3:
            raise ValueError("there are 1 to 3 platform products")
        if self.years < 2:
            raise ValueError("an ecosystem spans 2 years or more")
        if not 0 < self.customer_share < 1:
            raise ValueError("customer_share lies between 0 and 1")
        if min(self.adoptions, self.deals, self.known) <= 0:
            raise ValueError("adoptions, deals and known are above 0")
        if min(self.lift) < 1:
            raise ValueError("a planted lift is 1 (none) or more")
        if not 0 < self.retention_hazard_ratio <= 1:
            raise ValueError("the planted hazard ratio is above 0 and 1 (none) at most")
        if self.retention_min_integrations < 1 or self.lift_pairs < 0:
            raise ValueError("retention_min_integrations is 1 or more, lift_pairs 0 or more")

    @property
    def customers(self) -> int:
        """How many accounts are or were customers."""
        return round(self.accounts * self.customer_share)

    def describe(self) -> str:
        """All its numbers as text, the same for equal shapes."""
        return ", ".join(f"{name}={value}" for name, value in asdict(self).items())


SHAPES: dict[Size, Shape] = {
    Size.SMALL: Shape(500, 10_000),
    Size.MEDIUM: Shape(5_000, 200_000, platforms=2, adoptions=3.3, deals=1.6, known=1.0, lift_pairs=30),
    Size.LARGE: Shape(20_000, 1_000_000, platforms=3, adoptions=5.5, deals=2.0, known=1.5, lift_pairs=80),
}
