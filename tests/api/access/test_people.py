"""People log in with a provider, have a session in a cookie, and embed pages with a token."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import itsdangerous
import pytest
from access_peer import CLIENT, SECRET, Provider, new_key, running
from access_support import QUESTION, Serve, bearer, code_of
from pydantic import SecretStr

from ecograph.graph.connection import Database
from ecograph.graph.errors import SettingsError
from ecograph.graph.keys import create_key

LOOPBACK = "http://127.0.0.1:8484"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as found:
        yield found


def _settings(provider: Provider) -> dict[str, Any]:
    return {
        "auth": ("oidc", "key"), "oidc_issuer": provider.issuer, "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr(SECRET), "claim_owners": "owners",
    }  # fmt: skip


@pytest.fixture
async def http(serve: Serve, provider: Provider) -> httpx.AsyncClient:
    return await serve(**_settings(provider))


async def _back(http: httpx.AsyncClient, target: str = "/login") -> str:
    """Where the provider sends the person back to, as it were in the browser."""
    sent = await http.get(target)
    assert sent.status_code == 303
    async with httpx.AsyncClient() as browser:
        answer = await browser.get(sent.headers["location"])
    return answer.headers["location"]


async def _login(http: httpx.AsyncClient, target: str = "/login") -> httpx.Response:
    return await http.get(await _back(http, target))


async def test_a_person_logs_in_asks_and_logs_out(http: httpx.AsyncClient) -> None:
    assert (await http.post("/graphql", json=QUESTION)).status_code == 401
    page = await http.get("/graphiql")
    assert (page.status_code, page.headers["location"]) == (303, "/login?next=/graphiql")
    done = await _login(http, page.headers["location"])
    assert (done.status_code, done.headers["location"]) == (303, "/graphiql")
    assert (await http.post("/graphql", json=QUESTION)).json()["data"]["accounts"] == {"totalCount": 4}
    assert (await http.get("/graphiql")).status_code != 303
    assert (await http.post("/logout")).status_code == 204
    assert (await http.post("/graphql", json=QUESTION)).status_code == 401


async def test_the_cookie_is_kept_from_scripts_and_other_sites(serve: Serve, provider: Provider) -> None:
    given = {**_settings(provider), "public_url": "https://eco.example", "allowed_hosts": ("eco.example",)}
    near, far = await serve(**_settings(provider)), await serve("https://eco.example", **given)
    for http, secure in ((near, False), (far, True)):
        cookies = [(await http.get("/login")).headers["set-cookie"], (await _login(http)).headers["set-cookie"]]
        for cookie in cookies:
            assert "HttpOnly" in cookie
            assert "SameSite=lax" in cookie
            assert ("Secure" in cookie) is secure


async def test_a_code_is_asked_for_with_state_nonce_and_challenge(http: httpx.AsyncClient) -> None:
    asked = [parse_qs(urlsplit((await http.get("/login")).headers["location"]).query) for _ in range(2)]
    for query in asked:
        assert query["response_type"] == ["code"]
        assert query["code_challenge_method"] == ["S256"]
        assert query["redirect_uri"] == [f"{LOOPBACK}/login/callback"]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]


async def test_a_login_that_was_begun_elsewhere_is_refused(
    http: httpx.AsyncClient, serve: Serve, provider: Provider
) -> None:
    back = await _back(http)
    other = await serve(**_settings(provider))
    assert code_of(await other.get(back)) == "UNAUTHENTICATED"
    await other.get("/login")
    assert code_of(await other.get(back)) == "UNAUTHENTICATED"
    for changed in (back.replace("state=", "state=x"), back.replace("iss=", "iss=x"), f"{LOOPBACK}/login/callback"):
        assert (await http.get(changed)).status_code == 401
    assert "ecograph_session" not in http.cookies


async def test_a_code_works_once(http: httpx.AsyncClient) -> None:
    back = await _back(http)
    pending = http.cookies["ecograph_login"]
    assert (await http.get(back)).status_code == 303
    http.cookies.clear()
    http.cookies.set("ecograph_login", pending)
    assert (await http.get(back)).status_code == 401


@pytest.mark.parametrize(
    "changed", [{"nonce": "another"}, {"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}]
)
async def test_a_wrong_id_token_is_refused(
    http: httpx.AsyncClient, provider: Provider, changed: dict[str, Any]
) -> None:
    provider.claims.update(changed)
    if "aud" in changed:
        original = provider.token
        provider.token = lambda *a, **k: original(*a, **{**k, **changed})  # type: ignore[method-assign]
    answer = await _login(http)
    assert (answer.status_code, code_of(answer)) == (401, "UNAUTHENTICATED")


async def test_an_id_token_of_an_unknown_key_is_refused(http: httpx.AsyncClient, provider: Provider) -> None:
    await _back(http)
    original = provider.token
    provider.token = lambda *a, **k: original(new_key("first"), **k)  # type: ignore[method-assign]
    assert (await _login(http)).status_code == 401


async def test_what_a_person_sees_is_in_the_claims(http: httpx.AsyncClient, provider: Provider) -> None:
    provider.claims["owners"] = ["u1"]
    await _login(http)
    assert (await http.post("/graphql", json=QUESTION)).json()["data"]["accounts"] == {"totalCount": 1}


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "/a\r\nb"]
)
async def test_after_the_login_one_is_never_sent_elsewhere(http: httpx.AsyncClient, target: str) -> None:
    begun = await http.get("/login", params={"next": target})
    async with httpx.AsyncClient() as browser:
        answer = await browser.get(begun.headers["location"])
    assert (await http.get(answer.headers["location"])).headers["location"] == "/"


async def test_a_session_ends_and_cannot_be_made_up(
    http: httpx.AsyncClient, serve: Serve, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _login(http)
    session = http.cookies["ecograph_session"]
    for forged in (session[:-2] + "AA", session.partition(".")[2], "x." + session):
        http.cookies.clear()
        http.cookies.set("ecograph_session", forged)
        assert (await http.post("/graphql", json=QUESTION)).status_code == 401
    http.cookies.clear()
    http.cookies.set("ecograph_session", session)
    assert (await http.post("/graphql", json=QUESTION)).status_code == 200
    at = int(time.time()) + 8 * 3_600 + 5
    monkeypatch.setattr(itsdangerous.TimestampSigner, "get_timestamp", lambda _self: at)
    assert (await http.post("/graphql", json=QUESTION)).status_code == 401


async def test_another_site_can_use_no_session(http: httpx.AsyncClient) -> None:
    await _login(http)
    for method, headers, content in (
        ("POST", {"content-type": "text/plain"}, b'{"query": "{ __typename }"}'),
        ("POST", {"content-type": "application/x-www-form-urlencoded"}, b"query=x"),
        ("GET", {"sec-fetch-site": "cross-site"}, None),
        ("GET", {}, None),
    ):
        answer = await http.request(
            method, "/graphql", params={"query": "{ __typename }"} if method == "GET" else None, headers=headers,
            content=content,
        )  # fmt: skip
        assert answer.status_code in (400, 415)
    assert (await http.post("/logout", headers={"origin": "https://evil.example"})).status_code == 403
    assert (await http.get("/logout")).status_code == 405
    assert (await http.post("/graphql", json=QUESTION)).status_code == 200


async def test_a_page_is_embedded_with_a_token_for_five_minutes(
    serve: Serve, still: Database, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    http = await serve(**_settings(provider), frame_ancestors=("https://intranet.example",))
    key = await create_key(still, "intranet", ("admin",))
    made = await http.post("/embed/token", json={}, headers=bearer(key))
    assert made.json()["expiresIn"] == 300
    token = made.json()["token"]
    answer = await http.post("/graphql", json=QUESTION, headers=bearer(token))
    assert answer.json()["data"]["accounts"] == {"totalCount": 4}
    assert (await http.get("/metrics", headers=bearer(token))).status_code == 403
    assert (await http.post("/embed/token", json={}, headers=bearer(token))).status_code == 403
    assert (await http.post("/graphql", json=QUESTION, headers=bearer(token[:-1]))).status_code == 401
    http.cookies.set("ecograph_session", token.removeprefix("emb_"))
    assert (await http.post("/graphql", json=QUESTION)).status_code == 401
    at = int(time.time()) + 301
    monkeypatch.setattr(itsdangerous.TimestampSigner, "get_timestamp", lambda _self: at)
    assert (await http.post("/graphql", json=QUESTION, headers=bearer(token))).status_code == 401


@pytest.mark.parametrize(
    ("wish", "scopes", "sees", "status"),
    [
        ({"owners": ["u1"]}, {}, 1, 200),
        ({"partner": "bolt"}, {}, 1, 200),
        ({}, {"owners": ("u1",)}, 1, 200),
        ({"owners": ["u1", "u2"]}, {"owners": ("u1",)}, None, 403),
        ({"partner": "bolt"}, {"owners": ("u1",)}, None, 403),
        ({"partner": "bolt", "owners": ["u1"]}, {}, None, 400),
        ({"scope": "admin"}, {}, None, 400),
        ({"owners": "u1"}, {}, None, 400),
        ([], {}, None, 400),
    ],
)
async def test_a_token_sees_no_more_than_who_made_it(
    serve: Serve, still: Database, wish: Any, scopes: dict[str, Any], sees: int | None, status: int
) -> None:
    http = await serve(auth=("key",))
    key = await create_key(still, "intranet", ("read",), **scopes)
    made = await http.post("/embed/token", json=wish, headers=bearer(key))
    assert made.status_code == status
    if sees is not None:
        answer = await http.post("/graphql", json=QUESTION, headers=bearer(made.json()["token"]))
        assert answer.json()["data"]["accounts"] == {"totalCount": sees}


async def test_who_may_frame_our_pages(serve: Serve) -> None:
    for given in ((), ("https://intranet.example",)):
        policy = " ".join(["frame-ancestors 'self'", *given])
        http = await serve(frame_ancestors=given)
        page = await http.get("/graphiql")
        if page.status_code == 200:
            assert page.headers["content-security-policy"].endswith(policy)
    with pytest.raises(SettingsError):
        await (await serve(frame_ancestors=("*",))).get("/healthz")


@pytest.mark.parametrize(
    "changed", [{"oidc_issuer": None}, {"oidc_client_id": None}, {"host": "0.0.0.0"}, {"jwt_algorithms": ("HS256",)},
                {"session_secret": SecretStr("short")}],
)  # fmt: skip
async def test_what_is_not_configured_does_not_start(serve: Serve, provider: Provider, changed: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        await serve(**{**_settings(provider), **changed})
