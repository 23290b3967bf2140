"""Which addresses can be told of events, and what is kept of them."""

from __future__ import annotations

import pytest

from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.errors import BadInput, UnknownId
from ecograph.graph.webhooks import Event, EventType, put
from ecograph.graph.webhooks.registry import checked_address, create_webhook, list_webhooks, remove_webhook, wanted

GOOD = ["https://example.com/hook?a=b", "http://localhost:8080/", "http://127.0.0.1:1/x", "http://[::1]:8080/"]
BAD = [
    "http://example.com/", "ftp://example.com/", "example.com", "https://", "https://user:pass@example.com/",
    "https://example.com/#part", "https://example.com:99999/", "https://exa mple.com/", "https://[::1/", "",
    "http://127.0.0.1.example.com/", "http://localhost@example.com/", "file:///etc/passwd", "https://example.com/\n",
]  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_addresses_that_can_be_told(url: str) -> None:
    assert checked_address(url) == url


@pytest.mark.parametrize("url", BAD)
def test_addresses_that_cannot(url: str) -> None:
    with pytest.raises(BadInput):
        checked_address(url)


async def test_a_webhook_is_kept_listed_and_removed_with_what_waits(empty: Database) -> None:
    events = [EventType.JOB_FINISHED, EventType.OVERLAP_CREATED, EventType.JOB_FINISHED]
    identity, secret = await create_webhook(empty, "https://example.com/hook", events)
    (found,) = await list_webhooks(empty)
    assert (found.id, found.url, found.events) == (
        identity, "https://example.com/hook", ("overlap.created", "job.finished"),
    )  # fmt: skip
    assert (found.disabled_at, found.waiting, found.given_up, found.last_error) == (None, 0, 0, None)
    assert secret not in repr(found)
    assert await wanted(empty) == {"overlap.created": [identity], "job.finished": [identity]}
    happened = [Event(EventType.JOB_FINISHED, str(n), {"n": n}) for n in range(3)]
    for _ in range(2):  # put in again, it stays as it is
        await put(empty, happened, "work")
    assert (await list_webhooks(empty))[0].waiting == 3
    assert [finding for finding in await check_graph(empty) if "Webhook" in str(finding)] == []
    assert await remove_webhook(empty, identity) == "https://example.com/hook"
    assert await list_webhooks(empty) == []
    assert await empty.value("MATCH (d:WebhookDelivery) RETURN count(d)") == 0
    with pytest.raises(UnknownId):
        await remove_webhook(empty, identity)


async def test_nobody_to_tell_and_nothing_to_be_told_of(empty: Database) -> None:
    await put(empty, [Event(EventType.JOB_FINISHED, "1", {})], "work")
    assert await empty.value("MATCH (d:WebhookDelivery) RETURN count(d)") == 0
    with pytest.raises(BadInput):
        await create_webhook(empty, "https://example.com/", [])
