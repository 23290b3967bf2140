"""The adoption effect: against a plain implementation, what may not change it, and the planted truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic_worlds import histories, world

from ecograph.queries.network_effects.histories import Histories
from ecograph.queries.network_effects.lift import Lifts, lifts
from ecograph.seeds.synthetic import Size
from ecograph.seeds.synthetic.world import World


def random_histories(seed: int, accounts: int = 60, partners: int = 7, days: int = 200) -> Histories:
    rng = np.random.default_rng(seed)
    start = rng.integers(0, days - 20, accounts)
    end = np.minimum(start + rng.integers(0, days, accounts), days)
    joined = rng.integers(0, days // 3, partners)
    left = np.where(rng.random(partners) < 0.3, joined + rng.integers(30, days, partners), days)
    pairs = np.argwhere(rng.random((accounts, partners)) < 0.5)
    day = rng.integers(0, days, len(pairs))
    return Histories(
        days, start, end, rng.integers(0, 3, accounts), joined, np.minimum(left, days), pairs[:, 0], pairs[:, 1], day
    )


def plain(known: Histories, source: int, target: int, band: Callable[[int, bool], int]) -> tuple[float, int, float]:
    """Ratio, events with exposure and expected ones, one account at a time."""
    of = {(a, p): d for a, p, d in zip(known.account, known.partner, known.day, strict=True)}
    cells: dict[tuple[int, int], list[float]] = {}
    for account in range(known.accounts):
        begin = max(known.start[account], known.joined[target])
        end = min(known.end[account], known.left[target])
        has, takes = of.get((account, source)), of.get((account, target), known.days + 1)
        is_new = has is not None and known.start[account] < has < known.end[account]
        cell = cells.setdefault((known.group[account], band(account, is_new)), [0.0] * 4)
        for day in range(begin, end):
            if takes < day or takes <= begin:
                break
            exposed = has is not None and day > has
            if takes == day:
                cell[0 if exposed else 2] += 1
                break
            cell[1 if exposed else 3] += 1
    e, t, f, u = np.array(list(cells.values())).T
    total = np.maximum(t + u, 1)
    return float((e * u / total).sum() / (f * t / total).sum()), int(e.sum()), float(((e + f) * t / total).sum())


@pytest.mark.parametrize("seed", range(3))
def test_every_pair_is_what_a_plain_count_finds(seed: int) -> None:
    known = random_histories(seed)
    found = lifts(known, min_co_accounts=3, bands=1)
    assert found.source.size > 20
    for at in range(found.source.size):
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio, events, expected = plain(known, found.source[at], found.target[at], lambda *_: 0)
        assert found.events[at] == events
        np.testing.assert_allclose([found.ratio.value[at], found.ratio.expected[at]], [ratio, expected], rtol=1e-9)


def by_pair(found: Lifts, names: np.ndarray | None = None) -> dict[tuple[int, int], tuple[float, ...]]:
    names = np.arange(10_000) if names is None else names
    columns = (found.source, found.target, found.ratio.value, found.ratio.log_error, found.naive, found.events, found.q)
    return {(int(names[a]), int(names[b])): tuple(rest) for a, b, *rest in zip(*columns, strict=True)}


def assert_same(one: dict[tuple[int, int], tuple[float, ...]], other: dict[tuple[int, int], tuple[float, ...]]) -> None:
    assert one.keys() == other.keys()
    for pair, values in one.items():
        np.testing.assert_allclose(values, other[pair], rtol=1e-9, err_msg=str(pair))


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_the_order_of_accounts_and_partners_does_not_matter(seed: int) -> None:
    known = random_histories(seed)
    rng = np.random.default_rng(seed)
    accounts, partners = rng.permutation(known.accounts), rng.permutation(known.partners)
    account, partner = np.argsort(accounts)[known.account], np.argsort(partners)[known.partner]
    order = np.argsort(account, kind="stable")
    shuffled = Histories(
        known.days, known.start[accounts], known.end[accounts], known.group[accounts], known.joined[partners],
        known.left[partners], account[order], partner[order], known.day[order],
    )  # fmt: skip
    assert_same(by_pair(lifts(shuffled, min_co_accounts=3), partners), by_pair(lifts(known, min_co_accounts=3)))


@given(st.integers(0, 10_000), st.integers(1, 300))
@settings(max_examples=15, deadline=None)
def test_only_differences_of_days_matter(seed: int, shift: int) -> None:
    known = random_histories(seed)
    later = replace(
        known, days=known.days + shift,
        **{name: getattr(known, name) + shift for name in ("start", "end", "joined", "left", "day")},
    )  # fmt: skip
    assert_same(by_pair(lifts(later, min_co_accounts=3)), by_pair(lifts(known, min_co_accounts=3)))


def test_busy_accounts_can_be_left_out() -> None:
    known = random_histories(1)
    thinned, without = known.without_busy(4)
    counts = np.bincount(known.account, minlength=known.accounts)
    assert without == (counts > 4).sum() > 0
    assert thinned.accounts == known.accounts - without
    assert np.bincount(thinned.account).max() <= 4
    assert known.without_busy(7) == (known, 0)


def test_nothing_in_common_is_no_pair() -> None:
    assert lifts(random_histories(1), min_co_accounts=1000).source.size == 0


def average_precision(found: Lifts, made: World, least: int) -> tuple[float, int]:
    """Of the planted pairs among those with enough accounts in common, ranked by q; and how many these are."""
    planted = set(zip(made.pairs.source.tolist(), made.pairs.target.tolist(), strict=True))
    enough = np.flatnonzero(found.co_accounts >= least)
    ranked = enough[np.lexsort((-found.ratio.value[enough], found.q[enough]))]
    hits = np.array([(int(found.source[at]), int(found.target[at])) in planted for at in ranked])
    precision = np.cumsum(hits) / np.arange(1, hits.size + 1)
    return float(precision[hits].mean()), int(hits.sum())


def directions(found: Lifts, made: World) -> list[bool]:
    """For each planted pair that is found: whether it lifts more than its reverse."""
    value = {(int(a), int(b)): v for a, b, v in zip(found.source, found.target, found.ratio.value, strict=True)}
    pairs = zip(made.pairs.source.tolist(), made.pairs.target.tolist(), strict=True)
    return [value[a, b] > value.get((b, a), 0.0) for a, b in pairs if (a, b) in value]


def test_planted_pairs_come_first_and_in_the_right_direction(figure: Callable[[str, object], None]) -> None:
    made = world(1)
    found = lifts(histories(made))
    precision, planted = average_precision(found, made, 15)
    figure("average precision, small", round(precision, 3))
    assert planted >= 4
    assert precision >= 0.9
    assert all(directions(found, made))


@pytest.mark.verify
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_pairs_of_a_medium_ecosystem(seed: int, figure: Callable[[str, object], None]) -> None:
    made = world(seed, Size.MEDIUM)
    found = lifts(histories(made))
    precision, planted = average_precision(found, made, 10)
    figure("average precision", round(precision, 4))
    figure("planted pairs with enough accounts in common", planted)
    assert planted >= 25
    assert precision >= 0.95
    assert all(directions(found, made))
