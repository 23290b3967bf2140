"""Entity tags: a GET that was answered before costs no statement while the graph has not changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from importlib.metadata import version as installed
from typing import Any

import orjson

_OPAQUE = re.compile(r'"[^"]*"')


def entity_tag(*parts: str | Mapping[str, Any] | None) -> str:
    """A weak entity tag of all that an answer depends on; weak, for compressed and plain forms share it."""
    known = orjson.dumps([installed("ecograph"), *parts], option=orjson.OPT_SORT_KEYS)
    return f'W/"{blake2b(known, digest_size=16).hexdigest()}"'


def is_known(tag: str, if_none_match: str | None) -> bool:
    """True when the client says that it holds the answer of this tag."""
    return if_none_match is not None and tag.removeprefix("W/") in _OPAQUE.findall(if_none_match)


def cache_headers(tag: str, viewer: str | None) -> dict[str, str]:
    """Headers of an answer that may be kept and must be asked for again each time, by everyone for themselves."""
    whose = "" if viewer is None else "private, "
    return {"ETag": tag, "Cache-Control": f"{whose}no-cache", "Vary": "Accept, Authorization, Cookie, X-API-Key"}
