"""Made-up landscapes, written and read in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from ecograph.graph.load.tables import Dataset
from ecograph.seeds.landscape import read_landscape

Items = Mapping[str, Sequence[Mapping[str, Any]]]
_SHORT = {"site": "homepage_url", "repo": "repo_url"}
_EXTRA = ("accepted", "archived", "summary_integrations", "summary_integration")


@dataclass
class Landscape:
    """What was read, by table and key."""

    dataset: Dataset

    def rows(self, table: str) -> list[dict[str, Any]]:
        return [row for t in self.dataset.tables if t.kind.table == table for row in t.rows.to_dicts()]

    def row(self, table: str, key: str) -> dict[str, Any]:
        return next(row for row in self.rows(table) if row["key"] == key)

    def keys(self, table: str) -> set[str]:
        return {row["key"] for row in self.rows(table)}

    def edges(self, table: str) -> set[tuple[str, str]]:
        return {(row["from"], row["to"]) for row in self.rows(table)}

    @property
    def notes(self) -> str:
        return "\n".join(self.dataset.notes)


def landscape_text(items: Items) -> str:
    """A landscape file. Paths are `Category / Subcategory`; `key`, `site` and `repo` are short for longer names."""
    categories: dict[str, list[dict[str, Any]]] = {}
    for path, cards in items.items():
        category, _, subcategory = path.partition(" / ")
        made = [_item(card) for card in cards]
        categories.setdefault(category, []).append({"name": subcategory, "items": made})
    root = {"landscape": [{"name": name, "subcategories": subs} for name, subs in categories.items()]}
    return yaml.safe_dump(root, sort_keys=False, allow_unicode=True)


def _item(card: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in card.items():
        if name == "key":
            made["crunchbase"] = f"https://companies.example/organization/{value}"
        elif name in _EXTRA:
            made.setdefault("extra", {})[name] = value
        else:
            made[_SHORT.get(name, name)] = value
    return made


@pytest.fixture
def landscape(tmp_path: Path) -> Callable[..., Landscape]:
    """Reads a made-up landscape; `history` are those of earlier days by name of file."""

    def read(items: Items, history: Mapping[str, Items] | None = None, **options: Any) -> Landscape:
        path = tmp_path / "landscape.yml"
        path.write_text(landscape_text(items), encoding="utf-8")
        if history is not None:
            folder = tmp_path / "history"
            folder.mkdir(exist_ok=True)
            for name, of_day in history.items():
                (folder / name).write_text(landscape_text(of_day), encoding="utf-8")
            options["history"] = folder
        return Landscape(read_landscape([path], **options))

    return read


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file as it stands."""

    def make(content: str | bytes, name: str = "landscape.yml") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make
