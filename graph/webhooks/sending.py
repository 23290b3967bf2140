"""One attempt: a signed request to an address, of which only the status is read."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import cache
from urllib.parse import urlsplit

import httpx
import truststore

from ..loopback import is_loopback
from .outbox import Answer
from .signing import signature

_LONGEST_S = 60.0


@asynccontextmanager
async def sender(urls: Iterable[str]) -> AsyncIterator[httpx.AsyncClient]:
    """A client for these addresses, by the system's certificates and the environment's proxies.

    What is for this machine itself goes to no proxy: it may be unencrypted.
    """
    hosts = {urlsplit(url).hostname or "" for url in urls}
    here = {f"all://[{host}]" if ":" in host else f"all://{host}": None for host in hosts if is_loopback(host)}
    async with httpx.AsyncClient(
        verify=_certificates(), follow_redirects=False, mounts=here, timeout=_LONGEST_S
    ) as client:
        yield client


@cache
def _certificates() -> ssl.SSLContext:
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


async def send(client: httpx.AsyncClient, url: str, secret: str, identity: str, body: str, timeout_s: float) -> Answer:
    """Send a message once, and wait so many seconds for an answer; its body is left unread."""
    content, timestamp = body.encode(), int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "ecograph",
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, identity, timestamp, content),
    }
    try:
        async with asyncio.timeout(timeout_s):
            async with client.stream("POST", url, content=content, headers=headers) as answer:
                return Answer(answer.status_code, retry_after=_seconds(answer.headers.get("retry-after", "")))
    except TimeoutError:
        return Answer(None, f"no answer within {timeout_s:.3g} s")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Answer(None, _WORDS.get(type(error), "the connection failed"))


_WORDS: dict[type[Exception], str] = {
    httpx.ConnectError: "cannot be reached",
    httpx.RemoteProtocolError: "the answer is no HTTP",
    httpx.ProxyError: "the proxy refused",
}


def _seconds(retry_after: str) -> int:
    return int(retry_after) if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 7 else 0
