"""What the side-by-side benchmarks share: the options, the servers, and latency and throughput per question."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from client import Client
from ecosystem import Ecosystem, filled
from measure import Target, latency, paired, throughput
from questions import QUESTIONS, Question

from ecograph.seeds.synthetic import Size

Requests = Mapping[str, tuple[str, bytes]]
"""Path and body per question's name."""


def options(about: str | None) -> argparse.Namespace:
    """The command line of a benchmark."""
    parser = argparse.ArgumentParser(
        description=about, epilog="The data is loaded at the first run, into a home of its own (ECOGRAPH_HOME)."
    )
    parser.add_argument("--size", type=Size, choices=list(Size), default=Size.SMALL, help="of the synthetic ecosystem")
    parser.add_argument("--rounds", type=int, default=150, help="latency: requests per server and question")
    parser.add_argument("--seconds", type=float, default=1.0, help="throughput: length of one window")
    parser.add_argument("--windows", type=int, default=7, help="throughput: windows per server and question")
    parser.add_argument("--connections", type=int, default=8, help="throughput: connections at once")
    parser.add_argument("--only", nargs="*", help="names of questions")
    return parser.parse_args()


async def pick(ecosystem: Ecosystem, size: Size) -> dict[str, dict[str, Any]]:
    """The variables of each question, chosen by the data."""
    async with filled(ecosystem, size) as database:
        return {
            question.name: {name: await database.value(text) for name, text in question.picked.items()}
            for question in QUESTIONS
        }


def ours(picked: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, bytes]]:
    """The requests to Ecograph."""
    return {
        question.name: ("/graphql", orjson.dumps({"query": question.graphql, "variables": picked[question.name]}))
        for question in QUESTIONS
    }


async def answer(address: str, request: tuple[str, bytes]) -> Any:
    """The data of one answer.

    Raises:
        SystemExit: it holds errors.
    """
    client = Client(address)
    found = orjson.loads(await client.post(*request))
    client.close()
    if found.get("errors"):
        raise SystemExit(f"{request[1].decode()}: {found['errors'][:2]}")
    return found["data"]


@dataclass(frozen=True)
class Server:
    """A running server and how it is asked."""

    name: str
    address: str
    requests: Requests

    def target(self, question: Question) -> Target:
        return Target(self.name, self.address, *self.requests[question.name])


async def side_by_side(given: argparse.Namespace, reference: Server, other: Server) -> list[dict[str, Any]]:
    """One row per question; ratios are the other's figure to the reference's, paired in time."""
    rows = []
    for question in QUESTIONS:
        if given.only and question.name not in given.only:
            continue
        targets = [reference.target(question), other.target(question)]
        first, second = await latency(targets, given.rounds)
        rates = await throughput(targets, given.connections, given.seconds, given.windows)
        rows.append(
            {
                "question": question.name,
                f"{first.server} ms": first.median,
                f"{second.server} ms": second.median,
                "latency ratio": second.ratio,
                f"{first.server} p95": first.p95,
                f"{second.server} p95": second.p95,
                f"{first.server} /s": statistics.median(rates[0]),
                f"{second.server} /s": statistics.median(rates[1]),
                "throughput ratio": paired(rates[1], rates[0]),
            }
        )
        print(f"{question.name}: latency {second.ratio:.2f}, throughput {rows[-1]['throughput ratio']:.2f}", flush=True)
    return rows


async def same_answers(reference: Server, other: Server) -> None:
    """Both servers answer every question alike.

    Raises:
        SystemExit: one does not.
    """
    for question in QUESTIONS:
        answers = [await answer(server.address, server.requests[question.name]) for server in (reference, other)]
        if answers[0] != answers[1]:
            raise SystemExit(f"{question.name}: the answers differ.")
