"""Certificates: what the names of certified sections say about the products and companies in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .companies import Company
from .names import compact
from .products import Product
from .sections import Section

_WORD = re.compile(r"[^\W_]+(?:[-.'][^\W_]+)*")


@dataclass(frozen=True)
class Certificate:
    """What a section certifies: for which product of the platform company, and as what."""

    product: Product
    level: str | None

    @property
    def title(self) -> str:
        return f"{self.product.name}, {self.level}" if self.level else self.product.name


class Certificates:
    """The certificates of sections and who holds them."""

    def __init__(self, platform: Iterable[Product]) -> None:
        self._platform = {compact(product.name): product for product in platform}
        self.held: dict[tuple[Company, Product, str | None], int] = {}
        """Holder, product and level, with the line of the first card."""

    def of(self, section: Section) -> Certificate | None:
        """`Certified Kubernetes - Hosted` certifies for the product Kubernetes at the level `Hosted`.

        None where the section certifies nothing, or where its name holds no product's name. Of several, it is the
        one beside the word `certified`.
        """
        if not section.is_certified:
            return None
        words = _WORD.findall(section.name)
        found = self._longest(words)
        if len(found) > 1:
            found = [f for f in found if _is_beside_certified(words, f[0], f[1])]
        if len(found) != 1:
            return None
        begin, end, product = found[0]
        rest = [word for word in (*words[:begin], *words[end:]) if word.casefold() != "certified"]
        return Certificate(product, " ".join(rest) or None)

    def hold(self, company: Company, section: Section, line: int) -> None:
        """Notes that the company stands in the section."""
        if certificate := self.of(section):
            self.held.setdefault((company, certificate.product, certificate.level), line)

    def _longest(self, words: list[str]) -> list[tuple[int, int, Product]]:
        """The longest names of products in a row of words."""
        for length in range(len(words), 0, -1):
            found = []
            for begin in range(len(words) - length + 1):
                product = self._platform.get(compact("".join(words[begin : begin + length])))
                if product:
                    found.append((begin, begin + length, product))
            if found:
                return found
        return []


def _is_beside_certified(words: list[str], begin: int, end: int) -> bool:
    neighbours = (*words[max(0, begin - 1) : begin], *words[end : end + 1])
    return any(word.casefold() == "certified" for word in neighbours)
