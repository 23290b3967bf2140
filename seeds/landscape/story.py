"""Everything that an import found, for its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .certificates import Certificates
from .companies import Companies, Company
from .identity import Card
from .integrations import Told
from .items import Item, LandscapeFile
from .listings import Listings
from .owners import Owners
from .products import Products
from .roles import Roles
from .sections import Section, Sections


@dataclass(frozen=True)
class Story:
    """The files, and what was made of them."""

    present: Sequence[LandscapeFile]
    history: Sequence[LandscapeFile]
    sections: Sections
    companies: Companies
    owners: Owners
    products: Products
    roles: Roles
    certificates: Certificates
    told: Told
    listings: Listings

    @property
    def platform(self) -> Company | None:
        return self.owners.platform

    @property
    def items(self) -> list[Item]:
        return [item for file in self.present for item in file.items]

    @property
    def cards(self) -> list[Card]:
        """The present cards of companies."""
        return [card for card in self.companies.cards if card.on is None]

    def section(self, card: Card) -> Section:
        return self.sections.of(card.item)

    def companies_of(self, cards: Sequence[Card]) -> set[Company]:
        """The companies on cards, without the platform company."""
        return set(map(self.companies.of_card, cards)) - {self.platform}
