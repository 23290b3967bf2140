"""Where an account's DUNS stands: in a custom column, or as an external id."""

from __future__ import annotations

from collections.abc import Iterable

DUNS_NAMES = ["custom.duns", "custom.dunsnumber", "custom.dunsno", "custom.dunsid", "custom.dunscode"]
"""Names of custom columns in lower case, without spaces, hyphens and underscores."""

_SYSTEMS = ("duns", "dnb")


def duns_of(external_ids: Iterable[str]) -> str | None:
    """The DUNS among external ids (`duns:123456789`)."""
    for identity in external_ids:
        system, _, number = identity.partition(":")
        if system.lower() in _SYSTEMS:
            return number
    return None
