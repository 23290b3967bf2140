"""Memory of a serving process for one answer of about 10 MB.

    .venv/bin/python benchmarks/memory.py --help

The process is warmed with the same question over ten rows; then the large answer is asked for again and again, and the
most memory that the process ever held is read from the system. The difference is what one answer costs.
"""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

import orjson
import psutil
from client import Client
from ecosystem import filled, running
from report import write
from serving import ecograph_command, started

from ecograph.seeds.synthetic import Size

QUESTION = """query Large($partners: Int!, $accounts: Int!) {
  partners(first: $partners) { nodes { id name accounts(first: $accounts) { edges {
    since roles sources node { id key name segment industry region customerSince arr { amount currency } }
  } } } }
}"""
TIMES = 5


def _peak(pid: int) -> float:
    """The most megabytes that the process ever held (VmHWM on Linux; elsewhere what it holds now)."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:  # noqa: PTH123
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return float(psutil.Process(pid).memory_info().rss) / 2**20


async def _ask(address: str, partners: int, accounts: int) -> int:
    client = Client(address)
    body = orjson.dumps({"query": QUESTION, "variables": {"partners": partners, "accounts": accounts}})
    answer = await client.post("/graphql", body)
    client.close()
    if b'"errors"' in answer[:1_000]:
        raise SystemExit(answer[:500].decode())
    return len(answer)


async def _measure(address: str, pid: int) -> dict[str, Any]:
    await _ask(address, 10, 10)
    before = _peak(pid)
    sizes = [await _ask(address, 300, 150) for _ in range(TIMES)]
    return {
        "answer MB": sizes[-1] / 1e6,
        "before MB": before,
        "peak MB": _peak(pid),
        "per byte of the answer": (_peak(pid) - before) * 2**20 / sizes[-1],
    }


async def _fill(ecosystem: Any, size: Size) -> None:
    async with filled(ecosystem, size):
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=Size, choices=list(Size), default=Size.SMALL, help="of the synthetic ecosystem")
    given = parser.parse_args()
    with running(given.size) as ecosystem:
        asyncio.run(_fill(ecosystem, given.size))
        with started(ecograph_command(ecosystem.settings.home), ecosystem.environment) as (address, pid):
            row = asyncio.run(_measure(address, pid))
    write(f"memory-{given.size.value}", [row], size=given.size.value)


if __name__ == "__main__":
    main()
