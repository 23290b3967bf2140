from __future__ import annotations

import itertools
from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ecograph.graph.load.intervals import merge_intervals

START = date(2024, 1, 1)
days = st.none() | st.integers(0, 12).map(lambda n: START + timedelta(days=n))
rows = st.lists(st.tuples(st.sampled_from("ab"), days, days), max_size=8).map(
    lambda found: [r for r in found if (r[1] or date.min) < (r[2] or date.max)]
)


def _days(pairs: list[tuple[date | None, date | None]]) -> set[date]:
    every = [START + timedelta(days=n) for n in range(-1, 14)]
    return {day for day in every for since, until in pairs if (since or date.min) <= day < (until or date.max)}


@given(rows)
def test_merged_intervals_hold_on_the_same_days_and_never_touch(
    found: list[tuple[str, date | None, date | None]],
) -> None:
    frame = pl.DataFrame(found, schema={"pair": pl.String, "since": pl.Date, "until": pl.Date}, orient="row")
    merged = merge_intervals(frame, ["pair"]).select("pair", "since", "until").rows()
    for name in "ab":
        before = [(since, until) for pair, since, until in found if pair == name]
        after = [(since, until) for pair, since, until in merged if pair == name]
        assert _days(after) == _days(before)
        ordered = sorted((since or date.min, until or date.max) for since, until in after)
        assert all(first[1] < second[0] for first, second in itertools.pairwise(ordered))


def test_other_columns_keep_their_first_value() -> None:
    frame = pl.DataFrame(
        {"pair": ["a", "a"], "since": [START, START], "until": [None, None], "activity": [None, 2.5]},
        schema_overrides={"until": pl.Date},
    )
    assert merge_intervals(frame, ["pair"])["activity"].to_list() == [2.5]
