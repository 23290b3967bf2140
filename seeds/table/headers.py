"""Headers: how they are compared, and which words stand for which column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from ...graph.load.tables import Kind
from ...graph.model import EdgeKind, HistoryKind, NodeKind, ValueType
from .kinds import Reference, identifiers, properties, references

WEBSITES = ("website", "websites", "domain", "domains", "url", "homepage")
FIELDS = {"id": "id", "key": "id", "externalid": "external_id", "name": "name"}


def plain(header: str) -> str:
    """What counts of a header: letters and digits in lower case."""
    return re.sub(r"[\W_]+", "", header).casefold()


def value_names(kind: Kind) -> dict[str, str]:
    """The plain words that stand for a value column, with the model's name of it."""
    words = {plain(name): name for name, _ in identifiers(kind)}
    if isinstance(kind, NodeKind):
        if kind.has_domains:
            words |= dict.fromkeys(WEBSITES, "domains")
        if kind.has_external_ids:
            words["externalid"] = "externalIds"
        words[f"{kind.table}key"] = "key"
        words[f"{kind.table}name"] = "name"
    for prop in properties(kind):
        words[plain(prop.name)] = prop.name
        if prop.type is ValueType.MONEY:
            words[plain(f"{prop.name}Currency")] = f"{prop.name}Currency"
    if isinstance(kind, HistoryKind) and kind.of is not None:
        words[plain(kind.value.name)] = "value"
        if kind.value.type is ValueType.MONEY:
            words |= {plain(f"{kind.value.name}Currency"): "valueCurrency", "currency": "valueCurrency"}
        words["date"] = "on"
    return words


def reference_names(kind: Kind) -> dict[str, tuple[str, str]]:
    """The plain words that stand for a reference, with the reference and its field.

    `from`, `account`, `account_id`, `account_website`, and `website` alone where one end only has websites.
    """
    words: dict[str, tuple[str, str]] = {}
    places = references(kind)
    for place in places:
        for stem in _stems(place, places):
            words[plain(stem)] = (place.name, "any")
            words |= {plain(stem + word): (place.name, field) for word, field in FIELDS.items()}
            if any(k.has_domains for k in place.kinds):
                words |= {plain(stem + word): (place.name, "website") for word in WEBSITES}
    with_domains = [place for place in places if any(k.has_domains for k in place.kinds)]
    if not isinstance(kind, NodeKind) and len(with_domains) == 1:
        words |= dict.fromkeys(WEBSITES, (with_domains[0].name, "website"))
    return words


def _stems(place: Reference, places: Iterable[Reference]) -> list[str]:
    """Words for a reference: its own name, and its kinds' names where no other reference has them."""
    others = {kind.table for other in places if other is not place for kind in other.kinds}
    return [place.name, *(kind.table for kind in place.kinds if kind.table not in others)]


def find(headers: Mapping[str, str], wanted: str) -> str | None:
    """The header that is written like this, or at least reads like it."""
    if wanted in headers.values():
        return wanted
    return headers.get(plain(wanted))


def suggestion(word: str, known: Iterable[str]) -> str | None:
    """The nearest of the known words, if it is near."""
    table = {plain(name): name for name in known}
    near = get_close_matches(plain(word), table, n=1, cutoff=0.75)
    return table[near[0]] if near else None


def describes(kind: Kind) -> str:
    """`a table of uses (Account to Product)`, for messages."""
    if isinstance(kind, EdgeKind):
        return f"{kind.table} ({' or '.join(kind.from_labels)} to {' or '.join(kind.to_labels)})"
    return kind.table
