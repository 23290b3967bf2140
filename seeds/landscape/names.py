"""Names as they are compared, and the remarks in parentheses behind them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_REMARK = re.compile(r"^(.*\S)\s*[(（]([^()（）]*)[)）]\s*$", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_SIGNS = str.maketrans({"&": " and ", "+": " plus ", "#": " sharp "})
_HASH = re.compile(r"-(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{4}$|-\d{4}$")

_INITIALS = re.compile(r"[b-df-hj-np-tv-xz]{2,4}$")


@lru_cache(maxsize=100_000)
def compact(text: str) -> str:
    """What two spellings of one name share: its letters and digits, without case, accents, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", text.translate(_SIGNS)).casefold()
    return "".join(c for c in plain if c.isalnum())


def split_remark(name: str) -> tuple[str, str | None]:
    """A name and the remark in parentheses that ends it: `Acme (member)` gives `Acme` and `member`."""
    found = _REMARK.match(name)
    return (found[1], found[2].strip()) if found else (name, None)


def recurring_remarks(names: Iterable[str], least: int) -> frozenset[str]:
    """The remarks that end at least so many names: they tell the role of a card, not its name."""
    counts = Counter(remark.casefold() for name in names if (remark := split_remark(name)[1]))
    return frozenset(remark for remark, count in counts.items() if count >= least)


def strip_remarks(name: str, remarks: frozenset[str]) -> str:
    """The name without those remarks at its end."""
    base, remark = split_remark(name)
    while remark is not None and remark.casefold() in remarks:
        name = base
        base, remark = split_remark(name)
    return name


def is_abbreviation(short: str, long: str) -> bool:
    """True when the letters of `short` are the first letters of the words of `long`, some words left out.

    Capitals and digits within a word begin words of their own: `EKS` stands for `Elastic Kubernetes Service`,
    `SQL` for `StructuredQueryLanguage`.
    """
    wanted = compact(short)
    initials = "".join(part[0] for word in _WORD.findall(long) for part in re.findall(r"[A-Z]?[^A-Z]*", word) if part)
    found = iter(compact(initials))
    return len(wanted) > 1 and all(letter in found for letter in wanted)


def name_of_key(key: str) -> str:
    """A readable name made of a company key: `acme-labs-1d80` gives `Acme Labs`."""
    words = [word for word in _HASH.sub("", key).replace("_", "-").split("-") if word]
    return " ".join(word.upper() if _INITIALS.match(word) else word.capitalize() for word in words) or key


class Keys:
    """Keys that are given out once; the second of a kind gets the number 2."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._taken

    def take(self, wanted: str) -> str:
        key, number = wanted, self._next.get(wanted, 2)
        while key in self._taken:
            key, number = f"{wanted}-{number}", number + 1
        self._next[wanted] = number
        self._taken.add(key)
        return key
