"""Keyset cursors: where a page ended, by the values that the list is ordered by, and of which list it is a page."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

import orjson

from ...graph.errors import BadInput
from ...graph.model import ValueType

Kind = tuple[ValueType | None, bool]
"""Of which type the values of a key are, where it is known, and whether they may be null."""
_RESTART = "Start again without `after`."
_INTEGERS = range(-(2**63), 2**63)


class CursorStale(BadInput):
    """A cursor of another list, or of this list in another order, under another filter or day; or a damaged one."""

    code = "CURSOR_STALE"


def signature(field: str, arguments: Mapping[str, Any], day: date | None) -> str:
    """What a list is: its field, and all that tells which rows it has in which order. Cursors hold it."""
    return blake2b(repr((field, _canonical(arguments), day)).encode(), digest_size=6).hexdigest()


def _canonical(part: Any) -> Any:
    """The same for arguments that mean the same: without what is null, in the order of the names."""
    if isinstance(part, Mapping):
        return [(name, _canonical(part[name])) for name in sorted(part) if part[name] is not None]
    if isinstance(part, list):
        return [_canonical(item) for item in part]
    return getattr(part, "name", part)


def encode(values: Sequence[Any]) -> str:
    """The cursor of a row: the signature of its list, and the values of its keys."""
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def decoded(cursor: str, signed: str, kinds: Sequence[Kind], at: int) -> Any:
    """One of the values at which the page ended, as Cypher compares it.

    Raises:
        CursorStale: this is no cursor of this list, or it is damaged.
    """
    try:
        found = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        found = None
    if not isinstance(found, list) or not found or found[0] != signed:
        raise CursorStale("This cursor does not belong to this list, filter and order.", hint=_RESTART)
    if len(found) != len(kinds) + 1:
        raise CursorStale("This cursor is damaged.", hint=_RESTART)
    return _value(kinds[at], found[at + 1])


def _value(kind: Kind, value: Any) -> Any:
    type_, is_nullable = kind
    if value is None and is_nullable:
        return None
    if type_ is ValueType.DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            value = None
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    if type(value) in _JSON[type_] and (not is_integer or value in _INTEGERS):
        return value
    raise CursorStale("This cursor is damaged.", hint=_RESTART)


_JSON: dict[ValueType | None, tuple[type, ...]] = {
    None: (str, int, float), ValueType.STRING: (str,), ValueType.INTEGER: (int,), ValueType.FLOAT: (float, int),
    ValueType.BOOLEAN: (bool,), ValueType.DATE: (),
}  # fmt: skip
