"""A server that takes webhooks and answers as it is told, in a thread of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from in_thread import serving
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ecograph.graph.connection import Database
from ecograph.graph.webhooks.deliver import Deliverer

SHORT = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Received:
    """A message as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.body)
        return found


@dataclass
class Receiver:
    """What came, and what is answered: the statuses in turn, the last one from then on."""

    address: str = ""
    statuses: list[int] = field(default_factory=lambda: [204])
    headers: dict[str, str] = field(default_factory=dict)
    slow_s: float = 0.0
    is_endless: bool = False
    received: list[Received] = field(default_factory=list)
    chunks: int = 0

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The data of what came of a type."""
        return [one.said["data"] for one in self.received if one.said["type"] == kind]

    async def until(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        """The data of what came of a type, once there is so much of it."""
        until = time.monotonic() + 30
        while len(self.of(kind)) < count:
            assert time.monotonic() < until, f"{kind}: {self.received}"
            await asyncio.sleep(0.05)
        return self.of(kind)

    async def _take(self, request: Request) -> Response:
        body = await request.body()
        await asyncio.sleep(self.slow_s)
        self.received.append(Received(request.url.path, dict(request.headers), body))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if self.is_endless:
            return StreamingResponse(self._endless(), status)
        return Response("an answer that nobody reads", status, self.headers)

    async def _endless(self) -> AsyncIterator[bytes]:
        while True:
            self.chunks += 1
            yield b"x" * 10_000
            await asyncio.sleep(0.01)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a free port of this machine."""
    receiver = Receiver()
    app = Starlette(routes=[Route("/{path:path}", receiver._take, methods=["POST", "GET"])])
    with serving(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1) as address:
        receiver.address = address
        yield receiver


async def drain(database: Database, **given: Any) -> None:
    """Deliver until nothing is due."""
    deliverer = Deliverer(database, **{"pauses_s": SHORT, **given})
    while await deliverer.once():
        pass
