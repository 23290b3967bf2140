"""Latency and throughput of several servers, interleaved: each takes its turn in every round, in changing order."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from client import Client

WARM_UP = 10


@dataclass(frozen=True)
class Target:
    """What one server is asked for one question."""

    server: str
    address: str
    path: str
    body: bytes


@dataclass(frozen=True)
class Latency:
    """Milliseconds of one request; `ratio` is to the first target in the same rounds."""

    server: str
    times: list[float]
    ratio: float

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1]


async def latency(targets: Sequence[Target], rounds: int) -> list[Latency]:
    """One connection each; the ratio is the median over the rounds of the time to the first target's time."""
    clients = [Client(target.address) for target in targets]
    times: list[list[float]] = [[] for _ in targets]
    for number in range(WARM_UP + rounds):
        for at in random.sample(range(len(targets)), len(targets)):
            began = time.perf_counter()
            await clients[at].post(targets[at].path, targets[at].body)
            if number >= WARM_UP:
                times[at].append((time.perf_counter() - began) * 1e3)
    for client in clients:
        client.close()
    return [Latency(t.server, taken, paired(taken, times[0])) for t, taken in zip(targets, times, strict=True)]


def paired(these: Sequence[float], those: Sequence[float]) -> float:
    """The median of the ratios of figures that were measured one after the other."""
    return statistics.median(this / that for this, that in zip(these, those, strict=True))


async def throughput(targets: Sequence[Target], connections: int, seconds: float, windows: int) -> list[list[float]]:
    """Requests per second of each target in each window."""
    clients = [[Client(target.address) for _ in range(connections)] for target in targets]
    rates: list[list[float]] = [[] for _ in targets]
    for _ in range(windows):
        for at in random.sample(range(len(targets)), len(targets)):
            rates[at].append(await _window(targets[at], clients[at], seconds))
    for client in (client for group in clients for client in group):
        client.close()
    return rates


async def _window(target: Target, clients: Sequence[Client], seconds: float) -> float:
    began = time.perf_counter()
    until = began + seconds

    async def work(client: Client) -> int:
        done = 0
        while time.perf_counter() < until:
            await client.post(target.path, target.body)
            done += 1
        return done

    done = sum(await asyncio.gather(*(work(client) for client in clients)))
    return done / (time.perf_counter() - began)
