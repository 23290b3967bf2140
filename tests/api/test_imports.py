"""`/imports`: account lists that are sent, looked at and loaded, over HTTP and in a real graph."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import polars as pl
import pytest

from ecograph.api import create_app
from ecograph.api.runtime import Runtime
from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings

HEADERS = {"x-ecograph": "1"}
LIST = b"Account Name,Website,Owner\nNorth Bank,northbank.com,Ann\nNewcomer,newcomer.example,Bob\n"
BAD = b"Account Name,Website\nNorth Bank,northbank.com\n,gmail.com\nSouth,south.com,too,many\n"
LISTED = """MATCH (:Partner {id: 'partner:dune'})-[k:KNOWS {population: 'CUSTOMER'}]->(a:Account)
RETURN a.id, k.until IS NULL ORDER BY a.id"""


@pytest.fixture
async def http(graph: Database, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    runtime = Runtime(settings)
    transport = httpx.ASGITransport(create_app(runtime=runtime), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8484", timeout=60) as client:
        yield client
    await runtime.close()


async def _send(http: httpx.AsyncClient, content: bytes, **parameters: str) -> httpx.Response:
    given = {"as": "CUSTOMER", "partner": "dune", "file": "list.csv", **parameters}
    return await http.post("/imports", params=given, content=content, headers=HEADERS)


async def _ended(http: httpx.AsyncClient, sent: httpx.Response) -> dict[str, Any]:
    assert sent.status_code == 202, sent.text
    while True:
        job: dict[str, Any] = (await http.get(sent.headers["location"])).json()
        if job["state"] in ("DONE", "FAILED"):
            return job
        await asyncio.sleep(0.1)


async def _import(http: httpx.AsyncClient, content: bytes, **parameters: str) -> dict[str, Any]:
    return await _ended(http, await _send(http, content, **parameters))


async def test_a_preview_says_what_would_happen_and_writes_nothing(http: httpx.AsyncClient, graph: Database) -> None:
    before = await graph.rows(LISTED)
    sent = await _send(http, LIST)
    assert {name: sent.json()[name] for name in ("kind", "state", "result")} == {
        "kind": "IMPORT_PREVIEW",
        "state": "QUEUED",
        "result": None,
    }
    job = await _ended(http, sent)
    assert (job["state"], job["progress"], job["errors"]) == ("DONE", 1.0, [])
    found = job["result"]
    assert found["file"] == "list.csv"
    assert found["owner"] == {"id": "partner:dune", "name": "Dune"}
    assert found["columns"] == {
        "name": "Account Name", "website": "Website", "duns": None, "id": None, "owner": None
    }  # fmt: skip
    assert found["rows"] == 2
    assert found["sample"][0] == {"line": 2, "cells": ["North Bank", "northbank.com", "Ann"]}
    assert found["changes"] == {"came": 2, "left": 1, "changed": 0}
    assert {(one["what"], one["name"], one["isNew"]) for one in found["changed"]} == {
        ("came", "North Bank", False), ("came", "Newcomer", True), ("left", "Cold Corp", False)
    }  # fmt: skip
    assert (found["newAccounts"], found["badCount"], found["bad"]) == (1, 0, [])
    assert await graph.rows(LISTED) == before


async def test_a_commit_does_what_its_preview_said_and_twice_is_once(http: httpx.AsyncClient, graph: Database) -> None:
    preview = (await _import(http, LIST))["result"]
    job = await _import(http, LIST, mode="commit")
    assert (job["kind"], job["state"]) == ("IMPORT", "DONE")
    assert job["result"]["changes"] == preview["changes"]
    assert job["result"]["newAccounts"] == preview["newAccounts"]
    there = await graph.rows(LISTED)
    assert [is_there for account, is_there in there if account == "account:cold"] == [False]
    assert len([1 for _, is_there in there if is_there]) == 2
    again = await _import(http, LIST, mode="commit")
    assert again["result"]["changes"] == {"came": 0, "left": 0, "changed": 0}
    assert await graph.rows(LISTED) == there


async def test_bad_rows_are_named_and_nothing_goes_in_unless_they_are_set_aside(
    http: httpx.AsyncClient, graph: Database
) -> None:
    before = await graph.rows(LISTED)
    job = await _import(http, BAD)
    assert job["state"] == "DONE", job["errors"]
    looked = job["result"]
    assert looked["badCount"] == 2
    assert [row["line"] for row in looked["bad"]] == [3, 4]
    assert looked["bad"][1]["reason"] == "the row has 4 cells, the header has 2"
    refused = await _import(http, BAD, mode="commit")
    assert (refused["state"], refused["errors"]) == ("FAILED", ["2 rows are bad; nothing was loaded."])
    assert refused["result"]["bad"] == looked["bad"]
    assert await graph.rows(LISTED) == before
    loaded = await _import(http, BAD, mode="commit", setAside="true")
    assert loaded["state"] == "DONE"
    assert loaded["result"]["changes"] == {"came": 1, "left": 0, "changed": 0}
    assert loaded["result"]["hasSetAside"]
    aside = await http.get(f"/imports/{loaded['id']}/set-aside")
    assert aside.headers["content-disposition"] == 'attachment; filename="set-aside-list.csv"'
    lines = aside.text.splitlines()
    assert lines[0] == "Account Name,Website,_line,_reason"
    assert lines[2].startswith("South,south.com,4,")


async def test_columns_can_be_chosen_by_hand(http: httpx.AsyncClient) -> None:
    odd = b"Firma,Netz,Wer\nNorth Bank,northbank.com,007\n"
    unknown = await _import(http, odd)
    assert unknown["state"] == "FAILED"
    assert unknown["errors"] == ["No column of list.csv is known to name accounts. Choose which one does."]
    assert unknown["result"]["headers"] == ["Firma", "Netz", "Wer"]
    assert unknown["result"]["sample"] == [{"line": 2, "cells": ["North Bank", "northbank.com", "007"]}]
    chosen = json.dumps({"name": "Firma", "website": "Netz", "owner": "Wer"})
    found = (await _import(http, odd, columns=chosen, owners="true"))["result"]
    assert found["columns"] == {"name": "Firma", "website": "Netz", "duns": None, "id": None, "owner": "Wer"}
    assert [one["account"] for one in found["changed"] if one["what"] == "came"] == ["account:north"]
    lacking = await _import(http, odd, columns=json.dumps({"name": "Company"}))
    assert lacking["errors"][0].startswith("The file has no column 'Company'.")


async def test_parquet_and_our_own_list(http: httpx.AsyncClient) -> None:
    from io import BytesIO

    held = BytesIO()
    pl.DataFrame({"Company": ["South Retail"], "Domain": ["south.com"]}).write_parquet(held)
    given = {"as": "PROSPECT", "file": "ours.parquet", "mode": "preview"}
    sent = await http.post("/imports", params=given, content=held.getvalue(), headers=HEADERS)
    found = (await _ended(http, sent))["result"]
    assert found["owner"] == {"id": "company:acme", "name": "Acme"}
    assert found["changes"] == {"came": 1, "left": 1, "changed": 0}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"as": "FRIEND"}, "`as` is missing or unknown."),
        ({"mode": "guess"}, "'guess' is no mode."),
        ({"on": "tomorrow"}, "'tomorrow' is no day."),
        ({"file": "../.."}, "`file` is missing or no name of a file."),
        ({"file": ""}, "`file` is missing or no name of a file."),
        ({"columns": "[1]"}, "`columns` is no object of headers."),
    ],
)
async def test_what_cannot_be_begun_is_refused(http: httpx.AsyncClient, parameters: dict[str, str], said: str) -> None:
    sent = await _send(http, LIST, **parameters)
    assert sent.status_code == 400
    assert sent.json()["errors"][0]["message"] == said


@pytest.mark.parametrize(
    ("content", "parameters", "said"),
    [
        (b"", {}, "list.csv: is empty."),
        (b"PK\x03\x04rest", {}, "list.csv: is a spreadsheet or an archive; save it as CSV."),
        (LIST, {"partner": "nobody"}, "The partner 'nobody' "),
        (LIST, {"columns": '{"phone": "Website"}'}, "'phone' is no field of an account list."),
    ],
)
async def test_what_cannot_be_read_fails_with_the_reason_and_without_our_folders(
    http: httpx.AsyncClient, content: bytes, parameters: dict[str, str], said: str
) -> None:
    job = await _import(http, content, **parameters)
    assert job["state"] == "FAILED"
    assert job["errors"][0].startswith(said)
    assert "/" not in job["errors"][0].replace("D&B/", "")


async def test_a_page_of_another_site_cannot_send_a_list(http: httpx.AsyncClient) -> None:
    sent = await http.post("/imports", params={"as": "CUSTOMER", "file": "a.csv"}, content=LIST)
    assert sent.status_code == 403
    assert sent.json()["errors"][0]["extensions"]["code"] == "PREFLIGHT_REQUIRED"


async def test_a_file_that_is_too_long_is_refused(graph: Database, settings: Settings) -> None:
    runtime = Runtime(settings.model_copy(update={"max_upload_mb": 1}))
    transport = httpx.ASGITransport(create_app(runtime=runtime))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8484") as client:
        sent = await _send(client, LIST + b"x" * 1_000_000)
    await runtime.close()
    assert sent.status_code == 413
    assert sent.json()["errors"][0]["extensions"]["code"] == "BODY_TOO_LARGE"


async def test_what_is_no_import_is_not_found(http: httpx.AsyncClient) -> None:
    assert (await http.get("/imports/job:nothing")).status_code == 404
    assert (await http.get("/imports/job:nothing/set-aside")).status_code == 404
