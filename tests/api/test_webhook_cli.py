"""`ecograph webhook`, as it is typed, and what commands and the server send by themselves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import command_line
import httpx
import pytest
from webhook_receiver import Receiver, receiving

from ecograph.api import create_app
from ecograph.api.runtime import Runtime
from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.graph.webhooks import EventType
from ecograph.graph.webhooks.registry import create_webhook
from ecograph.graph.webhooks.signing import signature

ACCOUNTS = """Account ID,Account Name,Website,Type,Industry,Annual Revenue,Billing Country,Account Owner
0015g00000AAAAA,Buyer,www.buyer.example,Customer,Banking,5000000,US,Jane Doe
0015g00000CCCCC,Integrators,integrators.example,Partner,IT,,DE,Joe Bloggs
"""
DEALS = """Opportunity ID,Opportunity Name,Account Name,Account ID,Stage,Amount,Amount Currency,Close Date,Created Date,Type,Opportunity Owner
0065g00000AAAAA,Big,Buyer,0015g00000AAAAA,Closed Won,"1,000.50",EUR,3/1/2024,1/2/2024,New Business,Jane Doe
"""  # noqa: E501
ROLES = "Opportunity ID,AccountToId,Role,Created Date\n0065g00000AAAAA,0015g00000CCCCC,Reseller,1/31/2024\n"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def run(settings: Settings, *arguments: str, code: int = 0) -> CompletedProcess[str]:
    done = command_line.run(settings, *arguments)
    assert done.returncode == code, done.stderr
    return done


async def test_from_creation_to_removal(graph: Database, settings: Settings, receiver: Receiver) -> None:
    events = ("--event", "overlap.created", "--event", "deal.attributed")
    made = run(settings, "webhook", "create", receiver.address, *events)
    secret = made.stdout.strip()
    assert secret.startswith("whsec_")
    identity = made.stderr.split()[1].rstrip(".")
    listed = run(settings, "webhook", "list").stdout
    assert identity in listed
    assert receiver.address in listed
    assert "overlap.created deal.attributed" in listed
    assert secret not in listed
    assert "HTTP 204" in run(settings, "webhook", "test", identity).stderr
    (found,) = receiver.received
    at = int(found.headers["webhook-timestamp"])
    assert found.headers["webhook-signature"] == signature(secret, found.id, at, found.body)
    assert (found.said["type"], found.said["data"]) == ("webhook.test", {"webhook": identity})
    receiver.statuses = [404]
    assert "HTTP 404" in run(settings, "webhook", "test", identity, code=1).stderr
    assert receiver.address in run(settings, "webhook", "remove", identity).stderr
    assert identity not in run(settings, "webhook", "list").stdout
    assert "ecograph webhook list" in run(settings, "webhook", "test", identity, code=2).stderr


async def test_what_cannot_be_told(graph: Database, settings: Settings) -> None:
    refused = run(settings, "webhook", "create", "http://example.com/", "--event", "job.finished", code=2)
    assert "Use https" in refused.stderr
    run(settings, "webhook", "create", "https://example.com/", "--event", "moon.landed", code=2)
    run(settings, "webhook", "create", "https://example.com/", code=2)


async def test_an_import_of_a_crm_delivers_at_its_end(
    graph: Database, settings: Settings, receiver: Receiver, tmp_path: Path
) -> None:
    await create_webhook(graph, receiver.address, [EventType.DEAL_ATTRIBUTED])
    files = []
    for name, text in (("accounts", ACCOUNTS), ("deals", DEALS), ("roles", ROLES)):
        files.append(tmp_path / f"{name}.csv")
        files[-1].write_text(text, "utf-8")
    for _ in range(2):
        run(settings, "import", "crm", "salesforce", *map(str, files), "--create", "partners")
    (found,) = receiver.of("deal.attributed")
    assert (found["deal"]["name"], found["before"]) == ("Big", [])
    assert [(one["partner"]["name"], one["credit"]) for one in found["after"]] == [("Integrators", "INFLUENCED")]


async def test_a_command_delivers_what_another_could_not(
    graph: Database, settings: Settings, receiver: Receiver, tmp_path: Path
) -> None:
    receiver.statuses = [503, 200]
    await create_webhook(graph, receiver.address, [EventType.OVERLAP_CREATED])
    file = tmp_path / "list.csv"
    file.write_text("Account Name,Website\nNorth Bank,northbank.com\n", "utf-8")
    run(settings, "import", "population", str(file), "--as", "customer", "--partner", "dune")
    assert len(receiver.received) == 1
    await graph.write([("MATCH (d:WebhookDelivery) SET d.nextAt = datetime()", {})])
    run(settings, "measure", "--only", "degree")
    assert [one.id for one in receiver.received] == [receiver.received[0].id] * 2
    assert receiver.of("overlap.created")[1]["accounts"][0]["name"] == "North Bank"


async def test_the_end_of_a_command_is_told(
    graph: Database, settings: Settings, receiver: Receiver, tmp_path: Path
) -> None:
    await create_webhook(graph, receiver.address, [EventType.JOB_FINISHED])
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("key,name\nnew,New\n", "utf-8")
    bad.write_text("key,name,customerSince\nworse,Worse,soon\n", "utf-8")
    run(settings, "import", "table", str(good), "--as", "account")
    run(settings, "import", "table", str(bad), "--as", "account", code=2)
    run(settings, "measure", "--only", "degree")
    run(settings, "measure", "--only", "luck", code=2)  # no work that could be begun
    told = receiver.of("job.finished")
    assert [(one["kind"], one["what"], one["state"]) for one in told] == [
        ("IMPORT", ["good.csv"], "DONE"), ("IMPORT", ["bad.csv"], "FAILED"), ("MEASURE", ["degree"], "DONE"),
    ]  # fmt: skip
    assert {one["by"] for one in told} == {"command line"}
    assert "1 row is bad" in told[1]["errors"][0]
    kept = await graph.rows("MATCH (j:Job {by: 'command line'}) RETURN j.id, j.state, j.progress ORDER BY j.finishedAt")
    assert [row[:2] for row in kept] == [[one["id"], one["state"]] for one in told]
    assert (kept[0][2], kept[2][2]) == (1.0, 1.0)


async def test_what_was_given_up_is_sent_again(graph: Database, settings: Settings, receiver: Receiver) -> None:
    receiver.statuses = [410, 204]
    identity, _ = await create_webhook(graph, receiver.address, [EventType.JOB_FINISHED])
    run(settings, "measure", "--only", "degree")
    assert "off since" in run(settings, "webhook", "list").stdout
    failed = run(settings, "webhook", "failed", identity).stdout
    (message,) = {word for word in failed.split() if word.startswith("msg_")}
    assert "HTTP 410" in failed
    assert "1 message" in run(settings, "webhook", "resend", identity, "--message", message).stderr
    assert [one.id for one in receiver.received] == [message] * 2
    assert "off since" not in run(settings, "webhook", "list").stdout
    assert "msg_" not in run(settings, "webhook", "failed", identity).stdout
    refused = run(settings, "webhook", "resend", identity, "--message", message, code=2)
    assert f"ecograph webhook failed {identity}" in refused.stderr


async def test_a_server_delivers_while_it_runs(graph: Database, settings: Settings, receiver: Receiver) -> None:
    await create_webhook(graph, receiver.address, list(EventType))
    runtime = Runtime(settings)
    transport = httpx.ASGITransport(create_app(runtime=runtime), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8484", timeout=60) as client:
        sent = await client.post(
            "/imports",
            params={"as": "CUSTOMER", "partner": "dune", "file": "list.csv", "mode": "commit"},
            content=b"Account Name,Website\nNorth Bank,northbank.com\n",
            headers={"x-ecograph": "1"},
        )
        assert sent.status_code == 202
        (job,) = await receiver.until("job.finished")
        assert job == {
            "id": sent.json()["id"], "kind": "IMPORT", "what": ["list.csv"], "by": "local", "state": "DONE",
            "errors": [],
        }  # fmt: skip
        (overlap,) = await receiver.until("overlap.created")
        assert [one["name"] for one in overlap["accounts"]] == ["North Bank"]
    began = time.monotonic()
    await runtime.close()
    assert time.monotonic() - began < 5
