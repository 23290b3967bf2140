"""Each event by what really brings it about, and none where nothing changed or nobody is to be told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
from tiny_ecosystem import edge, edges, link, table
from webhook_receiver import Receiver, drain

from ecograph.graph.account_lists import GraphLists
from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.errors import BadInput
from ecograph.graph.jobs import JobKind, Jobs, Outcome, Told, as_job
from ecograph.graph.load import Dataset, load
from ecograph.graph.model import ACCOUNT, Population
from ecograph.graph.progress import NoProgress
from ecograph.graph.resolver import GraphResolver
from ecograph.graph.settings import Settings
from ecograph.graph.touches import record_touch
from ecograph.graph.webhooks import EventType
from ecograph.graph.webhooks.changes import _ACCOUNTS, MOST_ACCOUNTS, note
from ecograph.graph.webhooks.registry import create_webhook
from ecograph.queries import catalog
from ecograph.seeds.table import Reading, read_population

Import = Callable[..., Awaitable[None]]
NORTH = {"id": "account:north", "name": "North Bank", "ourPopulation": "CUSTOMER"}
DUNE, BOLT = {"id": "partner:dune", "name": "Dune"}, {"id": "partner:bolt", "name": "Bolt"}
CARE = {"id": "partner:care", "name": "Care Services"}


@pytest.fixture
async def told(graph: Database, receiver: Receiver) -> Database:
    """The tiny ecosystem, with a webhook for everything."""
    await create_webhook(graph, receiver.address, list(EventType))
    return graph


@pytest.fixture
def import_list(graph: Database, tmp_path: Path) -> Import:
    async def run(
        *websites: str, partner: str | None = "dune", on: date = date(2026, 6, 1), what: str = "CUSTOMER"
    ) -> None:
        file = tmp_path / "list.csv"
        file.write_text("Account Name,Website\n" + "".join(f"{site},{site}\n" for site in websites), "utf-8")
        resolver = GraphResolver(graph)
        reading = Reading(resolver, GraphLists(graph), on)
        made = await resolver.run(lambda: read_population(file, reading, partner=partner, population=Population(what)))
        await load(graph, made.dataset)

    return run


async def _messages(database: Database) -> int:
    return int(await database.value("MATCH (d:WebhookDelivery) RETURN count(d)"))


async def test_a_partners_list_overlaps_with_ours(told: Database, receiver: Receiver, import_list: Import) -> None:
    await import_list("cold.com", "northbank.com", "newcomer.example")
    await drain(told)
    # Cold Corp stood there before, and Newcomer is not ours.
    assert receiver.of("overlap.created") == [
        {"partner": DUNE, "population": "CUSTOMER", "total": 1, "accounts": [NORTH]}
    ]
    await import_list("cold.com", "northbank.com", "newcomer.example")
    await import_list("cold.com", "northbank.com", "newcomer.example", on=date(2026, 6, 2))
    await import_list("cold.com", on=date(2026, 6, 3))
    assert await _messages(told) == 1
    await import_list("cold.com", "northbank.com", on=date(2026, 6, 5))
    await drain(told)
    assert [one["accounts"] for one in receiver.of("overlap.created")] == [[NORTH], [NORTH]]
    assert await told.rows("MATCH (j:Job) WHERE j.noted IS NOT NULL RETURN j.id") == []
    assert [finding for finding in await check_graph(told) if "model" in str(finding)] == []


async def test_our_list_overlaps_with_a_partners(told: Database, receiver: Receiver, import_list: Import) -> None:
    await import_list("cold.com", "mine.example")
    await import_list("cold.com", "mine.example", partner=None, what="PROSPECT", on=date(2026, 6, 2))
    await drain(told)
    (found,) = receiver.of("overlap.created")
    assert (found["partner"], found["population"], found["total"]) == (DUNE, "CUSTOMER", 1)
    assert [(one["name"], one["ourPopulation"]) for one in found["accounts"]] == [("mine.example", "PROSPECT")]


async def test_a_long_list_is_told_in_part_and_counted_whole(told: Database, receiver: Receiver) -> None:
    keys = [f"many-{n:04}" for n in range(MOST_ACCOUNTS + 1)]
    rows = [{"key": key, "name": key, "customerSince": date(2024, 1, 1)} for key in keys]
    known = [edge("partner:bolt", f"account:{key}", date(2025, 1, 1), population="PROSPECT") for key in keys]
    await load(told, Dataset("many", (table(ACCOUNT, rows), edges("KNOWS", *known)), "many-1"))
    await drain(told)
    (found,) = receiver.of("overlap.created")
    assert (found["partner"], found["total"], len(found["accounts"])) == (BOLT, MOST_ACCOUNTS + 1, MOST_ACCOUNTS)


async def test_an_import_that_is_cut_off_tells_of_all_of_it(told: Database, receiver: Receiver) -> None:
    class Ends(NoProgress):
        """Ends the import when it has loaded the first table and the second, of which there are three."""

        def start(self, what: str, total: int | None) -> None:
            self.left = 2 if what == "Loading" else 100

        def advance(self, n: int) -> None:
            self.left -= 1
            if not self.left:
                raise KeyError("cut off")

    known = edge("partner:bolt", "account:north", date(2025, 1, 1), population="PROSPECT")
    credit = link("partner:bolt", "deal:d3", on=date(2026, 3, 1))
    uses = edge("account:gone", "product:core", date(2026, 1, 1))
    dataset = Dataset("cut", (edges("KNOWS", known), edges("SOURCED", credit), edges("USES", uses)), "cut-1")
    with pytest.raises(KeyError):
        await load(told, dataset, progress=Ends())
    assert await told.value("MATCH (:Partner {id: 'partner:bolt'})-[s:SOURCED]->(:Deal {id: 'deal:d3'}) RETURN 1") == 1
    assert await _messages(told) == 0
    summary = await load(told, dataset)
    assert summary.resumed_at == 2
    await drain(told)
    assert [(one["partner"], one["accounts"]) for one in receiver.of("overlap.created")] == [(BOLT, [NORTH])]
    (deal,) = receiver.of("deal.attributed")
    assert deal["before"] == [{"partner": CARE, "credit": "INFLUENCED"}]
    assert deal["after"] == [{"partner": BOLT, "credit": "SOURCED"}]


async def test_a_touch_attributes_a_deal(told: Database, receiver: Receiver) -> None:
    for _ in range(2):
        await record_touch(told, "partner:bolt", "deal:d3", "introduction", date(2026, 2, 1))
    # Of a partner that is credited with the deal already.
    await record_touch(told, "partner:bolt", "deal:d3", "call", date(2026, 2, 2))
    await drain(told)
    influenced = {"partner": CARE, "credit": "INFLUENCED"}
    assert receiver.of("deal.attributed") == [
        {
            "deal": {"id": "deal:d3", "name": "South more"},
            "before": [influenced],
            "after": [{"partner": BOLT, "credit": "SOURCED"}, influenced],
        }
    ]


@pytest.fixture
async def jobs(settings: Settings) -> AsyncIterator[Jobs]:
    found = Jobs(settings)
    yield found
    await found.close()


async def test_a_job_that_ended_is_told_of(told: Database, receiver: Receiver, jobs: Jobs) -> None:
    async def good(_database: Database, _told: Told) -> Outcome:
        return Outcome({"secret": "result"})

    async def bad(_database: Database, _told: Told) -> Outcome:
        raise BadInput("It cannot be.", hint="Mend it.")

    done = await jobs.start(told, "MEASURE", good, "somebody")
    failed = await jobs.start(told, "IMPORT", bad, "somebody", ["list.csv"])
    while await _messages(told) < 2:
        await drain(told)
    await drain(told)
    assert sorted(receiver.of("job.finished"), key=lambda job: str(job["kind"])) == [
        {
            "id": failed,
            "kind": "IMPORT",
            "what": ["list.csv"],
            "by": "somebody",
            "state": "FAILED",
            "errors": ["It cannot be. Mend it."],
        },
        {"id": done, "kind": "MEASURE", "what": [], "by": "somebody", "state": "DONE", "errors": []},
    ]


async def test_a_command_is_a_job(told: Database, receiver: Receiver) -> None:
    async def good(share: Told) -> str:
        share.start("Reading", 1)
        return "made"

    async def bad(_share: Told) -> str:
        raise BadInput("It cannot be.", hint="Mend it.")

    async def cut_off(_share: Told) -> str:
        raise asyncio.CancelledError

    assert await as_job(told, JobKind.IMPORT, ["a.csv"], "command line", good) == "made"
    with pytest.raises(BadInput):
        await as_job(told, JobKind.IMPORT, ["b.csv"], "command line", bad)
    with pytest.raises(asyncio.CancelledError):
        await as_job(told, JobKind.MEASURE, [], "command line", cut_off)
    await drain(told)
    ends = sorted(receiver.of("job.finished"), key=lambda job: str(job["what"]))
    assert [(one["what"], one["state"], one["errors"]) for one in ends] == [
        (["a.csv"], "DONE", []),
        (["b.csv"], "FAILED", ["It cannot be. Mend it."]),
        ([], "FAILED", ["It was stopped. Start it again."]),
    ]
    kept = await told.rows("MATCH (j:Job) WHERE j.by = 'command line' RETURN j.id, j.state")
    assert sorted(kept) == sorted([one["id"], one["state"]] for one in ends)


async def test_our_population_is_what_the_queries_say(graph: Database) -> None:
    ids = [identity for (identity,) in await graph.rows("MATCH (a:Account) RETURN a.id ORDER BY a.id")]
    query = catalog()["account_population"].text.replace("RETURN", "RETURN account.id,", 1)
    seen = set()
    for day in (date(2022, 3, 1), date(2023, 12, 1), date(2025, 3, 1), date(2026, 6, 1)):
        ours = {row[0]: row[2] for row in await graph.rows(_ACCOUNTS, {"ids": ids, "on": day})}
        assert ours == dict(await graph.rows(f"MATCH (account:Account) {query}", {"asOf": day}))  # type: ignore[arg-type]
        seen |= set(ours.values())
    assert seen == {"CUSTOMER", "OPPORTUNITY", "PROSPECT", None}


async def test_only_what_is_asked_for_is_told(graph: Database, receiver: Receiver, import_list: Import) -> None:
    await create_webhook(graph, receiver.address, [EventType.DEAL_ATTRIBUTED])
    await import_list("cold.com", "northbank.com")
    assert await _messages(graph) == 0
    await record_touch(graph, "partner:bolt", "deal:d3", "introduction", date(2026, 2, 1))
    assert await _messages(graph) == 1


async def test_without_a_webhook_nothing_is_noted_or_written(graph: Database) -> None:
    assert await note(graph, ["deal:d1", "deal:d3"], ["account:cold", "account:north"]) is None
    await record_touch(graph, "partner:bolt", "deal:d3", "introduction", date(2026, 2, 1))
    assert await _messages(graph) == 0
