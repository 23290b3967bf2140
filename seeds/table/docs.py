"""The generated part of the guide: every kind of table with its columns, from the model."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ...graph.load.tables import Kind
from ...graph.model import HistoryKind, NodeKind, Property, ValueType
from .kinds import KINDS, identifiers, properties, references
from .layout import is_required

BEGIN, END = "<!-- kinds: generated from the model -->", "<!-- end of kinds -->"


def kinds_table() -> str:
    """Markdown: a row for each kind with what it needs and what else it takes."""
    lines = ["| `--as` | holds | needs | takes as well |", "|---|---|---|---|"]
    for name, kind in KINDS.items():
        needs = ", ".join(_needs(kind))
        takes = ", ".join(_takes(kind)) or "–"
        lines.append(f"| `{name}` | {kind.description} | {needs} | {takes} |")
    return "\n".join(lines)


def rewrite(guide: Path) -> None:
    """Puts the current table between the marks of the guide."""
    text = guide.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    guide.write_text(f"{before}{begin}\n{kinds_table()}\n{end}{after}", encoding="utf-8")


def _needs(kind: Kind) -> Iterator[str]:
    if isinstance(kind, NodeKind):
        yield " or ".join(f"`{name}`" for name, _ in identifiers(kind))
    for place in references(kind):
        if is_required(kind, place):
            yield f"`{place.name}` ({' or '.join(k.label for k in place.kinds)})"
    yield from (_shown(kind, prop) for prop in properties(kind) if prop.required)


def _takes(kind: Kind) -> Iterator[str]:
    for place in references(kind):
        if not is_required(kind, place):
            yield f"`{place.name}` (list of {' or '.join(k.label for k in place.kinds)})"
    yield from (_shown(kind, prop) for prop in properties(kind) if not prop.required)
    if getattr(kind, "has_custom", False):
        yield "custom columns"


def _shown(kind: Kind, prop: Property) -> str:
    also = f", `{prop.name}Currency`" if prop.type is ValueType.MONEY else ""
    what = prop.type.value
    if prop.values is not None:
        what = " / ".join(member.value for member in prop.values)
        what = f"list of {what}" if prop.type is ValueType.STRINGS else what
    alias = ""
    if isinstance(kind, HistoryKind) and prop.name == "value":
        alias = f" or `{kind.value.name}`"
    return f"`{prop.name}`{alias}{also} ({what})"


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
