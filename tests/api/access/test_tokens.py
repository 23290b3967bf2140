"""JSON Web Tokens against the keys of a real provider."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from access_peer import Provider, new_key, running
from access_support import QUESTION, Serve, bearer, code_of
from joserfc import jwt
from joserfc.jwk import KeySet

from ecograph.api.access import jwks
from ecograph.graph.errors import SettingsError


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as found:
        yield found


def _settings(provider: Provider) -> dict[str, Any]:
    return {
        "auth": ("jwt",), "jwks": f"{provider.issuer}/jwks_uri", "jwt_issuer": provider.issuer,
        "jwt_audience": "ecograph-api",
    }  # fmt: skip


@pytest.fixture
async def http(serve: Serve, provider: Provider) -> httpx.AsyncClient:
    return await serve(**_settings(provider))


async def _status(http: httpx.AsyncClient, token: str) -> int:
    return (await http.post("/graphql", json=QUESTION, headers=bearer(token))).status_code


async def test_a_token_of_the_issuer_is_taken(http: httpx.AsyncClient, provider: Provider) -> None:
    assert await _status(http, provider.token()) == 200
    assert await _status(http, provider.token(aud=["other", "ecograph-api"])) == 200
    assert provider.key_reads == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another"}, {"aud": None}, {"iss": "https://evil.example"}, {"iss": None}, {"exp": 1}, {"exp": None},
        {"exp": int(time.time()) - 60}, {"nbf": int(time.time()) + 86_400}, {"sub": None}, {"exp": "tomorrow"},
    ],
)  # fmt: skip
async def test_every_claim_must_be_right(http: httpx.AsyncClient, provider: Provider, changed: dict[str, Any]) -> None:
    answer = await http.post("/graphql", json=QUESTION, headers=bearer(provider.token(**changed)))
    assert (answer.status_code, code_of(answer)) == (401, "UNAUTHENTICATED")


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _forged(provider: Provider) -> dict[str, str]:
    good = provider.token()
    _, payload, signature = good.split(".")
    key = provider.keys[0]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    signed = f"{_part({'alg': 'HS256', 'kid': key.kid})}.{payload}"
    mac = hmac.new(key.as_pem(private=False), signed.encode(), sha256).digest()
    embedded = new_key("mine")
    by_mine = {"alg": "RS256", "jwk": embedded.as_dict(private=False)}
    return {
        "alg none": f"{_part({'alg': 'none', 'kid': key.kid})}.{payload}.",
        "alg None": f"{_part({'alg': 'None'})}.{payload}.{signature}",
        "no alg": f"{_part({'kid': key.kid})}.{payload}.{signature}",
        "public key as shared secret": f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}",
        "algorithm that is not allowed": provider.token(alg="RS512"),
        "another's key of the same name": provider.token(new_key("first")),
        "the key in the header": jwt.encode(by_mine, claims, embedded),
        "changed payload": f"{good.split('.')[0]}.{_part({**claims, 'scope': 'admin'})}.{signature}",
        "no signature": f"{good.split('.')[0]}.{payload}.",
        "two parts": f"{good.split('.')[0]}.{payload}",
        "key id that is no string": f"{_part({'alg': 'RS256', 'kid': ['first']})}.{payload}.{signature}",
        "critical header": f"{_part({'alg': 'RS256', 'kid': key.kid, 'crit': ['x'], 'x': 1})}.{payload}.{signature}",
    }


async def test_no_forged_token_is_taken(http: httpx.AsyncClient, provider: Provider) -> None:
    for name, token in _forged(provider).items():
        assert await _status(http, token) == 401, name


async def test_a_new_key_is_fetched_and_an_unknown_one_does_not_make_us_ask_all_the_time(
    http: httpx.AsyncClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await _status(http, provider.token()) == 200
    for _ in range(5):
        assert await _status(http, provider.token(new_key("unknown"))) == 401
    assert provider.key_reads == 1
    monkeypatch.setattr(jwks, "LEAST_INTERVAL_S", 0.0)
    provider.keys.insert(0, new_key("second"))
    assert await _status(http, provider.token()) == 200
    assert provider.key_reads == 2
    provider.keys.pop()
    assert await _status(http, provider.token()) == 200


async def test_keys_from_a_file(serve: Serve, provider: Provider, tmp_path: Path) -> None:
    file = tmp_path / "jwks.json"
    file.write_text(json.dumps(KeySet(list(provider.keys)).as_dict(private=False)))
    http = await serve(**{**_settings(provider), "jwks": str(file)})
    assert await _status(http, provider.token()) == 200
    missing = await serve(**{**_settings(provider), "jwks": str(tmp_path / "none.json")})
    answer = await missing.post("/graphql", json=QUESTION, headers=bearer(provider.token()))
    assert (answer.status_code, code_of(answer)) == (503, "LOGIN_UNAVAILABLE")


async def test_claims_tell_what_may_be_done_and_seen(serve: Serve, provider: Provider) -> None:
    http = await serve(
        **_settings(provider), claim_scopes="realm.roles", claim_values={"staff": "read", "chief": "admin"},
        claim_partner="partner", claim_owners="owners",
    )  # fmt: skip
    for claims, status, total in (
        ({"realm": {"roles": ["staff", "x"]}}, 200, 4),
        ({"realm": {"roles": "chief"}}, 200, 4),
        ({"realm": {"roles": ["x"]}}, 403, None),
        ({}, 403, None),
        ({"realm": {"roles": ["staff"]}, "owners": ["u1"]}, 200, 1),
        ({"realm": {"roles": ["chief"]}, "owners": []}, 200, 0),
        ({"realm": {"roles": ["staff"]}, "partner": "bolt"}, 200, 1),
        ({"realm": {"roles": ["staff"]}, "partner": ["bolt", "care"]}, 403, None),
        ({"realm": {"roles": ["staff"]}, "partner": 7}, 403, None),
        ({"realm": {"roles": ["staff"]}, "partner": "bolt", "owners": ["u1"]}, 403, None),
    ):
        provider.claims = {"sub": "ann", **claims}
        answer = await http.post("/graphql", json=QUESTION, headers=bearer(provider.token()))
        assert answer.status_code == status, claims
        if total is not None:
            assert answer.json()["data"]["accounts"]["totalCount"] == total, claims
    provider.claims = {"sub": "ann", "realm": {"roles": ["chief"]}, "owners": ["u1"]}
    assert (await http.get("/metrics", headers=bearer(provider.token()))).status_code == 403


@pytest.mark.parametrize(
    "changed", [{"jwks": None}, {"jwt_audience": None}, {"jwt_issuer": None}, {"jwt_algorithms": ("HS256",)},
                {"jwt_algorithms": ("none",)}, {"jwt_algorithms": ()}],
)  # fmt: skip
async def test_what_is_not_configured_does_not_start(serve: Serve, provider: Provider, changed: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        await serve(**{**_settings(provider), **changed})
