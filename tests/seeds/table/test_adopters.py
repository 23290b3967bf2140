"""The real adopter lists, by the mapping that comes with Ecograph."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from ecograph.graph.load.tables import Dataset
from ecograph.graph.model import ACCOUNT, PRODUCT
from ecograph.seeds.table import InMemory, read_table

MAPPING = Path("adopters.yml")


@pytest.fixture(scope="module")
def file(real_data: Path) -> Path:
    return real_data / "adopters.csv"


@pytest.fixture(scope="module")
def data(file: Path) -> Dataset:
    return read_table(file, kind=None, mapping=MAPPING, resolver=InMemory())


def table(data: Dataset, kind: str) -> pl.DataFrame:
    return next(t.rows for t in data.tables if t.kind.table == kind)


def test_the_counts(data: Dataset) -> None:
    assert {t.kind.table: t.rows.height for t in data.tables} == {
        "account": 1103,
        "product": 13,
        "uses": 1409,
    }
    assert [t.kind.table for t in data.tables][-1] == "uses"
    assert data.bad == ()
    assert data.source == "adopters"
    assert table(data, "account")["domains"].list.len().sum() == 1099


def test_no_two_rows_are_one_use(data: Dataset) -> None:
    uses = table(data, "uses")
    assert uses.select("from", "to").is_duplicated().sum() == 0
    assert uses["since"].null_count() == 0


def test_names_at_one_domain_are_one_account(data: Dataset) -> None:
    accounts = table(data, "account")
    names = dict(accounts.select("key", "name").iter_rows())
    assert names["amadeus.com"] == "Amadeus IT Group"  # twice each: the first
    assert names["sap.com"].startswith("S")
    assert names["mediamarktsaturn.com"] == "MediaMarktSaturn"
    assert accounts["key"].is_unique().all()


def test_sites_that_are_no_accounts_own(data: Dataset) -> None:
    accounts = table(data, "account")
    assert accounts.filter(pl.col("domains").list.len() == 0)["key"].to_list() == [
        "netease-cloud-music",
        "name",
        "hmcts",
        "uk-hydrographic-office",
    ]
    assert not {"cncf.io", "www.gov.uk", "163.com"} & set(accounts["key"])
    spotify = table(data, "uses").filter(pl.col("from") == "account:spotify.com")
    assert "product:kyverno" in spotify["to"].to_list()
    assert len(data.notes) == 2


def test_every_reference_is_recorded(data: Dataset) -> None:
    (records,) = data.records
    said = Counter(reason.partition(" ")[0] for reason in records.rows["reason"])
    assert said == {"domain": 1403, "name": 1415}
    first = json.loads(records.rows.filter(pl.col("values").str.contains("Ruby"))["values"][0])
    assert set(first) == {"since", "website", "account_name", "product", "components", "source"}


def test_products_that_are_there_are_found_by_name(file: Path) -> None:
    known = InMemory()
    known.add(PRODUCT, "landscape-falco", "falco")
    known.add(ACCOUNT, "cap1", "Capital One Financial", ["capitalone.com"])
    data = read_table(file, kind="uses", mapping=MAPPING, resolver=known)
    assert table(data, "product").height == 12
    assert table(data, "uses").filter(pl.col("to") == "product:landscape-falco").height == 38
    assert "account:cap1" in table(data, "uses")["from"].to_list()
    assert "capitalone.com" not in table(data, "account")["key"].to_list()


def test_importing_again_makes_nothing_new(file: Path, data: Dataset) -> None:
    known = InMemory()
    for made in data.tables:
        known.add_table(made)
    again = read_table(file, kind=None, mapping=MAPPING, resolver=known)
    assert [t.kind.table for t in again.tables] == ["uses"]
    assert table(again, "uses").equals(table(data, "uses"))


def test_the_headers_say_it_without_a_mapping(file: Path) -> None:
    data = read_table(file, kind="uses", create=["accounts", "products"], resolver=InMemory())
    assert table(data, "uses").height == 1409
    assert data.bad == ()


def test_without_permission_every_row_dangles(file: Path) -> None:
    data = read_table(file, kind="uses", resolver=InMemory())
    assert len(data.bad) == 1409
    assert data.tables == ()
    assert data.records == ()
