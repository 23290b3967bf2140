"""Trusted documents: asked for by hash or name, alone or beside the text, and as the only ones answered."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from ecograph.api import create_app
from ecograph.api.documents import BUILT_IN, TrustedDocuments, sha256_id
from ecograph.api.runtime import Runtime
from ecograph.graph.connection import Database
from ecograph.graph.errors import SettingsError
from ecograph.graph.settings import Settings
from ecograph.schema.sdl import graphql_schema

MODERN = "application/graphql-response+json"
TEXT = "query Named($id: ID!) { partner(id: $id) { name } }\n"
HASH = sha256(TEXT.encode()).hexdigest()
VARIABLES = {"id": "bolt"}
BOLT = {"partner": {"name": "Bolt"}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("documents")
    (made / "named.graphql").write_text(TEXT, "utf-8")
    (made / "notes.txt").write_text("{ not a document", "utf-8")
    return made


@pytest.fixture(scope="module", params=[False, True], ids=["any document", "these only"])
async def http(
    request: pytest.FixtureRequest, still: Database, settings: Settings, folder: Path
) -> AsyncIterator[httpx.AsyncClient]:
    runtime = Runtime(settings.model_copy(update={"documents": folder, "only_documents": request.param}))
    transport = httpx.ASGITransport(create_app(runtime=runtime))
    headers = {"x-ecograph": "1", "accept": MODERN}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as client:
        yield client
    await runtime.close()


@pytest.mark.parametrize(
    "named",
    [
        {"documentId": f"sha256:{HASH}"},
        {"documentId": f"sha256:{sha256(TEXT.rstrip().encode()).hexdigest()}"},
        {"documentId": "named"},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": HASH}}},
        {"query": TEXT, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": HASH}}},
        {"query": TEXT, "documentId": "named"},
        {"query": TEXT},
    ],
    ids=["hash", "hash without the last line's end", "name", "extension", "text too", "text and name", "text alone"],
)
async def test_known_documents_are_answered(http: httpx.AsyncClient, named: dict[str, Any]) -> None:
    asked = {**named, "variables": VARIABLES}
    posted = await http.post("/graphql", json=asked)
    got = await http.get("/graphql", params={k: v if isinstance(v, str) else json.dumps(v) for k, v in asked.items()})
    assert posted.status_code == got.status_code == 200
    assert posted.json()["data"] == got.json()["data"] == BOLT


@pytest.mark.parametrize("accept", [MODERN, "application/json"])
async def test_an_unknown_document(http: httpx.AsyncClient, accept: str) -> None:
    for asked in (
        {"documentId": f"sha256:{'0' * 64}"},
        {"documentId": "nothing"},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}},
    ):
        answer = await http.post("/graphql", json=asked, headers={"accept": accept})
        assert answer.status_code == (400 if accept == MODERN else 200)
        assert answer.headers["content-type"].startswith(accept)
        assert "data" not in answer.json()
        assert [e["extensions"]["code"] for e in answer.json()["errors"]] == ["PERSISTED_NOT_FOUND"]


@pytest.mark.parametrize(
    "asked",
    [
        {"documentId": 1},
        {"extensions": {"persistedQuery": "x"}},
        {"extensions": {"persistedQuery": {"version": 1}}},
        {"query": "{ __typename }", "documentId": f"sha256:{HASH}"},
        {"query": "{ __typename }", "documentId": "named"},
    ],
)
async def test_identifiers_that_cannot_be(http: httpx.AsyncClient, asked: dict[str, Any]) -> None:
    answer = await http.post("/graphql", json=asked)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(
    "text", ["{ __typename }", TEXT.replace("name", "name key"), "{ __schema { types { name } } }"]
)
async def test_where_no_other_document_is_answered(
    http: httpx.AsyncClient, text: str, request: pytest.FixtureRequest
) -> None:
    asked = {"query": text, "variables": VARIABLES}
    answers = [await http.post("/graphql", json=asked), await http.get("/graphql", params={"query": text})]
    for answer in answers:
        code = [e["extensions"]["code"] for e in answer.json().get("errors", [])]
        assert ("PERSISTED_ONLY" in code) is ("these only" in request.node.name)


def test_the_built_in_documents_hold_on_the_schema_and_are_known_by_their_hash(settings: Settings) -> None:
    known = TrustedDocuments.load(settings, graphql_schema())
    files = list(BUILT_IN.glob("*.graphql"))
    assert files
    for file in files:
        text = file.read_text("utf-8")
        assert known.get(file.stem) == known.get(sha256_id(text)) == text


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"{ partners {", "x.graphql:1: Syntax Error"), (b"\n{ nothing }", "x.graphql:2: "), (b"\xff", "x.graphql")],
)
def test_a_broken_document_is_named_at_the_start(settings: Settings, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "x.graphql").write_bytes(content)
    with pytest.raises(SettingsError, match=said):
        TrustedDocuments.load(settings.model_copy(update={"documents": tmp_path}), graphql_schema())
    with pytest.raises(SettingsError, match="no folder"):
        TrustedDocuments.load(settings.model_copy(update={"documents": tmp_path / "none"}), graphql_schema())


def test_a_document_of_the_folder_stands_for_a_built_in_one_of_its_name(settings: Settings, tmp_path: Path) -> None:
    name = next(iter(sorted(BUILT_IN.glob("*.graphql")))).stem
    (tmp_path / f"{name}.graphql").write_text("{ __typename }")
    known = TrustedDocuments.load(settings.model_copy(update={"documents": tmp_path}), graphql_schema())
    assert known.get(name) == "{ __typename }"
