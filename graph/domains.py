"""Websites as identities: which domain an address is of, and whether that domain is one company's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

import polars as pl

from .hosts import PUBLIC_HOSTS
from .load.cast import normal_name
from .model import registrable_domain

_HOST = r"^(?:https?://)?(?:[\w.+-]+@)?([a-zA-Z0-9.-]+)(?:[/?#].*)?$"
_MANY = 3
"""So many unrelated names at one domain, and it is nobody's own: a code forge, a link page, a government's site."""

_LOOKED_AT = 100
"""Names of a domain that are compared with each other: more would tell nothing new, and cost as their square."""

_COMMON_TEXT = """
the of and for de co company corp corporation inc llc ltd limited gmbh ag sa se bv oy ab group holding holdings labs
systems software technologies technology solutions services digital bank cloud data consulting media international
global university project
"""
_COMMON = frozenset(_COMMON_TEXT.split())
"""Words that two companies may well have in common."""


def domain_of(address: str) -> str | None:
    """The registrable domain of an address, where it is a company's own.

    None as well for the site of a public suffix itself: `www.gov.uk` is all departments', `cabinetoffice.gov.uk` one's.
    """
    if len(address.split()) != 1:
        return None
    domain = registrable_domain(address)
    return None if domain is None or domain.startswith("www.") else domain


def domains_of(addresses: pl.Series) -> pl.Series:
    """`domain_of` for a column."""
    # Most addresses differ in scheme and path alone: their hosts are far fewer, and quickly had.
    hosts = addresses.str.extract(_HOST).fill_null(addresses)
    found = {host: domain_of(host) for host in hosts.drop_nulls().unique()}
    return hosts.replace_strict(found, default=None, return_dtype=pl.String())


def public_hosts(domains: pl.Series, names: pl.Series) -> pl.Series:
    """Whether each domain is a free mail, hosting or publishing site (`PUBLIC_HOSTS`), and the name not its owner's.

    The owner's is the name that the domain has, but for legal forms and the part of the company: `GitHub, Inc.`
    """
    is_public = domains.is_in(list(PUBLIC_HOSTS)).fill_null(False)
    if not is_public.any():
        return is_public
    from .matching.names import core_names  # only here, for it takes long to import

    label = domains.str.split(".").list.first().str.replace_all(r"[^\pL\pN]", "")
    plain = names.str.to_lowercase().str.strip_chars()
    return is_public & (core_names(names)["stem"] != label) & (plain != domains).fill_null(True)


def shared_domains(domains: pl.Series, names: pl.Series, declared: Collection[str] = ()) -> set[str]:
    """The domains that are no identity: those declared, and those that three or more unrelated names share.

    Names are related when they have a word in common, or one with the domain: `SAP Labs` and `SAP Hybris` may both be
    at sap.com, three projects at a code forge may not.
    """
    pairs = pl.DataFrame({"domain": domains, "name": names}).drop_nulls().unique(maintain_order=True)
    often = pairs.group_by("domain", maintain_order=True).agg("name").filter(pl.col("name").list.len() >= _MANY)
    shared = {domain for domain, all_names in often.iter_rows() if _companies(domain, all_names[:_LOOKED_AT]) >= _MANY}
    return shared | {registrable_domain(d) or d.strip().lower() for d in declared}


def _companies(domain: str, names: Collection[str]) -> int:
    label = domain.partition(".")[0]
    groups: list[set[str]] = []
    for name in names:
        words = _words(name)
        if _speaks_of(label, name, words):
            words = words | {label}
        touching = [group for group in groups if group & words]
        groups = [group for group in groups if not group & words]
        groups.append(words.union(*touching))
    return len(groups)


def _words(name: str) -> set[str]:
    text = unicodedata.normalize("NFKC", name).casefold()
    words = {word for word in re.split(r"[\W_]+", text) if len(word) > 1}
    return words - _COMMON or {normal_name(name)}


def _speaks_of(label: str, name: str, words: set[str]) -> bool:
    whole = normal_name(name)
    plain = normal_name(label)
    return plain in whole or whole in plain or any(len(word) > 2 and word in plain for word in words)
