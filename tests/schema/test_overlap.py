"""Overlap of account lists: by hand on the tiny ecosystem, and against plain Python on generated ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from conftest import reset
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from tiny_ecosystem import edge, edges, tiny

from ecograph.graph.connection import Database, open_database
from ecograph.graph.load import Dataset, load
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor
from ecograph.schema.export import open_table
from ecograph.schema.viewer import viewer

D = date
LISTS = Dataset(
    "lists",
    (
        edges(
            "KNOWS",
            edge("partner:bolt", "account:south", D(2025, 5, 1), population="CUSTOMER"),
            edge("partner:bolt", "account:cold", D(2025, 1, 1), D(2026, 2, 1), population="PROSPECT"),
            edge("partner:bolt", "account:cold", D(2026, 2, 1), population="OPPORTUNITY"),
            edge("partner:bolt", "account:gone", D(2025, 1, 1), population="CUSTOMER"),
            edge("partner:dune", "account:south", D(2025, 1, 1), D(2026, 4, 1), population="CUSTOMER"),
        ),
    ),
    "lists-1",
)


@pytest.fixture(scope="module")
async def reader(server: Database, settings: Settings) -> Executor:
    await reset(server)
    await load(server, tiny())
    await load(server, LISTS)
    return Executor(server, settings)


async def _ask(reader: Executor, text: str) -> Any:
    answer = await reader.execute(f"{{ found: {text} }}")
    assert answer.errors == []
    assert answer.data is not None
    return answer.data["found"]


def _cells(found: Any) -> dict[tuple[Any, ...], int]:
    return {
        (cell["ours"], *(f"{side['partner']['key']} {side['population']}" for side in cell["theirs"])): cell["count"]
        for cell in found
    }


SIDES = "{ ours count theirs { partner { key } population } }"


async def test_the_matrix_with_one_partner(reader: Executor) -> None:
    found = await _ask(reader, f'overlap(partners: ["bolt"]) {SIDES}')
    assert _cells(found) == {
        ("CUSTOMER", "bolt CUSTOMER"): 1,  # South Retail, on its list as a prospect too
        ("PROSPECT", "bolt OPPORTUNITY"): 1,
        (None, "bolt CUSTOMER"): 1,  # Gone Ltd, which left us
    }
    then = await _ask(reader, f'overlap(partners: ["bolt"], asOf: "2025-04-01") {SIDES}')
    assert _cells(then) == {
        ("CUSTOMER", "bolt CUSTOMER"): 1,  # Gone Ltd, before it left
        ("CUSTOMER", "bolt PROSPECT"): 1,
        ("PROSPECT", "bolt PROSPECT"): 1,
    }
    few = await _ask(reader, f'overlap(partners: ["bolt"], populations: [CUSTOMER]) {SIDES}')
    assert _cells(few) == {("CUSTOMER", "bolt CUSTOMER"): 1, (None, "bolt CUSTOMER"): 1}


async def test_cells_of_several_partners(reader: Executor) -> None:
    found = await _ask(reader, f'overlap(partners: ["dune", "bolt"]) {SIDES}')
    assert _cells(found) == {
        ("CUSTOMER", "bolt CUSTOMER"): 1,
        ("PROSPECT", "bolt OPPORTUNITY", "dune CUSTOMER"): 1,
        (None, "bolt CUSTOMER"): 1,
    }
    among = await _ask(reader, f'overlap(partners: ["dune", "bolt"], withUs: false) {SIDES}')
    assert _cells(among) == {
        (None, "bolt OPPORTUNITY", "dune CUSTOMER"): 1,
        (None, "bolt CUSTOMER"): 2,
    }


async def test_the_value_and_the_accounts_of_a_cell(reader: Executor) -> None:
    asked = "partners { key } arr { amount currency } openAmount { amount currency } isWithheld"
    found = await _ask(
        reader, f'overlap(partners: ["bolt"]) {{ {asked} accounts(first: 1) {{ totalCount nodes {{ key }} }} }}'
    )
    assert found[0] == {
        "partners": [{"key": "bolt"}],
        "arr": [{"amount": "5000.50", "currency": "EUR"}],
        "openAmount": [{"amount": "1000.00", "currency": "EUR"}],
        "isWithheld": False,
        "accounts": {"totalCount": 1, "nodes": [{"key": "south"}]},
    }
    where = '{domain: {eq: "cold.com"}}'
    filtered = await _ask(reader, f'overlap(partners: ["bolt"]) {{ accounts(where: {where}) {{ nodes {{ key }} }} }}')
    assert [cell["accounts"]["nodes"] for cell in filtered] == [[], [{"key": "cold"}], []]


def _as_filter(cell: Any) -> dict[str, Any]:
    """A cell as a filter on accounts: as docs/overlap.md has it."""
    to_us = {"isNull": True} if cell["ours"] is None else {"eq": cell["ours"]}
    sides = []
    for side in cell["theirs"]:
        partner = {"key": {"eq": side["partner"]["key"]}}
        stronger = POPULATIONS[: POPULATIONS.index(side["population"])]
        sides.append({"knownBy": {"some": partner, "edge": {"population": {"eq": side["population"]}}}})
        sides += [{"knownBy": {"none": partner, "edge": {"population": {"eq": one}}}} for one in stronger]
    return {"population": to_us, "and": sides}


async def test_a_cell_is_a_filter_on_accounts_and_can_be_exported(reader: Executor) -> None:
    cells = await _ask(reader, 'overlap(partners: ["bolt"]) { ours theirs { partner { key } population } '
                       "accounts { nodes { key } } }")  # fmt: skip
    text = "query Q($where: AccountWhere) { accounts(where: $where, first: 1) { nodes { key } } }"
    for cell in cells:
        table = open_table(reader, text, {"where": _as_filter(cell)})
        rows = [{"key": row[0]} async for page in table.pages() for row in page]
        assert rows == cell["accounts"]["nodes"]
    assert len(cells) == 3


async def test_white_space(reader: Executor) -> None:
    rows = "{ totalCount nodes { key } }"
    theirs = await _ask(reader, f'whiteSpace(partner: "bolt", side: THEIRS) {rows}')
    assert theirs == {"totalCount": 1, "nodes": [{"key": "gone"}]}
    ours = await _ask(reader, f'whiteSpace(partner: "bolt", side: OURS) {rows}')
    assert ours == {"totalCount": 1, "nodes": [{"key": "north"}]}
    then = await _ask(reader, f'whiteSpace(partner: "dune", side: OURS, asOf: "2025-01-15") {rows}')
    assert [row["key"] for row in then["nodes"]] == ["gone", "north"]
    nobody = await _ask(reader, f'whiteSpace(partner: "nobody", side: OURS) {rows}')
    assert nobody == {"totalCount": 0, "nodes": []}


async def test_with_whom_to_sell(reader: Executor) -> None:
    asked = "account { key } score strength openAmount { amount currency } ours theirs because { id }"
    found = await _ask(reader, f'coSell(partner: "bolt") {{ nodes {{ {asked} }} }}')
    south, cold = found["nodes"]
    assert south["account"] == {"key": "south"}
    assert (south["ours"], south["theirs"]) == ("CUSTOMER", "CUSTOMER")
    assert south["score"] == pytest.approx(south["strength"] * 1000)
    assert south["openAmount"] == [{"amount": "1000.00", "currency": "EUR"}]
    assert south["because"][-1] == {"id": "deal:d3"}
    assert cold == {
        "account": {"key": "cold"}, "score": cold["strength"], "strength": 0.015, "openAmount": [], "ours": "PROSPECT",
        "theirs": "OPPORTUNITY", "because": [{"id": "account:cold"}],
    }  # fmt: skip


async def test_what_happened_on_the_lists(reader: Executor) -> None:
    asked = "{ totalCount nodes { account { key } population since kind } }"
    found = await _ask(reader, f'overlapEvents(partner: "bolt", since: "2025-02-01") {asked}')
    assert [(row["account"]["key"], row["population"], row["since"], row["kind"]) for row in found["nodes"]] == [
        ("cold", "OPPORTUNITY", "2026-02-01", "MOVED"),
        ("south", "CUSTOMER", "2025-05-01", "MOVED"),
        ("south", "PROSPECT", "2025-03-01", "APPEARED"),
    ]
    left = await _ask(reader, f'overlapEvents(since: "2026-03-01") {asked}')
    assert [(row["account"]["key"], row["population"], row["kind"]) for row in left["nodes"]] == [
        ("south", "CUSTOMER", "LEFT")
    ]


async def test_whom_to_win_as_a_partner(reader: Executor) -> None:
    await reader._database.write(
        [
            (
                "MATCH (a:Account) WHERE a.key IN ['north', 'south'] MERGE (p:Product {id: 'product:lone'}) "
                "SET p.key = 'lone', p.name = 'Lone' MERGE (a)-[u:USES {key: a.id}]->(p)",
                {},
            )
        ]
    )
    asked = "{ nodes { company products { key } accounts arr { amount currency } because { id } } }"
    found = await _ask(reader, f"recruitCandidates {asked}")
    assert found["nodes"][0] == {
        "company": "Lone", "products": [{"key": "lone"}], "accounts": 2,
        "arr": [{"amount": "5000.50", "currency": "EUR"}, {"amount": "120000.00", "currency": "USD"}],
        "because": [{"id": "account:north"}, {"id": "account:south"}],
    }  # fmt: skip
    assert [(row["company"], row["because"][0]["id"]) for row in found["nodes"][1:]] == [("Bolt", "partner:bolt")]


@pytest.mark.parametrize(
    "asked",
    [
        'overlap(partners: ["bolt"]) { arr { amount } }', 'whiteSpace(partner: "bolt", side: OURS) { totalCount }',
        'coSell(partner: "bolt") { totalCount }', "recruitCandidates { totalCount }",
        'overlapEvents(since: "2025-01-01") { totalCount }',
    ],
)  # fmt: skip
async def test_a_partners_own_login_is_refused(reader: Executor, asked: str) -> None:
    answer = await reader.execute(f"{{ {asked} }}", viewer=viewer("partner", ["read"], partner="bolt"))
    assert [error["extensions"]["code"] for error in answer.errors] == ["FORBIDDEN"]


ACCOUNTS, PARTNERS = [f"a{n}" for n in range(6)], ["p0", "p1", "p2"]
DAYS = [D(2026, month, 1) for month in range(1, 7)]
POPULATIONS = ["CUSTOMER", "OPPORTUNITY", "PROSPECT"]
DAY = D(2026, 3, 15)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([*PARTNERS, "us"]), st.sampled_from(ACCOUNTS), st.sampled_from(POPULATIONS),
        st.none() | st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS),
    ),
    max_size=25,
)  # fmt: skip
OURS = st.lists(st.sampled_from(["none", "customer", "left", "open", "closed"]), min_size=6, max_size=6)
Asked = Any


@pytest.fixture(scope="module")
def world(server: Database, settings: Settings) -> Iterator[Asked]:
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(open_database(settings)) as database:
        executor = Executor(database, settings)

        def ask(entries: Any, ours: list[str]) -> Any:
            portal.call(reset, database)
            portal.call(database.write, [(WORLD, _rows(entries, ours))])
            answer = portal.call(executor.execute, QUESTIONS)
            assert answer.errors == []
            return answer.data

        yield ask


WORLD = """
MERGE (us:Company {id: 'company:us'}) SET us.key = 'us', us.name = 'Us'
WITH us
CALL () { UNWIND $partners AS key CREATE (:Partner {id: 'partner:' + key, key: key, name: key}) }
CALL () {
  UNWIND $accounts AS row
  CREATE (a:Account {id: 'account:' + row.key, key: row.key, name: row.key}) SET a += row.dates
  FOREACH (d IN row.deals | CREATE (:Deal {id: 'deal:' + row.key, key: row.key, name: 'd', status: d, closedOn:
    CASE d WHEN 'WON' THEN date('2026-01-01') END})-[:WITH {key: row.key}]->(a))
}
CALL () {
  UNWIND $entries AS row
  MATCH (owner:Partner|Company {key: row.owner}), (a:Account {key: row.account})
  CREATE (owner)-[:KNOWS {key: row.key, population: row.population, since: row.since, until: row.until}]->(a)
}
"""
COUNTED = "{ ours count theirs { partner { key } population } accounts(first: 10) { nodes { key } } }"
QUESTIONS = f"""{{
  one: overlap(partners: ["p0"], asOf: "{DAY}") {COUNTED}
  there: overlap(partners: ["p0", "p1", "p2"], asOf: "{DAY}") {COUNTED}
  back: overlap(partners: ["p2", "p1", "p0", "p0"], asOf: "{DAY}") {COUNTED}
  among: overlap(partners: ["p0", "p1"], withUs: false, asOf: "{DAY}") {COUNTED}
  theirs: whiteSpace(partner: "p0", side: THEIRS, asOf: "{DAY}") {{ nodes {{ key }} }}
  ours: whiteSpace(partner: "p0", side: OURS, asOf: "{DAY}") {{ nodes {{ key }} }}
}}"""


def _rows(entries: Any, ours: list[str]) -> dict[str, Any]:
    dates = {"customer": {"customerSince": D(2025, 1, 1)},
             "left": {"customerSince": D(2025, 1, 1), "churnedOn": D(2026, 3, 1)}}  # fmt: skip
    deals = {"open": ["OPEN"], "closed": ["WON"]}
    names = ("owner", "account", "population", "since", "until")
    return {
        "partners": PARTNERS,
        "accounts": [
            {"key": key, "dates": dates.get(was, {}), "deals": deals.get(was, [])}
            for key, was in zip(ACCOUNTS, ours, strict=True)
        ],
        "entries": [{**dict(zip(names, entry, strict=True)), "key": str(at)} for at, entry in enumerate(entries)],
    }


def _expected(entries: Any, ours: list[str]) -> tuple[dict[str, dict[str, str]], dict[str, str | None]]:
    """Partner → account → its population there; account → what it is to us."""
    lists: dict[str, dict[str, str]] = {owner: {} for owner in [*PARTNERS, "us"]}
    for owner, account, population, since, until in entries:
        if (since is None or since <= DAY) and (until is None or until > DAY):
            best = min(population, lists[owner].get(account, "PROSPECT"), key=POPULATIONS.index)
            lists[owner][account] = best
    to_us = {"customer": "CUSTOMER", "open": "OPPORTUNITY"}
    return lists, {
        key: to_us.get(was) or ("PROSPECT" if key in lists["us"] else None)
        for key, was in zip(ACCOUNTS, ours, strict=True)
    }


def _partition(lists: dict[str, dict[str, str]], ours: dict[str, str | None], partners: list[str]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for account in ACCOUNTS:
        sides = tuple(f"{p} {lists[p][account]}" for p in partners if account in lists[p])
        if sides:
            found[(ours[account], *sides)] += 1
    return found


@tuned(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(ENTRIES, OURS)
def test_every_account_stands_in_one_cell_whichever_side_asks(world: Asked, entries: Any, ours: list[str]) -> None:
    found = world(entries, ours)
    lists, to_us = _expected(entries, ours)
    assert _cells(found["one"]) == _partition(lists, to_us, ["p0"])
    assert _cells(found["there"]) == _partition(lists, to_us, PARTNERS)
    assert found["there"] == found["back"]
    assert _cells(found["among"]) == _partition(lists, dict.fromkeys(ACCOUNTS), ["p0", "p1"])
    met = [row["key"] for cell in found["there"] for row in cell["accounts"]["nodes"]]
    assert sorted(met) == sorted(set().union(*(lists[p] for p in PARTNERS)))
    assert sum(cell["count"] for cell in found["there"]) == len(met)
    white = [row["key"] for row in found["theirs"]["nodes"]]
    assert white == [key for key in ACCOUNTS if key in lists["p0"] and to_us[key] is None]
    assert [row["key"] for row in found["ours"]["nodes"]] == [
        key for key in ACCOUNTS if key not in lists["p0"] and to_us[key] is not None
    ]


DEALS = """
CREATE (w:Account {id: 'account:w', key: 'w', name: 'W', segment: 'S', industry: 'I'})
CREATE (v:Account {id: 'account:v', key: 'v', name: 'V', segment: 'S', industry: 'I'})
WITH w, v
MATCH (p:Partner {key: 'care'})
CREATE (w)-[:HAS_PARTNER {key: 'x', since: date('2020-01-01'), sources: ['ROLE']}]->(p)
WITH [[w, 12, 8, 10, 10000], [v, 10, 30, 20, 5000]] AS groups
UNWIND groups AS g
UNWIND range(1, g[1] + g[2]) AS n
WITH g, n, n <= g[1] AS isWon, g[0] AS account
CREATE (d:Deal {id: 'deal:' + account.key + n, key: account.key + n, name: 'd', openedOn: date('2025-01-01'),
  closedOn: date('2025-01-01') + duration({days: g[3]}), status: CASE WHEN isWon THEN 'WON' ELSE 'LOST' END,
  amount: g[4], amountCurrency: 'USD'})-[:WITH {key: 'w' + account.key + n}]->(account)
"""


async def test_how_deals_go_with_a_partner(graph: Database, settings: Settings) -> None:
    await graph.write([(DEALS, {})])
    estimate = "{ value n reason }"
    asked = (
        f"sourcedRevenue {{ amount currency }} sourcedPipeline {{ amount currency }} influencedRevenue {{ amount }} "
        f"winRate {estimate} comparableWinRate {estimate} daysToClose {estimate} comparableDaysToClose {estimate} "
        f"dealSize {{ currency amount {estimate} comparable {estimate} }} coverage engagement"
    )
    executor = Executor(graph, settings)

    async def of(partner: str, arguments: str = 'to: "2026-01-01"') -> Any:
        text = f'partner(id: "{partner}", asOf: "2026-06-01") {{ performance({arguments}) {{ {asked} }} }}'
        return (await _ask(executor, text))["performance"]

    def given(value: float, n: int) -> dict[str, Any]:
        return {"value": value, "n": n, "reason": None}

    care = await of("care")
    assert care["winRate"] == given(0.6, 20)
    assert care["comparableWinRate"] == given(0.25, 40)
    assert (care["daysToClose"], care["comparableDaysToClose"]) == (given(10.0, 12), given(20.0, 10))
    assert care["dealSize"] == [{"currency": "USD", "amount": given(100.0, 12), "comparable": given(50.0, 10)}]
    assert care["coverage"] == 0.5  # of North Bank and South Retail
    assert care["engagement"] == pytest.approx(1 / 12)  # the workshop in April
    assert (care["sourcedRevenue"], care["influencedRevenue"]) == ([], [])
    before = await of("care", 'to: "2025-01-01"')
    assert before["winRate"]["reason"] == "TOO_FEW_EVENTS"
    bolt = await of("bolt")
    assert bolt["sourcedRevenue"] == [{"amount": "100000.00", "currency": "USD"}]
    assert (await of("bolt", 'from: "2022-06-02"'))["sourcedRevenue"] == []
    left = await of("exit")
    assert (left["coverage"], left["sourcedRevenue"]) == (0.0, [{"amount": "5000.50", "currency": "EUR"}])
