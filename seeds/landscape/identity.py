"""Which cards of all files are one company: by company key, then home page domain, then name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from .addresses import company_domain
from .items import Item
from .names import compact

SHARED_BY = 3
"""A home page domain of so many companies identifies none of them."""
BY_DOMAIN, BY_NAME = 1.0, 0.95
_NAMESAKES = 20
"""A name of more company keys says nothing about which are one."""
Token = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A card of a company; `on` is the day that its file tells about, None for the present one."""

    item: Item
    on: date | None
    name: str
    domain: str | None

    @property
    def token(self) -> Token:
        return ("key", self.item.key) if self.item.key else ("name", compact(self.name))


class Link(NamedTuple):
    """Why a token was taken for the same company as another."""

    reason: str
    probability: float


class Identity:
    """The companies as sets of tokens (company keys, and names of cards without a key).

    Two keys are one company when their cards bear the same name and either the same domain, or never stand side by
    side in one file (the key was replaced). With different names they stay apart even on one domain: subsidiaries.
    A card without a key belongs to the one company on its domain, else to the one company of its name.
    """

    def __init__(self, cards: Sequence[Card], shared: frozenset[str]) -> None:
        self._parent: dict[Token, Token] = {}
        self.links: dict[Token, Link] = {}
        self._cards = cards
        for card in cards:
            self._parent.setdefault(card.token, card.token)
        self._join_keys()
        self.claims = self._claims()
        """Domain → the companies on whose cards it stands."""
        self.shared = shared | {domain for domain, claims in self.claims.items() if len(claims) >= SHARED_BY}
        self._join_keyless()
        self.claims = self._claims()

    def root(self, token: Token) -> Token:
        while self._parent[token] != token:
            token = self._parent[token]
        return token

    def __contains__(self, token: Token) -> bool:
        return token in self._parent

    def _join(self, token: Token, other: Token, link: Link) -> None:
        first, second = self.root(token), self.root(other)
        if first != second:
            self._parent[second] = first
            self.links.setdefault(other, link)

    def _claims(self) -> dict[str, set[Token]]:
        claims: dict[str, set[Token]] = defaultdict(set)
        for card in self._cards:
            if card.domain:
                claims[card.domain].add(self.root(card.token))
        return dict(claims)

    def _join_keys(self) -> None:
        domains: dict[tuple[str, Token], set[str]] = defaultdict(set)
        days: dict[Token, set[date | None]] = defaultdict(set)
        tokens: dict[str, dict[Token, None]] = defaultdict(dict)
        for card in self._cards:
            if card.item.key is None:
                continue
            name = compact(card.name)
            tokens[name][card.token] = None
            days[card.token].add(card.on)
            if card.domain:
                domains[name, card.token].add(card.domain)
        for name, keyed in tokens.items():
            if len(keyed) > _NAMESAKES:
                continue
            for newer, older in combinations(keyed, 2):
                if common := domains[name, newer] & domains[name, older]:
                    self._join(newer, older, Link(f"same name and domain {min(common)}", BY_DOMAIN))
                elif not days[newer] & days[older]:
                    self._join(newer, older, Link("same name, never listed beside each other", BY_NAME))

    def _join_keyless(self) -> None:
        keyed: dict[str, set[Token]] = defaultdict(set)
        for card in self._cards:
            if card.item.key:
                keyed[compact(card.name)].add(self.root(card.token))
        for card in self._cards:
            if card.item.key or card.item.is_unnamed or self.root(card.token)[0] == "key":
                continue
            owners = self.claims.get(card.domain, set()) if card.domain else set()
            others = [owner for owner in owners if owner != self.root(card.token)]
            if card.domain not in self.shared and len(others) == 1:
                self._join(others[0], card.token, Link(f"domain {card.domain}", BY_DOMAIN))
            elif len(named := keyed[compact(card.name)]) == 1:
                self._join(next(iter(named)), card.token, Link(f"name {card.name}", BY_NAME))


def make_cards(items: Sequence[tuple[Item, date | None]], names: Sequence[str]) -> list[Card]:
    """The cards of companies, with what their items say of the domain."""
    return [Card(item, on, name, company_domain(item, name)) for (item, on), name in zip(items, names, strict=True)]
