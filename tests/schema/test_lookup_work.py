"""Time as a channel: what a look-up makes the database do, for what a partner may not see and for what is not there.

No clock decides here. Both send the same statements with parameters of one form, and by their profiles all that differs
lies below one operator that lets no row out: whether the node is seen is decided first, and nothing is read for its
fields. What that decision takes does differ, by microseconds, so partners are answered on ticks.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import neo4j
import orjson
import pytest
from tiny_ecosystem import edge, edges, link, table

from ecograph.graph import embedded
from ecograph.graph.connection import Database
from ecograph.graph.load import Dataset, load
from ecograph.graph.model import ACCOUNT, DEAL, Population, SharingLevel
from ecograph.graph.settings import Settings
from ecograph.graph.sharing import set_rule
from ecograph.schema.execute import Executor
from ecograph.schema.ticks import until_tick
from ecograph.schema.viewer import viewer

BOLT = viewer("portal", ["read"], partner="bolt")
FIELDS = "id name population segment arr { amount } domains knownBy { totalCount nodes { name } }"
KEYS = ("ann", "bob", "cat", "bab")
"""A hidden customer; a hidden open opportunity with many deals; a hidden one that others know; and none at all."""

Channel = tuple[str, Callable[[str, str], Any]]
BY: dict[str, Channel] = {
    "id": (f"query Q($x: ID!) {{ account(id: $x) {{ {FIELDS} }} }}", lambda key, _: f"account:{key}"),
    "key": (f"query Q($x: ID!) {{ account(id: $x) {{ {FIELDS} }} }}", lambda key, _: key),
    "domain": (f"query Q($x: String!) {{ account(domain: $x) {{ {FIELDS} }} }}", lambda key, _: f"{key}.com"),
    "node": (
        f"query Q($x: ID!) {{ node(id: $x) {{ id ... on Account {{ {FIELDS} }} }} }}",
        lambda key, _: f"account:{key}",
    ),
    "deal": ("query Q($x: ID!) { node(id: $x) { id ... on Deal { name } } }", lambda key, _: f"deal:{key}"),
    "search": (
        "query Q($x: String!) { search(text: $x) { totalCount nodes { matched node { ... on Node { id } } } } }",
        lambda key, _: key,
    ),
    "cursor": (
        "query Q($x: String) { accounts(first: 5, after: $x) { nodes { id name } pageInfo { hasNextPage } } }",
        lambda key, cursor: _cursor(cursor, f"account:{key}"),
    ),
}
REFUSED = {
    "accountsByKey": '{ accountsByKey(keys: [{id: "%s"}]) { id } }',
    "externalId": '{ account(externalId: {system: "crm", id: "%s"}) { id } }',
    "paths": '{ paths(from: "partner:bolt", to: "account:%s") { nodes { length } } }',
    "filter": '{ accounts(where: {key: {eq: "%s"}}) { totalCount } }',
    "decideMatch": 'mutation { decideMatch(id: "%s", decision: SAME) { id } }',
    "undoMatch": 'mutation { undoMatch(id: "%s") { id } }',
}


def _cursor(cursor: str, identity: str) -> str:
    """The cursor of a real page, turned to stand behind another row."""
    signed, *_ = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return base64.urlsafe_b64encode(orjson.dumps([signed, identity])).decode().rstrip("=")


class _Recording:
    """A database that remembers the statements of root fields."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    async def rows(self, statement: str, parameters: Any = None, **more: Any) -> Any:
        if " AS r" in statement:
            self.asked.append((statement, dict(parameters)))
        return await self._database.rows(statement, parameters, **more)


@pytest.fixture
async def world(graph: Database) -> Database:
    """Three accounts on no list of Bolt's, whose prospects are all shared; so what an account is to us is looked at."""
    d = date(2025, 1, 1)
    keys = KEYS[:3]
    accounts = [{"key": key, "name": f"{key} Inc", "domains": [f"{key}.com"], "segment": "SMB"} for key in keys]
    accounts[0]["customerSince"] = d  # type: ignore[assignment]
    deals = [{"key": f"bob{n}", "name": f"{n}", "status": "LOST", "openedOn": d, "closedOn": d} for n in range(50)]
    deals += [{"key": key, "name": "Bargain", "status": "OPEN", "openedOn": d} for key in keys[1:2]]
    tables = (
        table(ACCOUNT, accounts), table(DEAL, deals),
        edges("WITH", *(link(f"deal:{one['key']}", "account:bob") for one in deals)),
        edges("KNOWS", edge("partner:dune", "account:cat", d, population="CUSTOMER")),
        edges("USES", *(edge(f"account:{key}", "product:flow", d) for key in keys)),
    )  # fmt: skip
    await load(graph, Dataset("worlds", tables, "worlds-1"))
    await set_rule(graph, "partner:bolt", Population.PROSPECT, SharingLevel.ALL, ("segment", "arr"))
    return graph


@pytest.fixture
def profiled(settings: Settings) -> Iterator[Callable[[str, dict[str, Any]], dict[str, Any]]]:
    address = embedded.current_address(settings)
    assert address is not None
    login = (address.username, address.password)
    with neo4j.GraphDatabase.driver(address.uri, auth=login, notifications_min_severity="OFF") as driver:

        def run(statement: str, parameters: dict[str, Any]) -> dict[str, Any]:
            with driver.session() as session:
                profile = session.run(f"PROFILE {statement}", parameters).consume().profile  # type: ignore[arg-type]
            assert profile is not None
            return profile

        yield run


@pytest.mark.parametrize("by", BY)
async def test_all_that_a_hidden_account_costs_is_to_see_that_it_is_hidden(
    by: str, world: Database, settings: Settings, profiled: Callable[[str, dict[str, Any]], dict[str, Any]]
) -> None:
    recording = _Recording(world)
    executor = Executor(recording, settings)  # type: ignore[arg-type]
    text, value = BY[by]
    page = await executor.execute("{ accounts(first: 1) { pageInfo { endCursor } } }", viewer=BOLT)
    assert page.data is not None, page.errors
    cursor = page.data["accounts"]["pageInfo"]["endCursor"]
    told, asked = [], []
    for key in KEYS:
        recording.asked.clear()
        answer = (await executor.execute(text, {"x": value(key, cursor)}, viewer=BOLT)).to_dict()
        assert "errors" not in answer
        told.append(answer["data"])
        asked.append(list(recording.asked))
    assert [one for one in told if one != told[-1]] == []
    assert len({len(one) for one in asked}) == 1
    for of_each in zip(*asked, strict=True):
        assert len({statement for statement, _ in of_each}) == 1
        assert len({repr(_form(parameters)) for _, parameters in of_each}) == 1
        if by == "cursor":
            # Behind each there are rows; a page passes over those that are not seen, wherever it begins.
            assert told[-1]["accounts"]["nodes"]
            continue
        *hidden, absent = [profiled(statement, parameters) for statement, parameters in of_each]
        for profile in hidden:
            assert _operators(profile) == _operators(absent)
            gate = _gate(profile, absent)
            assert gate is None or gate["rows"] == 0, (by, gate)


def _form(value: Any) -> Any:
    """A value but for what its text says."""
    if isinstance(value, dict):
        return {name: _form(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_form(inner) for inner in value]
    return (type(value).__name__, len(value)) if isinstance(value, str) else value


def _operators(plan: dict[str, Any]) -> Any:
    return plan["operatorType"], [_operators(child) for child in plan.get("children", ())]


def _gate(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any] | None:
    """The lowest operator at and below which all lies that differs; None where nothing does."""
    names = ("rows", "dbHits")
    here = any(one.get(name) != other.get(name) for name in names)
    pairs = zip(one.get("children", ()), other.get("children", ()), strict=True)
    below = [gate for left, right in pairs if (gate := _gate(left, right)) is not None]
    if here or len(below) > 1:
        return one
    return below[0] if below else None


@pytest.mark.parametrize("by", REFUSED)
async def test_what_is_not_for_partners_is_refused_before_anything_is_read(
    by: str, world: Database, settings: Settings
) -> None:
    recording = _Recording(world)
    executor = Executor(recording, settings)  # type: ignore[arg-type]
    answers = [(await executor.execute(REFUSED[by] % key, viewer=BOLT)).to_dict() for key in KEYS]
    assert {answer["errors"][0]["extensions"]["code"] for answer in answers} == {"FORBIDDEN"}
    assert [answer["errors"][0]["message"] for answer in answers] == [answers[0]["errors"][0]["message"]] * len(KEYS)
    assert recording.asked == []


def test_a_tick_is_the_next_full_one() -> None:
    assert [round(until_tick(taken, 0.02), 6) for taken in (0.0, 0.0004, 0.0196, 0.02, 0.021, 0.05)] == [
        0.0, 0.0196, 0.0004, 0.0, 0.019, 0.01,
    ]  # fmt: skip
    assert until_tick(0.3, 0.0) == 0.0
    # What takes 1 ms more or less is answered at the same time, where no tick lies between.
    assert {round(taken + until_tick(taken, 0.02), 6) for taken in (0.0031, 0.0042, 0.0101)} == {0.02}


async def test_a_partner_is_answered_on_a_tick(world: Database, settings: Settings) -> None:
    executor = Executor(world, settings.model_copy(update={"partner_tick_ms": 400}))
    for text in ('{ account(id: "ann") { id } }', '{ account(id: "bab") { id } }', '{ partner(id: "bolt") { id } }'):
        began = time.monotonic()
        await executor.execute(text, viewer=BOLT)
        assert time.monotonic() - began >= 0.4
