from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from ecograph.api import create_app
from ecograph.api.explorer import STATIC
from ecograph.api.runtime import Runtime
from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings

MODERN = "application/graphql-response+json"
JSON = {"content-type": "application/json"}
QUERY = '{ partner(id: "bolt") { name } }'


@pytest.fixture(scope="module")
async def http(still: Database, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    runtime = Runtime(settings)
    transport = httpx.ASGITransport(create_app(runtime=runtime))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8484") as client:
        yield client
    await runtime.close()


async def test_post_and_get_give_the_same(http: httpx.AsyncClient) -> None:
    posted = await http.post("/graphql", json={"query": QUERY})
    got = await http.get("/graphql", params={"query": QUERY}, headers={"x-ecograph": "1"})
    assert posted.json()["data"] == got.json()["data"] == {"partner": {"name": "Bolt"}}
    assert posted.headers["content-type"].startswith("application/json")


async def test_variables_and_operation_names(http: httpx.AsyncClient) -> None:
    text = "query A($id: ID!) { partner(id: $id) { name } } query B { __typename }"
    body = {"query": text, "variables": {"id": "care"}, "operationName": "A"}
    assert (await http.post("/graphql", json=body)).json()["data"] == {"partner": {"name": "Care Services"}}
    parameters = {"query": text, "variables": json.dumps({"id": "care"}), "operationName": "A"}
    got = await http.get("/graphql", params=parameters, headers={"x-ecograph": "1"})
    assert got.json()["data"] == {"partner": {"name": "Care Services"}}


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        (MODERN, MODERN),
        (f"{MODERN}, application/json;q=0.9", MODERN),
        (f"application/json, {MODERN};q=0.5", "application/json"),
    ],
)
async def test_the_type_that_was_asked_for(http: httpx.AsyncClient, accept: str | None, kind: str) -> None:
    headers = {"accept": accept} if accept else {"accept": ""}
    answer = await http.post("/graphql", json={"query": QUERY}, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == kind


async def test_no_other_type_can_be_had(http: httpx.AsyncClient) -> None:
    assert (await http.post("/graphql", json={"query": QUERY}, headers={"accept": "text/html"})).status_code == 406


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b'{"query": "{ nothing }"}', JSON, 200, "GRAPHQL_VALIDATION_FAILED"),
        (b'{"query": "{ nothing }"}', {**JSON, "accept": MODERN}, 400, "GRAPHQL_VALIDATION_FAILED"),
        (b'{"query": "{"}', {**JSON, "accept": MODERN}, 400, "GRAPHQL_PARSE_FAILED"),
        (b"{", JSON, 400, "BAD_REQUEST"),
        (b"[]", JSON, 400, "BAD_REQUEST"),
        (b"{}", JSON, 400, "BAD_REQUEST"),
        (b'{"query": 1}', JSON, 400, "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "variables": []}', JSON, 400, "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "operationName": 1}', JSON, 400, "BAD_REQUEST"),
        (b'{"query": "{ __typename }"}', {"content-type": "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b'{"query": "{ __typename }"}', {}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b'"' + b" " * 1_000_001 + b'"', JSON, 413, "BODY_TOO_LARGE"),
        (b'{"query": "mutation { x }"}', JSON, 200, "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_refusals_have_one_shape(
    http: httpx.AsyncClient, content: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    answer = await http.post("/graphql", content=content, headers=headers)
    assert answer.status_code == status
    (error,) = answer.json()["errors"]
    assert error["message"]
    assert error["extensions"]["code"] == code


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil"])
async def test_a_page_whose_name_was_rebound_is_refused(http: httpx.AsyncClient, host: str) -> None:
    answer = await http.post("/graphql", json={"query": QUERY}, headers={"host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1", "[::1]:8484", "app.localhost"])
async def test_loopback_names_are_answered(http: httpx.AsyncClient, host: str) -> None:
    assert (await http.post("/graphql", json={"query": QUERY}, headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"sec-fetch-site": "cross-site"}, 400),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"apollo-require-preflight": "true"}, 200),
        (JSON, 200),
    ],
)
async def test_a_get_must_show_that_no_other_site_sent_it(
    http: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    assert (await http.get("/graphql", params={"query": QUERY}, headers=headers)).status_code == status


async def test_health(http: httpx.AsyncClient) -> None:
    assert (await http.get("/healthz")).json() == {"status": "ok"}
    ready = (await http.get("/readyz")).json()
    assert ready["status"] == "ready"
    assert ready["graphVersion"].startswith("1-")


@pytest.mark.parametrize("path", ["/nothing", "/assets/nothing.js", "/assets/../app.py"])
async def test_what_is_not_there(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_the_page_is_our_own_and_asks_nobody_else(http: httpx.AsyncClient) -> None:
    for path in ("/", "/graphiql", "/partners", "/partners/partner:bolt", "/accounts/account:a%2Fb", "/embed/account"):
        page = await http.get(path)
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "http://" not in page.text.replace("http://www.w3.org", "")
        assert "https://" not in page.text
        assert "<script>" not in page.text
        assert '"/assets/' in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
    scripts = sorted((STATIC / "assets").glob("*.js"))
    answer = await http.get(f"/assets/{scripts[0].name}")
    assert answer.status_code == 200


async def test_it_can_be_mounted_where_nobody_runs_its_lifespan(still: Database, settings: Settings) -> None:
    runtime = Runtime(settings)
    outer = Starlette(routes=[Mount("/eco", create_app(runtime=runtime))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(outer), base_url="http://localhost") as client:
        answer: Any = await client.post("/eco/graphql", json={"query": QUERY})
        assert answer.json()["data"] == {"partner": {"name": "Bolt"}}
        assert '"/eco/assets/' in (await client.get("/eco/partners/partner:bolt")).text
    await runtime.close()
