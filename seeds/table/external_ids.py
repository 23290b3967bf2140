"""External ids: a system and the id of a thing in it."""

from __future__ import annotations

import re

_SALESFORCE_SHORT = re.compile(r"[a-zA-Z0-9]{15}")
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def external_id(text: str, system: str | None) -> str | None:
    """`system:id`; without a system given, the text must name it. None where it does not, or holds white space."""
    if system is not None and not text.startswith(f"{system}:"):
        text = f"{system}:{text}"
    named, colon, rest = text.partition(":")
    if not (colon and named and rest) or any(c.isspace() for c in text):
        return None
    return f"{named}:{salesforce_id(rest) if named == 'salesforce' else rest}"


def salesforce_id(text: str) -> str:
    """A Salesforce id in its long form: reports give 15 characters, the API 18, the last three telling the case."""
    if not _SALESFORCE_SHORT.fullmatch(text):
        return text
    parts = (text[at : at + 5] for at in (0, 5, 10))
    return text + "".join(_CHECK[sum(1 << i for i, c in enumerate(part) if c.isupper())] for part in parts)
