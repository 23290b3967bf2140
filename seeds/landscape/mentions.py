"""Product names in free text: lists with commas, `and` and parentheses, links, and prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .names import compact

T = TypeVar("T")
_LONGEST, _SHOWN = 20_000, 100
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_LIST = re.compile(r"[,;|\n•，、；]")
_SENTENCE = re.compile(r"(?<!\be\.g)(?<!\bi\.e)\.\s+(?=[A-Z])")
_WORDS = re.compile(
    r"\s+(?:and|or|plus|via)\s+|\s*\b(?:such as|including|for example|e\.\s?g\.)[\s:]*|\s+[+&]\s+|\s*/\s*|:\s+",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:(?:and|or|with|see|the|also|like|using|e\.g\.|[-*])(?=\s|$)\s*)+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:(?:^|\s)(?:etc|and|or|and (?:many )?more|and others))+$", re.IGNORECASE)
_NOISE = frozenset(["", "etc", "more", "manymore", "others", "see"])
_REMARK = re.compile(r"[(（][^()（）]*[)）]")


@dataclass
class Mentions(Generic[T]):
    """What a text names: the things found, in order, the names that fit several, and the rest."""

    found: list[T] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def read_mentions(text: str, find: Callable[[str], list[T]]) -> Mentions[T]:
    """What is named in a text. `find` tells what a whole name stands for: nothing, one thing, or several.

    A part between commas is looked up whole; only where nothing bears that name is it taken apart further.
    """
    mentions: Mentions[T] = Mentions()
    if len(text) > _LONGEST:
        mentions.unknown.append(text[:_SHOWN])
        return mentions
    plain = _SENTENCE.sub("; ", _ADDRESS.sub(" ", _LINK.sub(r" \1 ", text)))
    for part in _split_outside(plain):
        _read(part, find, mentions)
    mentions.found = list(dict.fromkeys(mentions.found))
    return mentions


def _read(part: str, find: Callable[[str], list[T]], mentions: Mentions[T]) -> None:
    whole = _trim(part)
    name = _bare(whole)
    if compact(name) in _NOISE or _take(whole, find, mentions) or _take(name, find, mentions):
        return
    outer = name
    while remarks := _REMARK.findall(outer):
        for remark in remarks:
            _read_remark(remark[1:-1], find, mentions)
        outer = _REMARK.sub(" ", outer)
    if outer != name:
        name = _bare(_trim(outer))
        if compact(name) in _NOISE or _take(name, find, mentions):
            return
    pieces = [piece for piece in _WORDS.split(name) if piece.strip()]
    if len(pieces) > 1:
        for piece in pieces:
            _read(piece, find, mentions)
    else:
        mentions.unknown.append(name[:_SHOWN])


def _read_remark(text: str, find: Callable[[str], list[T]], mentions: Mentions[T]) -> None:
    """A list in parentheses is read like the text around it; a single remark counts only where it is a name."""
    if _LIST.search(text):
        for part in _LIST.split(text):
            _read(part, find, mentions)
    else:
        mentions.found.extend(found if len(found := find(_trim(text))) == 1 else ())


def _take(name: str, find: Callable[[str], list[T]], mentions: Mentions[T]) -> bool:
    found = find(name)
    if len(found) == 1:
        mentions.found.append(found[0])
    elif found:
        mentions.ambiguous.append(name)
    return bool(found)


def _trim(part: str) -> str:
    return " ".join(part.split()).strip(" .:*`\"'")


def _bare(name: str) -> str:
    """Without what leads to a name, such as `and` or `the`, and what follows it, such as `etc`."""
    return _TRAILING.sub("", _LEADING.sub("", name).strip(" .:")).strip(" .:")


def _split_outside(text: str) -> Iterator[str]:
    """The parts between list separators that stand outside parentheses."""
    depth = begun = 0
    for at, char in enumerate(text):
        if char in "(（":
            depth += 1
        elif char in ")）":
            depth = max(0, depth - 1)
        elif depth == 0 and _LIST.match(char):
            yield text[begun:at]
            begun = at + 1
    yield text[begun:]
