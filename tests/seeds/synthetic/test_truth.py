"""The planted truth can be found again in the tables, by estimators that know nothing of the generator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from ecograph.seeds.synthetic import Shape, Size, Synthetic, generate

Days = NDArray[np.float64]
Rows = Callable[[str], pl.DataFrame]
NEVER = np.inf
ENDS_ON = date(2026, 1, 1)
FAR = 3.0
"""Standard errors that an estimate may lie from the truth."""


class Ratio(NamedTuple):
    """A Mantel–Haenszel rate ratio, the standard error of its logarithm, and the events with exposure."""

    value: float
    log_error: float
    exposed_events: int


class People(NamedTuple):
    """Customers: ids, first and last day in days since 1970, and the stratum of segment, industry and size."""

    ids: list[str]
    start: Days
    end: Days
    churned: Days
    stratum: NDArray[np.int64]
    sizes: NDArray[np.int64]


def days(column: pl.Series) -> Days:
    return column.to_physical().cast(pl.Float64).fill_null(NEVER).to_numpy()


def people(rows: Rows, ends_on: date) -> People:
    accounts = rows("account").filter(pl.col("customerSince").is_not_null())
    size = accounts.select((pl.col("arr").rank("ordinal") * 3 / (pl.len() + 1)).floor().cast(pl.Int64).over("segment"))[
        "arr"
    ]
    groups = accounts.select(pl.struct("segment", "industry").rank("dense").cast(pl.Int64)).to_series()
    segments = accounts["segment"].rank("dense").cast(pl.Int64)
    last = float((ends_on - date(1970, 1, 1)).days)
    churned = days(accounts["churnedOn"])
    return People(
        ids=("account:" + accounts["key"]).to_list(),
        start=days(accounts["customerSince"]),
        end=np.minimum(churned, last),
        churned=churned,
        stratum=(groups * 3 + size).to_numpy(),
        sizes=(segments * 3 + size).to_numpy(),
    )


def rate_ratio(
    at_risk: Days,
    event: Days,
    until: Days,
    exposed: Days,
    stratum: NDArray[np.int64],
    bands: tuple[float, ...] = (),
) -> Ratio:
    """Rate of the event after exposure against before and without it, in strata and bands of time at risk.

    Each is at risk from `at_risk` to the event or `until`; those with the event before that day are left out.
    """
    inf = np.inf
    parts = []
    stop = np.minimum(event, until)
    kept = (event > at_risk) & (stop > at_risk)
    for band, (low, high) in enumerate(zip((0.0, *bands), (*bands, inf), strict=True)):
        begin, end = at_risk + low, np.minimum(stop, at_risk + high)
        split = np.clip(exposed, begin, np.maximum(end, begin))
        here = kept & (event <= until) & (event > begin) & (event <= at_risk + high) & (event == stop)
        parts.append(
            np.stack(
                [
                    np.where(kept, np.maximum(end - split, 0), 0.0),
                    np.where(kept, np.maximum(split - begin, 0), 0.0),
                    here & (event > exposed),
                    here & (event <= exposed),
                    stratum * 10 + band,
                ]
            )
        )
    exposed_time, other_time, exposed_events, other_events, cell = np.concatenate(parts, axis=1)
    sums = [np.bincount(cell.astype(np.int64), w) for w in (exposed_time, other_time, exposed_events, other_events)]
    t1, t0, e1, e0 = sums
    total = np.maximum(t1 + t0, 1e-9)
    above, below = (e1 * t0 / total).sum(), (e0 * t1 / total).sum()
    variance = ((e1 + e0) * t1 * t0 / total**2).sum() / max(above * below, 1e-9)
    return Ratio(float(above / max(below, 1e-9)), float(np.sqrt(variance)), int(e1.sum()))


def first_relations(rows: Rows) -> pl.DataFrame:
    """The first day on which each account has each partner, by role, product, integration or won deal."""
    won = rows("deal").filter(pl.col("status") == "WON").select(deal="deal:" + pl.col("key"), since="closedOn")
    accounts_of = rows("with").rename({"from": "deal", "to": "account"})
    credited = pl.concat([rows("sourced"), rows("influenced")]).select(partner="from", deal="to")
    parts = [
        rows(kind).select(account="to", partner="from", since="since")
        for kind in ("implements_for", "resells_to", "referred")
    ]
    for edge, owner in (("uses", "offers"), ("enabled", "builds")):
        owners = rows(owner).select(partner="from", thing="to")
        parts.append(
            rows(edge)
            .join(owners, left_on="to", right_on="thing")
            .filter(pl.col("partner").str.starts_with("partner:"))
            .select(account="from", partner="partner", since="since")
        )
    parts.append(credited.join(won, on="deal").join(accounts_of, on="deal").select("account", "partner", "since"))
    return pl.concat(parts).group_by("account", "partner").agg(pl.col("since").min())


def lift_table(rows: Rows, ends_on: date, partners: list[str]) -> dict[tuple[str, str], Ratio]:
    """The rate ratio of every ordered pair of these partners."""
    who = people(rows, ends_on)
    position = {account: at for at, account in enumerate(who.ids)}
    adopted = {partner: np.full(len(who.ids), NEVER) for partner in partners}
    relations = first_relations(rows).filter(pl.col("partner").is_in(partners) & pl.col("account").is_in(who.ids))
    for (partner,), group in relations.group_by("partner"):
        at = [position[account] for account in group["account"]]
        adopted[str(partner)][at] = days(group["since"])
    joined = dict(zip("partner:" + rows("partner")["key"], days(rows("partner")["joinedOn"]), strict=True))
    found = {}
    for target in partners:
        at_risk = np.maximum(who.start, joined[target])
        for source in partners:
            if source != target:
                found[source, target] = rate_ratio(
                    at_risk, adopted[target], who.end, np.maximum(adopted[source], at_risk), who.stratum
                )
    return found


def busiest(rows: Rows, count: int) -> list[str]:
    counted = first_relations(rows)["partner"].value_counts().sort("count", "partner", descending=True)
    return counted["partner"].head(count).to_list()


def exposure(rows: Rows, at_least: int) -> dict[str, float]:
    """The day of each account's n-th enabled partner-built integration."""
    built = rows("enabled").filter(pl.col("to").is_in(rows("builds")["to"].implode()))
    nth = built.sort("since").group_by("from").agg(pl.col("since").get(at_least - 1, null_on_oob=True)).drop_nulls()
    return dict(zip(nth["from"], days(nth["since"]), strict=True))


def retention_ratio(rows: Rows, made: Synthetic) -> tuple[Ratio, float]:
    """The person-time rate ratio, and the naive one of those who ever enabled an integration against the others."""
    who = people(rows, made.truth.ends_on)
    exposed_on = exposure(rows, made.truth.retention_min_integrations)
    exposed = np.array([exposed_on.get(account, NEVER) for account in who.ids])
    ratio = rate_ratio(who.start, who.churned, who.end, exposed, who.sizes, (365.0,))
    ever, left = np.isfinite(exposed), np.isfinite(who.churned)
    time = who.end - who.start
    naive = (left[ever].sum() / time[ever].sum()) / (left[~ever].sum() / time[~ever].sum())
    return ratio, float(naive)


def growth_slope(rows: Rows, made: Synthetic, *, with_trend: bool) -> float:
    """The slope of monthly changes of ln V on those of ln n, through the origin or with a trend."""
    months = pl.date_range(made.truth.opens_on, made.truth.ends_on, "1mo", eager=True)
    partners, accounts = rows("partner"), rows("account")
    n = np.array([((partners["joinedOn"] <= d) & (partners["leftOn"] > d).fill_null(True)).sum() for d in months])
    v = np.array([(accounts["customerSince"] <= d).sum() for d in months])
    there = n > 0
    x, y = np.diff(np.log(n[there])), np.diff(np.log(v[there]))
    return float(np.polyfit(x, y, 1)[0]) if with_trend else float((x * y).sum() / (x * x).sum())


def of(made: Synthetic) -> Rows:
    return {table.kind.table: table.rows for table in made.dataset.tables}.__getitem__


def is_near(found: Ratio, truth: float) -> bool:
    return abs(np.log(found.value / truth)) < FAR * found.log_error


@pytest.fixture(scope="module")
def lifts(rows: Rows, made: Synthetic) -> dict[tuple[str, str], Ratio]:
    planted = [partner for pair in made.truth.lift_pairs for partner in pair[:2]]
    return lift_table(rows, made.truth.ends_on, list(dict.fromkeys([*planted, *busiest(rows, 25)])))


def test_planted_pairs_lift_by_their_ratio(made: Synthetic, lifts: dict[tuple[str, str], Ratio]) -> None:
    found = [(lifts[source, target], ratio) for source, target, ratio in made.truth.lift_pairs]
    assert len(found) == 6
    assert all(4 <= ratio <= 6 for _, ratio in found)
    assert all(estimate.exposed_events >= 5 and is_near(estimate, ratio) for estimate, ratio in found)
    pooled = np.mean([np.log(estimate.value / ratio) for estimate, ratio in found])
    assert abs(pooled) < 0.25


def test_no_other_pair_lifts_and_direction_can_be_told(made: Synthetic, lifts: dict[tuple[str, str], Ratio]) -> None:
    planted = {pair[:2] for pair in made.truth.lift_pairs}
    others = [ratio for pair, ratio in lifts.items() if pair not in planted and ratio.exposed_events >= 5]
    assert len(others) > 100
    assert 0.8 < np.median([ratio.value for ratio in others]) < 1.3
    for source, target in planted:
        assert lifts[target, source].value < lifts[source, target].value / 1.5
    ranking = sorted(
        lifts,
        key=lambda pair: np.log(max(lifts[pair].value, 1e-9)) - 1.64 * lifts[pair].log_error,
        reverse=True,
    )
    assert len(planted & set(ranking[: len(planted)])) >= len(planted) - 1


def test_found_together_is_no_lift(rows: Rows, made: Synthetic) -> None:
    """Appeal and activity put partners together: by accounts shared, pairs that do not lift look as if they did."""
    planted = {frozenset(pair[:2]) for pair in made.truth.lift_pairs}
    partners = busiest(rows, 25)
    sets = {
        str(partner): set(group["account"])
        for (partner,), group in first_relations(rows).group_by("partner")
        if partner in partners
    }
    customers = rows("account")["customerSince"].count()
    naive = [
        len(sets[a] & sets[b]) * customers / (len(sets[a]) * len(sets[b]))
        for a in partners
        for b in partners
        if a < b and frozenset((a, b)) not in planted
    ]
    assert np.median(naive) > 1.3


def test_retention(rows: Rows, made: Synthetic) -> None:
    found, naive = retention_ratio(rows, made)
    assert made.truth.retention_hazard_ratio == 0.55
    assert found.exposed_events > 60
    assert is_near(found, 0.55)
    # Accounts had to stay in order to enable anything: immortal time makes the naive number far too good.
    assert naive < 0.3


@pytest.mark.parametrize("with_trend", [False, True])
def test_growth(rows: Rows, made: Synthetic, with_trend: bool) -> None:
    assert growth_slope(rows, made, with_trend=with_trend) == pytest.approx(1.3, abs=0.05)


@pytest.mark.parametrize(
    ("credit", "planted"),
    [("sourced", "sourced_revenue"), ("influenced", "influenced_revenue"), ("with", "won_revenue")],
)
def test_revenue_is_exact(rows: Rows, made: Synthetic, credit: str, planted: str) -> None:
    credited = rows(credit)["from" if credit == "with" else "to"]
    won = rows("deal").filter(("deal:" + pl.col("key")).is_in(credited.implode()), pl.col("status") == "WON")
    sums = won.group_by("amountCurrency").agg(pl.col("amount").sum())
    assert dict(sums.iter_rows()) == getattr(made.truth, planted)
    assert set(made.truth.sourced_revenue) == {"USD", "EUR"}


def test_sourced_is_a_part_of_won(made: Synthetic) -> None:
    for currency, won in made.truth.won_revenue.items():
        assert 0.1 * won < made.truth.sourced_revenue[currency] < 0.6 * won


def test_another_truth_is_found_as_well() -> None:
    shape = Shape(
        500,
        10_000,
        adoptions=2.0,
        lift=(8.0, 9.0),
        lift_pairs=3,
        retention_hazard_ratio=0.4,
        retention_min_integrations=2,
        growth_exponent=1.6,
    )
    made = generate(shape, seed=4, ends_on=ENDS_ON)
    rows = of(made)
    planted = [partner for pair in made.truth.lift_pairs for partner in pair[:2]]
    lifts = lift_table(rows, ENDS_ON, planted)
    assert all(is_near(lifts[source, target], ratio) for source, target, ratio in made.truth.lift_pairs)
    assert is_near(retention_ratio(rows, made)[0], 0.4)
    assert growth_slope(rows, made, with_trend=False) == pytest.approx(1.6, abs=0.05)


def test_where_nothing_is_planted_nothing_is_found() -> None:
    made = generate(
        Shape(500, 10_000, lift=(1.0, 1.0), retention_hazard_ratio=1.0, growth_exponent=1.0),
        seed=5,
        ends_on=ENDS_ON,
    )
    rows = of(made)
    found, naive = retention_ratio(rows, made)
    assert is_near(found, 1.0)
    assert naive < 0.5
    planted = [partner for pair in made.truth.lift_pairs for partner in pair[:2]]
    lifts = lift_table(rows, ENDS_ON, planted)
    assert all(is_near(lifts[source, target], 1.0) for source, target, _ in made.truth.lift_pairs)
    assert growth_slope(rows, made, with_trend=False) == pytest.approx(1.0, abs=0.05)


@pytest.mark.verify
def test_truth_of_the_medium_size() -> None:
    made = generate(Size.MEDIUM, seed=1, ends_on=ENDS_ON)
    rows = of(made)
    found, _ = retention_ratio(rows, made)
    assert found.value == pytest.approx(0.55, abs=0.05)
    assert growth_slope(rows, made, with_trend=True) == pytest.approx(1.3, abs=0.05)
    planted = [partner for pair in made.truth.lift_pairs for partner in pair[:2]]
    lifts = lift_table(rows, ENDS_ON, planted[:20])
    logs = [np.log(lifts[pair[:2]].value / pair.rate_ratio) for pair in made.truth.lift_pairs[:10]]
    assert abs(np.mean(logs)) < 0.15
