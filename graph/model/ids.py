"""Ids, keys and edge keys."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import blake2b

from .kinds import EdgeKind, NodeKind
from .nodes import NODES

_PREFIXES = tuple(f"{kind.prefix}:" for kind in NODES)
MAX_KEY = 500


def node_id(kind: NodeKind, key: str) -> str:
    """The id of the node of this kind with this key: `kind:key`."""
    return f"{kind.prefix}:{key}"


def kind_of(node_id: str) -> NodeKind | None:
    """The kind that an id names, or None when it names none."""
    prefix, colon, key = node_id.partition(":")
    return next((k for k in NODES if colon and key and k.prefix == prefix), None)


def key_problem(key: str) -> str | None:
    """Why a key cannot be taken, or None when it can."""
    if not key.strip():
        return "is empty"
    if key != key.strip():
        return "begins or ends with white space"
    if len(key) > MAX_KEY:
        return f"is longer than {MAX_KEY} characters"
    if key.startswith(_PREFIXES):
        return "begins with a kind and a colon, as ids do; leave that off"
    if any(unicodedata.category(c) == "Cc" for c in key):
        return "holds a control character"
    return None


def edge_key(source: str, kind: EdgeKind, start: str, end: str, since: date | None, discriminator: str = "") -> str:
    """The key of an imported edge: what makes importing it again a no-operation.

    For an undated kind with an `on` property, `since` is that day.
    """
    if kind.is_symmetric and end < start:
        start, end = end, start
    parts = (source, kind.type, start, end, since.isoformat() if since else "", discriminator)
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def slug(text: str) -> str:
    """A readable key made of a name: lower case ASCII letters, digits and single hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")
    return made or blake2b(text.encode(), digest_size=6).hexdigest()
