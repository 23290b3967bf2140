"""API keys: made once, kept as hashes, refused in every other form."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from access_support import QUESTION, Serve, bearer, code_of

from ecograph.graph import keys
from ecograph.graph.connection import Database
from ecograph.graph.errors import UnknownId
from ecograph.graph.keys import create_key, find_key, list_keys, revoke_key


async def test_a_key_is_kept_as_a_hash_and_found_by_what_was_shown(still: Database) -> None:
    key = await create_key(still, "notebook", ("read",))
    stored: dict[str, Any] = await still.value("MATCH (k:ApiKey {name: 'notebook'}) RETURN properties(k)")
    secret = key.rpartition("_" + key.split("_")[1] + "_")[2]
    assert secret not in str(stored)
    found = await find_key(still, key)
    assert found is not None
    assert (found.name, found.scopes, found.partner, found.owners) == ("notebook", ("read",), None, None)
    other = await create_key(still, "notebook", ("read",))
    hashes = await still.rows("MATCH (k:ApiKey {name: 'notebook'}) RETURN k.hash")
    assert other != key
    assert len({h for (h,) in hashes}) == 2


@pytest.mark.parametrize("change", [str.upper, lambda k: k[:-1], lambda k: k + "A", lambda k: k.replace("eco_", "ECO_"),
                                    lambda k: k[:-1] + ("A" if k[-1] != "A" else "B"), lambda _: "eco_", lambda _: "",
                                    lambda k: "eco_" + "0" * 12 + k[16:]])  # fmt: skip
async def test_what_is_not_quite_a_key_is_none(still: Database, change: Any) -> None:
    key = await create_key(still, "exact", ("read",))
    assert await find_key(still, change(key)) is None


async def test_secrets_are_compared_in_constant_time_also_where_there_is_no_such_key(
    still: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    compare_digest = hmac.compare_digest

    def compare(one: str, other: str) -> bool:
        compared.append((len(one), len(other)))
        return compare_digest(one, other)

    monkeypatch.setattr(keys.hmac, "compare_digest", compare)
    key = await create_key(still, "time", ("read",))
    await find_key(still, key)
    await find_key(still, f"eco_{'0' * 12}_{key[-43:]}")
    assert compared == [(64, 64), (64, 64)]


async def test_an_expired_key_is_refused(still: Database) -> None:
    key = await create_key(still, "old", ("read",), days=1)
    assert await find_key(still, key) is not None
    past = datetime.now(UTC) - timedelta(seconds=1)
    await still.run_alone("MATCH (k:ApiKey {name: 'old'}) SET k.expiresAt = $past", {"past": past})
    assert await find_key(still, key) is None


async def test_a_key_for_no_partner_cannot_be_made(still: Database) -> None:
    with pytest.raises(UnknownId):
        await create_key(still, "x", ("read",), partner="partner:none")
    with pytest.raises(UnknownId):
        await revoke_key(still, "000000000000")


async def test_a_revoked_key_is_refused_at_once_and_its_use_is_noted(serve: Serve, still: Database) -> None:
    http = await serve(auth=("key",))
    key = await create_key(still, "service", ("read",))
    answer = await http.post("/graphql", json=QUESTION, headers=bearer(key))
    assert answer.json()["data"]["accounts"] == {"totalCount": 4}
    assert (await http.post("/graphql", json=QUESTION, headers={"x-api-key": key})).status_code == 200
    (kept,) = [k for k in await list_keys(still) if k.name == "service"]
    assert kept.last_used_at is not None
    await revoke_key(still, kept.id)
    refused = await http.post("/graphql", json=QUESTION, headers=bearer(key))
    assert (refused.status_code, code_of(refused)) == (401, "UNAUTHENTICATED")


async def test_a_key_sees_what_it_is_for(serve: Serve, still: Database) -> None:
    http = await serve(auth=("key",))
    owner = await create_key(still, "owner", ("read",), owners=("u1",))
    partner = await create_key(still, "partner", ("read",), partner="partner:bolt")
    data = (await http.post("/graphql", json=QUESTION, headers=bearer(owner))).json()["data"]
    assert data == {"account": None, "accounts": {"totalCount": 1}}
    data = (await http.post("/graphql", json=QUESTION, headers=bearer(partner))).json()["data"]
    assert data == {"account": {"id": "account:south"}, "accounts": {"totalCount": 1}}
    got = {}
    for name, key in (("owner", owner), ("partner", partner)):
        answer = await http.get("/graphql", params=QUESTION, headers={**bearer(key), "x-ecograph": "1"})
        got[name] = answer.headers["etag"]
        assert answer.headers["cache-control"] == "private, no-cache"
    assert got["owner"] != got["partner"]


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("authorization", "Bearer ")],
        [("authorization", "Bearer x")],
        [("authorization", "Basic eDp4")],
        [("authorization", "{key}")],
        [("authorization", "Bearer {key},Bearer {key}")],
        [("authorization", "Bearer {key} {key}")],
        [("authorization", "Bearer {key}"), ("authorization", "Bearer x")],
        [("authorization", "Bearer x"), ("authorization", "Bearer {key}")],
        [("authorization", "Bearer {key}"), ("x-api-key", "{key}")],
        [("x-api-key", "{key}"), ("x-api-key", "x")],
        [("x-api-key", "{key}\x0b")],
        [("x_api_key", "{key}")],
        [("x-forwarded-user", "admin"), ("x-ecograph-viewer", "local")],
        [("authorization", "Bearer " + "a" * 10_000)],
        [("cookie", "ecograph_session={key}")],
    ],
)
async def test_no_other_header_is_a_login(serve: Serve, still: Database, headers: list[tuple[str, str]]) -> None:
    http = await serve(auth=("key", "oidc"), oidc_issuer="http://127.0.0.1:1", oidc_client_id="x")
    key = await create_key(still, "smuggled", ("admin",))
    sent = [(name.encode(), value.replace("{key}", key).encode()) for name, value in headers]
    answer = await http.post("/graphql", json=QUESTION, headers=sent)
    assert (answer.status_code, code_of(answer)) == (401, "UNAUTHENTICATED")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["cache-control"] == "no-store"


async def test_where_no_login_is_needed_a_wrong_one_is_not_passed_over(serve: Serve, still: Database) -> None:
    http = await serve()
    assert (await http.post("/graphql", json=QUESTION)).status_code == 200
    assert (await http.post("/graphql", json=QUESTION, headers=bearer("eco_x"))).status_code == 401
    owner = await create_key(still, "narrow", ("read",), owners=("u1",))
    data = (await http.post("/graphql", json=QUESTION, headers=bearer(owner))).json()["data"]
    assert data["accounts"] == {"totalCount": 1}


async def test_scopes_are_needed(serve: Serve, still: Database) -> None:
    http = await serve(auth=("key",))
    reads = await create_key(still, "reads", ("read",))
    admin = await create_key(still, "admin", ("admin",))
    answer = await http.get("/metrics", headers=bearer(reads))
    assert (answer.status_code, code_of(answer)) == (403, "FORBIDDEN")
    assert (await http.get("/metrics", headers=bearer(admin))).status_code == 200
    assert (await http.get("/healthz")).status_code == 200
    assert (await http.get("/nothing")).status_code == 401
