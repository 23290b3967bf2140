"""A process that imports, to be killed: prints a line for each batch that was acknowledged."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import polars as pl

from ecograph.graph.connection import open_database
from ecograph.graph.load import Dataset, Table, load, loader
from ecograph.graph.migrations import migrate
from ecograph.graph.model import ACCOUNT, BY_TYPE, PRODUCT
from ecograph.graph.settings import Settings

ACCOUNTS, PRODUCTS, USES, SIZE = 3_000, 100, 9_000, 250


def dataset() -> Dataset:
    accounts = pl.DataFrame({"key": [f"a{n:05}" for n in range(ACCOUNTS)]})
    products = pl.DataFrame({"key": [f"p{n:03}" for n in range(PRODUCTS)]})
    uses = pl.DataFrame(
        {
            "from": [f"account:a{n % ACCOUNTS:05}" for n in range(USES)],
            "to": [f"product:p{(n * 7 + n // ACCOUNTS) % PRODUCTS:03}" for n in range(USES)],
        }
    )
    tables = (Table(ACCOUNT, accounts), Table(PRODUCT, products), Table(BY_TYPE["USES"], uses))
    return Dataset("killed", tables, "killed-1")


def expected(batches: int) -> list[int]:
    """Accounts, products and uses in the graph after this many batches."""
    of_accounts, of_products = ACCOUNTS // SIZE, 1
    uses = max(0, min(batches - of_accounts - of_products, USES // SIZE)) * SIZE
    return [min(batches, of_accounts) * SIZE, PRODUCTS if batches > of_accounts else 0, uses]


class _Told:
    def start(self, what: str, total: int | None) -> None:
        self.is_loading = what == "Loading"

    def advance(self, n: int) -> None:
        if self.is_loading:
            sys.stdout.write("batch\n")
            sys.stdout.flush()

    def finish(self) -> None: ...


async def main(home: str) -> None:
    loader.BATCH = SIZE
    async with open_database(Settings.load(home=Path(home))) as database:
        await migrate(database)
        await load(database, dataset(), progress=_Told())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
