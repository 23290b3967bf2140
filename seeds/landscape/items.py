"""The items of a landscape file, each checked and with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ...graph.errors import BadInput
from ...graph.load.tables import BadRow
from .document import Mapped, Value, read_document

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ].*)?$")
MAX_NAME = 200
_TRUE = frozenset(["true", "yes", "on"])
_TEXTS = ("name", "homepage_url", "repo_url", "crunchbase", "project")
INTEGRATION_KEYS = ("summary_integrations", "summary_integration")
"""Both spellings of the key occur, with the same contents."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One card of a landscape. `key` is the company key: the last segment of its `crunchbase` address."""

    file: str
    line: int
    category: str
    subcategory: str
    name: str
    key: str | None
    homepage: str | None
    repo: str | None
    organization: str | None
    project: str | None
    is_end_user: bool
    is_unnamed: bool
    joined: date | None
    accepted: date | None
    archived: date | None
    other_paths: tuple[tuple[str, str], ...]
    integrations: tuple[str, ...]
    raw: Mapped

    @property
    def path(self) -> tuple[str, str]:
        return (self.category, self.subcategory)


@dataclass
class LandscapeFile:
    """A file as read; `on` is the day that it tells about, None for the present one."""

    name: str
    on: date | None
    items: list[Item] = field(default_factory=list)
    bad: list[tuple[tuple[str, str], BadRow]] = field(default_factory=list)
    """What is wrong, and in which section."""
    paths: list[tuple[str, str]] = field(default_factory=list)
    data: bytes = b""


def read_items(path: Path, on: date | None = None, name: str | None = None) -> LandscapeFile:
    """The items of a file; those that cannot be used are in `bad`.

    Raises:
        BadInput: it is no YAML, or no landscape.
    """
    root, data = read_document(path)
    file = LandscapeFile(name or path.name, on, data=data)
    if not isinstance(root, Mapped) or "landscape" not in root:
        raise BadInput(f"{path}: is no landscape file: it has no list `landscape` at its top.")
    for category in _entries(path, root, "landscape", root.line):
        category_name = _section_name(path, category, "category")
        for subcategory in _entries(path, category, "subcategories", category.line):
            place = (category_name, _section_name(path, subcategory, "subcategory"))
            file.paths.append(place)
            for value in _list(path, subcategory, "items"):
                if isinstance(value, Mapped):
                    _add(file, path, place, value)
                else:
                    line = subcategory.line_of("items")
                    file.bad.append((place, BadRow(str(path), line, "items", _shown(value), "is no item")))
    return file


def _list(path: Path, parent: Mapped, key: str) -> list[Value]:
    value = parent.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadInput(f"{path}:{parent.line_of(key)}: `{key}` is no list.")
    return value


def _entries(path: Path, parent: Mapped, key: str, line: int) -> Iterator[Mapped]:
    for value in _list(path, parent, key):
        if not isinstance(value, Mapped):
            raise BadInput(f"{path}:{line}: `{key}` holds something that is no mapping.")
        if value.repeated:
            name = value.repeated[0]
            raise BadInput(f"{path}:{value.line_of(name)}: the key `{name}` stands twice in one section.")
        yield value


def _section_name(path: Path, section: Mapped, what: str) -> str:
    name = section.get("name")
    if not isinstance(name, str) or not name.strip():
        raise BadInput(f"{path}:{section.line}: a {what} has no name.")
    return name.strip()


class _Fault(Exception):
    def __init__(self, raw: Mapped, column: str, value: Value, reason: str) -> None:
        super().__init__(reason)
        self.line, self.column, self.value, self.reason = raw.line_of(column), column, _shown(value), reason


def _add(file: LandscapeFile, path: Path, place: tuple[str, str], raw: Mapped) -> None:
    try:
        file.items.append(_item(file.name, place, raw))
    except _Fault as fault:
        bad = BadRow(str(path), fault.line, fault.column, fault.value, fault.reason)
        file.bad.append((place, bad))


def _item(file: str, place: tuple[str, str], raw: Mapped) -> Item:
    extra = raw.get("extra") or Mapped(raw.line)
    if not isinstance(extra, Mapped):
        raise _Fault(raw, "extra", extra, "is no mapping")
    for mapping in (raw, extra):
        if mapping.repeated:
            key = mapping.repeated[0]
            raise _Fault(mapping, key, mapping[key], "stands twice in one item")
    texts = {column: _text(raw, column) for column in _TEXTS}
    name = texts["name"]
    if name is None:
        raise _Fault(raw, "name", None, "is missing")
    if len(name) > MAX_NAME:
        raise _Fault(raw, "name", name, f"is longer than {MAX_NAME} characters")
    organization, organization_key = _organization(raw)
    return Item(
        file=file,
        line=raw.line,
        category=place[0],
        subcategory=place[1],
        name=" ".join(name.split()),
        key=_company_key(raw, texts["crunchbase"]) or organization_key,
        homepage=texts["homepage_url"],
        repo=texts["repo_url"],
        organization=organization,
        project=texts["project"],
        is_end_user=_flag(raw, "enduser"),
        is_unnamed=_flag(raw, "unnamed_organization"),
        joined=_date(raw, "joined"),
        accepted=_date(extra, "accepted"),
        archived=_date(extra, "archived"),
        other_paths=_other_paths(raw),
        integrations=tuple(text for key in INTEGRATION_KEYS for text in _texts(extra, key)),
        raw=raw,
    )


def _text(raw: Mapped, column: str) -> str | None:
    value = raw.get(column)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise _Fault(raw, column, value, "is no text")
    return value.strip()


def _texts(raw: Mapped, column: str) -> list[str]:
    value = raw.get(column)
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str) and text.strip()]


def _flag(raw: Mapped, column: str) -> bool:
    value = raw.get(column)
    return isinstance(value, str) and value.lower() in _TRUE


def _date(raw: Mapped, column: str) -> date | None:
    text = _text(raw, column)
    if text is None:
        return None
    found = _DATE.match(text)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise _Fault(raw, column, text, "is a day that does not exist") from None
    raise _Fault(raw, column, text, "is no date such as 2024-03-31")


def _company_key(raw: Mapped, address: str | None, column: str = "crunchbase") -> str | None:
    """None for an address without a path, which names no company."""
    if address is None:
        return None
    try:
        path = urlsplit(address if "//" in address else f"//{address}").path
    except ValueError:
        raise _Fault(raw, column, address, "is no address") from None
    key = unquote(path).rstrip("/").rpartition("/")[2].strip().lower()
    if len(key) > MAX_NAME or not key.isprintable():
        raise _Fault(raw, column, address, "names no company")
    return key or None


def _organization(raw: Mapped) -> tuple[str | None, str | None]:
    """The name, or the company key, that `organization` gives in place of `crunchbase`."""
    value = raw.get("organization")
    text = _text(value, "name") if isinstance(value, Mapped) else _text(raw, "organization")
    if text is not None and "://" in text:
        return None, _company_key(raw, text, "organization")
    if text is not None and len(text) > MAX_NAME:
        raise _Fault(raw, "organization", text, f"is longer than {MAX_NAME} characters")
    return text, None


def _other_paths(raw: Mapped) -> tuple[tuple[str, str], ...]:
    paths = (text.partition(" / ") for text in _texts(raw, "second_path"))
    return tuple((category.strip(), subcategory.strip()) for category, _, subcategory in paths)


def _shown(value: Value) -> str | None:
    return value if isinstance(value, str) else None
