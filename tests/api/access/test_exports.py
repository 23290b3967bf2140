from __future__ import annotations

import json
from pathlib import Path

from access_support import Serve, bearer, code_of

from ecograph.api.access.audit import document_hash
from ecograph.graph.connection import Database
from ecograph.graph.keys import create_key

ACCOUNTS = "{ accounts(first: 1) { nodes { name } } }"
HEADERS = {"x-ecograph": "1"}


async def test_a_file_holds_what_the_login_sees(serve: Serve, still: Database) -> None:
    http = await serve(auth=("key",))
    asked = {"document": ACCOUNTS, "format": "csv"}
    assert code_of(await http.get("/export", params=asked, headers=HEADERS)) == "UNAUTHENTICATED"
    owner = await create_key(still, "owner", ("read",), owners=("u1",))
    answer = await http.get("/export", params=asked, headers={**HEADERS, **bearer(owner)})
    assert answer.text.splitlines() == ["name", "North Bank"]
    partner = bearer(await create_key(still, "partner", ("read",), partner="partner:bolt"))
    known = {"query": '{ partner(id: "bolt") { knownAccounts { nodes { name } } } }', "format": "jsonl"}
    answer = await http.post("/export", json=known, headers=partner)
    assert [json.loads(line) for line in answer.text.splitlines()] == [{"name": "South Retail"}]
    hidden = {"query": '{ partner(id: "bolt") { deals { nodes { name } } } }', "format": "jsonl"}
    refused = await http.post("/export", json=hidden, headers=partner)
    assert (refused.status_code, code_of(refused)) == (403, "FORBIDDEN")


async def test_an_export_that_has_begun_waits_for_the_limit(serve: Serve, still: Database, tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    http = await serve(auth=("key",), rate_burst=1, rate_refill=1, audit_log=str(log))
    greedy = bearer(await create_key(still, "greedy export", ("read",)))
    answer = await http.get(
        "/export", params={"document": ACCOUNTS.replace("1", "2"), "format": "csv"}, headers={**HEADERS, **greedy}
    )
    assert answer.text.splitlines() == ["name", "Cold Corp", "Gone Ltd", "North Bank", "South Retail"]
    entries = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert {entry["document"] for entry in entries} == {document_hash(ACCOUNTS.replace("1", "2"))}
    assert [entry["status"] for entry in entries if entry["status"] == "ok"] == ["ok", "ok"]
    assert "RATE_LIMITED" in {code for entry in entries for code in entry["codes"]}
