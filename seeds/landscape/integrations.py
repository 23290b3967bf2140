"""Integrations between products, as cards tell of them in free text; a name counts only where it is certain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...graph.model import registrable_domain
from .addresses import home_page, label_of
from .companies import Company
from .mentions import read_mentions
from .names import compact, is_abbreviation, name_of_key, split_remark
from .products import Product, Products


@dataclass(eq=False)
class Integration:
    """Two products that work together. `builders` own a product whose card names the other."""

    products: tuple[Product, Product]
    tellers: list[Product] = field(default_factory=list)

    @property
    def key(self) -> str:
        return "--".join(sorted(product.key for product in self.products))

    @property
    def name(self) -> str:
        teller = self.tellers[0]
        other = next(product for product in self.products if product is not teller)
        return f"{teller.name} – {other.name}"

    @property
    def builders(self) -> list[Company]:
        return list(dict.fromkeys(company for teller in self.tellers for company in teller.companies))


@dataclass
class Told:
    """The integrations found, and how often each name was left: those that fit several products, and unknown ones."""

    integrations: list[Integration] = field(default_factory=list)
    texts: int = 0
    mentions: int = 0
    ambiguous: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)


def find_integrations(products: Products) -> Told:
    """The integrations that the cards of all products tell of."""
    names = ProductNames(products.all, products.remarks)
    told = Told()
    by_pair: dict[frozenset[str], Integration] = {}
    for product in products:
        for text in dict.fromkeys(text for item in product.items for text in item.integrations):
            mentions = read_mentions(text, names.find)
            told.texts += 1
            told.mentions += len(mentions.found) + len(mentions.ambiguous) + len(mentions.unknown)
            told.ambiguous.update(mentions.ambiguous)
            told.unknown.update(mentions.unknown)
            for other in mentions.found:
                if other is product:
                    continue
                pair = frozenset((product.key, other.key))
                integration = by_pair.setdefault(pair, Integration((product, other)))
                if product not in integration.tellers:
                    integration.tellers.append(product)
    told.integrations = list(by_pair.values())
    return told


class ProductNames:
    """What each product may be called: its name before all; then its parts, its home page, its code, its owner's name.

    A name that fits two products in the first rank where it fits any is ambiguous.
    """

    def __init__(self, products: Sequence[Product], remarks: frozenset[str]) -> None:
        self._ranks: list[dict[str, dict[Product, None]]] = [defaultdict(dict) for _ in range(5)]
        for product in products:
            for rank, name in _names(product, remarks):
                if called := compact(name):
                    self._ranks[rank][called][product] = None

    def find(self, name: str) -> list[Product]:
        called = compact(name)
        return next((list(rank[called]) for rank in self._ranks if called in rank), [])


def _names(product: Product, remarks: frozenset[str]) -> Iterator[tuple[int, str]]:
    yield 0, product.name
    base, remark = split_remark(product.name)
    if remark and remark.casefold() in remarks:
        return
    if remark:
        yield 1, base
        if is_abbreviation(remark, base) or is_abbreviation(base, remark):
            yield 1, remark
    called = compact(base)
    for item in product.items:
        page = home_page(item.homepage)
        if page and "/" not in page and registrable_domain(page) == page:
            yield 2, page
            if called in (label := compact(label_of(page))):
                yield 3, label
        if item.repo and (repository := _repository(item.repo, product, called, remark)):
            yield 3, repository
    for owner in _owner_names(product):
        yield 4, f"{owner} {base}"


def _repository(address: str, product: Product, called: str, remark: str | None) -> str | None:
    """The name of the repository, where it belongs to the product alone.

    That is where it is also that of its organisation, holds the product's name at an end, stands in parentheses behind
    it, follows the owner's name in it, or is an end of it while the organisation has the whole. Any other, such as
    `core` or `operator`, could mean anything.
    """
    parts = (home_page(address) or "").split("/")
    if len(parts) != 3:
        return None
    _, organization, repository = (compact(part) for part in parts)
    is_own = (
        repository == organization
        or repository.startswith(called)
        or repository.endswith(called)
        or (remark is not None and repository == compact(remark))
        or any(compact(owner) + repository == called for owner in _owner_names(product))
        or (organization == called and (called.startswith(repository) or called.endswith(repository)))
    )
    return parts[2] if is_own else None


def _owner_names(product: Product) -> set[str]:
    return {name for c in product.companies for name in (c.name, *(name_of_key(key) for key in c.keys))}
