"""The public keys that tokens are signed with, from a file or an address, fetched again when they rotate."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from pathlib import Path
from typing import Any

import httpx
import orjson
import truststore
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from .credentials import KeysUnavailable

log = logging.getLogger("ecograph.access")

MAX_AGE_S = 3_600.0
LEAST_INTERVAL_S = 30.0
"""A token with an unknown key id makes the keys be fetched again, but not more often than this."""
_TIMEOUT_S = 10.0
_MAX_BYTES = 1_000_000


async def fetch_json(address: str) -> Any:
    """A JSON document from an https address, or an http one on loopback.

    Raises:
        KeysUnavailable: it cannot be read.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        async with httpx.AsyncClient(verify=context, timeout=_TIMEOUT_S, follow_redirects=False) as client:
            answer = await client.get(address)
            answer.raise_for_status()
            if len(answer.content) > _MAX_BYTES:
                raise ValueError("too long")
            return orjson.loads(answer.content)
    except (httpx.HTTPError, ValueError) as failure:
        log.error("%s cannot be read: %s", address, failure)
        raise KeysUnavailable(
            "The identity provider cannot be reached.", hint="Try again; the log of the server says more."
        ) from failure


class KeySource:
    """A JWKS. Keys are kept for an hour, and longer where the address does not answer."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._keys: KeySet | None = None
        self._read_at = float("-inf")
        self._tried_at = float("-inf")
        self._reading = asyncio.Lock()

    async def keys(self, key_id: str | None) -> KeySet:
        """The keys, read anew where they are old or do not hold this one.

        Raises:
            KeysUnavailable: they were never read, and cannot be now.
        """
        async with self._reading:
            now = time.monotonic()
            is_due = now - self._read_at > MAX_AGE_S or not self._holds(key_id)
            if self._keys is None or (is_due and now - self._tried_at > LEAST_INTERVAL_S):
                self._tried_at = now
                await self._read()
            assert self._keys is not None
            return self._keys

    def _holds(self, key_id: str | None) -> bool:
        return self._keys is not None and (key_id is None or any(key.kid == key_id for key in self._keys.keys))

    async def _read(self) -> None:
        try:
            self._keys = KeySet.import_key_set(await self._document())
            self._read_at = time.monotonic()
        except (KeysUnavailable, JoseError, ValueError, KeyError, TypeError) as failure:
            log.error("the keys at %s cannot be read: %s", self._location, failure)
            if self._keys is None:
                raise KeysUnavailable(
                    "The keys that logins are checked with cannot be read.",
                    hint="ECOGRAPH_JWKS names a file or an address with a JWKS; the log says more.",
                ) from failure

    async def _document(self) -> Any:
        if "://" in self._location:
            return await fetch_json(self._location)
        try:
            return orjson.loads(await asyncio.to_thread(Path(self._location).read_bytes))
        except OSError as failure:
            raise KeysUnavailable(f"{self._location} cannot be read.") from failure
