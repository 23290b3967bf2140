"""Health, retention, network effects and switching costs through GraphQL, over an ecosystem with known truth."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from conftest import reset

from ecograph.graph.connection import Database
from ecograph.graph.load import load
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor
from ecograph.seeds.synthetic import Shape, Synthetic, generate

ENDS_ON = date(2026, 1, 1)
MADE = generate(Shape(60, 2_000, adoptions=4.0, lift_pairs=3), seed=1, ends_on=ENDS_ON)


@pytest.fixture(scope="module")
async def synthetic(server: Database, settings: Settings) -> Executor:
    """Answers over a small synthetic ecosystem, only to read."""
    await reset(server)
    await load(server, MADE.dataset)
    return Executor(server, settings)


def rows(kind: str, made: Synthetic = MADE) -> pl.DataFrame:
    return next(t.rows for t in made.dataset.tables if t.kind.table == kind)


async def ask(executor: Executor, fields: str, as_of: date = ENDS_ON) -> dict[str, Any]:
    answer = (await executor.execute(f'{{ ecosystem(asOf: "{as_of}") {{ {fields} }} }}')).to_dict()
    assert "errors" not in answer, answer["errors"]
    found: dict[str, Any] = answer["data"]["ecosystem"]
    return found


ESTIMATE = "{ value low high level n method reason note }"


async def test_sourced_revenue_is_exact(synthetic: Executor) -> None:
    found = await ask(synthetic, "partnerSourcedRevenue { amount currency } wonRevenue { amount currency }")
    for name, truth in (
        ("partnerSourcedRevenue", MADE.truth.sourced_revenue), ("wonRevenue", MADE.truth.won_revenue)
    ):  # fmt: skip
        assert {m["currency"]: int(m["amount"].replace(".", "")) for m in found[name]} == truth


async def test_retention_lift_is_given_with_its_groups_curves_and_provenance(synthetic: Executor) -> None:
    lift = (await ask(
        synthetic,
        f"retentionLift {{ rateRatio {ESTIMATE} riskDifference {ESTIMATE} naiveRiskRatio exposed unexposed "
        "minIntegrations survival { exposed day surviving low high atRisk } "
        "provenance { engine parameters excluded isStale graphVersion computedAt } }",
    ))["retentionLift"]  # fmt: skip
    accounts = rows("account").filter(pl.col("customerSince").is_not_null())
    assert lift["exposed"] + lift["unexposed"] == accounts.height == lift["rateRatio"]["n"]
    assert lift["rateRatio"]["low"] < MADE.truth.retention_hazard_ratio < lift["rateRatio"]["high"]
    assert lift["naiveRiskRatio"] < lift["rateRatio"]["value"]
    assert lift["provenance"]["parameters"]["minIntegrations"] == 1
    assert {point["exposed"] for point in lift["survival"]} == {True, False}
    assert all(0 <= p["low"] <= p["surviving"] <= p["high"] <= 1 for p in lift["survival"])


async def test_too_few_exposed_accounts_give_a_reason(synthetic: Executor) -> None:
    query = f"retentionLift(minIntegrations: 9) {{ rateRatio {ESTIMATE} exposed survival {{ day }} }}"
    lift = (await ask(synthetic, query))["retentionLift"]
    assert lift["rateRatio"]["value"] is None
    assert lift["rateRatio"]["reason"] == "TOO_FEW_EXPOSED"
    assert lift["survival"] == []


@pytest.mark.parametrize("argument", ["minIntegrations: 0", "minIntegrations: -1"])
async def test_no_integration_is_no_exposure(synthetic: Executor, argument: str) -> None:
    answer = await synthetic.execute(f"{{ ecosystem {{ retentionLift({argument}) {{ exposed }} }} }}")
    assert answer.errors[0]["extensions"]["code"] == "BAD_INPUT"


async def test_the_exponent_names_its_value(synthetic: Executor) -> None:
    found = await ask(
        synthetic,
        f"networkEffect {{ exponent {ESTIMATE} levelExponent {ESTIMATE} fittedOn currency "
        'crossSide { lag partnersThenAccounts accountsThenPartners } } usd: networkEffect(currency: "USD") '
        f'{{ fittedOn currency exponent {ESTIMATE} }} none: networkEffect(currency: "XXX") {{ exponent {ESTIMATE} }}',
    )
    effect = found["networkEffect"]
    assert effect["exponent"]["value"] == pytest.approx(MADE.truth.growth_exponent, abs=0.2)
    assert "those that left too" in effect["fittedOn"]
    assert (effect["currency"], found["usd"]["currency"]) == (None, "USD")
    assert [side["lag"] for side in effect["crossSide"]] == list(range(7))
    assert "ARR in USD" in found["usd"]["fittedOn"]
    assert found["none"]["exponent"]["reason"] == "TOO_FEW_PERIODS"


async def test_the_last_arr_of_the_series_is_that_of_the_active_accounts(synthetic: Executor) -> None:
    from ecograph.queries import catalog
    from ecograph.queries.days import day_of
    from ecograph.queries.network_effects import arr_series, growth_series

    async def pull(query: str, **values: Any) -> list[list[Any]]:
        return await synthetic._database.rows(catalog()[query].text, {"asOf": ENDS_ON, **values})

    growth = growth_series(await pull("growth_of_accounts"), day_of(ENDS_ON))
    series, has_history = arr_series(await pull("arr_of_accounts", currency="USD"), growth, day_of(ENDS_ON))
    accounts = rows("account").filter((pl.col("arrCurrency") == "USD") & (pl.col("customerSince") <= ENDS_ON))
    active = accounts.filter(pl.col("churnedOn").is_null() | (pl.col("churnedOn") > ENDS_ON))
    assert has_history
    assert series.months[-1] == ENDS_ON
    assert series.value[-1] == active["arr"].sum()


async def test_retention_is_what_a_count_of_the_tables_finds(synthetic: Executor) -> None:
    start = ENDS_ON - timedelta(days=365)
    found = (await ask(
        synthetic,
        f"retention {{ withIntegrations {ESTIMATE} withoutIntegrations {ESTIMATE} netRevenueWith {ESTIMATE} "
        f"grossRevenueWithout {ESTIMATE} minIntegrations from to }}",
    ))["retention"]  # fmt: skip
    cohort = rows("account").filter(
        (pl.col("customerSince") <= start) & (pl.col("churnedOn").is_null() | (pl.col("churnedOn") > start))
    )
    built = rows("builds").filter(pl.col("from").str.starts_with("partner:"))["to"].unique()
    enabled = rows("enabled").filter(
        pl.col("to").is_in(built.implode()) & (pl.col("since") <= start)
        & (pl.col("until").is_null() | (pl.col("until") > start))
    )  # fmt: skip
    chosen = cohort.with_columns(exposed=("account:" + pl.col("key")).is_in(enabled["from"].implode()))
    for name, exposed in (("withIntegrations", True), ("withoutIntegrations", False)):
        group = chosen.filter(pl.col("exposed") == exposed)
        stayed = group.filter(pl.col("churnedOn").is_null() | (pl.col("churnedOn") > ENDS_ON))
        assert found[name]["n"] == group.height
        assert found[name]["value"] == pytest.approx(stayed.height / group.height)
    assert (found["from"], found["to"], found["minIntegrations"]) == (str(start), str(ENDS_ON), 1)
    gross, net = found["grossRevenueWithout"], found["netRevenueWith"]
    assert "have an ARR by day" in net["note"]
    assert 0 < gross["low"] < gross["value"] < gross["high"] <= 1


async def test_the_timeline_is_what_each_day_alone_says(synthetic: Executor) -> None:
    fields = "activePartners activeAccounts activeIntegrations integrationDepth"
    points = (await ask(synthetic, f"timeline(every: QUARTER) {{ asOf {fields} wonRevenue {{ amount currency }} }}"))[
        "timeline"
    ]
    assert len(points) >= 12
    assert points[-1]["asOf"] == str(ENDS_ON)
    for point, before in ((points[5], points[4]), (points[-1], points[-2])):
        day = date.fromisoformat(point["asOf"])
        alone = await ask(
            synthetic, f'{fields} wonRevenue(from: "{before["asOf"]}", to: "{day}") {{ amount currency }}', day
        )
        depth, depth_alone = point.pop("integrationDepth"), alone.pop("integrationDepth")
        assert depth == pytest.approx(depth_alone)
        assert {name: point[name] for name in alone} == alone


@pytest.mark.parametrize(("every", "count"), [("WEEK", 5), ("MONTH", 1), ("YEAR", 0)])
async def test_points_stand_on_the_first_days_of_periods(synthetic: Executor, every: str, count: int) -> None:
    points = (await ask(synthetic, f'timeline(every: {every}, from: "2025-03-02", to: "2025-04-05") {{ asOf }}'))[
        "timeline"
    ]
    assert len(points) == count
    if every == "WEEK":
        assert {date.fromisoformat(p["asOf"]).weekday() for p in points} == {0}


async def test_maturity_shows_each_criterion_with_its_value(synthetic: Executor) -> None:
    found = await ask(synthetic, "activePartners maturity { name value unit threshold met origin description }")
    values = {criterion["name"]: criterion for criterion in found["maturity"]}
    assert len(values) == 5
    assert values["active partners"]["value"] == found["activePartners"]
    assert values["years since the first partner"]["met"] is True
    assert 0 < values["share of accounts with two or more integrations"]["value"] < 1
    for criterion in values.values():
        assert criterion["met"] in (True, False)


async def test_exchange_is_what_a_count_of_the_tables_finds(synthetic: Executor) -> None:
    found = (await ask(
        synthetic, "exchange { partnerToPartnerIntegrations dealsWithSeveralPartners accountsWithSeveralPartnerTypes }"
    ))["exchange"]  # fmt: skip
    credited = pl.concat([rows("sourced").select("from", "to"), rows("influenced").select("from", "to")]).unique()
    assert found["dealsWithSeveralPartners"] == credited["to"].value_counts().filter(pl.col("count") >= 2).height
    assert found["accountsWithSeveralPartnerTypes"] > 0


async def test_nothing_erases_its_parents_where_there_is_nothing(empty: Database, settings: Settings) -> None:
    found = await ask(
        Executor(empty, settings),
        f"retentionLift {{ rateRatio {ESTIMATE} survival {{ day }} }} "
        f"networkEffect {{ exponent {ESTIMATE} crossSide {{ lag }} }} "
        f"retention {{ withIntegrations {ESTIMATE} netRevenueWith {ESTIMATE} }} maturity {{ name value met }} "
        "timeline { asOf } exchange { dealsWithSeveralPartners }",
    )
    assert found["retentionLift"]["rateRatio"]["reason"] == "TOO_FEW_EXPOSED"
    assert found["networkEffect"]["exponent"]["reason"] == "TOO_FEW_PERIODS"
    assert found["retention"]["netRevenueWith"]["reason"] == "MISSING_DATA"
    assert [criterion["value"] for criterion in found["maturity"]] == [None, None, 0, None, None]


async def test_the_moat_of_an_account(executor: Executor) -> None:
    answer = (await executor.execute(
        'query { account(id: "north", asOf: "2024-06-01") { ...M } now: account(id: "north") { ...M } '
        'cold: account(id: "cold") { ...M } } '
        "fragment M on Account { moat { partnersLost irreplaceable enabledIntegrations isSolePartner } }"
    )).to_dict()  # fmt: skip
    # Bolt (technology, Automation) and Care (service) stay; Exit had not left in 2024 and is the only referral partner.
    assert answer["data"] == {
        "account": {
            "moat": {"partnersLost": 3, "irreplaceable": 3.0, "enabledIntegrations": 1, "isSolePartner": False}
        },
        "now": {"moat": {"partnersLost": 2, "irreplaceable": 2.0, "enabledIntegrations": 1, "isSolePartner": False}},
        "cold": {"moat": {"partnersLost": 0, "irreplaceable": 0.0, "enabledIntegrations": 0, "isSolePartner": False}},
    }
