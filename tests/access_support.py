"""What the tests of access share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx

Serve = Callable[..., Awaitable[httpx.AsyncClient]]
QUESTION = {"query": '{ account(id: "account:south") { id } accounts { totalCount } }'}


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def code_of(answer: httpx.Response) -> str:
    found: str = answer.json()["errors"][0]["extensions"]["code"]
    return found
