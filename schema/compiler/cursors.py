"""Keyset cursors: where a page ended, by the values that the list is ordered by."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import orjson

from ...graph.errors import BadInput


class CursorStale(BadInput):
    """A cursor of another list, or of this list in another order."""

    code = "CURSOR_STALE"


def signature(*parts: object) -> str:
    """What a list is: its field and order. A cursor holds it, so that it cannot be used elsewhere."""
    return blake2b(repr(parts).encode(), digest_size=4).hexdigest()


def encode(signed: str, values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([signed, *values])).decode().rstrip("=")


def decode(cursor: str, signed: str) -> list[Any]:
    """The values at which the page ended.

    Raises:
        CursorStale: this is no cursor of this list.
    """
    try:
        found = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        found = None
    if not isinstance(found, list) or len(found) < 2 or found[0] != signed:
        raise CursorStale(
            "This cursor does not belong to this list in this order.", hint="Start again without `after`."
        )
    return found[1:]
