"""Which home pages identify the company on a card, and which stand on somebody else's host. Decided by the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from ...graph.model import registrable_domain
from .items import Item
from .names import compact, name_of_key

_PROFILES = ("crunchbase", "twitter")
_LEAST = 4


def shared_hosts(items: Iterable[Item]) -> frozenset[str]:
    """The domains that serve many: those of profile pages, and those of the code of two owners or more."""
    found: set[str] = set()
    coders: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for column in _PROFILES:
            address = item.raw.get(column)
            if isinstance(address, str) and (domain := registrable_domain(address)):
                found.add(domain)
        if item.repo and (domain := registrable_domain(item.repo)):
            coders[domain].add(item.key or compact(item.name))
    return frozenset(found | {domain for domain, owners in coders.items() if len(owners) > 1})


def company_domain(item: Item, name: str) -> str | None:
    """The domain of the home page on a company's card.

    None without one, for a company whose name is not disclosed, and where the path of the address names the company
    while the host does not: a page such as `social.example/company/acme`.
    """
    if item.homepage is None or item.is_unnamed:
        return None
    domain = registrable_domain(item.homepage)
    if domain is None:
        return None
    label = compact(label_of(domain))
    own = {compact(name), *([compact(name_of_key(item.key)), compact(item.key)] if item.key else [])}
    if any(label in called or called in label for called in own if called):
        return domain
    path = compact(_path(item.homepage))
    return None if any(called in path for called in own if len(called) >= _LEAST) else domain


def label_of(domain: str) -> str:
    """The part of a registrable domain that names its owner."""
    return domain.partition(".")[0]


def home_page(address: str | None) -> str | None:
    """An address as it is compared: host and path, in lower case, without `www.` and what follows the path."""
    if address is None:
        return None
    rest = address.partition("//")[2] or address
    rest = rest.partition("#")[0].partition("?")[0].lower().removeprefix("www.")
    return rest.rstrip("/").removesuffix(".git") or None


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
