"""Entity tags: what changes them, and that a known one costs no statement."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecograph.api.access.gate import Gate
from ecograph.api.access.guard import VIEWER
from ecograph.api.access.metrics import Metrics
from ecograph.api.documents import TrustedDocuments
from ecograph.api.graphql_http import Endpoint
from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.graph.version import bump
from ecograph.schema.execute import Executor
from ecograph.schema.viewer import LOCAL, viewer

QUERY = "query Named($id: ID!) { partner(id: $id) { name } } query Other { __typename }"
ASKED = {"query": QUERY, "operationName": "Named", "variables": '{"id": "bolt"}'}


class _Counting(Database):
    """The database, with a count of the statements of root fields."""

    asked = 0

    async def rows(self, *arguments: Any, **named: Any) -> Any:
        if named.get("timeout") is not None:
            self.asked += 1
        return await super().rows(*arguments, **named)


@pytest.fixture
def counting(still: Database) -> _Counting:
    return _Counting(still._driver, still._database, still.version, still.has_gds)


@pytest.fixture
def executor(counting: _Counting, settings: Settings) -> Executor:
    return Executor(counting, settings)


@pytest.fixture
async def http(executor: Executor, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    endpoint = Endpoint(settings, TrustedDocuments({}), Gate(settings, Metrics()))

    async def graphql(request: Request) -> Response:
        owner = request.headers.get("viewer")
        request.scope[VIEWER] = LOCAL if owner is None else viewer(owner, ["read"], owners=[owner])
        return await endpoint.answer(request, executor)

    app = Starlette(routes=[Route("/graphql", graphql, methods=["GET", "POST"])])
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://localhost", headers={"x-ecograph": "1"}
    )
    async with client:
        yield client


async def test_a_known_answer_is_not_asked_for_again(http: httpx.AsyncClient, counting: _Counting) -> None:
    first = await http.get("/graphql", params=ASKED)
    assert first.json()["data"] == {"partner": {"name": "Bolt"}}
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    assert counting.asked == 1
    for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = await http.get("/graphql", params=ASKED, headers={"if-none-match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert set(again.headers["vary"].split(", ")) > set(first.headers["vary"].split(", "))
    assert counting.asked == 1
    assert (await http.get("/graphql", params=ASKED, headers={"if-none-match": '"other"'})).status_code == 200
    assert counting.asked == 2


@pytest.mark.parametrize(
    ("parameters", "headers"),
    [
        ({"variables": '{"id": "care"}'}, {}),
        ({"operationName": "Other"}, {}),
        ({"query": QUERY + " "}, {}),
        ({}, {"accept": "application/graphql-response+json"}),
        ({}, {"viewer": "someone"}),
    ],
)
async def test_what_an_answer_depends_on_is_in_its_tag(
    http: httpx.AsyncClient, parameters: dict[str, str], headers: dict[str, str]
) -> None:
    first = await http.get("/graphql", params=ASKED)
    other = await http.get(
        "/graphql", params=ASKED | parameters, headers={**headers, "if-none-match": first.headers["etag"]}
    )
    assert other.status_code == 200
    assert other.headers["etag"] != first.headers["etag"]


async def test_another_day_is_another_answer(http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import ecograph.api.graphql_http as module

    tag = (await http.get("/graphql", params=ASKED)).headers["etag"]

    class Tomorrow(module.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return module.datetime.fromisoformat("2100-01-01T00:00:00+00:00")

    monkeypatch.setattr(module, "datetime", Tomorrow)
    again = await http.get("/graphql", params=ASKED, headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again.headers["etag"] != tag


async def test_a_changed_graph_is_another_answer(
    http: httpx.AsyncClient, executor: Executor, counting: _Counting
) -> None:
    tag = (await http.get("/graphql", params=ASKED)).headers["etag"]
    await counting.write([bump({}, {}, is_synthetic=False)])
    executor.version.forget()
    again = await http.get("/graphql", params=ASKED, headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again.headers["etag"] != tag


async def test_what_is_of_one_viewer_is_kept_by_nobody_else(http: httpx.AsyncClient) -> None:
    answer = await http.get("/graphql", params=ASKED, headers={"viewer": "someone"})
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "Authorization" in answer.headers["vary"]


@pytest.mark.parametrize("query", ["{ nothing }", "{", '{ partner(id: "bolt", domain: "bolt.com") { name } }'])
async def test_errors_are_not_kept(http: httpx.AsyncClient, query: str) -> None:
    answer = await http.get("/graphql", params={"query": query})
    assert answer.json()["errors"]
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


async def test_an_answer_to_a_post_has_no_tag(http: httpx.AsyncClient) -> None:
    answer = await http.post("/graphql", json={"query": "{ __typename }"})
    assert "etag" not in answer.headers
