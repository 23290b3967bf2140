"""Throughput of Ecograph and of hand-written routes at 1, 8 and 64 connections.

.venv/bin/python benchmarks/connections.py --help
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from typing import Any

import handwritten
import orjson
from compare import Server, options, ours, pick
from ecosystem import running
from measure import paired, throughput
from questions import QUESTIONS
from report import write
from serving import ecograph_command, started

CONNECTIONS = (1, 8, 64)
ASKED = ("one row", "two levels", "three levels")


async def _measure(windows: int, seconds: float, servers: tuple[Server, Server]) -> list[dict[str, Any]]:
    rows = []
    for question in (q for q in QUESTIONS if q.name in ASKED):
        for connections in CONNECTIONS:
            targets = [server.target(question) for server in servers]
            rates = await throughput(targets, connections, seconds, windows)
            rows.append(
                {
                    "question": question.name,
                    "connections": connections,
                    "hand-written /s": statistics.median(rates[0]),
                    "Ecograph /s": statistics.median(rates[1]),
                    "ratio": paired(rates[1], rates[0]),
                }
            )
    return rows


def main() -> None:
    given = options(__doc__)
    with running(given.size) as ecosystem:
        picked = asyncio.run(pick(ecosystem, given.size))
        by_hand = {q.name: (handwritten.path(q), orjson.dumps(picked[q.name])) for q in QUESTIONS}
        with (
            started([sys.executable, "handwritten.py"], ecosystem.environment) as (hand, _),
            started(ecograph_command(ecosystem.settings.home), ecosystem.environment) as (own, _),
        ):
            servers = Server("hand-written", hand, by_hand), Server("Ecograph", own, ours(picked))
            rows = asyncio.run(_measure(given.windows, given.seconds, servers))
    write(f"connections-{given.size.value}", rows, **{k: str(v) for k, v in vars(given).items()})


if __name__ == "__main__":
    main()
