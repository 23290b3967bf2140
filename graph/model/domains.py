"""Internet domains as company identifiers, by the public suffix list that comes with tldextract (never fetched)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract


@cache
def _extract() -> TLDExtract:
    from tldextract import TLDExtract  # here, as only imports need it

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=200_000)
def registrable_domain(address: str) -> str | None:
    """The registrable domain of an address, a host name or an e-mail domain, in lower case ASCII.

    `https://www.capitalone.com/tech/` gives `capitalone.com`; a name on a shared host (`x.github.io`) stays whole.
    None for an IP address, a bare suffix, or what is no address.
    """
    found = _extract()(address.strip())
    if not found.domain or not found.suffix:
        return None
    name = f"{found.domain}.{found.suffix}".lower()
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return None
