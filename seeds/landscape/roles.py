"""What each company is in the graph: the platform company, a partner, an account, or both of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .companies import Companies, Company
from .identity import Card
from .members import Membership, memberships
from .products import Product, Products
from .sections import Section, Sections


class MembersAs(StrEnum):
    """What the members of the landscape's foundation are to its owner."""

    PARTNERS = "partners"
    ACCOUNTS = "accounts"
    BOTH = "both"


@dataclass(eq=False)
class Roles:
    """Companies by role. A membership is None where it is not one that counts for the role."""

    partners: dict[Company, Membership | None] = field(default_factory=dict)
    accounts: dict[Company, Membership | None] = field(default_factory=dict)
    services: dict[Company, list[str]] = field(default_factory=dict)
    """With the names of the sections that list them as service providers."""
    offers: dict[Company, list[Product]] = field(default_factory=dict)
    end_users: dict[Company, Card] = field(default_factory=dict)

    def is_listed(self, company: Company) -> bool:
        """True for who takes part without being a member: by services, or by products."""
        return company in self.services or company in self.offers


def assign_roles(
    companies: Companies,
    sections: Sections,
    products: Products,
    platform: Company | None,
    members_as: MembersAs,
    days: Sequence[date],
    present_day: date | None,
) -> Roles:
    """The roles of all companies.

    Partners are the owners of products, the service providers, and the members unless they are imported as accounts
    alone. A former member is a partner that left, unless its products or services are still listed: then it takes part
    like any owner that never was a member. Sections of end users hold accounts, and no partners unless members
    are imported as both. A member that is marked as an end user is an account beside what else it is.
    """

    def are_partners(section: Section) -> bool:
        if members_as is MembersAs.ACCOUNTS:
            return False
        return members_as is MembersAs.BOTH or not section.is_end_user

    def are_customers(_: Section) -> bool:
        return members_as is not MembersAs.PARTNERS

    roles = Roles()
    services: dict[Company, list[str]] = defaultdict(list)
    for card in companies.cards:
        if card.on is None:
            company, listed = companies.of_card(card), sections.all_of(card.item)
            services[company] += [section.name for section in listed if section.is_service]
            if card.item.is_end_user or any(section.is_end_user for section in listed):
                roles.end_users.setdefault(company, card)
    offers: dict[Company, list[Product]] = defaultdict(list)
    for product in products:
        for company in product.companies:
            offers[company].append(product)
    roles.services = {company: list(dict.fromkeys(names)) for company, names in services.items() if names}
    roles.offers = dict(offers)
    roles.partners.update(memberships(companies, sections, days, present_day, are_partners))
    roles.accounts.update(memberships(companies, sections, days, present_day, are_customers))
    for company in (*roles.services, *roles.offers):
        roles.partners.setdefault(company, None)
    for company in roles.end_users:
        roles.accounts.setdefault(company, None)
    for of_role in (roles.partners, roles.accounts):
        if platform is not None:
            of_role.pop(platform, None)
    return roles
