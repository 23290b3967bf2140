from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLObjectType

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.schema.compiler.context import spec_of
from ecograph.schema.execute import Executor
from ecograph.schema.sdl import graphql_schema
from ecograph.schema.spec import Connection

OWNERS = {
    "Partner": 'partner(id: "bolt")', "Account": 'account(id: "north")', "Product": 'product(id: "core")',
    "Integration": 'integration(id: "flow-core")', "Deal": 'deal(id: "d1")',
    "WhatIf": 'whatIf(withoutPartners: ["bolt"])', "Overlap": 'overlap(partners: ["bolt"])',
}  # fmt: skip


def _lists() -> list[tuple[str, str]]:
    found = []
    for named in graphql_schema().type_map.values():
        if isinstance(named, GraphQLObjectType):
            for name, field in named.fields.items():
                if isinstance(spec_of(field), Connection):
                    found.append((named.name, name))
    return sorted(found)


async def _page(executor: Executor, owner: str, field: str, after: str | None) -> dict[str, Any]:
    wanted = "totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id } }"
    asked = f"{field}(first: 1, after: $after) {{ {wanted} }}"
    text = asked if owner == "Query" else f"{OWNERS[owner]} {{ {asked} }}"
    answer = await executor.execute(f"query Q($after: String) {{ {text} }}", {"after": after})
    assert answer.data is not None, answer.errors
    assert not answer.errors
    data = answer.data if owner == "Query" else next(iter(answer.data.values()))
    found: dict[str, Any] = (data[0] if isinstance(data, list) else data)[field]
    return found


@pytest.fixture(scope="module")
def reader(still: Database, settings: Settings) -> Executor:
    return Executor(still, settings)


@pytest.mark.parametrize(("owner", "field"), _lists())
async def test_a_walk_meets_every_row_once(reader: Executor, owner: str, field: str) -> None:
    met: list[str] = []
    after = None
    while True:
        page = await _page(reader, owner, field, after)
        assert len(page["edges"]) <= 1
        met += [edge["cursor"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
        assert after == page["edges"][-1]["cursor"]
    assert len(met) == len(set(met)) == page["totalCount"]


async def test_a_cursor_of_another_list_is_refused(reader: Executor) -> None:
    page = await _page(reader, "Query", "accounts", None)
    answer = await reader.execute(
        "query Q($after: String) { partners(after: $after) { nodes { id } } }", {"after": page["pageInfo"]["endCursor"]}
    )
    assert answer.errors[0]["extensions"]["code"] == "CURSOR_STALE"


@pytest.mark.parametrize("cursor", ["", "x", "💥", "bnVsbA", "WyJhIl0"])
async def test_what_is_no_cursor_is_refused(reader: Executor, cursor: str) -> None:
    answer = await reader.execute(
        "query Q($after: String) { partners(after: $after) { nodes { id } } }", {"after": cursor}
    )
    assert answer.errors[0]["extensions"]["code"] == "CURSOR_STALE"


async def test_rows_that_come_and_go_beside_a_walk_do_not_disturb_it(graph: Database, settings: Settings) -> None:
    executor = Executor(graph, settings)
    first = await _page(executor, "Query", "accounts", None)
    await graph.run_alone("MATCH (a:Account {key: 'cold'}) DETACH DELETE a")
    await graph.run_alone("CREATE (:Account {id: 'account:zeta', key: 'zeta', name: 'Zeta'})")
    await graph.run_alone("CREATE (:Account {id: 'account:aaa', key: 'aaa', name: 'Aaa'})")
    met = [first["edges"][0]["node"]["id"]]
    after = first["pageInfo"]["endCursor"]
    while after:
        page = await _page(executor, "Query", "accounts", after)
        met += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
    assert met == ["account:cold", "account:gone", "account:north", "account:south", "account:zeta"]
