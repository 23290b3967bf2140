from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import polars as pl
import pytest

from ecograph.api import create_app
from ecograph.api.runtime import Runtime
from ecograph.graph.connection import Database
from ecograph.graph.errors import Unavailable
from ecograph.graph.export import DECIMAL, TEXT
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor
from ecograph.schema.export import open_table
from ecograph.schema.export import table as table_module

HEADERS = {"x-ecograph": "1"}
ACCOUNTS = "{ accounts(first: 1) { nodes { name arr { amount currency } customerSince } } }"


@pytest.fixture(scope="module")
async def http(still: Database, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    runtime = Runtime(settings)
    transport = httpx.ASGITransport(create_app(runtime=runtime), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8484") as client:
        yield client
    await runtime.close()


@pytest.fixture(scope="module")
def asker(still: Database, settings: Settings) -> Executor:
    return Executor(still, settings)


async def _get(http: httpx.AsyncClient, document: str, **more: str) -> httpx.Response:
    return await http.get("/export", params={"document": document, **more}, headers=HEADERS)


async def test_every_page_of_a_list_is_in_the_file(http: httpx.AsyncClient) -> None:
    answer = await _get(http, ACCOUNTS, format="csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="accounts.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["name"] for row in rows] == ["Cold Corp", "Gone Ltd", "North Bank", "South Retail"]
    assert rows[3] == {
        "name": "South Retail", "arr.amount": "5000.50", "arr.currency": "EUR", "customerSince": "2024-01-01"
    }  # fmt: skip


async def test_all_formats_hold_the_same(http: httpx.AsyncClient) -> None:
    parquet = pl.read_parquet((await _get(http, ACCOUNTS, format="parquet")).content)
    arrow = pl.read_ipc_stream((await _get(http, ACCOUNTS, format="arrow")).content)
    posted = await http.post("/export", json={"query": ACCOUNTS, "format": "jsonl"})
    assert parquet.equals(arrow)
    assert parquet.schema["arr.amount"] == pl.Decimal(38, 3)
    assert parquet.schema["customerSince"] == pl.Date()
    lines = [json.loads(line) for line in posted.text.splitlines()]
    assert [line["name"] for line in lines] == parquet["name"].to_list()


DOCUMENT = """
query Deals($id: ID!, $n: Int!, $more: Boolean!) {
  ecosystem { company }
  it: partner(id: $id) { name ...Listed }
  partners { totalCount }
}
fragment Listed on Partner { found: deals(first: $n) { totalCount edges { credit ...OfDeal } } }
fragment OfDeal on PartnerDealsEdge {
  node { name amount { amount } stage @include(if: $more) products { nodes { name } } }
}
"""


async def test_a_list_below_a_node_by_fragments_aliases_and_variables(asker: Executor) -> None:
    table = open_table(asker, DOCUMENT, {"id": "exit", "n": 1, "more": False}, path="it.found")
    assert [column.name for column in table.columns] == [
        "credit", "node.name", "node.amount.amount", "node.products.nodes"
    ]  # fmt: skip
    assert (table.columns[0].kind, table.columns[2].kind) == (TEXT, DECIMAL)
    pages = [page async for page in table.pages()]
    assert pages == [
        [["INFLUENCED", "North new", "100000.00", [{"name": "Acme Core"}]]],
        [["SOURCED", "South new", "5000.50", []]],
    ]
    assert await table.total() == 2


async def test_the_document_may_begin_at_a_cursor(asker: Executor) -> None:
    first = (await asker.execute("{ partners(first: 2) { pageInfo { endCursor } } }")).data
    assert first is not None
    text = "query P($from: String) { partners(first: 1, after: $from) { nodes { name } } }"
    table = open_table(asker, text, {"from": first["partners"]["pageInfo"]["endCursor"]})
    assert [row for page in [page async for page in table.pages()] for row in page] == [["Dune"], ["Exit"]]


async def test_a_list_below_any_node(asker: Executor) -> None:
    text = '{ node(id: "partner:bolt") { id ... on Partner { products { nodes { name __typename } } } } }'
    table = open_table(asker, text)
    assert [page async for page in table.pages()] == [[["Bolt Flow", "Product"]]]


async def test_rows_of_several_types_share_their_columns(asker: Executor) -> None:
    text = """{ search(text: "core") { nodes { node {
        ... on Product { name isPlatform } ... on Integration { name depth } } } } }"""
    table = open_table(asker, text)
    assert {column.name for column in table.columns} == {"node.name", "node.isPlatform", "node.depth"}
    (page,) = [page async for page in table.pages()]
    assert page


@pytest.mark.parametrize(
    ("document", "more", "status", "code"),
    [
        ("{ partners { nodes { name } } }", {"format": "xml"}, 400, "BAD_INPUT"),
        ("{ partners { nodes { name } } }", {}, 400, "BAD_INPUT"),
        ("{ partners { nodes { nothing } } }", {"format": "csv"}, 400, "GRAPHQL_VALIDATION_FAILED"),
        ("{ ecosystem { company } }", {"format": "csv"}, 400, "BAD_INPUT"),
        ("{ a: partners { nodes { id } } b: deals { nodes { id } } }", {"format": "csv"}, 400, "BAD_INPUT"),
        ("{ partners { nodes { id } edges { cursor } } }", {"format": "csv", "path": "partners"}, 400, "BAD_INPUT"),
        ("{ partners { nodes { id } } }", {"format": "csv", "path": "deals"}, 400, "BAD_INPUT"),
        ("{ partners(first: 0) { nodes { id } } }", {"format": "csv"}, 400, "BAD_INPUT"),
        ("{ partners(first: 5000) { nodes { id } } }", {"format": "csv"}, 400, "LIMIT_EXCEEDED"),
        ('{ partners(after: "x") { nodes { id } } }', {"format": "parquet"}, 400, "CURSOR_STALE"),
        ('{ partner(id: "none") { deals { nodes { id } } } }', {"format": "jsonl"}, 404, "UNKNOWN_ID"),
    ],
)
async def test_what_cannot_be_exported_is_an_error(
    http: httpx.AsyncClient, document: str, more: dict[str, str], status: int, code: str
) -> None:
    answer = await _get(http, document, **more)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (status, code)


async def test_a_plain_cross_site_request_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.get("/export", params={"document": ACCOUNTS, "format": "csv"})
    assert answer.json()["errors"][0]["extensions"]["code"] == "PREFLIGHT_REQUIRED"


async def test_a_failure_on_the_way_cuts_the_stream_and_is_in_the_log(
    still: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked = 0
    ask = table_module.Table._ask

    async def fails_later(self: Any, text: str, more: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked > 2:
            raise Unavailable("Neo4j cannot be reached, or is busy.")
        return await ask(self, text, more)

    monkeypatch.setattr(table_module.Table, "_ask", fails_later)
    runtime = Runtime(settings)
    transport = httpx.ASGITransport(create_app(runtime=runtime))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8484") as client:
        with pytest.raises(Exception, match=r"response already started|Neo4j cannot be reached"):
            await _get(client, ACCOUNTS, format="csv")
    await runtime.close()
    assert "export of accounts cut after 2 rows: UNAVAILABLE" in caplog.text
