from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ecograph.graph.load.tables import Dataset
from ecograph.graph.model import ACCOUNT, COMPANY, DEAL, PARTNER, PRODUCT
from ecograph.seeds.table import InMemory, read_table


@pytest.fixture
def graph() -> InMemory:
    """A small graph: two accounts, a partner, our company, two products, a deal."""
    known = InMemory()
    known.add(ACCOUNT, "acme", "Acme", ["acme.com"], ["salesforce:1"])
    known.add(ACCOUNT, "globex", "Globex Corporation", ["globex.com"])
    known.add(PARTNER, "initech", "Initech", ["initech.com"])
    known.add(COMPANY, "us", "Us Inc", ["usinc.com"])
    known.add(PRODUCT, "argo-cd", "Argo CD")
    known.add(PRODUCT, "falco", "Falco")
    known.add(DEAL, "d1", "Big one", (), ["salesforce:d1"])
    return known


@pytest.fixture
def imported(tmp_path: Path, graph: InMemory) -> Callable[..., Dataset]:
    """Imports a text as a file over the small graph; `mapping` is YAML text."""

    def run(text: str, kind: str | None, mapping: str | None = None, name: str = "t.csv", **options: Any) -> Dataset:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8", newline="")
        spec = None
        if mapping is not None:
            spec = tmp_path / "map.yml"
            spec.write_text(mapping, encoding="utf-8")
        return read_table(file, kind=kind, mapping=spec, resolver=options.pop("resolver", graph), **options)

    return run
