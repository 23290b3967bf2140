"""Silver members that list a product, and those that list none: who stayed a year? The table in the docs is checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from ecograph.graph.connection import Database
from ecograph.graph.load import load
from ecograph.graph.settings import Settings
from ecograph.queries.rates import risk_differences
from ecograph.schema.execute import Executor
from ecograph.seeds.landscape import MembersAs, read_landscape

ROOT = Path(__file__).parents[2]
PAGE, README = ROOT / "docs/measures/retention-lift.md", ROOT / "README.md"
YEARS = range(2019, 2026)
_SHARE = r"(\d+) of (\d+) \([\d.]+ %\)"
_ROW = re.compile(rf"^\| (\d{{4}}) \| {_SHARE} \| {_SHARE} \| ([+−][\d.]+) \|$", re.MULTILINE)


class Stayed(NamedTuple):
    """Of so many at the start of a year, so many were members at its end."""

    listed: int
    of_listed: int
    others: int
    of_others: int

    @property
    def difference(self) -> float:
        return self.listed / self.of_listed - self.others / self.of_others


@pytest.fixture(scope="module")
async def members(server: Database, real_data: Path) -> Database:
    from conftest import reset

    await reset(server)
    history = real_data / "landscape-history"
    await load(server, read_landscape([real_data / "landscape.yml"], history=history, members_as=MembersAs.BOTH))
    return server


@pytest.fixture(scope="module")
async def answers(members: Database) -> dict[int, list[dict[str, Any]]]:
    (question,) = re.findall(r"```graphql\n(query SilverMembers.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    executor = Executor(members, Settings())
    found = {}
    for year in YEARS:
        answer = await executor.execute(question, {"day": f"{year}-08-08"})
        assert not answer.errors
        assert answer.data is not None
        asked = answer.data["partners"]
        assert len(asked["nodes"]) == asked["totalCount"]
        found[year] = asked["nodes"]
    return found


def _counted(answers: dict[int, list[dict[str, Any]]], by: str) -> dict[int, Stayed]:
    found = {}
    for year, nodes in answers.items():
        day, later = f"{year}-08-08", f"{year + 1}-08-08"
        counts = {True: [0, 0], False: [0, 0]}
        for node in nodes:
            since, until = node["asAccount"]["customerSince"], node["asAccount"]["churnedOn"]
            if (since and since > day) or (until and until <= day):
                continue
            group = counts[node[by]["totalCount"] > 0]
            group[0] += not until or until > later
            group[1] += 1
        found[year] = Stayed(*counts[True], *counts[False])
    return found


@pytest.fixture(scope="module")
def years(answers: dict[int, list[dict[str, Any]]]) -> dict[int, Stayed]:
    return _counted(answers, "listed")


def test_the_page_shows_what_the_query_gives(years: dict[int, Stayed]) -> None:
    rows = _ROW.findall(PAGE.read_text("utf-8"))
    assert {int(year): tuple(map(int, counts)) for year, *counts, _ in rows} == years
    for year, *_, points in rows:
        assert float(points.replace("−", "-")) == pytest.approx(100 * years[int(year)].difference, abs=0.051)


def _pooled(years: dict[int, Stayed]) -> tuple[float, float, float]:
    """The common difference in points over all years, and its 95 % interval."""
    found = risk_differences(*np.array([tuple(stayed) for stayed in years.values()], dtype=float).T)
    return tuple(100 * float(found.value + z * found.error) for z in (0, -1.96, 1.96))  # type: ignore[return-value]


def _said(value: float, low: float, high: float) -> str:
    return f"{value:.1f} points [{low:.1f}, {high:.1f}]".replace("-", "−")


def test_it_is_no_finding_for_its_sign_flips(years: dict[int, Stayed]) -> None:
    assert years[2023].difference < 0 < years[2021].difference
    value, low, high = _pooled(years)
    assert low < 0 < high
    assert _said(value, low, high) in " ".join(PAGE.read_text("utf-8").split())
    readme = " ".join(README.read_text("utf-8").split())
    for year in (2021, 2023):
        listed, of_listed, others, of_others = years[year]
        assert f"{100 * listed / of_listed:.1f} %" in readme
        assert f"{100 * others / of_others:.1f} %" in readme
    assert f"[{low:.1f}, {high:.1f}]".replace("-", "−") in readme


def test_what_counts_as_a_product_decides(answers: dict[int, list[dict[str, Any]]]) -> None:
    with_certified = _counted(answers, "certifiedToo")
    assert all(stayed.difference > 0 for stayed in with_certified.values())
    assert _said(*_pooled(with_certified)) in " ".join(PAGE.read_text("utf-8").split())


async def test_the_naive_ratio_is_beside_it(members: Database) -> None:
    ever = await members.rows(
        "MATCH (:HistoryEntry {attribute: 'tier', value: 'Silver'})<-[:HAD]-(p:Partner) "
        "MATCH (p)-[:SAME_COMPANY_AS]->(a:Account) "
        "WITH DISTINCT p, a, EXISTS { (p)-[:OFFERS]->(o:Product) WHERE NOT o.category CONTAINS 'Certified' } AS listed "
        "RETURN listed, count(*), count(a.churnedOn) ORDER BY listed DESC"
    )
    (_, listed, listed_left), (_, others, others_left) = ever
    ratio = (listed_left / listed) / (others_left / others)
    assert f"naive ratio is {ratio:.2f}" in " ".join(PAGE.read_text("utf-8").split())
