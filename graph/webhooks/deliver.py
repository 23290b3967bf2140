"""Sending what is in the outbox, in the server all the time and by a command that made events at its end.

Several processes may do so at once: each delivery is claimed before it is tried. A message can still arrive twice,
where its answer is lost or a process ends meanwhile; its id is the same then.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
import random
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress

from ..connection import Database
from ..errors import EcographError
from .bell import listening
from .events import message
from .outbox import Answer, Delivery, claim, forget, settle
from .registry import address_and_secret

log = logging.getLogger("ecograph.webhooks")

PAUSES_S = (5.0, 30.0, 120.0, 600.0, 3_600.0, 21_600.0, 86_400.0)
"""After each failed attempt, how long until the next; after the last of them a message is given up."""
TIMEOUT_S = 10.0
TEST = "webhook.test"
_AT_ONCE = 10
_LOOK_EVERY_S = 30.0
_LAG_S = 2.0  # so much later a member of a cluster surely shows what another wrote
_FORGET_EVERY_S = 3_600.0
_STOP_S = 3.0
_LEAST_S = 0.5
_LONGEST_PAUSE_S = 86_400.0


class Deliverer:
    """Delivers what is due: once, or from `start` to `close`.

    It looks when something was put into the outbox by this process, when what failed here is due again, and else
    every half minute, for what other processes left.
    """

    def __init__(
        self, database: Database, *, pauses_s: Sequence[float] = PAUSES_S, timeout_s: float = TIMEOUT_S,
        look_every_s: float = _LOOK_EVERY_S,
    ) -> None:  # fmt: skip
        self._database = database
        self._pauses_s, self._timeout_s, self._look_every_s = pauses_s, timeout_s, look_every_s
        self._is_over = False
        self._bell = asyncio.Event()
        self._due_again: list[float] = []
        self._task: asyncio.Task[None] | None = None
        self._sending: set[asyncio.Task[Answer]] = set()

    async def once(self) -> int:
        """Try what is due, a few for each webhook, all at once; returns how many were tried."""
        due = await claim(self._database, _AT_ONCE)
        if not due:
            return 0
        from .sending import send, sender

        async with sender(one.url for one in due) as client:

            async def attempt(one: Delivery) -> None:
                sending = asyncio.create_task(send(client, one.url, one.secret, one.id, one.body, self._timeout_s))
                self._sending.add(sending)
                try:
                    answer = await sending
                except asyncio.CancelledError:
                    if self._is_over:
                        return  # cut off by `close`: it is tried again when the claim has lapsed
                    raise
                finally:
                    self._sending.discard(sending)
                if not answer.has_arrived:
                    log.warning("%s to webhook %s, attempt %d: %s", one.id, one.webhook, one.attempts + 1, answer.said)
                pause = None if answer.has_arrived else self._pause(one, answer)
                await settle(self._database, one, answer, pause)
                if pause is not None:
                    self._look_again_in(pause)

            await asyncio.gather(*map(attempt, due))
        return len(due)

    def _pause(self, one: Delivery, answer: Answer) -> float | None:
        """A little longer by chance, so that what failed together does not come back together."""
        if one.attempts >= len(self._pauses_s):
            return None
        asked = min(float(answer.retry_after), _LONGEST_PAUSE_S)
        return max(self._pauses_s[one.attempts] * random.uniform(1.0, 1.1), asked)  # noqa: S311

    def start(self) -> None:
        """Go on delivering until it is closed."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop; what is on its way has a moment to end, and is tried again later where it does not."""
        self._is_over = True
        self._bell.set()
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=_STOP_S)
            # Requests only: a statement that is cut off costs its connection.
            for sending in self._sending:
                sending.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        forgot_at = float("-inf")
        with listening(self._bell):
            while not self._is_over:
                if self._bell.is_set():
                    self._bell.clear()
                    self._look_again_in(_LAG_S)
                looked_at, tried = time.monotonic(), 0
                try:
                    if time.monotonic() - forgot_at > _FORGET_EVERY_S:
                        forgot_at = time.monotonic()
                        await forget(self._database)
                    tried = await self.once()
                except EcographError as error:
                    log.warning("webhooks could not be delivered: %s", error)
                if not tried and not self._is_over:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._bell.wait(), self._until_next_s(looked_at))

    def _look_again_in(self, seconds: float) -> None:
        heapq.heappush(self._due_again, time.monotonic() + seconds)

    def _until_next_s(self, looked_at: float) -> float:
        """How long there is nothing to look for, as far as this process knows."""
        while self._due_again and self._due_again[0] <= looked_at:
            heapq.heappop(self._due_again)
        known = self._due_again[0] - time.monotonic() if self._due_again else self._look_every_s
        return max(0.0, min(known, self._look_every_s))


async def deliver_now(database: Database, within_s: float = 3.0) -> None:
    """Deliver what is due, within so many seconds: for commands, whose own work is done. Whatever fails is left to the
    server or to the next command."""
    until = time.monotonic() + within_s
    try:
        while (left := until - time.monotonic()) > _LEAST_S:
            if not await Deliverer(database, timeout_s=min(TIMEOUT_S, left)).once():
                return
    except EcographError as error:
        log.warning("webhooks could not be delivered: %s", error)


async def send_test(database: Database, identity: str) -> Answer:
    """Send a message of no importance to a webhook, once, whatever it is told of.

    Raises:
        UnknownId: there is no such webhook.
    """
    from .sending import send, sender

    url, secret = await address_and_secret(database, identity)
    async with sender([url]) as client:
        body = message(TEST, {"webhook": identity})
        return await send(client, url, secret, f"msg_{secrets.token_hex(16)}", body, TIMEOUT_S)
