"""Ecograph against the same questions as hand-written Cypher in bare routes, same driver, server and database.

.venv/bin/python benchmarks/against_handwritten.py --help
"""

from __future__ import annotations

import asyncio
import sys

import handwritten
import orjson
from compare import Server, options, ours, pick, same_answers, side_by_side
from ecosystem import running
from questions import QUESTIONS
from report import write
from serving import ecograph_command, started


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
            asyncio.run(same_answers(*servers))
            rows = asyncio.run(side_by_side(given, *servers))
    write(f"against_handwritten-{given.size.value}", rows, **{k: str(v) for k, v in vars(given).items()})


if __name__ == "__main__":
    main()
