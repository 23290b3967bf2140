"""The products of a landscape: one for all cards of the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ...graph.model import slug
from .addresses import home_page
from .companies import Company
from .items import Item
from .names import Keys, compact, recurring_remarks, strip_remarks
from .owners import Owner, Owners
from .sections import Sections

Mark = tuple[str, str, str]


@dataclass(eq=False)
class Product:
    """A product, and the cards that show it, the first of which names it."""

    key: str
    name: str
    category: str
    items: list[Item]
    is_platform: bool = False
    listed: date | None = None
    delisted: date | None = None
    companies: list[Company] = field(default_factory=list)
    """Its owners, each once."""


class Products:
    """All products. Two cards are one product when they bear one name and share code, home page or owner.

    A remark in parentheses behind several names, such as `(Wasm)`, is no part of the name where a card without it
    shares code or home page; what is left of it keeps its remark.
    """

    def __init__(self, items: Sequence[Item], sections: Sections, owners: Owners) -> None:
        self.remarks = recurring_remarks((item.name for item in items), least=3) | sections.role_remarks
        self._found = [(item, owners.of(item)) for item in items]
        self._categories = _categories(items)
        self._platform = owners.platform
        self._role_remarks = sections.role_remarks
        self.keys = Keys()
        self._by_mark: dict[Mark, Product] = {}
        self._by_code: dict[str, set[Product]] = defaultdict(set)
        self.all = [self._product(group) for group in self._groups()]

    def __iter__(self) -> Iterator[Product]:
        return iter(self.all)

    @property
    def found(self) -> list[tuple[Item, Owner]]:
        """Every product card and its owner."""
        return self._found

    def _groups(self) -> list[list[tuple[Item, Owner]]]:
        """The cards of each product, those without a remark first; the products in the order of their first cards."""
        groups: list[list[tuple[Item, Owner]]] = []
        by_mark: dict[Mark, list[tuple[Item, Owner]]] = {}
        order = {id(item): number for number, (item, _) in enumerate(self._found)}
        for item, owner in sorted(self._found, key=lambda f: strip_remarks(f[0].name, self.remarks) != f[0].name):
            marks = self.marks(item, owner.company)
            group = next((by_mark[mark] for mark in marks if mark in by_mark), None)
            if group is None:
                group = []
                groups.append(group)
            group.append((item, owner))
            for mark in marks:
                by_mark.setdefault(mark, group)
        return sorted(groups, key=lambda group: order[id(group[0][0])])

    def with_mark(self, marks: Sequence[Mark]) -> Product | None:
        """The product that bears the first of the marks that any bears."""
        return next((self._by_mark[mark] for mark in marks if mark in self._by_mark), None)

    def with_code(self, repository: str | None) -> Product | None:
        """The one product with this repository."""
        found = self._by_code.get(home_page(repository) or "", set())
        return next(iter(found)) if len(found) == 1 else None

    def marks(self, item: Item, owner: Company | None) -> list[Mark]:
        """What a card shares with another of its product: name and code, name and home page, name and owner."""
        base = compact(strip_remarks(item.name, self.remarks))
        marks = [
            (base, kind, page)
            for kind, page in (("code", home_page(item.repo)), ("page", home_page(item.homepage)))
            if page
        ]
        if owner:
            marks.append((compact(item.name), "owner", owner.key))
        return marks

    def _product(self, group: list[tuple[Item, Owner]]) -> Product:
        items = [item for item, _ in group]
        first = items[0]
        name = strip_remarks(first.name, self._role_remarks)
        companies = list(dict.fromkeys(owner.company for _, owner in group if owner.company))
        product = Product(self._key(name, first), name, self._categories[first.path], items)
        product.companies = companies
        product.is_platform = self._platform is not None and self._platform in companies
        if product.is_platform:
            product.listed = min((i.accepted for i in items if i.accepted), default=None)
            product.delisted = max((i.archived for i in items if i.archived), default=None)
        for item, owner in group:
            if code := home_page(item.repo):
                self._by_code[code].add(product)
            for mark in self.marks(item, owner.company):
                self._by_mark.setdefault(mark, product)
        return product

    def _key(self, name: str, item: Item) -> str:
        key = slug(name)
        return self.keys.take(f"{key}-{slug(item.subcategory)}" if key in self.keys else key)


def _categories(items: Sequence[Item]) -> dict[tuple[str, str], str]:
    """Path → category: the subcategory's name, with the category before it where a larger section has that name."""
    sizes = Counter(item.path for item in items)
    largest: dict[str, tuple[str, str]] = {}
    for path in sizes:
        current = largest.get(path[1])
        if current is None or sizes[path] > sizes[current]:
            largest[path[1]] = path
    return {path: path[1] if largest[path[1]] == path else f"{path[0]} / {path[1]}" for path in sizes}
