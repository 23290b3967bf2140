from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from doubles import NORTH_2, doubles, dump
from tiny_ecosystem import edge, edges, table, tiny

from ecograph.graph.account_lists import GraphLists
from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.load import Dataset, Summary, load
from ecograph.graph.model import ACCOUNT, Population
from ecograph.graph.resolution import find, undo
from ecograph.graph.resolver import GraphResolver
from ecograph.graph.version import read_version
from ecograph.seeds.table import Reading, read_crm, read_population

D = date


async def _again(database: Database, dataset: Dataset) -> Summary:
    return await load(database, dataset)


async def test_what_was_merged_stays_so_when_its_files_are_imported_again(doubled: Database) -> None:
    await find(doubled)
    before, version = await dump(doubled), await read_version(doubled)
    for dataset in (doubles(), tiny(), doubles()):
        summary = await _again(doubled, dataset)
        assert (summary.total("created"), summary.total("updated")) == (0, 0), dataset.source
    assert await dump(doubled) == before
    assert await read_version(doubled) == version
    assert (await find(doubled)).merged == ()


async def test_undo_restores_after_imports_too(doubled: Database) -> None:
    before = await dump(doubled)
    merged = (await find(doubled)).merged
    for dataset in (doubles(), tiny()):
        await _again(doubled, dataset)
    for pair in merged:
        await undo(doubled, pair.id, "ann")
    assert await dump(doubled) == before


async def test_news_of_a_merged_account_reach_the_survivor_where_it_had_none(doubled: Database) -> None:
    merged = (await find(doubled)).merged
    news = {**NORTH_2, "name": "North Bank Group", "industry": "Insurance", "region": "Nordics", "segment": "SMB",
            "domains": ["northbank.com", "northbank.dk"], "custom.tier": "A"}  # fmt: skip
    dataset = Dataset("doubles", (
        table(ACCOUNT, [news]),
        edges("USES", edge("account:north-2", "product:flow", D(2019, 1, 1), D(2021, 1, 1)),
              edge("account:north-2", "product:view", D(2024, 5, 1), activity=9.0),
              edge("account:north-2", "product:core", D(2021, 1, 1), D(2023, 1, 1))),
    ), "news-1")  # fmt: skip
    assert (await load(doubled, dataset)).of("account").updated == 1
    values = (await doubled.rows("MATCH (a:Account {id: 'account:north'}) RETURN properties(a)"))[0][0]
    assert (values["name"], values["industry"], values["region"], values["segment"], values["custom.tier"]) == (
        "North Bank", "Banking", "Nordics", "Enterprise", "A",
    )  # fmt: skip
    ends = "MATCH (:Account {id: 'account:north'})-[u:USES]->(:Product {id: $id}) RETURN toString(u.until), u.activity"
    assert ["2021-01-01", None] in await doubled.rows(ends, {"id": "product:flow"})
    assert await doubled.rows(ends, {"id": "product:view"}) == [[None, 9.0]]
    assert await check_graph(doubled) == []
    again = await load(doubled, dataset)
    assert (again.total("created"), again.total("updated")) == (0, 0)
    for pair in merged:
        await undo(doubled, pair.id, "ann")
    both = {
        identity: (await doubled.rows("MATCH (a:Account {id: $id}) RETURN properties(a)", {"id": identity}))[0][0]
        for identity in ("account:north", "account:north-2")
    }
    assert (both["account:north"].get("region"), both["account:north"].get("custom.tier")) == (None, None)
    assert (both["account:north-2"]["region"], both["account:north-2"]["industry"]) == ("Nordics", "Insurance")
    domains = "MATCH (:Account {id: $id})-[:HAS_DOMAIN]->(d) RETURN d.name ORDER BY d.name"
    assert await doubled.rows(domains, {"id": "account:north"}) == [["northbank.com"]]
    assert ["northbank.dk"] in await doubled.rows(domains, {"id": "account:north-2"})
    assert await check_graph(doubled) == []


async def _list(database: Database, file: Path, on: date) -> Any:
    resolver = GraphResolver(database)
    reading = Reading(resolver, GraphLists(database), on)
    made = await resolver.run(lambda: read_population(file, reading, partner="bolt", population=Population.CUSTOMER))
    return made, await load(database, made.dataset)


@pytest.mark.parametrize(
    "row",
    ["account:north-2,,", "north-2,,", ",northbank.io,", ",,North Bank Inc."],
    ids=["id", "key", "domain", "name"],
)
async def test_a_list_that_names_a_merged_account_means_the_survivor(
    doubled: Database, tmp_path: Path, row: str
) -> None:
    await find(doubled)
    file = tmp_path / "list.csv"
    file.write_text(f"account key,website,account name\n{row}\n")
    made, _ = await _list(doubled, file, D(2026, 6, 1))
    assert [c.account for c in made.changes] == []  # it stood there already, as the merged account
    before = await dump(doubled)
    made, summary = await _list(doubled, file, D(2026, 6, 2))
    assert (len(made.changes), summary.total("created"), summary.total("updated")) == (0, 0, 0)
    assert await dump(doubled) == before
    assert await doubled.value("MATCH (a:Account) WHERE a.id STARTS WITH 'account:north' RETURN count(a)") == 1


async def test_a_crm_export_finds_merged_accounts_by_their_ids(doubled: Database, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text(
        "Id,Name,Website,Industry,DunsNumber\n"
        "0015000000AAAAA,Zorvane Ltd,https://zorvane.com,Toys,\n"
        "0015000000BBBBB,Zorvane Limited,https://zorvane.com/about,Games,\n"
        "0015000000CCCCC,Mail Only,https://gmail.com,,\n"
        "0015000000DDDDD,GitHub Inc,https://github.com,,\n"
        "0015000000EEEEE,Codefolk,https://github.com/codefolk,,\n"
    )

    async def once() -> Summary:
        resolver = GraphResolver(doubled)
        return await load(doubled, await resolver.run(lambda: read_crm("salesforce", [file], resolver=resolver)))

    await once()
    domains = dict(
        await doubled.rows(
            "MATCH (a:Account) WHERE a.name IN ['Mail Only', 'GitHub Inc', 'Codefolk'] "
            "RETURN a.name, COLLECT { MATCH (a)-[:HAS_DOMAIN]->(d) RETURN d.name }"
        )
    )
    assert domains == {"Mail Only": [], "GitHub Inc": ["github.com"], "Codefolk": []}
    await find(doubled)
    before = await dump(doubled)
    for _ in range(2):
        summary = await once()
        assert (summary.total("created"), summary.total("updated")) == (0, 0)
    assert await dump(doubled) == before
