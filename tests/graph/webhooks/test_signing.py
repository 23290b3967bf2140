"""Signatures, by the specification's own example and by what the documentation tells receivers to do."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ecograph.graph.webhooks.signing import new_secret, signature

Verify = Callable[[str, Mapping[str, str], bytes], bool]


@pytest.fixture(scope="module")
def verify() -> Verify:
    """As docs/webhooks.md has it."""
    text = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict[str, Verify] = {}
    exec(code, names)
    return names["is_genuine"]


def _headers(secret: str, body: bytes, at: int | None = None) -> dict[str, str]:
    at = int(time.time()) if at is None else at
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(at),
        "webhook-signature": signature(secret, "msg_1", at, body),
    }


def test_the_specifications_own_example() -> None:
    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_secrets_are_long_and_new() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert {len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) for secret in made} == {32}


def test_a_receiver_knows_what_is_genuine(verify: Verify) -> None:
    secret, body = new_secret(), '{"name":"Zürich"}'.encode()
    headers = _headers(secret, body)
    assert verify(secret, headers, body)
    assert verify(secret, {**headers, "webhook-signature": f"v1,AAAA {headers['webhook-signature']}"}, body)
    assert not verify(new_secret(), headers, body)
    assert not verify(secret, headers, body + b" ")
    assert not verify(secret, {**headers, "webhook-id": "msg_2"}, body)
    assert not verify(secret, {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}, body)


def test_a_receiver_refuses_what_is_old(verify: Verify) -> None:
    secret = new_secret()
    assert not verify(secret, _headers(secret, b"{}", int(time.time()) - 600), b"{}")
