"""From a request to who asks: API keys, tokens, sessions, and tokens for embedding."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from ...graph.connection import Database
from ...graph.errors import SettingsError
from ...graph.keys import PREFIX, find_key, note_use
from ...graph.settings import Settings
from ...schema.viewer import LOCAL, Viewer, viewer
from ..runtime import Runtime
from .claims import viewer_from_claims
from .credentials import credential, refused
from .signing import EMBED_PREFIX, EMBED_S, Signer, from_dict, signer_of

if TYPE_CHECKING:
    from .tokens import TokenCheck

SESSION = "ecograph_session"
NOTED_EVERY_S = 60.0


class Logins:
    """The logins that the settings allow. Where none is needed, a request without one is the local administrator's."""

    def __init__(self, settings: Settings, runtime: Runtime) -> None:
        """
        Raises:
            SettingsError: a way to log in is switched on and not configured.
        """
        self.settings = settings
        self.signer: Signer = signer_of(settings)
        self._runtime = runtime
        self._tokens = _token_check(settings) if "jwt" in settings.auth else None
        self._uses = KeyUses()

    async def viewer(self, request: HTTPConnection) -> Viewer | None:
        """Who asks, or None where a login is needed and none is sent.

        Raises:
            Unauthenticated: a login is sent and not valid. It is never passed over, not even where none is needed.
            Forbidden: it is valid, and what it may see cannot be told.
        """
        sent = credential(request.headers)
        if sent is not None:
            return await self._by_credential(sent)
        if not self.settings.needs_login:
            return LOCAL
        return self.session(request) if "oidc" in self.settings.auth else None

    def session(self, request: HTTPConnection) -> Viewer | None:
        """Who is logged in by the session cookie."""
        found = self.signer.read("session", request.cookies.get(SESSION, ""), self.settings.session_hours * 3_600)
        return None if found is None else from_dict(found)

    async def _by_credential(self, sent: str) -> Viewer:
        if sent.startswith(PREFIX):
            return await self._by_key(sent)
        if sent.startswith(EMBED_PREFIX):
            found = self.signer.read("embed", sent.removeprefix(EMBED_PREFIX), EMBED_S)
            if found is None:
                raise refused()
            return from_dict(found)
        if self._tokens is None:
            raise refused()
        return viewer_from_claims(await self._tokens.claims(sent), self.settings)

    async def _by_key(self, sent: str) -> Viewer:
        if self.settings.needs_login and "key" not in self.settings.auth:
            raise refused()
        database, _ = await self._runtime.open()
        key = await find_key(database, sent)
        if key is None:
            raise refused()
        await self._uses.note(database, key.id)
        return viewer(f"key:{key.id}", key.scopes, partner=key.partner, owners=key.owners)


class KeyUses:
    """When keys were last used, written once a minute for all of them."""

    def __init__(self) -> None:
        self._used: dict[str, datetime] = {}
        self._written_at = float("-inf")

    async def note(self, database: Database, identity: str) -> None:
        self._used[identity] = datetime.now(UTC)
        if time.monotonic() - self._written_at >= NOTED_EVERY_S:
            self._written_at = time.monotonic()
            used, self._used = self._used, {}
            await note_use(database, used)


def _token_check(settings: Settings) -> TokenCheck:
    from .jwks import KeySource
    from .tokens import TokenCheck

    for name in ("jwks", "jwt_issuer", "jwt_audience"):
        if not getattr(settings, name):
            raise SettingsError(
                f"Tokens are to be taken, and ECOGRAPH_{name.upper()} is not set.", hint="docs/access.md tells more."
            )
    assert settings.jwks is not None
    assert settings.jwt_issuer is not None
    assert settings.jwt_audience is not None
    return TokenCheck(
        KeySource(settings.jwks), checked_algorithms(settings), settings.jwt_issuer, settings.jwt_audience
    )


def checked_algorithms(settings: Settings) -> tuple[str, ...]:
    """The signature algorithms that are allowed.

    Raises:
        SettingsError: one of them does not use a public key.
    """
    from .tokens import ASYMMETRIC

    wrong = sorted(set(settings.jwt_algorithms) - ASYMMETRIC)
    if wrong or not settings.jwt_algorithms:
        raise SettingsError(
            f"ECOGRAPH_JWT_ALGORITHMS allows {', '.join(wrong) or 'nothing'}.",
            hint=f"Choose from {', '.join(sorted(ASYMMETRIC))}.",
        )
    return settings.jwt_algorithms
