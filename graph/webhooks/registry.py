"""The webhooks themselves: `Webhook` nodes, each an address, the events that it is told of, and its secret.

The secret is stored as it is, for without it nothing can be signed.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from ..connection import Database
from ..errors import BadInput, UnknownId
from ..loopback import is_loopback
from .events import EventType
from .signing import new_secret

_CREATE = """
MERGE (w:Webhook {id: $id})
ON CREATE SET w.url = $url, w.events = $events, w.secret = $secret, w.createdAt = datetime()
"""
_LIST = """
MATCH (w:Webhook)
OPTIONAL MATCH (d:WebhookDelivery {webhook: w.id})
WITH w, sum(CASE d.state WHEN 'WAITING' THEN 1 ELSE 0 END) AS waiting,
     sum(CASE d.state WHEN 'GIVEN_UP' THEN 1 ELSE 0 END) AS givenUp, max([d.triedAt, d.lastError]) AS last
RETURN w.id, w.url, w.events, w.createdAt, w.disabledAt, waiting, givenUp, last[1]
ORDER BY w.createdAt, w.id
"""
_REMOVE = "MATCH (w:Webhook {id: $id}) WITH w, w.url AS url DELETE w RETURN url"
_REMOVE_ITS = "MATCH (d:WebhookDelivery {webhook: $id}) DELETE d"
_WANTED = "MATCH (w:Webhook) WHERE w.disabledAt IS NULL RETURN w.id, w.events"


@dataclass(frozen=True)
class Webhook:
    """A webhook as it is kept, without its secret; times are UTC. `last_error` is why its last attempt failed, None
    where that arrived."""

    id: str
    url: str
    events: tuple[str, ...]
    created_at: datetime
    disabled_at: datetime | None
    waiting: int
    given_up: int
    last_error: str | None


async def create_webhook(database: Database, url: str, events: Sequence[EventType]) -> tuple[str, str]:
    """Have an address told of events; returns the webhook's id and its secret.

    Raises:
        BadInput: the address cannot be used, or no event is named.
    """
    if not events:
        raise BadInput("A webhook needs an event.", hint=f"Name one or more of {', '.join(EventType)}.")
    identity, secret = secrets.token_hex(6), new_secret()
    named = [event.value for event in EventType if event in events]
    given = {"id": identity, "url": checked_address(url), "events": named, "secret": secret}
    await database.write([(_CREATE, given)])
    return identity, secret


async def list_webhooks(database: Database) -> list[Webhook]:
    """All webhooks, the oldest first, disabled ones too."""
    return [
        Webhook(
            identity, url, tuple(events), created.to_native(), None if disabled is None else disabled.to_native(),
            waiting, given_up, error,
        )
        for identity, url, events, created, disabled, waiting, given_up, error in await database.rows(_LIST)
    ]  # fmt: skip


async def remove_webhook(database: Database, identity: str) -> str:
    """Forget a webhook, with what was still to be sent to it; returns its address.

    Raises:
        UnknownId: there is no such webhook.
    """
    found, _ = await database.write([(_REMOVE, {"id": identity}), (_REMOVE_ITS, {"id": identity})])
    if not found:
        raise unknown(identity)
    return str(found[0][0])


async def address_and_secret(database: Database, identity: str) -> tuple[str, str]:
    """Where a webhook's messages go, and what signs them.

    Raises:
        UnknownId: there is no such webhook.
    """
    found = await database.rows("MATCH (w:Webhook {id: $id}) RETURN w.url, w.secret", {"id": identity})
    if not found:
        raise unknown(identity)
    url, secret = found[0]
    return url, secret


async def wanted(database: Database) -> dict[str, list[str]]:
    """Each event that somebody is to be told of, and the ids of the webhooks that are; disabled ones are not."""
    found: dict[str, list[str]] = {}
    for identity, events in await database.rows(_WANTED):
        for event in events:
            found.setdefault(event, []).append(identity)
    return found


def checked_address(url: str) -> str:
    """An address that can be told of events.

    Raises:
        BadInput: it is neither https nor, on loopback, http, or holds a login or a fragment.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not url.isprintable() or " " in url or parts.scheme not in ("http", "https"):
        raise BadInput(f"{url!r} is no address.", hint="Write it in full, as https://host/path.")
    if parts.scheme == "http" and not is_loopback(host):
        raise BadInput(f"{url!r} is not encrypted.", hint="Use https; plain http is for this machine itself.")
    if parts.username is not None or parts.fragment:
        raise BadInput("The address holds a login or a fragment.", hint="Leave it out: messages are signed instead.")
    return url


def unknown(identity: str) -> UnknownId:
    """The error that there is no such webhook."""
    return UnknownId(f"There is no webhook {identity!r}.", hint="`ecograph webhook list` lists their ids.")
