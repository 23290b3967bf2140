"""What is shared with a partner's own login: the rules, its view of the overlap, and that nothing else leaks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from conftest import reset
from hypothesis import HealthCheck, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schema_walk import Walk
from tiny_ecosystem import edge, edges, link, table

from ecograph.graph.connection import Database
from ecograph.graph.load import Dataset, load
from ecograph.graph.model import ACCOUNT, COMPANY, DEAL, PARTNER, Population, SharingLevel
from ecograph.graph.settings import Settings
from ecograph.graph.sharing import SHAREABLE, Rule, rules_of
from ecograph.schema.execute import Executor
from ecograph.schema.partner_view import is_for_partners
from ecograph.schema.sdl import graphql_schema
from ecograph.schema.viewer import viewer

BOLT = viewer("portal", ["read"], partner="bolt")
WRITER = viewer("writer", ["write"])
CUSTOMER, OPEN, PROSPECT = Population
HIDDEN, COUNTS, OVERLAPPING, ALL = SharingLevel
NONE = ""
LEAST = 5
SET = """
mutation Set($partner: ID!, $population: Population!, $level: SharingLevel!, $fields: [String!]) {
  setSharing(partner: $partner, population: $population, level: $level, fields: $fields) {
    partner { id } population level fields
  }
}
"""
MATRIX = """{ overlap(partners: ["bolt"]) {
  partners { id } ours theirs { partner { id } population } count isWithheld
  accounts(first: 100) { totalCount nodes { id } }
} }"""
SEEN = """{ accounts(first: 100) { totalCount nodes {
  id name domain population segment industry region customerSince arr { amount currency } knownBy { totalCount }
} } }"""


@dataclass(frozen=True)
class Company:
    """An account: what it is to us, what it is to Bolt and to another partner, and what we know of it."""

    key: str
    ours: str
    theirs: str
    elsewhere: bool = False
    segment: str = "SMB"
    arr: int = 100


World = Sequence[Company]
Rules = Mapping[Population, Rule]


def rules(customers: SharingLevel, opportunities: SharingLevel, prospects: SharingLevel, *fields: str) -> Rules:
    levels = zip(Population, (customers, opportunities, prospects), strict=True)
    return {population: Rule(population, level, fields) for population, level in levels}


def dataset(world: World, others: int = 1) -> Dataset:
    """The graph of a world: Acme's, Bolt's and other partners' lists, open deals and customers."""
    since = date(2025, 1, 1)
    accounts = [
        {"key": one.key, "name": f"Company {one.key}", "domains": [f"{one.key}.com"], "segment": one.segment,
         "industry": f"of {one.segment}", "region": "EMEA", "arr": one.arr, "arrCurrency": "USD",
         "customerSince": since if one.ours == CUSTOMER else None}
        for one in world
    ]  # fmt: skip
    prospects = [one for one in world if one.ours == OPEN]
    known = [edge("partner:bolt", f"account:{one.key}", since, population=one.theirs) for one in world if one.theirs]
    known += [
        edge("company:acme", f"account:{one.key}", since, population=PROSPECT) for one in world if one.ours == PROSPECT
    ]
    known += [
        edge(f"partner:other{n}", f"account:{one.key}", since, population=CUSTOMER)
        for n in range(others) for one in world if one.elsewhere
    ]  # fmt: skip
    partners = [{"key": "bolt", "name": "Bolt"}, *({"key": f"other{n}", "name": f"Other {n}"} for n in range(others))]
    tables = [
        table(COMPANY, [{"key": "acme", "name": "Acme"}]), table(PARTNER, partners),
        table(ACCOUNT, accounts) if accounts else None,
        table(DEAL, [{"key": f"d-{one.key}", "name": f"Bargain {one.key}", "status": "OPEN", "openedOn": since}
                     for one in prospects]) if prospects else None,
        edges("KNOWS", *known) if known else None,
        edges("WITH", *(link(f"deal:d-{one.key}", f"account:{one.key}") for one in prospects)) if prospects else None,
    ]  # fmt: skip
    return Dataset("worlds", tuple(one for one in tables if one is not None), "worlds-1")


async def fill(database: Database, world: World, shared: Rules, others: int = 1) -> None:
    await reset(database)
    await load(database, dataset(world, others))
    executor = Executor(database, Settings())
    for rule in shared.values():
        given_ = {"partner": "bolt", "population": rule.population, "level": rule.level, "fields": list(rule.fields)}
        answer = await executor.execute(SET, given_, viewer=WRITER)
        assert not answer.errors, answer.errors


async def ask(executor: Executor, text: str, **variables: Any) -> Any:
    answer = await executor.execute(text, variables, viewer=BOLT)
    assert not answer.errors, answer.errors
    return answer.data


def is_seen(one: Company, shared: Rules) -> bool:
    return bool(one.theirs) or (bool(one.ours) and shared[Population(one.ours)].level is ALL)


def is_shown(one: Company, shared: Rules) -> bool:
    return bool(one.ours) and shared[Population(one.ours)].level in (OVERLAPPING, ALL)


def expected(world: World, shared: Rules) -> list[dict[str, Any]]:
    """The accounts as Bolt sees them, worked out from the rules as the documentation has them."""
    found = []
    for one in sorted((one for one in world if is_seen(one, shared)), key=lambda one: one.key):
        shown = is_shown(one, shared)
        fields = shared[Population(one.ours)].fields if shown else ()
        values = {
            "segment": one.segment, "industry": f"of {one.segment}", "region": "EMEA",
            "customerSince": "2025-01-01" if one.ours == CUSTOMER else None,
            "arr": {"amount": f"{one.arr / 100:.2f}", "currency": "USD"},
        }  # fmt: skip
        found.append({
            "id": f"account:{one.key}", "name": f"Company {one.key}", "domain": f"{one.key}.com",
            "population": one.ours if shown else None,
            **{name: value if name in fields else None for name, value in values.items()},
            "knownBy": {"totalCount": 1 if one.theirs else 0},
        })  # fmt: skip
    return found


def row(counts: Mapping[str, int], shared: Rules) -> dict[str, int | None]:
    """One row of the matrix: the counts of what is shared, and of the rest; None where it is withheld."""
    counted = [population for population in Population if shared[population].level is COUNTS]
    shown = [population for population in Population if shared[population].level in (OVERLAPPING, ALL)]
    rest = sum(n for ours, n in counts.items() if ours not in counted and ours not in shown)
    secret = {**{str(population): counts.get(population, 0) for population in counted}, NONE: rest}
    is_small = bool(counted) and min(secret.values()) < LEAST
    return {
        **{str(population): counts.get(population, 0) for population in shown},
        **{ours: None if is_small else n for ours, n in secret.items()},
    }


def matrix(world: World, shared: Rules) -> dict[tuple[str, str], int | None]:
    if all(rule.level is HIDDEN for rule in shared.values()):
        return {}
    return {
        (theirs, ours): n
        for theirs in Population
        for ours, n in row(Counter(one.ours for one in world if one.theirs == theirs), shared).items()
    }


def companies(**numbers: int) -> list[Company]:
    """So many companies of each kind, named by what they are to us and to Bolt: `C_P`; `C_` is on no list of Bolt's."""
    kinds = {"C": CUSTOMER, "O": OPEN, "P": PROSPECT, "": NONE, "N": NONE}
    return [
        Company(
            f"{name.lower().replace('_', '-').strip('-')}-{n}", kinds[name.split("_")[0]], kinds[name.split("_")[1]]
        )
        for name, number in numbers.items()
        for n in range(number)
    ]


MANY = companies(C_C=6, C_P=2, O_C=7, O_P=5, P_P=5, N_P=9, N_C=5, C_=3, O_=2, P_=4, N_=2)
POLICIES = {
    "nothing": rules(HIDDEN, HIDDEN, HIDDEN),
    "counts": rules(COUNTS, COUNTS, HIDDEN),
    "some": rules(OVERLAPPING, COUNTS, HIDDEN, "segment", "arr"),
    "all": rules(ALL, OVERLAPPING, COUNTS, *SHAREABLE),
}
EACH_POLICY = pytest.mark.parametrize("policy", POLICIES)


@EACH_POLICY
async def test_a_partner_sees_what_is_shared_and_no_more(empty: Database, settings: Settings, policy: str) -> None:
    shared = POLICIES[policy]
    await fill(empty, MANY, shared)
    executor = Executor(empty, settings)
    seen = (await ask(executor, SEEN))["accounts"]
    assert sorted(seen["nodes"], key=lambda node: node["id"]) == sorted(
        expected(MANY, shared), key=lambda node: node["id"]
    )
    assert seen["totalCount"] == len(seen["nodes"])
    then = await ask(executor, SEEN.replace("first: 100", 'first: 100, asOf: "2025-06-01"'))
    assert then["accounts"] == seen
    cells = (await ask(executor, MATRIX))["overlap"]
    found = {(cell["theirs"][0]["population"], cell["ours"] or NONE): cell["count"] for cell in cells}
    assert found == matrix(MANY, shared)
    for cell in cells:
        is_listed = cell["ours"] is not None and shared[Population(cell["ours"])].level in (OVERLAPPING, ALL)
        listed = {
            f"account:{one.key}" for one in MANY
            if is_listed and one.ours == cell["ours"] and one.theirs == cell["theirs"][0]["population"]
        }  # fmt: skip
        assert {node["id"] for node in cell["accounts"]["nodes"]} == listed
        assert cell["accounts"]["totalCount"] == len(listed)
        assert cell["isWithheld"] is (cell["count"] is None)
        assert cell["partners"] == [cell["theirs"][0]["partner"]] == [{"id": "partner:bolt"}]


@pytest.mark.parametrize("counted", [1, 2, 3])
def test_no_withheld_count_follows_from_the_others(counted: int) -> None:
    levels = [COUNTS] * counted + [HIDDEN] * (3 - counted)
    shared = rules(*levels)
    names = [str(population) for population in Population][:counted]
    for total in range(1, 24 if counted < 3 else 18):
        told: dict[Any, list[dict[str, int]]] = {}
        for numbers in product(range(total + 1), repeat=counted):
            if sum(numbers) <= total:
                counts = {**dict(zip(names, numbers, strict=True)), NONE: total - sum(numbers)}
                told.setdefault(tuple(row(counts, shared).items()), []).append(counts)
        for cells, worlds in told.items():
            for name, number in cells:
                assert number is not None or len({world[name] for world in worlds}) > 1


@dataclass(frozen=True)
class Pair:
    """Two worlds that must look the same to Bolt."""

    shared: Rules
    one: World
    other: World


def _hidden(draw: Callable[..., Any], shared: Rules, number: int, prefix: str) -> list[Company]:
    """Companies that Bolt does not see."""
    populations = [NONE, *(population for population in Population if shared[population].level is not ALL)]
    return [
        Company(f"{prefix}{n}", draw(st.sampled_from(populations)), NONE, draw(st.booleans()),
                draw(st.sampled_from(["SMB", "Enterprise"])), draw(st.integers(1, 999)))
        for n in range(number)
    ]  # fmt: skip


@st.composite
def pairs(draw: Callable[..., Any]) -> Pair:
    """A policy, a world, and another that differs in what the policy keeps from Bolt."""
    levels = [draw(st.sampled_from(list(SharingLevel))) for _ in Population]
    fields = draw(st.lists(st.sampled_from(SHAREABLE), unique=True))
    shared = rules(*levels, *fields)
    one = [
        Company(f"k{n}", draw(st.sampled_from([NONE, *Population])), draw(st.sampled_from(list(Population))),
                draw(st.booleans()), draw(st.sampled_from(["SMB", "Enterprise"])), draw(st.integers(1, 999)))
        for n in range(draw(st.integers(2, 16)))
    ]  # fmt: skip
    if ALL in levels:
        one += [Company(f"a{n}", Population(list(Population)[levels.index(ALL)]), NONE) for n in range(3)]
    # What companies of one row that are not shown are to us changes places: the counts of the row stay.
    other = list(one)
    for theirs in Population:
        places = [at for at, company in enumerate(one) if company.theirs == theirs and not is_shown(company, shared)]
        mixed = draw(st.permutations([one[at].ours for at in places]))
        for at, ours in zip(places, mixed, strict=True):
            other[at] = replace(other[at], ours=ours)
    other = [
        replace(
            company,
            elsewhere=draw(st.booleans()),
            segment=company.segment if {"segment", "industry"} & set(fields) and is_shown(company, shared) else "Mid",
            arr=company.arr if "arr" in fields and is_shown(company, shared) else draw(st.integers(1, 999)),
        )
        for company in other
    ]
    return Pair(
        shared, one + _hidden(draw, shared, draw(st.integers(0, 3)), "h"),
        other + _hidden(draw, shared, draw(st.integers(0, 3)), "i"),
    )  # fmt: skip


IDS = ["account:k0", "account:h0", "account:i1", "account:none", "partner:bolt", "partner:other0", "deal:d-k1"]
REFUSED = """
accounts(where: {population: {eq: CUSTOMER}}) { totalCount }
accounts(orderBy: [{by: ARR}]) { totalCount }
accounts { aggregate { count } }
deals { totalCount }
sharing { level }
matches { totalCount }
ecosystem { activeAccounts }
whiteSpace(partner: "bolt", side: OURS) { totalCount }
coSell(partner: "bolt") { totalCount }
sharedAccounts(partners: ["bolt"]) { totalCount }
overlapEvents(since: "2024-01-01") { totalCount }
overlap(partners: ["bolt"], populations: [CUSTOMER]) { count }
overlap(partners: ["bolt"], withUs: false) { count }
overlap(partners: ["bolt"], asOf: "2026-01-01") { count }
overlap(partners: ["bolt"]) { arr { amount } }
overlap(partners: ["bolt"]) { openAmount { amount } }
overlap(partners: ["bolt"]) { accounts(orderBy: [{by: ARR}]) { totalCount } }
overlap(partners: ["bolt"]) { accounts(where: {segment: {eq: "SMB"}}) { totalCount } }
paths(from: "partner:bolt", to: "account:h0") { nodes { length } }
""".strip().splitlines()
SEARCH = "query Q($text: String!) { search(text: $text) { totalCount nodes { matched node { ... on Node { id } } } } }"
LOOKUP = "query Q($domain: String!) { account(domain: $domain) { id name population arr { amount } } }"
CHANNELS: list[tuple[str, dict[str, Any]]] = [
    (MATRIX, {}),
    (SEEN, {}),
    ('{ overlap(partners: ["bolt", "other0"]) { ours count } }', {}),
    ('{ overlap(partners: ["other0"]) { ours count } }', {}),
    ("{ accounts(first: 2) { edges { cursor } pageInfo { hasNextPage endCursor } } }", {}),
    ('{ node(id: "deal:d-k0") { id } }', {}),
    *((SEARCH, {"text": text}) for text in ("Company", "h0", "i1", "Other", "Bargain", "Enterprise", "SMB", "EMEA")),
    *((LOOKUP, {"domain": f"{key}.com"}) for key in ("k0", "h0", "i1", "none")),
]


def _asked() -> list[tuple[str, dict[str, Any]]]:
    return [*Walk(graphql_schema(), IDS, is_for_partners).queries(), *CHANNELS]


async def _answers(database: Database, settings: Settings) -> list[Any]:
    """What every question gives, as a login of Bolt, without the word for the version, which changes with the graph."""
    executor = Executor(database, settings)
    found = []
    for text, variables in _asked():
        answer = (await executor.execute(text, variables, viewer=BOLT)).to_dict()
        answer.pop("extensions", None)
        found.append(answer)
    return found


async def _assert_the_same(database: Database, settings: Settings, pair: Pair) -> None:
    await fill(database, pair.one, pair.shared)
    one = await _answers(database, settings)
    await fill(database, pair.other, pair.shared, others=2)
    other = await _answers(database, settings)
    for asked, left, right in zip(_asked(), one, other, strict=True):
        assert left == right, asked
    told = json.dumps([one, other])
    assert "Other" not in told
    assert "Bargain" not in told
    assert [asked for asked, answer in zip(_asked(), one, strict=True) if "errors" in answer] == []


def _one_of_each_level() -> Pair:
    """Customers on the list and all prospects are shown, opportunities counted; the two worlds differ in the rest."""
    shared = rules(OVERLAPPING, COUNTS, ALL, "segment")
    shown = [Company("k0", CUSTOMER, PROSPECT), Company("k1", PROSPECT, CUSTOMER), Company("a0", PROSPECT, NONE)]
    one = [Company(f"k{n}", OPEN if n < 8 else NONE, PROSPECT, n % 2 == 0, "SMB", n) for n in range(2, 14)]
    other = [Company(f"k{n}", NONE if n < 8 else OPEN, PROSPECT, n % 3 == 0, "Mid", 9 * n) for n in range(2, 14)]
    unseen = [Company("h0", CUSTOMER, NONE, elsewhere=True), Company("h1", OPEN, NONE), Company("h2", NONE, NONE)]
    also = [Company("i1", OPEN, NONE, elsewhere=True), Company("i2", CUSTOMER, NONE)]
    return Pair(shared, [*shown, *one, *unseen], [*(replace(c, arr=7, elsewhere=True) for c in shown), *other, *also])


@pytest.mark.timeout(600)
async def test_two_worlds_that_differ_in_what_is_hidden_look_the_same(empty: Database, settings: Settings) -> None:
    await _assert_the_same(empty, settings, _one_of_each_level())


@pytest.mark.verify
@pytest.mark.timeout(3_600)
async def test_many_worlds_that_differ_in_what_is_hidden_look_the_same(
    empty: Database, settings: Settings, figure: Callable[[str, object], None]
) -> None:
    worlds = _examples(7, 30)
    for pair in worlds:
        await _assert_the_same(empty, settings, pair)
    figure("pairs of worlds that look the same to a partner", len(worlds))
    figure("questions asked in each", len(_asked()))


def _examples(number: int, count: int) -> list[Pair]:
    found: list[Pair] = []

    @seed(number)
    @hypothesis_settings(max_examples=count, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(pairs())
    def gather(pair: Pair) -> None:
        found.append(pair)

    gather()
    return found


async def test_rules_are_set_read_and_kept(graph: Database, settings: Settings) -> None:
    executor = Executor(graph, settings)
    before = str(await executor.version.current())
    given_ = {"partner": "bolt", "population": "CUSTOMER", "level": "OVERLAPPING", "fields": ["arr", "segment"]}
    answer = await executor.execute(SET, given_, viewer=WRITER)
    assert answer.data == {
        "setSharing": {
            "partner": {"id": "partner:bolt"}, "population": "CUSTOMER", "level": "OVERLAPPING",
            "fields": ["segment", "arr"],
        }
    }  # fmt: skip
    assert answer.extensions["graphVersion"] != before
    answer = await executor.execute(SET, {**given_, "level": "ALL", "fields": None}, viewer=WRITER)
    assert answer.data is not None
    assert answer.data["setSharing"]["fields"] == ["segment", "arr"]
    assert await rules_of(graph, "partner:bolt") == [Rule(CUSTOMER, ALL, ("segment", "arr"))]
    listed = await executor.execute(
        '{ all: sharing { partner { id } population level } care: sharing(partner: "care") { population level fields } '
        'none: sharing(partner: "nobody") { level } }'
    )
    assert listed.data is not None
    assert [(rule["population"], rule["level"]) for rule in listed.data["all"]] == [
        ("CUSTOMER", "ALL"), ("OPPORTUNITY", "HIDDEN"), ("PROSPECT", "HIDDEN"),
    ]  # fmt: skip
    assert {(rule["level"], tuple(rule["fields"])) for rule in listed.data["care"]} == {("HIDDEN", ())}
    assert listed.data["none"] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"partner": "nobody"}, "There is no partner 'partner:nobody'."),
        ({"fields": ["arr", "ownerKey"]}, "'ownerKey' cannot be shared."),
    ],
)
async def test_a_wrong_rule_says_what_is_wrong(
    executor: Executor, graph: Database, change: dict[str, Any], message: str
) -> None:
    given_ = {"partner": "bolt", "population": "CUSTOMER", "level": "ALL", **change}
    answer = await executor.execute(SET, given_, viewer=WRITER)
    assert [error["message"] for error in answer.errors] == [message]
    assert await graph.value("MATCH (rule:SharingRule) RETURN count(rule)") == 0


@pytest.mark.parametrize("asked", REFUSED)
async def test_what_could_tell_counts_apart_is_refused(executor: Executor, asked: str) -> None:
    answer = await executor.execute(f"{{ {asked} }}", viewer=BOLT)
    assert [error["extensions"]["code"] for error in answer.errors] == ["FORBIDDEN"]


async def test_only_who_may_write_sets_rules(executor: Executor) -> None:
    given_ = {"partner": "bolt", "population": "CUSTOMER", "level": "ALL"}
    for who in (BOLT, viewer("reader", ["read"])):
        answer = await executor.execute(SET, given_, viewer=who)
        assert [error["extensions"]["code"] for error in answer.errors] == ["FORBIDDEN"]


async def test_a_rule_holds_from_the_next_request(empty: Database, settings: Settings) -> None:
    await fill(empty, MANY, POLICIES["nothing"])
    executor, other = Executor(empty, settings), Executor(empty, settings)
    text = '{ account(id: "c-0") { population } }'
    assert await ask(other, text) == {"account": None}
    given_ = {"partner": "bolt", "population": "CUSTOMER", "level": "ALL"}
    await executor.execute(SET, given_, viewer=WRITER)
    assert await ask(other, text) == {"account": {"population": "CUSTOMER"}}
    await executor.execute(SET, {**given_, "level": "HIDDEN"}, viewer=WRITER)
    assert await ask(other, text) == {"account": None}


async def test_the_version_that_partners_are_told_counts_nothing(graph: Database, settings: Settings) -> None:
    executor = Executor(graph, settings)
    ours = await executor.execute("{ __typename }")
    theirs = await executor.execute("{ __typename }", viewer=BOLT)
    assert theirs.extensions["graphVersion"] != ours.extensions["graphVersion"]
    assert (
        theirs.extensions["graphVersion"]
        == (await executor.execute("{ __typename }", viewer=BOLT)).extensions["graphVersion"]
    )
