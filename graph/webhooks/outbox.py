"""The outbox: a `WebhookDelivery` node for each message and webhook, from the event until it arrived or was given up.

Times are by the clock of the server, which all processes share. Only what waits has a `nextAt`, so that its index
holds nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from itertools import islice

from ..connection import Database, Parameters
from ..errors import UnknownId
from .bell import ring
from .events import Event, message
from .registry import address_and_secret, wanted

CLAIMED_S = 60
"""For so long nobody else tries a delivery that somebody is trying."""
KEPT_DAYS, GIVEN_UP_KEPT_DAYS = 7, 30
BATCH = 2_000

_ADD = """
UNWIND $rows AS row
MATCH (w:Webhook {id: row.webhook}) WHERE w.disabledAt IS NULL
MERGE (d:WebhookDelivery {id: row.id})
ON CREATE SET d.webhook = w.id, d.event = row.event, d.body = row.body, d.attempts = 0, d.state = 'WAITING',
  d.createdAt = datetime(), d.nextAt = datetime()
"""
_DUE = """
MATCH (w:Webhook) WHERE w.disabledAt IS NULL
CALL (w) {
  MATCH (d:WebhookDelivery) USING INDEX SEEK d:WebhookDelivery(nextAt)
  WHERE d.nextAt <= datetime() AND d.webhook = w.id AND (d.claimedUntil IS NULL OR d.claimedUntil < datetime())
  RETURN d.id AS id ORDER BY d.nextAt, id LIMIT $most
}
RETURN id ORDER BY id
"""
# A write locks the node; whether it is still free is read by the next statement, after whoever held the lock.
_LOCK = "UNWIND $ids AS id MATCH (d:WebhookDelivery {id: id}) SET d.isLocked = true"
_CLAIM = """
UNWIND $ids AS id
MATCH (d:WebhookDelivery {id: id})
WHERE d.nextAt <= datetime() AND (d.claimedUntil IS NULL OR d.claimedUntil < datetime())
MATCH (w:Webhook {id: d.webhook}) WHERE w.disabledAt IS NULL
SET d.claimedUntil = datetime() + duration({seconds: $seconds})
RETURN d.id, w.id, w.url, w.secret, d.body, d.attempts
"""
_DELIVERED = """
MATCH (d:WebhookDelivery {id: $id})
SET d.state = 'DELIVERED', d.attempts = $attempts, d.lastStatus = $status, d.triedAt = datetime(),
    d.endedAt = datetime()
REMOVE d.nextAt, d.claimedUntil, d.isLocked, d.lastError
"""
_FAILED = """
MATCH (d:WebhookDelivery {id: $id}) WHERE d.state = 'WAITING'
SET d.attempts = $attempts, d.lastStatus = $status, d.lastError = $error, d.triedAt = datetime(),
    d.nextAt = datetime() + duration({milliseconds: $pause})
REMOVE d.claimedUntil, d.isLocked
"""
_GIVE_UP = """
MATCH (d:WebhookDelivery {id: $id}) WHERE d.state = 'WAITING'
SET d.state = 'GIVEN_UP', d.attempts = $attempts, d.lastStatus = $status, d.lastError = $error,
    d.triedAt = datetime(), d.endedAt = datetime()
REMOVE d.nextAt, d.claimedUntil, d.isLocked
"""
_DISABLE = "MATCH (w:Webhook {id: $webhook}) SET w.disabledAt = coalesce(w.disabledAt, datetime())"
_GIVE_UP_ITS = """
MATCH (d:WebhookDelivery {webhook: $webhook}) WHERE d.state = 'WAITING'
SET d.state = 'GIVEN_UP', d.endedAt = datetime()
REMOVE d.nextAt, d.claimedUntil, d.isLocked
"""
_GIVEN_UP = """
MATCH (d:WebhookDelivery {webhook: $webhook}) WHERE d.state = 'GIVEN_UP'
RETURN d.id, d.event, d.createdAt, d.attempts, d.lastError ORDER BY d.createdAt, d.id
"""
_HAS_GIVEN_UP = "MATCH (d:WebhookDelivery {id: $message, webhook: $webhook}) WHERE d.state = 'GIVEN_UP' RETURN d.id"
_ENABLE = "MATCH (w:Webhook {id: $webhook}) REMOVE w.disabledAt"
_RESEND = """
MATCH (d:WebhookDelivery {webhook: $webhook})
WHERE d.state = 'GIVEN_UP' AND ($message IS NULL OR d.id = $message)
SET d.state = 'WAITING', d.attempts = 0, d.nextAt = datetime()
REMOVE d.endedAt
RETURN count(d)
"""
_FORGET = """
MATCH (d:WebhookDelivery)
WHERE d.endedAt < datetime() - duration({days: CASE d.state WHEN 'DELIVERED' THEN $days ELSE $givenUp END})
DELETE d
"""


@dataclass(frozen=True)
class Delivery:
    """A message that is on its way to an address; `attempts` came before this one."""

    id: str
    webhook: str
    url: str
    secret: str = field(repr=False)
    body: str
    attempts: int


@dataclass(frozen=True)
class GivenUp:
    """A message that is not tried any more; `error` is why its last attempt failed, None where it was never tried."""

    id: str
    event: str
    created_at: datetime
    attempts: int
    error: str | None


@dataclass(frozen=True)
class Answer:
    """What an attempt came to: the status that the address answered with, or why there is none.

    `retry_after` is how many seconds the address asks to be left alone for.
    """

    status: int | None
    error: str | None = None
    retry_after: int = 0

    @property
    def has_arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """The address wants no more of them."""
        return self.status == 410

    @property
    def said(self) -> str:
        """In a few words."""
        return self.error or f"HTTP {self.status}"


async def put(
    database: Database, events: Iterable[Event], of: str, *, beside: tuple[str, Parameters] | None = None
) -> None:
    """Put events into the outbox, for each webhook that is to be told of them, in transactions of a few thousand.

    Args:
        of: which piece of work they happened in. What is put in again for the same piece of work stays as it is.
        beside: a statement that is part of each of these transactions, and runs where nobody is to be told, too.
    """
    told = await wanted(database)
    rows = (_row(event, of, webhook) for event in events for webhook in told.get(event.type, ()))
    more = [] if beside is None else [beside]
    batches = [(_ADD, {"rows": batch}) for batch in iter(lambda: list(islice(rows, BATCH)), [])]
    for statements in [[*more, batch] for batch in batches] or [more]:
        await database.write(statements)
    if batches:
        ring()


def _row(event: Event, of: str, webhook: str) -> dict[str, str]:
    told = f"{of}\n{event.type}\n{event.about}\n{webhook}"
    identity = f"msg_{blake2b(told.encode(), digest_size=16).hexdigest()}"
    return {"id": identity, "webhook": webhook, "event": event.type, "body": message(event.type, event.data)}


async def claim(database: Database, most: int) -> list[Delivery]:
    """What is due, at most so many for each webhook; for a minute it is nobody else's."""
    ids = [identity for (identity,) in await database.rows(_DUE, {"most": most})]
    if not ids:
        return []
    given = {"ids": ids, "seconds": CLAIMED_S}
    _, claimed = await database.write([(_LOCK, {"ids": ids}), (_CLAIM, given)])
    return [Delivery(*row) for row in claimed]


async def settle(database: Database, delivery: Delivery, answer: Answer, pause_s: float | None) -> None:
    """Keep what an attempt came to; without a pause until the next one, a failed delivery is given up."""
    attempts = delivery.attempts + 1
    said = {"id": delivery.id, "attempts": attempts, "status": answer.status}
    if answer.has_arrived:
        await database.write([(_DELIVERED, said)])
        return
    failed = {**said, "error": answer.said}
    if answer.is_gone:
        its = {"webhook": delivery.webhook}
        # The webhook first: whoever else is told so at the same time waits here, and not each for the other.
        await database.write([(_DISABLE, its), (_GIVE_UP, failed), (_GIVE_UP_ITS, its)])
    elif pause_s is None:
        await database.write([(_GIVE_UP, failed)])
    else:
        await database.write([(_FAILED, {**failed, "pause": round(pause_s * 1_000)})])


async def given_up(database: Database, identity: str) -> list[GivenUp]:
    """What did not arrive at a webhook and is not tried any more, the oldest first.

    Raises:
        UnknownId: there is no such webhook.
    """
    await address_and_secret(database, identity)
    found = await database.rows(_GIVEN_UP, {"webhook": identity})
    return [
        GivenUp(message, event, created.to_native(), attempts, error)
        for message, event, created, attempts, error in found
    ]


async def resend(database: Database, identity: str, message: str | None = None) -> int:
    """Put what was given up into the queue again, as if it had never been tried, and switch the webhook on where it
    was switched off; returns how many messages that are.

    Args:
        message: only the one of this id.

    Raises:
        UnknownId: there is no such webhook, or it has given up no such message.
    """
    await address_and_secret(database, identity)
    given = {"webhook": identity, "message": message}
    if message is not None and not await database.rows(_HAS_GIVEN_UP, given):
        raise UnknownId(
            f"Webhook {identity} has given up no message {message!r}.",
            hint=f"`ecograph webhook failed {identity}` lists their ids.",
        )
    _, found = await database.write([(_ENABLE, given), (_RESEND, given)])
    ring()
    return int(found[0][0])


async def forget(database: Database) -> None:
    """Delete what arrived a week ago, and what was given up a month ago."""
    await database.write([(_FORGET, {"days": KEPT_DAYS, "givenUp": GIVEN_UP_KEPT_DAYS})])
