"""Reads a YAML file of any origin into plain values that know their lines.

Every scalar stays the text that stands in the file, so that `1.10`, `on` and `2023-02-31` reach the importer as
written; only an empty value and `null` are None. Tags that would make objects, cyclic aliases, and files that nest or
expand beyond all reason are refused before they cost anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias, Union

import yaml

from ...graph.errors import BadInput
from .text import decode, read_bytes

MAX_DEPTH = 64
MAX_VALUES = 1_000_000
"""Values of a file after its aliases are expanded, a long text counting as several; the largest public landscape has
some 50,000."""
_LONG = 100

_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
)
_NULLS = frozenset(["", "~", "null", "Null", "NULL"])
_LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mapped(dict[str, "Value"]):
    """A mapping that knows the line it begins on, the line of each key, and which keys stand in it twice."""

    __slots__ = ("line", "lines", "repeated")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}
        self.repeated: list[str] = []

    def line_of(self, key: str) -> int:
        """The line of a key, or that of the mapping where it has no such key."""
        return self.lines.get(key, self.line)


Value: TypeAlias = Union[str, "list[Value]", Mapped, None]


def read_document(path: Path) -> tuple[Value, bytes]:
    """The one document of a YAML file, and the file's bytes.

    Raises:
        BadInput: no such file, too large, not UTF-8 (or UTF-16, UTF-32 with a byte order mark), not YAML, several
            documents, a tag, a cycle, nested too deeply or expanding too far.
    """
    data = read_bytes(path)
    text = decode(path, data)
    try:
        return _Builder(path).build(_events(text)), data
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise BadInput(f"{place}: is not YAML: {error.problem or error.context}.") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadInput(f"{path}:{line}: holds a character that YAML does not allow.") from None
    except yaml.YAMLError as error:
        raise BadInput(f"{path}: is not YAML: {error}.") from None


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _LOADER(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


class _Frame:
    """A container whose end has not come yet."""

    __slots__ = ("anchor", "begun", "height", "key", "key_line", "value")

    def __init__(self, value: list[Value] | Mapped, anchor: str | None, begun: int) -> None:
        self.value = value
        self.anchor = anchor
        self.begun = begun
        self.height = 1
        self.key: str | None = None
        self.key_line = 0


class _Anchored(NamedTuple):
    """What an alias stands for: how many values it holds, and how deep they nest."""

    value: Value
    size: int
    height: int


class _Builder:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: list[_Frame] = []
        self._anchors: dict[str, _Anchored] = {}
        self._count = 0
        self._documents = 0
        self._root: Value = None

    def build(self, events: Iterator[yaml.Event]) -> Value:
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._start(event, Mapped(_line(event)))
            elif isinstance(event, yaml.SequenceStartEvent):
                self._start(event, [])
            elif isinstance(event, yaml.CollectionEndEvent):
                self._end()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    raise self._refusal(event, "a second YAML document begins; a landscape is one")
        return self._root

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._check_tag(event)
        text: str = event.value
        size = 1 + len(text) // _LONG
        self._add(event, size)
        is_null = event.implicit[0] and text in _NULLS
        value = None if is_null and not self._is_key_next() else text
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(value, size, 0)
        self._place(event, value)

    def _start(self, event: yaml.CollectionStartEvent, value: list[Value] | Mapped) -> None:
        self._check_tag(event)
        self._check_depth(event, 1)
        if self._is_key_next():
            raise self._refusal(event, "a key is no text")
        self._open.append(_Frame(value, event.anchor, self._count))
        self._add(event, 1)

    def _end(self) -> None:
        frame = self._open.pop()
        if frame.anchor:
            self._anchors[frame.anchor] = _Anchored(frame.value, self._count - frame.begun, frame.height)
        if self._open:
            self._open[-1].height = max(self._open[-1].height, frame.height + 1)
        self._attach(frame.value)

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = str(event.anchor)
        if any(frame.anchor == name for frame in self._open):
            raise self._refusal(event, f"the alias *{name} stands within what it refers to: a cycle")
        if name not in self._anchors:
            raise self._refusal(event, f"the alias *{name} refers to nothing")
        found = self._anchors[name]
        self._check_depth(event, found.height)
        self._add(event, found.size)
        if found.height:
            self._open[-1].height = max(self._open[-1].height, found.height + 1)
        self._place(event, found.value)

    def _place(self, event: yaml.Event, value: Value) -> None:
        if not self._is_key_next():
            self._attach(value)
        elif isinstance(value, str):
            self._open[-1].key, self._open[-1].key_line = value, _line(event)
        else:
            raise self._refusal(event, "a key is no text")

    def _is_key_next(self) -> bool:
        return bool(self._open) and self._open[-1].key is None and isinstance(self._open[-1].value, Mapped)

    def _attach(self, value: Value) -> None:
        if not self._open:
            self._root = value
            return
        frame = self._open[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
            return
        key, frame.key = frame.key, None
        if key is None:  # pragma: no cover - the parser has a key before each value
            return
        if key == "<<":
            self._merge(frame.value, value, frame.key_line)
            return
        if key in frame.value and key in frame.value.lines:
            frame.value.repeated.append(key)
        frame.value[key] = value
        frame.value.lines[key] = frame.key_line

    def _merge(self, into: Mapped, value: Value, line: int) -> None:
        """`<<: *defaults`: what the mapping says itself goes before."""
        sources = value if isinstance(value, list) else [value]
        for source in sources:
            if not isinstance(source, Mapped):
                raise BadInput(f"{self._path}:{line}: << is followed by no mapping.")
            for key, merged in source.items():
                into.setdefault(key, merged)

    def _add(self, event: yaml.Event, count: int) -> None:
        self._count += count
        if self._count > MAX_VALUES:
            raise self._refusal(event, f"expands to more than {MAX_VALUES:,} values")

    def _check_depth(self, event: yaml.Event, height: int) -> None:
        if len(self._open) + height > MAX_DEPTH:
            raise self._refusal(event, f"nests more than {MAX_DEPTH} levels deep")

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag and event.tag != "!" and event.tag not in _PLAIN_TAGS:
            raise self._refusal(event, f"the tag {event.tag} is not allowed")

    def _refusal(self, event: yaml.Event, reason: str) -> BadInput:
        return BadInput(f"{self._path}:{_line(event)}: {reason}.")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
