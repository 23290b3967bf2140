"""What new questions cost: random queries, each asked once cold and once again.

    .venv/bin/python benchmarks/cold_plans.py --help

A query picks fields and relations of the schema at random, in random order, with random aliases and page sizes. Neo4j's
plans are forgotten first. A query is cold when its statement was not seen before in the run. The compiler makes one
statement of all queries that differ only in order, aliases and values: what that gains is the difference between the
number of queries and that of distinct statements.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Mapping
from typing import Any

from ecosystem import Ecosystem, filled, running
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_object_type,
    is_required_argument,
)
from report import write

from ecograph.graph.connection import Database
from ecograph.schema.execute import Executor
from ecograph.schema.sdl import graphql_schema
from ecograph.seeds.synthetic import Size

ROOTS = ("partners", "accounts", "products", "integrations", "deals")
DEPTH = 3


class Recording(Database):
    """The database, which keeps the statements that it was asked."""

    def __init__(self, inner: Database) -> None:
        super().__init__(inner._driver, inner._database, inner.version, inner.has_gds)
        self.statements: list[str] = []

    async def rows(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> list[list[Any]]:
        self.statements.append(statement)
        return await super().rows(statement, parameters, timeout=timeout)


class Writer:
    """Writes random queries of the schema."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        query = graphql_schema().query_type
        assert query is not None
        self._query = query

    def query(self) -> str:
        """One query over one list."""
        name = self._random.choice(ROOTS)
        return f"{{ {name}{self._page()} {{ {self._connection(self._query.fields[name], DEPTH)} }} }}"

    def _page(self) -> str:
        return f"(first: {self._random.randint(1, 20)})"

    def _connection(self, field: GraphQLField, depth: int) -> str:
        connection = get_named_type(field.type)
        assert isinstance(connection, GraphQLObjectType)
        node = get_named_type(connection.fields["nodes"].type)
        total = self._random.choice(["", "", "totalCount "])
        return f"{total}nodes {{ {self._object(node, depth - 1)} }}"

    def _object(self, kind: Any, depth: int) -> str:
        leaves = [name for name, field in kind.fields.items() if self._is_plain(field)]
        lists = [name for name, field in kind.fields.items() if self._is_list(field)]
        parts = [self._aliased(name) for name in self._random.sample(leaves, self._random.randint(1, 4))]
        if depth > 0 and lists:
            for name in self._random.sample(lists, self._random.choice([0, 1, 1, 2])):
                inner = self._connection(kind.fields[name], depth)
                parts.append(f"{self._aliased(name)}{self._page()} {{ {inner} }}")
        self._random.shuffle(parts)
        return " ".join(parts)

    def _aliased(self, name: str) -> str:
        return f"a{self._random.randint(0, 10**6)}: {name}" if self._random.random() < 0.2 else name

    def _is_plain(self, field: GraphQLField) -> bool:
        return is_leaf_type(get_named_type(field.type)) and not any(map(is_required_argument, field.args.values()))

    def _is_list(self, field: GraphQLField) -> bool:
        named = get_named_type(field.type)
        return is_object_type(named) and named.name.endswith("Connection") and "where" in field.args


async def _measure(ecosystem: Ecosystem, size: Size, count: int, seed: int) -> dict[str, Any]:
    async with filled(ecosystem, size) as database:
        await database.run_alone("CALL db.clearQueryCaches()")
        recording = Recording(database)
        executor = Executor(recording, ecosystem.settings)
        await executor.execute("{ __typename }")
        writer = Writer(seed)
        known: set[str] = set()
        cold, shared, hot = [], [], []
        for _ in range(count):
            text = writer.query()
            recording.statements.clear()
            first = await _time(executor, text)
            is_new = not known.issuperset(recording.statements)
            (cold if is_new else shared).append(first)
            known.update(recording.statements)
            hot.append(await _time(executor, text))
    return {
        "queries": count,
        "distinct statements": len(known),
        **{f"cold {name} ms": value for name, value in _tail(cold).items()},
        **{f"again {name} ms": value for name, value in _tail(hot).items()},
        "shared plan, p50 ms": statistics.median(shared) if shared else 0.0,
    }


async def _time(executor: Executor, text: str) -> float:
    began = time.perf_counter()
    answer = await executor.execute(text)
    taken = (time.perf_counter() - began) * 1e3
    if answer.errors:
        raise SystemExit(f"{text}: {answer.errors[0]}")
    return taken


def _tail(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=Size, choices=list(Size), default=Size.SMALL, help="of the synthetic ecosystem")
    parser.add_argument("--count", type=int, default=1_000, help="queries")
    parser.add_argument("--seed", type=int, default=1, help="of the queries")
    given = parser.parse_args()
    with running(given.size) as ecosystem:
        row = asyncio.run(_measure(ecosystem, given.size, given.count, given.seed))
    write(f"cold_plans-{given.size.value}", [row], seed=given.seed, size=given.size.value)


if __name__ == "__main__":
    main()
