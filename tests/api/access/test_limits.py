from __future__ import annotations

from typing import Any

import pytest
from access_support import QUESTION, Serve, bearer, code_of

from ecograph.api.access.limits import CostLimit, RateLimited
from ecograph.graph.connection import Database
from ecograph.graph.keys import create_key


def test_a_bucket_is_emptied_by_cost_and_filled_by_time() -> None:
    now = [0.0]
    limit = CostLimit(1_000, 10, lambda: now[0])
    limit.admit("a")
    limit.charge("a", 1_500)
    with pytest.raises(RateLimited) as caught:
        limit.admit("a")
    assert caught.value.retry_after == 51
    limit.admit("b")
    now[0] = 51.0
    limit.admit("a")
    now[0] = 1e6
    limit.charge("a", 999)
    limit.admit("a")
    limit.charge("a", 1)
    with pytest.raises(RateLimited):
        limit.admit("a")


def test_without_a_burst_there_is_no_limit() -> None:
    limit = CostLimit(0, 10)
    for _ in range(100):
        limit.admit("a")
        limit.charge("a", 1_000_000)


async def test_a_login_that_asks_for_too_much_is_told_when_to_come_back(serve: Serve, still: Database) -> None:
    http = await serve(auth=("key",), rate_burst=100, rate_refill=1)
    keys = [await create_key(still, name, ("read",)) for name in ("greedy", "modest")]
    dear: dict[str, Any] = {"query": "{ partners(first: 150) { nodes { id } } }"}
    assert (await http.post("/graphql", json=dear, headers=bearer(keys[0]))).status_code == 200
    limited = await http.post("/graphql", json=QUESTION, headers=bearer(keys[0]))
    assert (limited.status_code, code_of(limited)) == (429, "RATE_LIMITED")
    assert 40 <= int(limited.headers["retry-after"]) <= 60
    assert (await http.post("/graphql", json=QUESTION, headers=bearer(keys[1]))).status_code == 200


async def test_the_administrator_at_this_machine_is_not_limited(serve: Serve) -> None:
    http = await serve(rate_burst=1, rate_refill=1)
    for _ in range(3):
        assert (await http.post("/graphql", json=QUESTION)).status_code == 200
