"""JSON Lines: one object a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from .encoding import TextFile


class Item(NamedTuple):
    """One line: its object, or the reason why it holds none."""

    line: int
    text: str
    values: dict[str, Any]
    reason: str | None = None


def items(text: TextFile) -> Iterator[Item]:
    """Every line that is not blank."""
    with text.path.open(encoding=text.encoding, newline="\n") as file:
        for line, content in enumerate(file, start=1):
            if content.strip():
                yield _item(line, content)


def _item(line: int, content: str) -> Item:
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        return Item(line, content, {}, f"is not JSON: {error.msg} (character {error.colno})")
    if not isinstance(value, dict):
        return Item(line, content, {}, 'is not a JSON object such as {"name": "Acme"}')
    return Item(line, content, value)


def cell_text(value: Any) -> str | None:
    """A JSON value as the text of a cell; lists and objects stay JSON."""
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value).decode()
