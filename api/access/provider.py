"""The OpenID provider that people log in with: discovery, the address to send them to, and codes for tokens."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit

import httpx
import truststore
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.discovery import get_well_known_url

from ...graph.errors import SettingsError
from ...graph.loopback import is_loopback
from ...graph.settings import Settings
from .credentials import KeysUnavailable, refused
from .jwks import KeySource, fetch_json
from .logins import checked_algorithms
from .tokens import TokenCheck

log = logging.getLogger("ecograph.access")

MAX_AGE_S = 3_600.0


@dataclass(frozen=True)
class Metadata:
    """What the provider says of itself, and the check of its tokens."""

    authorization_endpoint: str
    token_endpoint: str
    check: TokenCheck


class Provider:
    """One OpenID provider, by the code flow with PKCE, state and nonce."""

    def __init__(self, settings: Settings) -> None:
        """
        Raises:
            SettingsError: it is not configured.
        """
        if not settings.oidc_issuer or not settings.oidc_client_id:
            raise SettingsError(
                "People are to log in, and ECOGRAPH_OIDC_ISSUER or ECOGRAPH_OIDC_CLIENT_ID is not set.",
                hint="docs/access.md tells more.",
            )
        if not is_loopback(settings.host) and settings.public_url is None:
            raise SettingsError(
                "ECOGRAPH_PUBLIC_URL is not set.",
                hint="The provider sends people back there; give the address that they use.",
            )
        self._issuer = settings.oidc_issuer
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret
        self._algorithms = checked_algorithms(settings)
        self._metadata: Metadata | None = None
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def address(self, redirect_uri: str, state: str, nonce: str, verifier: str) -> str:
        """Where to send a person to log in.

        Raises:
            KeysUnavailable: the provider cannot be reached.
        """
        metadata = await self._known()
        address: str = prepare_grant_uri(
            metadata.authorization_endpoint, self._client_id, "code", redirect_uri, "openid profile", state,
            nonce=nonce, code_challenge=create_s256_code_challenge(verifier), code_challenge_method="S256",
        )  # fmt: skip
        return address

    async def claims(self, code: str, redirect_uri: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """The claims of the ID token that a code stands for.

        Raises:
            Unauthenticated: the code or the token is not valid.
            KeysUnavailable: the provider cannot be reached.
        """
        metadata = await self._known()
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier,
            "client_id": self._client_id,
        }  # fmt: skip
        secret = self._secret
        auth = None if secret is None else httpx.BasicAuth(self._client_id, secret.get_secret_value())
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            async with httpx.AsyncClient(verify=context, timeout=10, follow_redirects=False) as client:
                answer = await client.post(metadata.token_endpoint, data=form, auth=auth or httpx.USE_CLIENT_DEFAULT)
            token = answer.json()["id_token"] if answer.status_code == 200 else None
        except httpx.HTTPError as failure:
            raise KeysUnavailable("The identity provider cannot be reached.", hint="Try again.") from failure
        except (ValueError, KeyError, TypeError) as failure:
            raise refused() from failure
        if not isinstance(token, str):
            log.warning("the identity provider refused a code with status %s", answer.status_code)
            raise refused()
        claims = await metadata.check.claims(token)
        if not compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise refused()
        return claims

    async def _known(self) -> Metadata:
        async with self._reading:
            if self._metadata is None or time.monotonic() - self._read_at > MAX_AGE_S:
                self._metadata = await self._discover()
                self._read_at = time.monotonic()
            return self._metadata

    async def _discover(self) -> Metadata:
        found = await fetch_json(get_well_known_url(self._issuer, external=True))
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        try:
            if found["issuer"] != self._issuer:
                raise ValueError(f"it calls itself {found['issuer']!r}")
            endpoints = [str(found[name]) for name in names]
            if not all(_is_safe(address) for address in endpoints):
                raise ValueError("an endpoint is not https")
        except (ValueError, KeyError, TypeError) as failure:
            log.error("the provider %s cannot be used: %s", self._issuer, failure)
            raise KeysUnavailable(
                "The identity provider cannot be used.", hint="Compare ECOGRAPH_OIDC_ISSUER with the provider's issuer."
            ) from failure
        authorization, token, jwks = endpoints
        check = TokenCheck(KeySource(jwks), self._algorithms, self._issuer, self._client_id)
        return Metadata(authorization, token, check)


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
