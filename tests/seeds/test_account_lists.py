"""Account lists over the tiny ecosystem: what a file says replaces the list, and the history stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import command_line
import polars as pl
import pytest
from conftest import reset

from ecograph.graph.account_lists import GraphLists
from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.errors import BadInput
from ecograph.graph.load import OnBad, Rejected, Summary, load
from ecograph.graph.model import Population
from ecograph.graph.resolver import GraphResolver
from ecograph.graph.settings import Settings
from ecograph.seeds.table import ListImport, Reading, read_crossbeam, read_population
from ecograph.seeds.table.list_columns import populations_of

D = date
HEADER = "Account Name,Website,Email Domain,DUNS,Account Owner\n"
LIST = f"{HEADER}New Co,,mail@newco.com,12-345-6789,Jane Doe\nCold Corp,https://www.cold.com/x,,,\n"
Read = Callable[[Reading], ListImport]
Import = Callable[..., Awaitable[tuple[Summary, ListImport]]]


@pytest.fixture
def run(graph: Database, tmp_path: Path) -> Import:
    async def made(
        text: str, on: date, read: Callable[[Path, Reading], ListImport] | None = None, *, owners: bool = False,
        on_bad: OnBad = OnBad.REJECT,
    ) -> tuple[Summary, ListImport]:  # fmt: skip
        file = tmp_path / "list.csv"
        file.write_text(text, "utf-8")
        resolver = GraphResolver(graph)
        reading = Reading(resolver, GraphLists(graph), on, owners)
        found = await resolver.run(lambda: (read or _prospects)(file, reading))
        return await load(graph, found.dataset, on_bad=on_bad), found

    return made


def _prospects(file: Path, reading: Reading) -> ListImport:
    return read_population(file, reading, partner="bolt.com", population=Population.PROSPECT)


async def _list(graph: Database, owner: str = "partner:bolt") -> dict[str, list[Any]]:
    rows = await graph.rows(
        "MATCH (o {id: $owner})-[k:KNOWS]->(a:Account) "
        "RETURN a.key, k.population, toString(k.since), toString(k.until), k.ownerKey "
        "ORDER BY a.key, k.since, k.population",
        {"owner": owner},
    )
    found: dict[str, list[Any]] = {}
    for key, *rest in rows:
        found.setdefault(key, []).append(rest)
    return found


def _what(found: ListImport) -> list[tuple[str, str]]:
    return [(change.what, change.account) for change in found.changes]


async def test_a_file_replaces_a_list_and_the_history_stays(graph: Database, run: Import) -> None:
    summary, found = await run(LIST, D(2026, 6, 1))
    assert _what(found) == [("came", "account:newco.com"), ("came", "account:cold"), ("left", "account:south")]
    assert "partner:bolt, PROSPECT: 2 came, 1 left, 0 changed." in summary.notes
    # South was put on the list by another import.
    assert await _list(graph) == {
        "cold": [["PROSPECT", "2026-06-01", None, None]],
        "newco.com": [["PROSPECT", "2026-06-01", None, None]],
        "south": [["PROSPECT", "2025-03-01", "2026-06-01", None]],
    }
    assert await graph.value("MATCH (:ExternalId {id: 'duns:123456789'})<--(a) RETURN a.key") == "newco.com"
    _, found = await run(f"{HEADER}South Retail,,,,\nnew co,newco.com,,,\n", D(2026, 7, 1))
    assert _what(found) == [("came", "account:south"), ("left", "account:cold")]
    assert await _list(graph) == {
        "cold": [["PROSPECT", "2026-06-01", "2026-07-01", None]],
        "newco.com": [["PROSPECT", "2026-06-01", None, None]],
        "south": [["PROSPECT", "2025-03-01", "2026-06-01", None], ["PROSPECT", "2026-07-01", None, None]],
    }
    assert await check_graph(graph) == []


async def test_the_same_file_twice_changes_nothing(graph: Database, run: Import) -> None:
    first, _ = await run(LIST, D(2026, 6, 1), owners=True)
    before = await _list(graph)
    for day in (D(2026, 6, 1), D(2026, 6, 2)):
        again, found = await run(LIST, day, owners=True)
        assert found.changes == []
        assert again.graph_version == first.graph_version
        assert (again.of("knows").unchanged, again.total("created"), again.total("updated")) == (2, 0, 0)
    assert await _list(graph) == before


async def test_who_leaves_a_list_is_an_accounts_partner_no_longer(graph: Database, run: Import) -> None:
    def customers(file: Path, reading: Reading) -> ListImport:
        return read_population(file, reading, partner="dune", population=Population.CUSTOMER)

    partners = "MATCH (:Account {key: $key})-[h:HAS_PARTNER]->(:Partner {key: 'dune'}) RETURN toString(h.until)"
    assert await graph.rows(partners, {"key": "cold"}) == [[None]]
    await run("name\nGone Ltd\n", D(2026, 6, 1), customers)
    assert await graph.rows(partners, {"key": "cold"}) == [["2026-06-01"]]
    assert await graph.rows(partners, {"key": "gone"}) == [[None]]


async def test_what_came_today_leaves_tomorrow(graph: Database, run: Import) -> None:
    await run(LIST, D(2026, 6, 1))
    await run("name\nSouth Retail\n", D(2026, 6, 1))
    assert await _list(graph) == {
        "cold": [["PROSPECT", "2026-06-01", "2026-06-02", None]],
        "newco.com": [["PROSPECT", "2026-06-01", "2026-06-02", None]],
        "south": [["PROSPECT", "2025-03-01", None, None]],  # it was never off the list for a day
    }


async def test_owners_are_kept_where_they_are_asked_for_and_never_by_name(graph: Database, run: Import) -> None:
    await run(LIST, D(2026, 6, 1))
    assert {row[3] for rows in (await _list(graph)).values() for row in rows} == {None}
    _, found = await run(LIST, D(2026, 6, 2), owners=True)
    assert _what(found) == [("changed", "account:newco.com")]
    (owned,) = (await _list(graph))["newco.com"]
    assert owned[3].startswith("owner-")
    await run("Account Name,Owner ID,Account Owner\nNew Co,0057,Jane Doe\nCold Corp,,\n", D(2026, 6, 3), owners=True)
    assert (await _list(graph))["newco.com"][0][3] == "0057"
    assert not await graph.value("MATCH (s:SourceRecord) WHERE s.values CONTAINS 'Jane' RETURN count(s)")


async def test_bad_rows_load_nothing_or_end_nothing(graph: Database, run: Import) -> None:
    text = LIST.replace("Cold Corp,https://www.cold.com/x", ",no website")
    before = await _list(graph)
    with pytest.raises(Rejected) as rejected:
        await run(text, D(2026, 6, 1))
    (bad,) = rejected.value.bad
    assert (Path(bad.file).name, bad.line, bad.column, bad.value) == ("list.csv", 3, "Website", "no website")
    assert await _list(graph) == before
    summary, _ = await run(text, D(2026, 6, 1), on_bad=OnBad.SET_ASIDE)
    assert len(summary.bad) == 1
    assert any("nothing was taken off" in note for note in summary.notes)
    assert await _list(graph) == before | {"newco.com": [["PROSPECT", "2026-06-01", None, None]]}


@pytest.mark.parametrize(
    ("text", "on", "partner", "message"),
    [
        (HEADER, D(2026, 6, 1), "bolt", "would end the list"),
        ("colour\nred\n", D(2026, 6, 1), "bolt", "needs a column for `to`"),
        (LIST, D(2025, 1, 1), "bolt", "changed on 2025-03-01"),
        (LIST, D(2026, 6, 1), "nobody", "'nobody' names no partner"),
    ],
)
async def test_what_cannot_be_a_list(
    graph: Database, run: Import, text: str, on: date, partner: str, message: str
) -> None:
    def read(file: Path, reading: Reading) -> ListImport:
        return read_population(file, reading, partner=partner, population=Population.PROSPECT)

    before = await _list(graph)
    with pytest.raises(BadInput, match=message):
        await run(text, on, read)
    assert await _list(graph) == before


async def test_our_own_list_needs_our_company(graph: Database, run: Import) -> None:
    def read(file: Path, reading: Reading) -> ListImport:
        return read_population(file, reading, partner=None, population=Population.PROSPECT)

    await run(LIST, D(2026, 6, 1), read)
    assert set(await _list(graph, "company:acme")) == {"cold", "newco.com"}
    await reset(graph)
    with pytest.raises(BadInput, match="our company"):
        await run(LIST, D(2026, 6, 1), read)


async def test_overlaps_of_crossbeam(graph: Database, run: Import) -> None:
    text = (
        "Account Name,Website,Partner Name,Partner Population,Population\n"
        "North Bank,northbank.com,Dune,Customers; Open Opportunities,Customers\n"
        "South Retail,south.com,dune,Prospects,Customers\n"
        "Cold Corp,cold.com,Care Services,Customers,Prospects\n"
    )
    _, found = await run(text, D(2026, 6, 1), read_crossbeam)
    assert ("left", "account:cold") in _what(found)  # it was on Dune's list of customers
    assert await _list(graph, "partner:dune") == {
        "cold": [["CUSTOMER", "2025-01-01", "2026-06-01", None]],
        "north": [["CUSTOMER", "2026-06-01", None, None], ["OPPORTUNITY", "2026-06-01", None, None]],
        "south": [["PROSPECT", "2026-06-01", None, None]],
    }
    assert await _list(graph, "partner:care") == {"cold": [["CUSTOMER", "2026-06-01", None, None]]}
    assert list(await _list(graph, "partner:bolt")) == ["south"]
    again, found = await run(text, D(2026, 6, 1), read_crossbeam)
    assert (found.changes, again.total("created"), again.total("updated")) == ([], 0, 0)
    with pytest.raises(Rejected) as rejected:
        await run(text.replace("Customers; Open Opp", "Friends; Open Opp"), D(2026, 6, 1), read_crossbeam)
    (bad,) = rejected.value.bad
    assert (bad.line, bad.column, bad.value) == (2, "Partner Population", "Friends")


async def test_lists_in_json_lines_and_parquet(graph: Database, tmp_path: Path) -> None:
    rows = pl.DataFrame({"Company Domain Name": ["new.com", None], "Company name": ["New Co", "Cold Corp"]})
    rows.write_parquet(tmp_path / "list.parquet")
    rows.write_ndjson(tmp_path / "list.jsonl")
    seen = []
    for name in ("list.parquet", "list.jsonl"):
        resolver = GraphResolver(graph)
        reading = Reading(resolver, GraphLists(graph), D(2026, 6, 1))
        found = await resolver.run(lambda name=name, reading=reading: _prospects(tmp_path / name, reading))  # type: ignore[misc]
        seen.append(_what(found))
    assert seen[0] == seen[1]
    assert seen[0][:2] == [("came", "account:new.com"), ("came", "account:cold")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Open Opportunities", ["OPPORTUNITY"]), ("customers, prospect", ["CUSTOMER", "PROSPECT"]), ("Fans", ["Fans"]),
     ("Prospects;Leads", ["PROSPECT"]), (";", [])],
)  # fmt: skip
def test_names_of_populations(text: str, expected: list[str]) -> None:
    assert populations_of(text) == expected


async def test_the_command(graph: Database, settings: Settings, tmp_path: Path) -> None:
    file, report = tmp_path / "list.csv", tmp_path / "report.jsonl"
    file.write_text(LIST, "utf-8")

    def call(*arguments: str) -> CompletedProcess[str]:
        return command_line.run(settings, "import", "population", str(file), *arguments)

    nobodys = call("--as", "prospect")
    assert (nobodys.returncode, "Whose list" in nobodys.stderr) == (2, True)
    loaded = call("--as", "prospect", "--partner", "bolt", "--on", "2026-06-01", "--report", str(report))
    assert loaded.returncode == 0, loaded.stderr
    assert "partner:bolt, PROSPECT: 2 came, 1 left, 0 changed." in loaded.stderr
    assert report.read_text("utf-8").splitlines()[-1] == (
        '{"what": "left", "owner": "partner:bolt", "population": "PROSPECT", "account": "account:south"}'
    )
