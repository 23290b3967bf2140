"""Messages on their way: signed, again after a failure, once by many, and never lost."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any

import neo4j
import pytest
from webhook_receiver import Receiver, drain

from ecograph.graph import embedded
from ecograph.graph.connection import Database, open_database
from ecograph.graph.errors import DatabaseError, UnknownId
from ecograph.graph.settings import Settings
from ecograph.graph.webhooks import Event, EventType, outbox, put
from ecograph.graph.webhooks.deliver import PAUSES_S, Deliverer, deliver_now
from ecograph.graph.webhooks.registry import create_webhook, list_webhooks
from ecograph.graph.webhooks.signing import signature

STATES = "MATCH (d:WebhookDelivery) RETURN d.state, count(*) ORDER BY d.state"


async def _put(database: Database, *about: str) -> None:
    await put(database, [Event(EventType.JOB_FINISHED, name, {"name": name}) for name in about], "work")


async def _hook(database: Database, receiver: Receiver, path: str = "hook") -> tuple[str, str]:
    return await create_webhook(database, f"{receiver.address}/{path}", [EventType.JOB_FINISHED])


async def _one(database: Database) -> dict[str, Any]:
    found: dict[str, Any] = await database.value("MATCH (d:WebhookDelivery) RETURN properties(d)")
    return found


async def test_a_message_arrives_signed(empty: Database, receiver: Receiver) -> None:
    _, secret = await _hook(empty, receiver)
    await _put(empty, "Zürich")
    await drain(empty)
    (found,) = receiver.received
    assert found.said.keys() == {"type", "timestamp", "data"}
    assert (found.said["type"], found.said["data"]) == ("job.finished", {"name": "Zürich"})
    at = int(found.headers["webhook-timestamp"])
    assert abs(at - time.time()) < 10
    assert found.headers["webhook-signature"] == signature(secret, found.id, at, found.body)
    assert found.headers["content-type"] == "application/json"
    assert "." not in found.id
    kept = await _one(empty)
    assert (kept["state"], kept["attempts"], kept["lastStatus"], kept["id"]) == ("DELIVERED", 1, 204, found.id)
    assert not kept.keys() & {"nextAt", "claimedUntil", "lastError"}


async def test_it_is_sent_again_after_a_failure_with_the_same_id(empty: Database, receiver: Receiver) -> None:
    receiver.statuses = [500, 302, 200]
    receiver.headers = {"location": f"{receiver.address}/elsewhere"}
    await _hook(empty, receiver)
    await _put(empty, "one")
    await drain(empty)
    assert [one.path for one in receiver.received] == ["/hook"] * 3  # and no redirect is followed
    assert len({one.id for one in receiver.received}) == 1
    assert len({one.body for one in receiver.received}) == 1
    kept = await _one(empty)
    assert (kept["state"], kept["attempts"]) == ("DELIVERED", 3)


async def test_the_pauses_grow_and_end(empty: Database, receiver: Receiver) -> None:
    receiver.statuses = [500]
    await _hook(empty, receiver)
    await _put(empty, "one")
    due = "MATCH (d:WebhookDelivery) RETURN duration.inSeconds(d.triedAt, d.nextAt).seconds"
    for pause in PAUSES_S:
        assert await Deliverer(empty).once() == 1
        assert await Deliverer(empty).once() == 0  # not yet
        assert pause - 1 <= await empty.value(due) <= pause * 1.1 + 1
        await empty.write([("MATCH (d:WebhookDelivery) SET d.nextAt = datetime()", {})])
    assert await Deliverer(empty).once() == 1
    kept = await _one(empty)
    assert (kept["state"], kept["attempts"], kept["lastError"]) == ("GIVEN_UP", 8, "HTTP 500")
    assert await Deliverer(empty).once() == 0
    (listed,) = await list_webhooks(empty)
    assert (listed.waiting, listed.given_up, listed.last_error) == (0, 1, "HTTP 500")


async def test_an_address_may_ask_to_be_left_alone(empty: Database, receiver: Receiver) -> None:
    receiver.statuses, receiver.headers = [429], {"retry-after": "3600"}
    await _hook(empty, receiver)
    await _put(empty, "one")
    await drain(empty)
    assert len(receiver.received) == 1
    kept = await _one(empty)
    assert (kept["nextAt"] - kept["triedAt"]).seconds >= 3_590


async def test_gone_is_the_end_of_a_webhook(empty: Database, receiver: Receiver) -> None:
    receiver.statuses = [410]
    await _hook(empty, receiver)
    await _put(empty, *map(str, range(25)))
    await drain(empty)
    assert len(receiver.received) <= 10  # what was tried at once with the first
    assert await empty.rows(STATES) == [["GIVEN_UP", 25]]
    assert (await list_webhooks(empty))[0].disabled_at is not None
    await _put(empty, "later")
    assert await empty.rows(STATES) == [["GIVEN_UP", 25]]


async def test_one_that_is_down_does_not_hold_up_another(empty: Database, receiver: Receiver) -> None:
    await create_webhook(empty, "http://127.0.0.1:9/nobody", [EventType.JOB_FINISHED])
    await _put(empty, *map(str, range(30)))
    await _hook(empty, receiver)
    await _put(empty, "last")
    assert await Deliverer(empty).once() == 11
    assert receiver.of("job.finished") == [{"name": "last"}]
    errors = await empty.rows("MATCH (d:WebhookDelivery) WHERE d.lastError IS NOT NULL RETURN DISTINCT d.lastError")
    assert errors == [["cannot be reached"]]


async def test_no_answer_is_waited_for_too_long(empty: Database, receiver: Receiver) -> None:
    receiver.slow_s = 2
    await _hook(empty, receiver)
    await _put(empty, "one")
    await Deliverer(empty, timeout_s=0.3).once()
    kept = await _one(empty)
    assert (kept["state"], kept["attempts"], kept["lastError"]) == ("WAITING", 1, "no answer within 0.3 s")


async def test_an_answer_without_an_end_is_left_unread(empty: Database, receiver: Receiver) -> None:
    receiver.is_endless = True
    await _hook(empty, receiver)
    await _put(empty, "one")
    began = time.monotonic()
    await drain(empty)
    assert time.monotonic() - began < 5
    assert (await _one(empty))["state"] == "DELIVERED"
    await asyncio.sleep(0.3)
    seen = receiver.chunks
    await asyncio.sleep(0.3)
    assert receiver.chunks == seen < 100


async def test_many_at_once_deliver_each_once(empty: Database, receiver: Receiver, settings: Settings) -> None:
    receiver.slow_s = 0.05
    await _hook(empty, receiver)
    await _put(empty, *map(str, range(60)))

    async def replica() -> None:
        async with open_database(settings) as database:
            while await database.value("MATCH (d:WebhookDelivery {state: 'WAITING'}) RETURN count(d)"):
                await Deliverer(database).once()

    await asyncio.gather(*(replica() for _ in range(4)))
    assert Counter(one.id for one in receiver.received).most_common(1)[0][1] == 1
    assert len(receiver.received) == 60


async def test_what_a_dead_process_had_claimed_is_taken_up(empty: Database, receiver: Receiver) -> None:
    await _hook(empty, receiver)
    await _put(empty, "one")
    (claimed,) = await outbox.claim(empty, 10)  # and then its process ends
    await drain(empty)
    assert receiver.received == []
    await empty.write([("MATCH (d:WebhookDelivery) SET d.claimedUntil = datetime() - duration('PT1S')", {})])
    await drain(empty)
    assert [one.id for one in receiver.received] == [claimed.id]


async def test_nothing_is_lost_between_two_processes(empty: Database, receiver: Receiver, settings: Settings) -> None:
    receiver.statuses = [503, 200]
    await _hook(empty, receiver)
    await _put(empty, "one")
    async with open_database(settings) as first:
        await Deliverer(first, pauses_s=(0.0,)).once()
    async with open_database(settings) as second:
        await Deliverer(second, pauses_s=(0.0,)).once()
    assert len(receiver.received) == 2
    assert (await _one(empty))["state"] == "DELIVERED"


async def test_a_server_delivers_in_the_background_until_it_is_closed(empty: Database, receiver: Receiver) -> None:
    await _hook(empty, receiver)
    deliverer = Deliverer(empty, pauses_s=(0.0,), look_every_s=0.1)
    deliverer.start()
    await asyncio.sleep(0.3)
    await _put(empty, "one")
    assert await receiver.until("job.finished") == [{"name": "one"}]
    began = time.monotonic()
    await deliverer.close()
    assert time.monotonic() - began < 1
    await _put(empty, "two")
    await asyncio.sleep(0.5)
    assert len(receiver.received) == 1


async def test_a_server_that_stops_waits_for_no_answer(empty: Database, receiver: Receiver) -> None:
    receiver.slow_s = 30
    await _hook(empty, receiver)
    await _put(empty, "one")
    deliverer = Deliverer(empty, timeout_s=20)
    deliverer.start()
    while not await empty.value("MATCH (d:WebhookDelivery) RETURN d.claimedUntil"):  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    began = time.monotonic()
    await deliverer.close()
    assert time.monotonic() - began < 5
    assert await empty.rows(STATES) == [["WAITING", 1]]


async def test_a_command_is_not_held_up(empty: Database, receiver: Receiver) -> None:
    receiver.slow_s = 30
    await _hook(empty, receiver)
    await _put(empty, *map(str, range(30)))
    began = time.monotonic()
    await deliver_now(empty, within_s=1)
    assert time.monotonic() - began < 3
    assert await empty.rows(STATES) == [["WAITING", 30]]


async def test_what_arrived_is_forgotten_after_a_week(empty: Database, receiver: Receiver) -> None:
    receiver.statuses = [200, 200, 410]
    await _hook(empty, receiver)
    for name in ("old", "new", "given up"):
        await _put(empty, name)
        await drain(empty)
    older = "MATCH (d:WebhookDelivery {state: $state}) WITH d LIMIT 1 SET d.endedAt = datetime() - duration({days: 8})"
    await empty.write([(older, {"state": "DELIVERED"}), (older, {"state": "GIVEN_UP"})])
    await outbox.forget(empty)
    assert await empty.rows(STATES) == [["DELIVERED", 1], ["GIVEN_UP", 1]]


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (outbox._ADD, {"rows": [{"id": "a", "webhook": "b", "event": "c", "body": "d"}]}),
        (outbox._DUE, {"most": 10}),
        (outbox._CLAIM, {"ids": ["a"], "seconds": 60}),
    ],
)
async def test_the_outbox_is_not_scanned(
    server: Database, settings: Settings, statement: str, given: dict[str, Any]
) -> None:
    address = embedded.current_address(settings)
    assert address is not None
    with neo4j.GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver:
        plan = driver.execute_query(f"EXPLAIN {statement}", given).summary.plan
    assert plan is not None

    def scans(node: Any) -> set[str]:
        own = {node["args"].get("Details", "")} if "Scan" in node["operatorType"] else set()
        return own.union(*(scans(child) for child in node.get("children", ())))

    assert not any("WebhookDelivery" in scan for scan in scans(plan))


async def test_what_is_put_beside_is_of_one_transaction(empty: Database, receiver: Receiver) -> None:
    await _hook(empty, receiver)
    event = Event(EventType.JOB_FINISHED, "one", {"name": "one"})
    with pytest.raises(DatabaseError):
        await put(empty, [event], "work", beside=("RETURN 1 / 0", {}))
    assert await empty.rows(STATES) == []
    await put(empty, [event], "work", beside=("MERGE (:Job {id: 'one'})", {}))
    assert await empty.rows(STATES) == [["WAITING", 1]]
    await put(empty, [], "work", beside=("MERGE (:Job {id: 'two'})", {}))
    assert await empty.value("MATCH (j:Job) RETURN count(j)") == 2


async def test_a_server_hears_of_what_its_process_writes(
    empty: Database, receiver: Receiver, settings: Settings
) -> None:
    """From another thread, over another connection, as jobs do; and long before it would look."""
    await _hook(empty, receiver)
    deliverer = Deliverer(empty, look_every_s=600)
    deliverer.start()
    await asyncio.sleep(0.5)

    async def elsewhere() -> None:
        async with open_database(settings) as database:
            await _put(database, "one")

    await asyncio.to_thread(asyncio.run, elsewhere())
    assert await receiver.until("job.finished") == [{"name": "one"}]
    await deliverer.close()


async def test_a_server_looks_when_a_pause_is_over(empty: Database, receiver: Receiver) -> None:
    receiver.statuses = [503, 503, 200]
    await _hook(empty, receiver)
    await _put(empty, "one")
    deliverer = Deliverer(empty, pauses_s=(0.4, 0.4), look_every_s=600)
    deliverer.start()
    await receiver.until("job.finished", 3)
    await deliverer.close()
    assert await empty.rows(STATES) == [["DELIVERED", 1]]


async def test_a_server_with_nothing_to_do_asks_little(empty: Database, settings: Settings) -> None:
    asked: list[str] = []

    class Counted(Database):
        async def rows(self, statement: str, *given: Any, **more: Any) -> list[list[Any]]:
            asked.append(statement)
            return await super().rows(statement, *given, **more)

    counted = Counted(empty._driver, empty._database, empty.version, empty.has_gds)
    deliverer = Deliverer(counted)
    deliverer.start()
    await asyncio.sleep(3)
    await deliverer.close()
    assert len(asked) == 1


async def test_what_was_given_up_is_sent_again(empty: Database, receiver: Receiver) -> None:
    receiver.statuses = [410]
    identity, _ = await _hook(empty, receiver)
    await _put(empty, "one", "two", "three")
    await drain(empty)
    lost = await outbox.given_up(empty, identity)
    assert [one.event for one in lost] == ["job.finished"] * 3
    # The first that comes back switches the webhook off, and what is on its way meanwhile is given up with it.
    assert {(one.attempts, one.error) for one in lost} - {(0, None)} == {(1, "HTTP 410")}
    receiver.received.clear()
    receiver.statuses = [200]
    assert await outbox.resend(empty, identity, lost[1].id) == 1
    assert (await list_webhooks(empty))[0].disabled_at is None
    await drain(empty)
    assert [one.id for one in receiver.received] == [lost[1].id]
    assert await outbox.resend(empty, identity) == 2
    await drain(empty)
    assert sorted(one["name"] for one in receiver.of("job.finished")) == ["one", "three", "two"]
    assert await outbox.given_up(empty, identity) == []
    assert await outbox.resend(empty, identity) == 0  # what arrived is not sent again
    await drain(empty)
    assert len(receiver.received) == 3


async def test_what_is_sent_again_has_all_its_attempts(empty: Database, receiver: Receiver) -> None:
    receiver.statuses = [500]
    identity, _ = await _hook(empty, receiver)
    await _put(empty, "one")
    for _ in range(2):
        await drain(empty)
        (lost,) = await outbox.given_up(empty, identity)
        assert lost.attempts == 4
        await outbox.resend(empty, identity)


async def test_only_what_was_given_up_can_be_sent_again(empty: Database, receiver: Receiver) -> None:
    receiver.statuses = [410, 200]
    identity, _ = await _hook(empty, receiver)
    other, _ = await _hook(empty, receiver, "other")
    await _put(empty, "one")
    await drain(empty)
    for wrong in (("nobody", None), (identity, "msg_none")):
        with pytest.raises(UnknownId):
            await outbox.resend(empty, *wrong)
    lost = {one: [each.id for each in await outbox.given_up(empty, one)] for one in (identity, other)}
    by, (message,) = next((one, ids) for one, ids in lost.items() if ids)
    with pytest.raises(UnknownId):
        await outbox.resend(empty, other if by == identity else identity, message)
    disabled = {one.id: one.disabled_at for one in await list_webhooks(empty)}
    assert disabled[by] is not None  # a refusal switches nothing on
