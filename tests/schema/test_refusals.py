"""What filters, orders and cursors refuse, with code and hint; and what they do not mind."""

from __future__ import annotations

import base64
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.graph.connection import Database
from ecograph.graph.errors import MixedCurrency
from ecograph.graph.model import ValueType
from ecograph.graph.settings import Settings
from ecograph.schema.compiler.cursors import CursorStale, decoded, encode, signature
from ecograph.schema.exchange import factors
from ecograph.schema.execute import Executor


@pytest.fixture(scope="module")
def reader(still: Database, settings: Settings) -> Executor:
    return Executor(still, settings)


@pytest.mark.parametrize(
    ("asked", "code", "message"),
    [
        ('accounts(where: {arr: {currency: "USD", gte: "1.001"}})', "BAD_INPUT", "more decimal digits"),
        ('accounts(where: {arr: {currency: "JPY", lt: "0.5"}})', "BAD_INPUT", "more decimal digits"),
        ('accounts(where: {arr: {currency: "USD", lt: "1e40"}})', "BAD_INPUT", "too large"),
        ('accounts(where: {arr: {currency: "dollar", lt: "1"}})', "BAD_INPUT", "is no currency"),
        ('accounts(where: {arr: {currency: "USD"}})', "BAD_INPUT", "nothing to compare with"),
        ('partners(where: {custom: {path: "score"}})', "BAD_INPUT", "nothing to compare with"),
        ("partners(where: {accounts: {edge: {roles: {has: REFERRED}}}})", "BAD_INPUT", "says by `edge`"),
        ('accounts(orderBy: [{by: ARR}], asOf: "2024-01-01")', "MIXED_CURRENCY", "EUR, USD"),
        ('partners(orderBy: [{by: SOURCED_REVENUE}], asOf: "2024-01-01")', "MIXED_CURRENCY", "EUR, USD"),
        ("sharedAccounts(partners: [])", "BAD_INPUT", "`partners` is empty"),
        ('sharedAccounts(partners: ["bolt"], atLeast: 0)', "BAD_INPUT", "less than 1"),
        ('coSell(partner: "bolt", asOf: "2024-01-01")', "MIXED_CURRENCY", "EUR, USD"),
    ],
)
async def test_what_cannot_be_asked(reader: Executor, asked: str, code: str, message: str) -> None:
    answer = await reader.execute(f"{{ x: {asked} {{ totalCount nodes {{ __typename }} }} }}")
    (error,) = answer.errors
    assert error["extensions"]["code"] == code
    assert error["extensions"]["hint"]
    assert message in error["message"]


@pytest.mark.parametrize("count", [0, 11])
async def test_overlap_is_of_a_few_partners(reader: Executor, count: int) -> None:
    partners = ", ".join(f'"p{n}"' for n in range(count))
    (error,) = (await reader.execute(f"{{ overlap(partners: [{partners}]) {{ count }} }}")).errors
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert f"names {count} partners" in error["message"]


async def test_an_ambiguous_key_among_many_is_told(graph: Database, settings: Settings) -> None:
    await graph.run_alone(
        "MATCH (d:Domain {name: 'south.com'}), (a:Account {key: 'cold'}) "
        "CREATE (a)-[:HAS_DOMAIN {isPrimary: false}]->(d)"
    )
    text = '{ accountsByKey(keys: [{id: "north"}, {domain: "south.com"}]) { id } }'
    (error,) = (await Executor(graph, settings).execute(text)).errors
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert "'account:cold' and 'account:south'" in error["message"]


async def test_too_many_keys_are_refused(reader: Executor) -> None:
    text = "query Q($keys: [AccountKeyInput!]!) { accountsByKey(keys: $keys) { id } }"
    (error,) = (await reader.execute(text, {"keys": [{"id": str(n)} for n in range(1001)]})).errors
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert "1,001" in error["message"]


LIST = "query Q($where: PartnerWhere, $order: [PartnerOrder!], $day: Date, $after: String) { %s }"
PARTNERS = "partners(first: 1, where: $where, orderBy: $order, asOf: $day, after: $after) { nodes { id } pageInfo { endCursor hasPreviousPage } }"  # noqa: E501
GIVEN: dict[str, Any] = {"where": {"key": {"ne": "x"}, "tier": {"ne": "y"}}, "order": [{"by": "NAME"}], "day": None}


async def _partners(reader: Executor, variables: dict[str, Any]) -> Any:
    answer = await reader.execute(LIST % PARTNERS, variables)
    return answer.errors[0]["extensions"]["code"] if answer.errors else (answer.data or {})["partners"]


@pytest.mark.parametrize(
    ("changed", "stale"),
    [
        ({}, False),
        ({"where": {"tier": {"ne": "y", "eq": None}, "key": {"ne": "x"}, "not": None}}, False),
        ({"order": [{"by": "NAME", "direction": "ASC", "nulls": "LAST"}]}, False),
        ({"where": {"key": {"ne": "x"}}}, True),
        ({"where": {"key": {"ne": "x"}, "tier": {"ne": "z"}}}, True),
        ({"where": None}, True),
        ({"order": [{"by": "NAME", "direction": "DESC"}]}, True),
        ({"order": [{"by": "KEY"}]}, True),
        ({"order": None}, True),
        ({"day": "2025-01-01"}, True),
    ],
)
async def test_a_cursor_is_of_its_filter_order_and_day(reader: Executor, changed: dict[str, Any], stale: bool) -> None:
    first = await _partners(reader, GIVEN)
    found = await _partners(reader, GIVEN | changed | {"after": first["pageInfo"]["endCursor"]})
    assert (found == "CURSOR_STALE") is stale


async def test_whether_rows_stand_before_a_page(graph: Database, settings: Settings) -> None:
    executor = Executor(graph, settings)
    for order in ([{"by": "NAME"}], [{"by": "STATUS"}, {"by": "ACCOUNTS_COUNT"}]):
        variables = GIVEN | {"order": order}
        first = await _partners(executor, variables)
        assert first["pageInfo"]["hasPreviousPage"] is False
        second = await _partners(executor, variables | {"after": first["pageInfo"]["endCursor"]})
        assert second["pageInfo"]["hasPreviousPage"] is True
    after = (await _partners(executor, GIVEN))["pageInfo"]["endCursor"]
    await graph.run_alone("MATCH (p:Partner {key: 'bolt'}) DETACH DELETE p")
    page = await _partners(executor, GIVEN | {"after": after})
    assert page["nodes"] == [{"id": "partner:care"}]
    assert page["pageInfo"]["hasPreviousPage"] is False


KINDS = [
    (ValueType.STRING, True), (ValueType.DATE, True), (ValueType.FLOAT, False), (ValueType.INTEGER, False),
    (ValueType.BOOLEAN, False),
]  # fmt: skip
SIGNED = signature("Query.x", {"where": None}, None)


VALUES = st.tuples(
    st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    st.none() | st.dates(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
)


@given(VALUES)
def test_cursors_give_back_what_was_put_in(values: tuple[Any, ...]) -> None:
    written = [SIGNED, *(value if not hasattr(value, "isoformat") else value.isoformat() for value in values)]
    cursor = encode(written)
    assert [decoded(cursor, SIGNED, KINDS, at) for at in range(5)] == list(values)


GOOD = [SIGNED, "a", "2026-01-01", 1.5, 7, True]


@pytest.mark.parametrize(
    "bad",
    [
        GOOD[:-1], [*GOOD, 1], [SIGNED, 1, *GOOD[2:]], [*GOOD[:2], "2026-13-01", *GOOD[3:]], [*GOOD[:2], 5, *GOOD[3:]],
        [*GOOD[:3], "x", *GOOD[4:]], [*GOOD[:4], 1.5, True], [*GOOD[:4], None, True], [*GOOD[:4], True, True],
        [*GOOD[:5], 1], [*GOOD[:5], []], ["other", *GOOD[1:]], {}, [], None,
    ],
)  # fmt: skip
def test_a_damaged_cursor_is_refused(bad: Any) -> None:
    cursor = base64.urlsafe_b64encode(orjson.dumps(bad)).decode()
    with pytest.raises(CursorStale):
        [decoded(cursor, SIGNED, KINDS, at) for at in range(5)]


def test_amounts_are_made_comparable() -> None:
    rates = {("EUR", "USD"): 1.25, ("JPY", "EUR"): 0.005}
    assert factors([], {}, None) == {}
    assert factors(["JPY"], {}, "EUR") == {"JPY": 1}
    assert factors(["EUR", "USD"], rates, "USD") == {"EUR": 0.0125, "USD": 0.01}
    assert factors(["EUR", "JPY", "USD"], rates, None) == {"EUR": 0.01, "JPY": 0.005, "USD": 0.008}
    with pytest.raises(MixedCurrency, match="lead to USD"):
        factors(["EUR", "JPY"], rates, "USD")
    with pytest.raises(MixedCurrency, match="EUR, SEK"):
        factors(["EUR", "SEK"], rates, None)
