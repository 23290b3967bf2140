from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ecograph.graph.connection import Database
from ecograph.graph.load import load
from ecograph.seeds.landscape import MembersAs

ITEMS = {
    "Members / Gold": [{"name": "Acme (member)", "key": "acme", "site": "https://acme.com", "joined": "2020-01-01"}],
    "Members / End Users": [{"name": "Shop", "site": "https://shop.com"}],
    "Help / Certified Alpha Service Provider": [{"name": "Serv", "key": "serv"}],
    "Tools / CI": [
        {"name": "Alpha", "key": "club", "project": "core"},
        {"name": "Beta", "site": "https://beta.acme.com", "summary_integrations": "Alpha"},
    ],
}
OLD = {"Members / Silver": [{"name": "Left", "key": "left"}, {"name": "Acme", "key": "acme"}]}


async def test_a_landscape_is_loaded_once(empty: Database, landscape: Callable[..., Any]) -> None:
    dataset = landscape(ITEMS, {"2019-01-01.yml": OLD, "2021-01-01.yml": ITEMS}).dataset
    first = await load(empty, dataset)
    assert not first.bad
    assert {name: counts.created for name, counts in first.counts.items()} == {
        "company": 1,
        "partner": 3,
        "product": 2,
        "account": 1,
        "integration": 1,
        "offers": 2,
        "builds": 1,
        "connects": 2,
        "certified_for": 1,
        "tier": 3,
    }
    again = await load(empty, dataset)
    assert (again.total("created"), again.total("updated")) == (0, 0)
    found = await empty.rows(
        "MATCH (:Product {id: 'product:alpha'})<-[:CONNECTS]-(:Integration)<-[:BUILDS]-(p:Partner)-[:HAS_DOMAIN]->(d) "
        "MATCH (s:SourceRecord)-[r:RESOLVES_TO]->(p) RETURN p.id, d.name, s.file, r.reason"
    )
    assert found == [["partner:acme", "acme.com", "landscape.yml", "domain acme.com"]]


async def test_members_become_accounts_as_well(empty: Database, landscape: Callable[..., Any]) -> None:
    await load(empty, landscape(ITEMS).dataset)
    summary = await load(empty, landscape(ITEMS, members_as=MembersAs.BOTH).dataset)
    assert not summary.bad
    assert (summary.of("account").created, summary.of("same_company_as").created) == (1, 2)
