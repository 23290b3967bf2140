"""The companies of a landscape: found by key, domain or name, whichever a card offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ...graph.model import slug
from .addresses import label_of, shared_hosts
from .identity import Card, Identity, Token, make_cards
from .items import LandscapeFile
from .names import Keys, compact, name_of_key
from .sections import Sections


@dataclass(eq=False)
class Company:
    """One company: its key in the graph, its company keys (the present one first), and its cards, newest first."""

    key: str
    keys: list[str]
    name: str
    cards: list[Card] = field(default_factory=list)
    domains: tuple[str, ...] = ()

    @property
    def external_ids(self) -> list[str]:
        return [f"crunchbase:{key}" for key in self.keys]

    @property
    def present(self) -> list[Card]:
        return [card for card in self.cards if card.on is None]


class Companies:
    """All companies that have a card of their own, and, as they are asked for, those that only own products."""

    def __init__(self, files: Sequence[LandscapeFile], sections: Sections) -> None:
        newest_first = sorted(files, key=lambda f: (f.on is None, f.on), reverse=True)
        items = [
            (item, file.on)
            for file in newest_first
            for item in sorted(sections.companies(file.items), key=lambda i: not sections.of(i).is_member)
        ]
        self.cards = make_cards(items, [sections.company_name(item) for item, _ in items])
        self.identity = Identity(self.cards, shared_hosts(item for file in files for item in file.items))
        self._by_root: dict[Token, Company] = {}
        self._keys = Keys()
        self._make()
        self.contested = self._give_domains()
        """Domains on cards of several companies that were given to none of them."""
        self._by_domain = {domain: company for company in self._by_root.values() for domain in company.domains}
        self._by_name: dict[str, set[Token]] = defaultdict(set)
        for card in self.cards:
            self._by_name[compact(card.name)].add(self.identity.root(card.token))

    def __iter__(self) -> Iterator[Company]:
        return iter(self._by_root.values())

    def of_card(self, card: Card) -> Company:
        return self._by_root[self.identity.root(card.token)]

    def with_key(self, key: str) -> Company | None:
        """The company with this company key, present or former."""
        token = ("key", key)
        root = self.identity.root(token) if token in self.identity else token
        return self._by_root.get(root)

    def owner(self, key: str, product_names: Iterable[str] = ()) -> Company:
        """The company with this key, made where it has no card. A product that bears its name gives the spelling."""
        if (company := self.with_key(key)) is None:
            guess = name_of_key(key)
            name = next((n for n in product_names if compact(n) == compact(guess)), guess)
            company = self._new(("key", key), [key], name)
        return company

    def with_organization(self, name: str) -> Company:
        """The one company of this name, made where there is none."""
        if (company := self.named(name)) is None:
            company = self._by_root.get(("organization", compact(name)))
        return company or self._new(("organization", compact(name)), [], name)

    def on_domain(self, domain: str) -> Company | None:
        """The company that alone has this domain on its cards."""
        if domain in self.identity.shared or len(self.identity.claims.get(domain, ())) != 1:
            return None
        return self._by_domain.get(domain)

    def named(self, name: str) -> Company | None:
        """The one company with a card of this name."""
        roots = self._by_name.get(compact(name), set())
        return self._by_root[next(iter(roots))] if len(roots) == 1 else None

    def _make(self) -> None:
        cards: dict[Token, list[Card]] = defaultdict(list)
        for card in self.cards:
            cards[self.identity.root(card.token)].append(card)
        for root, of_company in cards.items():
            keys = list(dict.fromkeys(card.item.key for card in of_company if card.item.key))
            company = self._new(root, keys, _name(keys, of_company), of_company)
            company.cards = of_company

    def _new(self, root: Token, keys: list[str], name: str, cards: Sequence[Card] = ()) -> Company:
        domain = next((c.domain for c in cards if c.domain and c.domain not in self.identity.shared), None)
        key = self._keys.take(slug(keys[0]) if keys else domain or slug(name))
        company = self._by_root[root] = Company(key, keys, name)
        return company

    def _give_domains(self) -> list[str]:
        """Each domain to at most one company: its only claimant, the one that bears its name, or the latest."""
        contested = []
        domains: dict[Token, dict[str, None]] = defaultdict(dict)
        owners = {domain: self._owner_of(domain, roots) for domain, roots in self.identity.claims.items()}
        for card in self.cards:
            root = self.identity.root(card.token)
            if card.domain and owners[card.domain] == root:
                domains[root][card.domain] = None
        for domain, owner in owners.items():
            if owner is None:
                contested.append(domain)
        for root, company in self._by_root.items():
            company.domains = tuple(domains[root])
        return sorted(contested)

    def _owner_of(self, domain: str, roots: set[Token]) -> Token | None:
        is_shared = domain in self.identity.shared
        if len(roots) == 1 and not is_shared:
            return next(iter(roots))
        label = compact(label_of(domain))
        bearers = [root for root in roots if self._bears(self._by_root[root], label, by_key=not is_shared)]
        if len(bearers) == 1 or is_shared:
            return bearers[0] if len(bearers) == 1 else None
        newest = {root: self._last_on(root, domain) for root in roots}
        last = [root for root, on in newest.items() if on == max(newest.values())]
        return last[0] if len(last) == 1 else None

    def _last_on(self, root: Token, domain: str) -> date:
        return max(card.on or date.max for card in self._by_root[root].cards if card.domain == domain)

    @staticmethod
    def _bears(company: Company, label: str, *, by_key: bool) -> bool:
        names = {compact(card.name) for card in company.cards}
        return label in names or (by_key and label in {compact(key) for key in company.keys})


def _name(keys: Sequence[str], cards: Sequence[Card]) -> str:
    """The name on the newest cards that the company key spells too, else on the first of them, a member's if any."""
    newest = [card.name for card in cards if card.on == cards[0].on]
    spelled = {compact(spelling) for key in keys[:1] for spelling in (key, name_of_key(key))}
    return next((name for name in newest if compact(name) in spelled), newest[0])
