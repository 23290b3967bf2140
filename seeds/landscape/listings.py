"""Which products the files of earlier years list: since when, until when, and whose they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ...graph.model import slug
from .companies import Company
from .items import Item, LandscapeFile
from .members import first_without
from .names import strip_remarks
from .owners import Owners
from .products import Mark, Product, Products
from .sections import Sections


@dataclass(eq=False)
class FormerProduct:
    """A product that no present file lists. `owners` are the companies of its cards, and the first day without them."""

    key: str
    name: str
    category: str
    listed: date | None
    delisted: date
    owners: dict[Company, date] = field(default_factory=dict)


@dataclass
class _Seen:
    newest: Item
    days: set[date] = field(default_factory=set)
    owners: dict[Company, date] = field(default_factory=dict)


class Listings:
    """The products of earlier files. `former` are those that have no present card and that were a known company's.

    A card of an earlier file is of a present product by what makes two present cards one, or, where a product took
    another name, by the code that is one product's alone. A present product that
    the first file has not is listed since the first file that has it, unless its card tells a day; of one that the
    first file has, nothing is known. A product listed again after years of absence was listed all the time.
    """

    def __init__(
        self,
        files: Sequence[LandscapeFile],
        sections: Sections,
        owners: Owners,
        products: Products,
        known: frozenset[Company],
        present_day: date | None,
    ) -> None:
        self._days = sorted(file.on for file in files if file.on)
        self._present_day = present_day
        self.cards = 0
        self.unknown = 0
        """Products of companies that are nothing else here."""
        self._present: dict[Product, set[date]] = defaultdict(set)
        self._gone: list[_Seen] = []
        by_mark: dict[Mark, _Seen] = {}
        for file in sorted(files, key=lambda file: file.on or date.max, reverse=True):
            if file.on is not None:
                for item in sections.products(file.items):
                    self._add(item, file.on, owners.known(item), products, by_mark)
        for product, days in self._present.items():
            product.listed = product.listed or self._since(days)
        self.former = self._named(products, known)

    def _add(self, item: Item, on: date, owner: Company | None, products: Products, by_mark: dict[Mark, _Seen]) -> None:
        self.cards += 1
        marks = products.marks(item, owner)
        if product := products.with_mark(marks) or products.with_code(item.repo):
            self._present[product].add(on)
            return
        seen = next((by_mark[mark] for mark in marks if mark in by_mark), None)
        if seen is None:
            seen = _Seen(item)
            self._gone.append(seen)
        for mark in marks:
            by_mark.setdefault(mark, seen)
        seen.days.add(on)
        if owner is not None:
            seen.owners.setdefault(owner, first_without(on, self._days, self._present_day))

    def _since(self, days: set[date]) -> date | None:
        first = min(days)
        return first if first > self._days[0] else None

    def _named(self, products: Products, known: frozenset[Company]) -> list[FormerProduct]:
        """In the order of their names, so that keys do not depend on the files' order."""
        former = []
        for seen in sorted(self._gone, key=lambda seen: (seen.newest.name, seen.newest.path, min(seen.days))):
            owners = {company: until for company, until in seen.owners.items() if company in known}
            if not owners:
                self.unknown += 1
                continue
            name = strip_remarks(seen.newest.name, products.remarks)
            key = products.keys.take(f"{slug(name)}-{slug(seen.newest.subcategory)}")
            delisted = first_without(max(seen.days), self._days, self._present_day)
            former.append(FormerProduct(key, name, seen.newest.subcategory, self._since(seen.days), delisted, owners))
        return former
