"""The outbox: a `WebhookDelivery` node for each message and webhook, from the event until it arrived or was given up.

Times are by the clock of the server, which all processes share. Only what waits has a `nextAt`, so that its index
holds nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice

from ..connection import Database, Parameters
from .events import Event, message
from .registry import wanted

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


async def deliveries(database: Database, events: Iterable[Event], of: str) -> list[tuple[str, Parameters]]:
    """Statements, each for a few thousand messages at most, that put events into the outbox: none where nobody is to
    be told.

    Args:
        of: which piece of work they happened in. What is put in again for the same piece of work stays as it is.
    """
    told = await wanted(database)
    rows = (_row(event, of, webhook) for event in events for webhook in told.get(event.type, ()))
    return [(_ADD, {"rows": batch}) for batch in iter(lambda: list(islice(rows, BATCH)), [])]


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
        await database.write([(_GIVE_UP, failed), (_DISABLE, its), (_GIVE_UP_ITS, its)])
    elif pause_s is None:
        await database.write([(_GIVE_UP, failed)])
    else:
        await database.write([(_FAILED, {**failed, "pause": round(pause_s * 1_000)})])


async def forget(database: Database) -> None:
    """Delete what arrived a week ago, and what was given up a month ago."""
    await database.write([(_FORGET, {"days": KEPT_DAYS, "givenUp": GIVEN_UP_KEPT_DAYS})])
