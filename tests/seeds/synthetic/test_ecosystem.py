"""What is generated is an ecosystem by the model: complete, consistent in time, heavy-tailed, and repeatable."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from hashlib import blake2b

import numpy as np
import polars as pl
import pytest

from ecograph.graph.load.tables import DTYPES
from ecograph.graph.load.validate import validate
from ecograph.graph.model import (
    HISTORIES,
    IMPORTED,
    NODES,
    EdgeKind,
    HistoryKind,
    NodeKind,
    registrable_domain,
)
from ecograph.seeds.synthetic import SHAPES, Shape, Size, Synthetic, generate

Rows = Callable[[str], pl.DataFrame]
ENDS_ON = date(2026, 1, 1)
TINY = Shape(40, 400)
DATED = [kind.table for kind in IMPORTED if kind.is_dated]
PARTNER_EDGES = [kind.table for kind in IMPORTED if "Partner" in kind.from_labels]


def digest(made: Synthetic) -> str:
    found = blake2b(digest_size=16)
    for table in made.dataset.tables:
        found.update(table.rows.write_ndjson().encode())
    return found.hexdigest()


def ids(rows: Rows) -> set[str]:
    return {f"{kind.prefix}:{key}" for kind in NODES for key in rows(kind.table)["key"]}


def with_node(rows: Rows, edge: str, end: str, node: str, *columns: str) -> pl.DataFrame:
    """The edges with the columns of the nodes at one end; edges with another kind of node there are left out."""
    nodes = rows(node).select((f"{node}:" + pl.col("key")).alias("id"), *columns)
    return rows(edge).join(nodes, left_on=end, right_on="id")


def test_every_kind_is_there_and_valid(made: Synthetic) -> None:
    kinds = {table.kind.table for table in made.dataset.tables}
    assert kinds == {kind.table for kind in (*NODES, *IMPORTED, *HISTORIES)}
    for table in made.dataset.tables:
        assert table.rows.height > 0, table.file
        good, bad = validate(table)
        assert not bad, bad[:3]
        assert good.rows.height == table.rows.height
    seen = [isinstance(table.kind, NodeKind) for table in made.dataset.tables]
    assert seen == sorted(seen, reverse=True), "nodes come before edges"


def test_columns_have_the_types_of_the_model(made: Synthetic) -> None:
    for table in made.dataset.tables:
        schema = table.rows.schema
        if isinstance(table.kind, NodeKind):
            properties = table.kind.properties
            assert {"key", "name"} <= set(schema)
            assert ("domains" in schema) == table.kind.has_domains
        elif isinstance(table.kind, EdgeKind):
            properties = table.kind.all_properties
        else:
            continue
        for prop in properties:
            assert schema[prop.name] == DTYPES[prop.type], (table.file, prop.name)
            assert table.rows[prop.name].null_count() < table.rows.height or prop.name == "until", (
                table.file,
                prop.name,
            )


def test_it_says_that_it_is_synthetic(made: Synthetic) -> None:
    assert made.dataset.is_synthetic
    assert made.dataset.source == "synthetic"
    assert "seed 3" in made.dataset.notes[0]


def test_ids_exist_and_keys_are_unique(made: Synthetic, rows: Rows) -> None:
    known = ids(rows)
    for table in made.dataset.tables:
        kind = table.kind
        if isinstance(kind, NodeKind):
            assert table.rows["key"].n_unique() == table.rows.height
            assert table.rows["name"].null_count() == 0
            continue
        ends = ("from", "to") if isinstance(kind, EdgeKind) else () if kind.of is None else ("of",)
        for end in ends:
            assert set(table.rows[end]) <= known
        distinct = [*(ends or ("from", "to"))]
        if isinstance(kind, HistoryKind):
            distinct.append("on")
        else:
            distinct += [name for name in ("since", "on", kind.discriminator) if name in table.rows.columns]
        assert not table.rows.select(distinct).is_duplicated().any(), table.file


@pytest.mark.parametrize("edge", DATED)
def test_intervals_of_a_pair_leave_a_gap(rows: Rows, edge: str) -> None:
    pair = ["from", "to", *(["population"] if edge == "knows" else [])]
    ordered = rows(edge).sort(*pair, "since").with_columns(next=pl.col("since").shift(-1).over(pair))
    assert ordered.filter(pl.col("next") <= pl.col("until").fill_null(date.max)).is_empty()


def test_every_date_lies_in_the_four_years(made: Synthetic) -> None:
    assert made.truth.opens_on == date(2022, 1, 1)
    for table in made.dataset.tables:
        for name, dtype in table.rows.schema.items():
            if dtype == pl.Date:
                column = table.rows[name].drop_nulls()
                assert column.is_between(made.truth.opens_on, ENDS_ON, closed="left").all(), (
                    table.file,
                    name,
                )


@pytest.mark.parametrize("edge", PARTNER_EDGES)
def test_partners_do_nothing_before_they_join_or_after_they_leave(rows: Rows, edge: str) -> None:
    found = with_node(rows, edge, "from", "partner", "joinedOn", "leftOn")
    assert found.height
    for name in ("since", "until", "on"):
        if name in found.columns:
            assert not (found[name] < found["joinedOn"]).any()
            assert not (found[name] > found["leftOn"]).any()
    if "until" in found.columns:
        assert not (found["until"].is_null() & found["leftOn"].is_not_null()).any()


@pytest.mark.parametrize("edge", ["uses", "enabled"])
def test_accounts_use_what_they_use_while_they_are_customers(rows: Rows, edge: str) -> None:
    found = with_node(rows, edge, "from", "account", "customerSince", "churnedOn")
    assert (found["since"] >= found["customerSince"]).all()
    assert not (found["until"].fill_null(date.max) > found["churnedOn"]).any()


@pytest.mark.parametrize("edge", ["implements_for", "resells_to", "referred"])
def test_partners_serve_accounts_until_they_churn(rows: Rows, edge: str) -> None:
    """What begins before an account is a customer belongs to the deal that won it."""
    found = with_node(rows, edge, "to", "account", "customerSince", "churnedOn")
    assert not (found["until"].fill_null(date.max) > found["churnedOn"]).any()
    early = found.filter(pl.col("since") < pl.col("customerSince"))
    touched = rows("touched").join(rows("with").rename({"from": "to", "to": "account"}), on="to")
    pairs = set(touched.select("from", "account").iter_rows())
    assert set(early.select("from", "to").iter_rows()) <= pairs


def test_things_are_used_while_they_exist(rows: Rows) -> None:
    for edge, node, first, last in (
        ("uses", "product", "listedOn", "delistedOn"),
        ("offers", "product", "listedOn", "delistedOn"),
        ("enabled", "integration", "launchedOn", "retiredOn"),
        ("builds", "integration", "launchedOn", "retiredOn"),
    ):
        found = with_node(rows, edge, "to", node, first, last)
        assert found.height == rows(edge).height
        assert (found["since"] >= found[first]).all()
        assert not (found["until"].fill_null(date.max) > found[last]).any()
    joined = with_node(rows, "connects", "to", "product", "listedOn")
    assert (joined["since"] >= joined["listedOn"]).all()


def test_enabled_integrations_join_products_in_use(rows: Rows) -> None:
    uses = rows("uses").select("from", product="to", used="since", dropped="until")
    sides = rows("connects").select(to="from", product="to")
    every = rows("enabled").select("from", "to", "since").join(sides, on="to")
    found = every.join(uses, on=["from", "product"]).filter(pl.col("used") <= pl.col("since"))
    joins = found.group_by("from", "to").agg(pl.col("product").n_unique())
    assert joins.height == rows("enabled").height
    assert joins["product"].min() == 2


def test_integrations(rows: Rows) -> None:
    joins = rows("connects")["from"].value_counts()["count"]
    assert set(joins) == {2, 3}
    built = rows("builds")["to"]
    assert built.is_unique().all()
    share = built.len() / rows("integration").height
    assert 0.6 < share < 0.95, "the rest are our own"
    platform = set(rows("product").filter("isPlatform").select("product:" + pl.col("key")).to_series())
    assert len(platform) == SHAPES[Size.SMALL].platforms
    with_platform = rows("connects").group_by("from").agg(pl.col("to").is_in(list(platform)).any())["to"]
    assert 0.3 < with_platform.mean() < 0.95, "some join partners' products alone"
    assert set(rows("integration")["depth"]) == {1, 2, 3, 4, 5}
    ours = rows("offers").filter(pl.col("from").str.starts_with("company:"))
    assert set(ours["to"]) == platform


def test_deals(rows: Rows) -> None:
    deals = rows("deal")
    assert (deals["status"] == "OPEN").equals(deals["closedOn"].is_null())
    assert (deals["amount"] > 0).all()
    assert set(deals["amountCurrency"]) == {"USD", "EUR"}
    assert set(deals["kind"]) == {"NEW", "EXPANSION", "RENEWAL"}
    assert set(deals["channel"]) == {"DIRECT", "RESELLER", "MARKETPLACE"}
    assert rows("with")["from"].n_unique() == deals.height == rows("with").height
    assert set(rows("includes")["from"]) == set(rows("with")["from"])
    accounts = with_node(rows, "with", "to", "account", "customerSince", "churnedOn")
    full = accounts.join(deals.with_columns(id="deal:" + pl.col("key")), left_on="from", right_on="id")
    won = full.filter(pl.col("status") == "WON")
    assert not (won["closedOn"] > won["churnedOn"]).any()
    first = won.filter(pl.col("kind") == "NEW")
    assert (first["closedOn"] < first["customerSince"]).all()
    later = full.filter(pl.col("kind") != "NEW")
    assert (later["openedOn"] >= later["customerSince"]).all()
    assert not (later["openedOn"] >= later["churnedOn"]).any()


def test_credits_follow_from_touches_by_the_rule(rows: Rows) -> None:
    deals = rows("deal").select("openedOn", "closedOn", to="deal:" + pl.col("key"))
    touches = rows("touched").join(deals, on="to")
    assert not (touches["on"] > touches["closedOn"]).any()
    first = touches.group_by("from", "to").agg(pl.col("on").min(), pl.col("openedOn").first())
    in_time = first.filter(pl.col("on") <= pl.col("openedOn"))
    sourced = in_time.filter(pl.col("on") == pl.col("on").min().over("to")).select("from", "to", "on")
    influenced = first.join(sourced, on=["from", "to"], how="anti").select("from", "to", "on")
    for expected, table in ((sourced, "sourced"), (influenced, "influenced")):
        assert expected.height
        assert set(expected.iter_rows()) == set(rows(table).select("from", "to", "on").iter_rows())


def test_partners_of_won_deals_are_the_accounts_partners_by_then(rows: Rows) -> None:
    """So the credit of a deal is never what makes an account take on a partner."""
    won = rows("deal").filter(pl.col("status") == "WON").select("closedOn", deal="deal:" + pl.col("key"))
    credited = (
        pl.concat([rows("sourced"), rows("influenced")])
        .select(partner="from", deal="to")
        .join(won, on="deal")
        .join(rows("with").select(deal="from", account="to"), on="deal")
    )
    roles = [
        rows(kind).select("since", partner="from", account="to")
        for kind in ("implements_for", "resells_to", "referred")
    ]
    used = rows("uses").join(rows("offers").select("to", partner="from"), on="to")
    had = pl.concat([*roles, used.select("since", "partner", account="from")])
    first = had.group_by("partner", "account").agg(pl.col("since").min())
    found = credited.join(first, on=["partner", "account"])
    assert found.height == credited.height
    assert (found["since"] <= found["closedOn"]).all()


def test_lists(rows: Rows) -> None:
    known = rows("knows")
    of_us = known["from"].str.starts_with("company:")
    assert set(known.filter(of_us)["population"]) == {"CUSTOMER", "OPPORTUNITY", "PROSPECT"}
    assert set(known.filter(~of_us)["population"]) == {"CUSTOMER", "OPPORTUNITY", "PROSPECT"}
    assert known.filter(~of_us)["from"].n_unique() > 50
    accounts = rows("account").select("customerSince", "arr", id="account:" + pl.col("key"))
    others = set(accounts.filter(pl.col("customerSince").is_null())["id"])
    assert others <= set(known["to"]) | set(rows("with")["to"])
    assert (accounts["customerSince"].is_null() == accounts["arr"].is_null()).all()


def test_domains_are_registrable_and_shared_by_one_company_alone(rows: Rows) -> None:
    partners = rows("partner").explode("domains").select("domains", id="partner:" + pl.col("key"))
    accounts = rows("account").explode("domains").select("domains", id="account:" + pl.col("key"))
    every = [*partners["domains"], *accounts["domains"], *rows("company")["domains"].explode()]
    assert all(registrable_domain(domain) == domain for domain in every)
    assert partners["domains"].is_unique().all()
    assert accounts["domains"].is_unique().all()
    both = partners.join(accounts, on="domains").select("id", "id_right")
    assert both.height >= 3
    assert set(both.iter_rows()) == set(rows("same_company_as").select("from", "to").iter_rows())


@pytest.mark.parametrize("node", ["partner", "account", "deal"])
def test_external_ids_are_unique(rows: Rows, node: str) -> None:
    external = rows(node)["externalIds"].explode()
    assert external.is_unique().all()
    assert external.str.contains("^[a-z]+:[A-Z0-9]+$").all()


@pytest.mark.parametrize(
    ("history", "node", "column"),
    [("arr", "account", "arr"), ("tier", "partner", "tier"), ("stage", "deal", "stage")],
)
def test_the_last_value_of_a_history_is_todays(rows: Rows, history: str, node: str, column: str) -> None:
    last = rows(history).sort("of", "on").group_by("of", maintain_order=True).last()
    today = rows(node).select(today=pl.col(column), of=f"{node}:" + pl.col("key"))
    assert last.join(today, on="of").filter(pl.col("value") != pl.col("today")).is_empty()
    assert last.height > 50
    assert rows(history).height > last.height


def test_rates_of_each_month_both_ways(rows: Rows) -> None:
    rates = rows("rate")
    assert rates.height == 2 * 48
    there = rates.filter(pl.col("from") == "USD").select("on", "rate")
    back = rates.filter(pl.col("from") == "EUR").select("on", back="rate")
    product = there.join(back, on="on").select(pl.col("rate") * pl.col("back"))["rate"]
    assert product.is_between(0.999, 1.001).all()


def test_types_and_status_of_partners(rows: Rows) -> None:
    types = rows("partner")["types"]
    assert set(types.explode()) == {"TECHNOLOGY", "SERVICE", "RESELLER", "REFERRAL"}
    assert 0.15 < (types.list.len() > 1).mean() < 0.6
    assert 0.005 < rows("partner")["leftOn"].count() / types.len() < 0.15
    assert 0.15 < rows("account")["churnedOn"].count() / rows("account")["customerSince"].count() < 0.4
    year = date(2025, 1, 1)
    recent = pl.concat(
        [rows(kind).select("from", on=pl.col(day)) for kind, day in (("touched", "on"), ("implements_for", "since"))]
    ).filter(pl.col("on") >= year)
    assert recent["from"].n_unique() > 0.3 * types.len(), "a demo of today has active partners"


def test_heavy_tails(rows: Rows) -> None:
    owners = rows("offers").select("to", partner="from").filter(pl.col("partner").str.starts_with("partner:"))
    used = rows("uses").join(owners, on="to").select("partner")
    roles = [rows(kind).select(partner="from") for kind in ("implements_for", "resells_to", "referred")]
    held = pl.concat([used, *roles])["partner"].value_counts()["count"].sort(descending=True).to_numpy()
    assert held[:50].sum() > 0.5 * held.sum(), "a tenth of the partners hold more than half of the accounts"
    ranks = np.arange(1, 101)
    slope = np.polyfit(np.log(ranks), np.log(held[:100]), 1)[0]
    assert -1.3 < slope < -0.6, "popularity falls about as one over the rank"
    arr = rows("account")["arr"].drop_nulls().sort(descending=True).to_numpy()
    assert arr[: arr.size // 10].sum() > 0.6 * arr.sum()


def test_numbers_of_the_small_size(made: Synthetic, rows: Rows) -> None:
    assert rows("partner").height == 500
    assert rows("account").height == 10_000
    edges = sum(table.rows.height for table in made.dataset.tables if isinstance(table.kind, EdgeKind))
    assert 42_000 < edges < 55_000


def test_same_arguments_give_the_same_ecosystem_in_another_process() -> None:
    made = generate(TINY, seed=7, ends_on=ENDS_ON)
    code = (
        "import sys; from datetime import date; from ecograph.seeds.synthetic import Shape, generate\n"
        "from hashlib import blake2b\n"
        "made = generate(Shape(40, 400), seed=7, ends_on=date(2026, 1, 1)); found = blake2b(digest_size=16)\n"
        "for table in made.dataset.tables: found.update(table.rows.write_ndjson().encode())\n"
        "sys.stdout.write(found.hexdigest() + ' ' + made.dataset.fingerprint)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "99", "POLARS_MAX_THREADS": "1"},
    )
    assert run.stdout.split() == [digest(made), made.dataset.fingerprint]


def test_other_arguments_give_another_ecosystem() -> None:
    one = generate(TINY, seed=7, ends_on=ENDS_ON)
    others = [
        generate(TINY, seed=8, ends_on=ENDS_ON),
        generate(TINY, seed=7, ends_on=date(2025, 12, 1)),
        generate(Shape(40, 401), seed=7, ends_on=ENDS_ON),
    ]
    assert len({digest(made) for made in (one, *others)}) == 4
    assert len({made.dataset.fingerprint for made in (one, *others)}) == 4


def test_it_ends_this_month_unless_told_otherwise() -> None:
    assert generate(TINY).truth.ends_on == date.today().replace(day=1)


@pytest.mark.parametrize("ends_on", [date(2024, 2, 29), date(2025, 3, 31), date(2025, 7, 15)])
@pytest.mark.parametrize("shape", [Shape(20, 200), Shape(60, 900, platforms=3, years=2, lift_pairs=0), Shape(300, 500)])
def test_any_size_and_day(shape: Shape, ends_on: date) -> None:
    made = generate(shape, seed=2, ends_on=ends_on)
    for table in made.dataset.tables:
        assert not validate(table)[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"partners": 5},
        {"accounts": 10},
        {"platforms": 4},
        {"years": 1},
        {"customer_share": 1.0},
        {"adoptions": 0.0},
        {"lift": (0.5, 2.0)},
        {"retention_hazard_ratio": 0.0},
        {"retention_min_integrations": 0},
    ],
)
def test_impossible_shapes(wrong: dict[str, int | float]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Shape(**{"partners": 100, "accounts": 1_000, **wrong})  # type: ignore[arg-type]


def test_truth_in_words_and_as_json(made: Synthetic) -> None:
    lines = made.truth.lines()
    assert any("0.55" in line and "first partner-built" in line for line in lines)
    assert any("1.3" in line for line in lines)
    assert sum(line.startswith("Lift: ") for line in lines) == len(made.truth.lift_pairs)
    assert any("USD" in line and "EUR" in line for line in lines)
    found = made.truth.to_dict()
    assert found["ends_on"] == "2026-01-01"
    assert found["lift_pairs"][0].keys() == {"source", "target", "rate_ratio"}
    assert found["sourced_revenue"] == made.truth.sourced_revenue
