"""Work that goes on after its request: measures, and touches that are recorded at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from ecograph.graph import lock
from ecograph.graph.connection import Database
from ecograph.graph.jobs import Jobs, Outcome, Told
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor

JOB = "query($id: ID!) { job(id: $id) { id kind state progress errors startedAt finishedAt } }"
TOUCH = """mutation($partner: ID!, $kind: String! = "introduction") {
  recordTouch(partner: $partner, deal: "d3", kind: $kind, on: "2026-02-01") {
    id influencedBy: partners { nodes { id } }
  }
}"""


@pytest.fixture
async def running(graph: Database, settings: Settings) -> AsyncIterator[Executor]:
    executor = Executor(graph, settings)
    yield executor
    await executor.jobs.close()


async def _job(executor: Executor, identity: str) -> dict[str, Any]:
    data = (await executor.execute(JOB, {"id": identity})).data
    assert data is not None
    found: dict[str, Any] = data["job"]
    return found


async def _ended(executor: Executor, identity: str) -> dict[str, Any]:
    while True:
        job = await _job(executor, identity)
        if job["state"] in ("DONE", "FAILED"):
            return job
        await asyncio.sleep(0.1)


async def test_measures_are_computed_after_the_answer(running: Executor) -> None:
    answer = await running.execute('mutation { computeMeasures(only: ["degree"]) { id kind state progress } }')
    assert answer.data is not None, answer.errors
    job = answer.data["computeMeasures"]
    assert job["kind"] == "MEASURE"
    assert job["state"] in ("QUEUED", "RUNNING")  # it may have begun by the time of the answer
    assert job["progress"] < 1
    ended = await _ended(running, job["id"])
    assert (ended["state"], ended["progress"], ended["errors"]) == ("DONE", 1.0, [])
    assert ended["startedAt"] <= ended["finishedAt"]
    running.version.forget()
    ranked = await running.execute("{ centrality(measure: DEGREE) { nodes { rank } } }")
    assert not ranked.errors
    assert ranked.data is not None
    assert ranked.data["centrality"]["nodes"]


async def test_work_waits_for_its_turn(running: Executor, graph: Database) -> None:
    async with lock.hold(graph, "another run"):
        answer = await running.execute('mutation { computeMeasures(only: ["degree"]) { id } }')
        assert answer.data is not None
        identity = answer.data["computeMeasures"]["id"]
        await asyncio.sleep(1.5)
        assert (await _job(running, identity))["state"] == "QUEUED"
    assert (await _ended(running, identity))["state"] == "DONE"


async def test_an_unknown_measure_begins_nothing(running: Executor, graph: Database) -> None:
    answer = await running.execute('mutation { computeMeasures(only: ["luck"]) { id } }')
    assert answer.errors[0]["extensions"]["code"] == "BAD_INPUT"
    assert await graph.value("MATCH (j:Job) WHERE j.kind = 'MEASURE' RETURN count(j)") == 0


async def test_there_may_be_no_such_job(running: Executor) -> None:
    answer = await running.execute(JOB, {"id": "job:none"})
    assert (answer.data, answer.errors) == ({"job": None}, [])


async def test_a_job_whose_process_is_gone_has_failed(running: Executor, graph: Database) -> None:
    await graph.write(
        [
            (
                "CREATE (:Job {id: 'job:lost', kind: 'MEASURE', state: 'RUNNING', progress: 0.4, errors: [], "
                "startedAt: datetime() - duration('PT5M'), renewedAt: datetime() - duration('PT2M')})",
                {},
            )
        ]
    )
    job = await _job(running, "job:lost")
    assert (job["state"], job["progress"]) == ("FAILED", 0.4)
    assert job["errors"] == ["The process that did this has ended. Start it again."]


async def test_a_server_that_stops_says_so_of_its_work(graph: Database, settings: Settings) -> None:
    jobs, begun = Jobs(settings), asyncio.Event()
    loop = asyncio.get_running_loop()

    async def endless(_database: Database, told: Told) -> Outcome:
        told.start("Waiting", None)
        loop.call_soon_threadsafe(begun.set)
        await asyncio.sleep(3600)
        return Outcome()

    identity = await jobs.start(graph, "MEASURE", endless, "somebody")
    await begun.wait()
    await jobs.close()
    found = await graph.rows("MATCH (j:Job {id: $id}) RETURN j.state, j.errors", {"id": identity})
    assert found == [["FAILED", ["The server was stopped. Start it again."]]]


async def test_an_unforeseen_error_is_told_without_its_text(
    graph: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    jobs, ended = Jobs(settings), asyncio.Event()
    loop = asyncio.get_running_loop()

    async def broken(_database: Database, _told: Told) -> Outcome:
        raise ValueError("secret")

    identity = await jobs.start(
        graph, "MEASURE", broken, "somebody", after=lambda: loop.call_soon_threadsafe(ended.set)
    )
    await ended.wait()
    found = await graph.rows("MATCH (j:Job {id: $id}) RETURN j.state, j.errors", {"id": identity})
    assert found == [["FAILED", ["Something went wrong in Ecograph; its log says what."]]]
    assert "secret" in caplog.text


def test_progress_never_falls_and_ends_below_one() -> None:
    told, seen = Told(), []
    for step in (4, None, 2):
        told.start("step", step)
        for _ in range(step or 3):
            told.advance(1)
            seen.append(told.share)
        told.finish()
        seen.append(told.share)
    assert seen == sorted(seen)
    assert 0.8 < seen[-1] < 1


async def test_a_touch_changes_who_is_credited_and_twice_is_once(running: Executor, graph: Database) -> None:
    credit = "MATCH (p:Partner)-[c:SOURCED|INFLUENCED]->(:Deal {id: 'deal:d3'}) RETURN type(c), p.id ORDER BY p.id"
    assert await graph.rows(credit) == [["INFLUENCED", "partner:care"]]
    answer = await running.execute(TOUCH, {"partner": "bolt"})
    assert not answer.errors
    assert await graph.rows(credit) == [["SOURCED", "partner:bolt"], ["INFLUENCED", "partner:care"]]
    version = answer.extensions["graphVersion"]
    again = await running.execute(TOUCH, {"partner": "partner:bolt"})
    assert (again.data, again.extensions["graphVersion"]) == (answer.data, version)
    assert await graph.value("MATCH ()-[t:TOUCHED]->(:Deal {id: 'deal:d3'}) RETURN count(t)") == 2


@pytest.mark.parametrize(
    ("given", "code"), [({"partner": "nobody"}, "UNKNOWN_ID"), ({"partner": "bolt", "kind": "  "}, "BAD_INPUT")]
)
async def test_a_touch_that_cannot_be(running: Executor, graph: Database, given: dict[str, str], code: str) -> None:
    answer = await running.execute(TOUCH, given)
    assert answer.errors[0]["extensions"]["code"] == code
    assert await graph.value("MATCH ()-[t:TOUCHED]->(:Deal {id: 'deal:d3'}) RETURN count(t)") == 1
