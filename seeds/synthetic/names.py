"""Names that read like companies' and products', any number of them, no two alike."""

from __future__ import annotations

from math import gcd

import numpy as np
import polars as pl

from .draws import Ints, Random
from .words import DOMAIN_SUFFIX, FIRST, LAST, MIDDLE

_GOLDEN = 0.6180339887498949


class Roots:
    """Coined words such as `Velinwick`, numbered; any number is a word of its own, with a numeral from `count` on."""

    def __init__(self) -> None:
        self._words = np.array([f"{a}{b}{c}" for a in FIRST for b in MIDDLE for c in LAST])

    @property
    def count(self) -> int:
        return int(self._words.size)

    def take(self, numbers: Ints) -> pl.Series:
        """The words of these numbers."""
        words = pl.Series(self._words).gather(numbers % self.count)
        return _numbered(words, numbers // self.count)


def distinct(rng: Random, count: int, of: int) -> Ints:
    """`count` different numbers in no visible order: below `of`, and above it only when there are not enough."""
    step = max(1, round(of * _GOLDEN))
    while gcd(step, of) > 1:
        step += 1
    at = np.arange(count, dtype=np.int64)
    return (int(rng.integers(of)) + at * step) % of + at // of * of


def with_endings(roots: Roots, rng: Random, groups: Ints, endings: tuple[tuple[str, ...], ...]) -> pl.Series:
    """A name for each, of a root and an ending of its group. No ending may stand in two groups."""
    names = np.full(groups.size, -1, dtype=np.int64)
    table = [ending for group in endings for ending in group]
    ending_at = np.zeros(groups.size, dtype=np.int64)
    offset = 0
    for group, words in enumerate(endings):
        members = np.flatnonzero(groups == group)
        numbers = distinct(rng, members.size, roots.count * len(words))
        surplus, within = np.divmod(numbers, roots.count * len(words))
        names[members] = within // len(words) + surplus * roots.count
        ending_at[members] = offset + within % len(words)
        offset += len(words)
    return roots.take(names) + " " + pl.Series(table).gather(ending_at)


def slugs(names: pl.Series) -> pl.Series:
    """Keys made of names, as `slug` makes them, for names in ASCII."""
    return names.str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")


def domains_of(names: pl.Series) -> pl.Series:
    """A domain for each name, under a suffix that nobody can register."""
    return names.str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "") + f".{DOMAIN_SUFFIX}"


def _numbered(words: pl.Series, surplus: Ints) -> pl.Series:
    if not surplus.any():
        return words
    numerals = pl.Series(surplus + 1).cast(pl.String)
    return pl.select(
        pl.when(pl.Series(surplus > 0)).then(pl.concat_str(words, pl.lit(" "), numerals)).otherwise(words)
    ).to_series()
