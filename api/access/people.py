"""`/login`, `/login/callback`, `/logout`: people log in with their organisation's OpenID provider."""

from __future__ import annotations

import secrets
from hmac import compare_digest
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ...graph.errors import EcographError
from ...graph.loopback import is_loopback
from ..safety import error, host_name
from .claims import viewer_from_claims
from .credentials import refused
from .guard import refusal
from .logins import SESSION, Logins
from .provider import Provider
from .signing import to_dict

_PENDING = "ecograph_login"
_PENDING_S = 600


class People:
    """The routes of people's logins."""

    def __init__(self, logins: Logins) -> None:
        self._logins = logins
        self._settings = logins.settings
        self._provider = Provider(logins.settings)

    def routes(self) -> list[Route]:
        return [
            Route("/login", self.login),
            Route("/login/callback", self.callback),
            Route("/logout", self.logout, methods=["POST"]),
        ]

    async def login(self, request: Request) -> Response:
        """Send the person to the provider; what must come back is kept in a signed cookie."""
        pending = {
            "state": secrets.token_urlsafe(32), "nonce": secrets.token_urlsafe(32),
            "verifier": secrets.token_urlsafe(48), "next": _local(request.query_params.get("next", "/")),
        }  # fmt: skip
        try:
            address = await self._provider.address(
                self._callback_address(request), pending["state"], pending["nonce"], pending["verifier"]
            )
        except EcographError as failure:
            return refusal(failure)
        answer = RedirectResponse(address, 303, {"Cache-Control": "no-store"})
        self._set(answer, request, _PENDING, self._logins.signer.sign("login", pending), _PENDING_S)
        return answer

    async def callback(self, request: Request) -> Response:
        """Take the code that the provider sent, and begin a session."""
        pending = self._logins.signer.read("login", request.cookies.get(_PENDING, ""), _PENDING_S)
        given = request.query_params
        try:
            if pending is None or not compare_digest(given.get("state", "").encode(), pending["state"].encode()):
                raise refused()
            if given.get("iss") not in (None, self._settings.oidc_issuer) or not given.get("code"):
                raise refused()
            claims = await self._provider.claims(
                given["code"], self._callback_address(request), pending["nonce"], pending["verifier"]
            )
            viewer = viewer_from_claims(claims, self._settings)
        except EcographError as failure:
            answer = refusal(failure)
            self._delete(answer, request, _PENDING)
            return answer
        root = request.scope.get("root_path", "")
        answer = RedirectResponse(f"{root}{pending['next']}", 303, {"Cache-Control": "no-store"})
        self._delete(answer, request, _PENDING)
        session = self._logins.signer.sign("session", to_dict(viewer))
        self._set(answer, request, SESSION, session, int(self._settings.session_hours * 3_600))
        return answer

    async def logout(self, request: Request) -> Response:
        """End the session in this browser. A form of another site cannot do it: its origin would be told."""
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            return error(403, "CROSS_SITE", "Another site may not log you out.", "Log out from our own page.")
        answer = Response(status_code=204, headers={"Cache-Control": "no-store"})
        self._delete(answer, request, SESSION)
        return answer

    def _callback_address(self, request: Request) -> str:
        base = self._settings.public_url or f"{request.url.scheme}://{request.url.netloc}"
        return f"{base.rstrip('/')}{request.scope.get('root_path', '')}/login/callback"

    def _set(self, answer: Response, request: Request, name: str, value: str, age_s: int) -> None:
        answer.set_cookie(
            name, value, max_age=age_s, path=self._path(request), httponly=True, samesite="lax", secure=_secure(request)
        )

    def _delete(self, answer: Response, request: Request, name: str) -> None:
        answer.delete_cookie(
            name, path=self._path(request), httponly=True, samesite="lax", secure=_secure(request)
        )  # fmt: skip

    def _path(self, request: Request) -> str:
        return request.scope.get("root_path", "") or "/"


def _secure(request: Request) -> bool:
    return not is_loopback(host_name(request.headers.get("host", "")))


def _local(target: str) -> str:
    """A path on this server; anything that a browser could take for another place becomes the front page."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    return target if all(33 <= ord(character) <= 126 and character != "\\" for character in target) else "/"
