"""`aggregate` against figures computed in Python from the rows of the same lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import product
from statistics import fmean, median
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ecograph.graph.connection import Database
from ecograph.graph.load import load
from ecograph.graph.model import mean
from ecograph.graph.settings import Settings
from ecograph.schema.compiler.context import spec_of
from ecograph.schema.execute import Executor
from ecograph.schema.sdl import graphql_schema
from ecograph.schema.spec import Connection
from ecograph.seeds.synthetic import Shape, generate

DATES = {
    "Partner": ("joinedOn", "leftOn", "lastActivityOn", "firstDealOn"), "Account": ("customerSince", "churnedOn"),
    "Product": ("listedOn", "delistedOn"), "Integration": ("launchedOn", "retiredOn"), "Deal": ("openedOn", "closedOn"),
}  # fmt: skip
MONEY = {"Account": "arr", "Deal": "amount"}
PLAIN = {
    "Partner": "tier subtype region status managerKey types",
    "Account": "segment industry region isActive population ownerKey",
    "Product": "category isPlatform isActive",
    "Integration": "kind isActive isPartnerBuilt depth",
    "Deal": "kind channel stage status account { segment industry } partners(first: 20) { nodes { id tier types } }",
}
KEYS = {
    label: [value.value for value in graphql_schema().type_map[f"{label}GroupKey"].values.values()]  # type: ignore[attr-defined]
    for label in PLAIN
}
PERIODS = (None, "WEEK", "MONTH", "QUARTER", "YEAR")
DAYS = (None, "2024-03-01", "2025-01-01")
STATS = "currency sum avg median min max"


def _lists() -> list[tuple[str, str, str]]:
    """Owner, field and node of every list of entities."""
    found = []
    for owner in ("Query", *PLAIN):
        parent: Any = graphql_schema().type_map[owner]
        for name, field in parent.fields.items():
            if isinstance(spec_of(field), Connection):
                connection: Any = get_named_type(field.type)
                node: GraphQLObjectType = get_named_type(connection.fields["nodes"].type)  # type: ignore[assignment]
                found.append((owner, name, node.name))
    return found


LISTS = _lists()


def _plain(key: Any) -> str:
    return str(getattr(key, "value", key))


def _start(day: str, period: str | None) -> str:
    d = date.fromisoformat(day)
    starts = {
        None: d,
        "WEEK": d - timedelta(days=d.weekday()),
        "MONTH": d.replace(day=1),
        "QUARTER": d.replace(month=(d.month - 1) // 3 * 3 + 1, day=1),
        "YEAR": d.replace(month=1, day=1),
    }
    return starts[period].isoformat()


def _values(label: str, row: Mapping[str, Any], partner: Mapping[str, Any] | None, key: str, period: str | None) -> Any:
    if key in DATES[label]:
        return [row[key] and _start(row[key], period)]
    if key == "currency":
        money = row[MONEY[label]]
        return [money and money["currency"]]
    if key == "types":
        return row["types"] or [None]
    if key == "partner":
        return [partner and partner["id"]]
    if key == "partnerTier":
        return [partner and partner["tier"]]
    if key == "partnerType":
        return (partner and partner["types"]) or [None]
    if key.startswith("account"):
        return [row["account"][key.removeprefix("account").lower()]]
    return [row[key]]


def _groups(label: str, rows: Sequence[Mapping[str, Any]], keys: Sequence[str], period: str | None) -> dict[Any, Any]:
    groups: dict[Any, list[Mapping[str, Any]]] = {}
    for row in rows:
        partners = row.get("partners", {"nodes": []})["nodes"] if "partner" in " ".join(keys).lower() else []
        mine = set()
        for partner in partners or [None]:
            mine.update(product(*(_values(label, row, partner, key, period) for key in keys)))
        for key in mine:
            groups.setdefault(key, []).append(row)
    return groups


def _rounded(amount: Decimal) -> str:
    return str(amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN))


def _figures(label: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {"count": len(rows)}
    for name in DATES[label]:
        days = [row[name] for row in rows if row[name]]
        made[name] = {"min": min(days, default=None), "max": max(days, default=None)}
    if label == "Integration":
        depths = [row["depth"] for row in rows if row["depth"] is not None]
        known = depths or [None]
        made["depth"] = {
            "sum": sum(depths) if depths else None,
            "avg": pytest.approx(fmean(depths)) if depths else None,
            "median": float(median(depths)) if depths else None,
            "min": min(known), "max": max(known),
        }  # fmt: skip
    if label in MONEY:
        amounts: dict[str, list[Decimal]] = {}
        for row in rows:
            if row[MONEY[label]]:
                amounts.setdefault(row[MONEY[label]]["currency"], []).append(Decimal(row[MONEY[label]]["amount"]))
        made[MONEY[label]] = [
            {
                "currency": currency, "sum": _rounded(sum(found, Decimal(0))),
                "avg": _rounded(sum(found, Decimal(0)) / len(found)), "median": _rounded(median(found)),
                "min": _rounded(min(found)), "max": _rounded(max(found)),
            }
            for currency, found in sorted(amounts.items())
        ]  # fmt: skip
    return made


def _asked_figures(label: str) -> str:
    parts = ["count", *(f"{name} {{ min max }}" for name in DATES[label])]
    parts += [f"{MONEY[label]} {{ {STATS} }}"] if label in MONEY else []
    parts += ["depth { sum avg median min max }"] if label == "Integration" else []
    return " ".join(parts)


class Lists:
    """The lists of a graph, rows read once, and owners to start nested ones from."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._executor = Executor(database, settings)
        self._rows: dict[str, list[Mapping[str, Any]]] = {}

    async def ask(self, text: str, **variables: Any) -> Any:
        answer = await self._executor.execute(text, variables)
        assert not answer.errors, (text, answer.errors)
        return answer.data

    async def owners(self, label: str) -> list[str]:
        field = f"{label.lower()}s"
        key = f"owners {label}"
        if key not in self._rows:
            self._rows[key] = (await self.ask(f"{{ {field}(first: 1000) {{ nodes {{ id }} }} }}"))[field]["nodes"]
        return [row["id"] for row in self._rows[key]]

    async def of(self, owner: str, field: str, identity: str | None, day: str | None, inside: str) -> Any:
        day_of = f'asOf: "{day}", ' if day else ""
        text = f"{field}({day_of}first: 1000) {{ {inside} }}"
        if owner == "Query":
            return (await self.ask(f"{{ {text} }}"))[field]
        found = await self.ask(f"query Q($id: ID!) {{ it: {owner.lower()}(id: $id) {{ {text} }} }}", id=identity)
        return found["it"][field]

    async def rows(self, owner: str, field: str, label: str, identity: str | None, day: str | None) -> Any:
        key = f"{owner} {field} {identity} {day}"
        if key not in self._rows:
            money = f"{MONEY[label]} {{ amount currency }}" if label in MONEY else ""
            inside = f"nodes {{ {PLAIN[label]} {' '.join(DATES[label])} {money} }}"
            self._rows[key] = (await self.of(owner, field, identity, day, inside))["nodes"]
        return self._rows[key]


async def _check(lists: Lists, data: st.DataObject) -> None:
    owner, field, label = data.draw(st.sampled_from(LISTS))
    identity = None if owner == "Query" else data.draw(st.sampled_from(await lists.owners(owner)))
    keys = data.draw(st.lists(st.sampled_from(KEYS[label]), min_size=1, max_size=3, unique=True).map(list))
    period, day = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(DAYS))
    first = data.draw(st.sampled_from((1, 3, 1000)))
    rows = await lists.rows(owner, field, label, identity, day)
    figures = _asked_figures(label)
    names = [_enum_name(label, key) for key in keys]
    shared = " ".join(f"{key} {{ id }}" if key == "partner" else key for key in map(_plain, keys))
    arguments = f"keys: [{', '.join(names)}], first: {first}{f', period: {period}' if period else ''}"
    grouped = f"groupBy({arguments}) {{ truncated nodes {{ key {{ {shared} }} {figures} }} }}"
    whole = data.draw(st.booleans())
    inside = f"totalCount aggregate {{ {figures if whole else ''} {grouped} }}"
    found = await lists.of(owner, field, identity, day, inside)
    assert found["totalCount"] == len(rows)
    groups = found["aggregate"].pop("groupBy")
    if whole:
        assert found["aggregate"] == _figures(label, rows)
    expected = _groups(label, rows, [_plain(key) for key in keys], period)
    order = sorted(expected, key=lambda key: (-len(expected[key]), [(part is None, part) for part in key]))
    assert groups["truncated"] == (len(order) > first)
    assert len(groups["nodes"]) == min(len(order), first)
    for key, group in zip(order, groups["nodes"], strict=False):
        told = group.pop("key")
        assert tuple(_told(told[_plain(name)]) for name in keys) == key
        assert group == _figures(label, expected[key])


def _told(value: Any) -> Any:
    return value["id"] if isinstance(value, dict) else value


def _enum_name(label: str, key: Any) -> str:
    values = graphql_schema().type_map[f"{label}GroupKey"].values  # type: ignore[attr-defined]
    return next(name for name, value in values.items() if value.value == key)


_BESIDE = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


@pytest.fixture(scope="module")
async def tiny_lists(still: Database, settings: Settings) -> Lists:
    return Lists(still, settings)


@given(data=st.data())
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=_BESIDE)
async def test_figures_of_the_tiny_ecosystem(tiny_lists: Lists, data: st.DataObject) -> None:
    await _check(tiny_lists, data)


@pytest.fixture(scope="module")
async def synthetic_lists(empty_once: Database, settings: Settings) -> Lists:
    await load(empty_once, generate(Shape(20, 200), ends_on=date(2026, 1, 1)).dataset)
    return Lists(empty_once, settings)


@given(data=st.data())
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=_BESIDE)
async def test_figures_of_a_synthetic_ecosystem(synthetic_lists: Lists, data: st.DataObject) -> None:
    await _check(synthetic_lists, data)


@pytest.mark.verify
@given(data=st.data())
@hypothesis_settings(max_examples=1_000, deadline=None, suppress_health_check=_BESIDE)
async def test_many_figures_of_a_synthetic_ecosystem(synthetic_lists: Lists, data: st.DataObject) -> None:
    await _check(synthetic_lists, data)


async def test_figures_of_no_rows_are_null(executor: Executor) -> None:
    answer = await executor.execute(
        '{ account(id: "cold") { integrations { aggregate { count depth { sum avg median min max } '
        "launchedOn { min max } groupBy(keys: [KIND]) { truncated nodes { count } } } } "
        "deals { aggregate { amount { currency } } } } }"
    )
    nothing = dict.fromkeys(("sum", "avg", "median", "min", "max"))
    assert answer.data == {
        "account": {
            "integrations": {
                "aggregate": {
                    "count": 0, "depth": nothing, "launchedOn": {"min": None, "max": None},
                    "groupBy": {"truncated": False, "nodes": []},
                }
            },
            "deals": {"aggregate": {"amount": []}},
        }
    }  # fmt: skip


async def test_a_partner_that_rows_are_grouped_by_can_be_asked_on(executor: Executor) -> None:
    answer = await executor.execute(
        "{ deals { aggregate { groupBy(keys: [PARTNER]) { nodes { count key { stage partner { name status "
        "accounts(first: 1) { totalCount aggregate { count } nodes { name } } } } } } } } }"
    )
    assert not answer.errors
    assert answer.data is not None
    groups = answer.data["deals"]["aggregate"]["groupBy"]["nodes"]
    counts = {g["key"]["partner"]["name"]: g["count"] for g in groups}
    assert list(counts.items()) == [("Exit", 2), ("Bolt", 1), ("Care Services", 1)]
    assert [g["key"]["stage"] for g in groups] == [None] * 3
    assert groups[0]["key"]["partner"]["accounts"]["nodes"] == [{"name": "North Bank"}]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("keys: []", "BAD_INPUT"),
        ("keys: [TIER], first: -1", "BAD_INPUT"),
        ("keys: [TIER], first: 1001", "LIMIT_EXCEEDED"),
    ],
)
async def test_groupings_that_cannot_be_made(executor: Executor, arguments: str, code: str) -> None:
    answer = await executor.execute(f"{{ partners {{ aggregate {{ groupBy({arguments}) {{ truncated }} }} }} }}")
    assert answer.errors[0]["extensions"]["code"] == code


async def test_groups_count_as_rows(executor: Executor) -> None:
    answer = await executor.execute(
        "{ partners(first: 1000) { nodes { deals { aggregate { "
        "groupBy(keys: [STAGE], first: 1000) { truncated } } } } } }"
    )
    assert answer.errors[0]["extensions"]["code"] == "LIMIT_EXCEEDED"


@given(st.lists(st.integers(-(10**17), 10**17), min_size=1))
def test_the_mean_of_money_is_rounded_half_to_even(amounts: list[int]) -> None:
    exact = Decimal(sum(amounts)) / len(amounts)
    assert mean(sum(amounts), len(amounts)) == int(exact.to_integral_value(ROUND_HALF_EVEN))
