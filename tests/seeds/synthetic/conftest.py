from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from ecograph.seeds.synthetic import Size, Synthetic, generate

ENDS_ON = date(2026, 1, 1)


@pytest.fixture(scope="session")
def made() -> Synthetic:
    return generate(Size.SMALL, seed=3, ends_on=ENDS_ON)


@pytest.fixture(scope="session")
def rows(made: Synthetic) -> Callable[[str], pl.DataFrame]:
    """The rows of a table by its name."""
    return {table.kind.table: table.rows for table in made.dataset.tables}.__getitem__
