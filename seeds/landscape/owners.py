"""Whose a product is: by company key, organisation, hosted project, home page domain, or name; else nobody's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...graph.errors import BadInput
from ...graph.model import registrable_domain
from .companies import Companies, Company
from .identity import BY_DOMAIN, BY_NAME
from .items import Item
from .names import compact


class Way(StrEnum):
    """How an owner was found."""

    KEY = "company key"
    ORGANIZATION = "organization"
    PROJECT = "hosted project without a company key"
    DOMAIN = "home page domain"
    NAME = "name"
    NONE = "no owner"


@dataclass(frozen=True)
class Owner:
    """The owner of an item. `reason` is set where the item does not itself name its owner."""

    company: Company | None
    way: Way
    reason: str | None = None
    probability: float = 1.0


class Owners:
    """Finds owners. `platform` is the company whose projects the landscape is about, where there is one."""

    def __init__(self, companies: Companies, products: Sequence[Item], wanted: str | None) -> None:
        self._companies = companies
        self._names_by_key: dict[str, list[str]] = defaultdict(list)
        for item in products:
            if item.key:
                self._names_by_key[item.key].append(item.name)
        self.platform = self._named(wanted) if wanted else self._most_projects(products)

    def known(self, item: Item) -> Company | None:
        """The owner of an item of an earlier file, where it is one of the companies that there are anyway."""
        if item.key:
            return self._companies.with_key(item.key)
        if item.organization:
            return self._companies.named(item.organization)
        return self.of(item).company

    def of(self, item: Item) -> Owner:
        if item.key:
            company = self._companies.owner(item.key, self._names_by_key[item.key])
            return Owner(company, Way.KEY)
        if item.organization:
            return Owner(self._companies.with_organization(item.organization), Way.ORGANIZATION)
        if item.project and self.platform:
            return Owner(self.platform, Way.PROJECT, f"hosted project ({item.project})")
        domain = registrable_domain(item.homepage) if item.homepage else None
        if domain and (owner := self._companies.on_domain(domain)):
            return Owner(owner, Way.DOMAIN, f"domain {domain}", BY_DOMAIN)
        if owner := self._companies.named(item.name):
            return Owner(owner, Way.NAME, f"name {item.name}", BY_NAME)
        return Owner(None, Way.NONE)

    def _most_projects(self, products: Sequence[Item]) -> Company | None:
        """The owner of most items that tell the maturity of a hosted project.

        Raises:
            BadInput: two companies own equally many.
        """
        counts = Counter(
            self._companies.owner(item.key, self._names_by_key[item.key])
            for item in products
            if item.key and item.project
        )
        first = counts.most_common(2)
        if not first:
            return None
        if len(first) == 2 and first[0][1] == first[1][1]:
            raise BadInput(
                f"Two companies own {first[0][1]} hosted projects each: {first[0][0].key}, {first[1][0].key}.",
                hint="Name the platform company with --company KEY.",
            )
        return first[0][0]

    def _named(self, wanted: str) -> Company:
        text = wanted.strip()
        key = text.lower()
        if key in self._names_by_key:
            return self._companies.owner(key, self._names_by_key[key])
        found = self._companies.with_key(key) or self._companies.on_domain(key) or self._companies.named(text)
        if found is None:
            found = next((c for c in list(self._companies) if compact(c.name) == compact(text)), None)
        if found is None:
            most = sorted(self._names_by_key, key=lambda k: (-len(self._names_by_key[k]), k))[:5]
            raise BadInput(
                f"No card of the landscape is of a company {wanted!r}.",
                hint=f"Give a company key, such as {', '.join(most)}." if most else None,
            )
        return found
