"""Lets a request through to the routes only with a login that may use them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ...graph.errors import EcographError
from ...schema.viewer import Forbidden, Viewer
from ...schema.viewer import Scope as Needed
from ..safety import error
from .credentials import KeysUnavailable, Unauthenticated
from .logins import Logins

VIEWER = "ecograph.viewer"
OPEN = frozenset({"/healthz", "/readyz", "/login", "/login/callback", "/logout"})
"""Paths that need no login. All others do, so a route that is added is closed until it is named here."""
OPEN_BELOW = ("/assets/",)
ASKED = frozenset({"/graphql", "/export"})
"""Paths of most requests, which are no pages: for these that need not be found out."""
EMBEDDED = "/embed/"
NEEDED = {"/metrics": Needed.ADMIN, "/imports": Needed.WRITE}
"""Scopes that paths need, and what lies below them; the others need `read`."""


class AccessGuard:
    """Finds out who asks, and keeps it in the request.

    `pages` hold no data and need no login; where people can log in they are led there first, unless the page is to be
    embedded in another and gets a token there.
    """

    def __init__(self, app: ASGIApp, logins: Logins, pages: Sequence[Route]) -> None:
        self.app = app
        self._logins, self._pages = logins, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        refusal = await self._refusal(HTTPConnection(scope), path)
        await (refusal or self.app)(scope, receive, send)

    async def _refusal(self, request: HTTPConnection, path: str) -> Response | None:
        if path in OPEN or path.startswith(OPEN_BELOW):
            return None
        if path not in ASKED and any(page.matches(request.scope)[0] is Match.FULL for page in self._pages):
            return self._to_login(request, path)
        try:
            viewer = await self._logins.viewer(request)
            if viewer is None:
                raise Unauthenticated("A login is needed.", hint="Send `Authorization: Bearer <key or token>`.")
            viewer.require(NEEDED.get("/" + path[1:].partition("/")[0], Needed.READ))
        except EcographError as failure:
            return refusal(failure)
        request.scope[VIEWER] = viewer
        return None

    def _to_login(self, request: HTTPConnection, path: str) -> Response | None:
        if "oidc" not in self._logins.settings.auth or path.startswith(EMBEDDED) or self._logins.session(request):
            return None
        root = request.scope.get("root_path", "")
        return RedirectResponse(f"{root}/login?next={quote(path)}", 303)


def viewer_of(request: HTTPConnection) -> Viewer:
    """Who asks, as the guard found out."""
    found: Viewer = request.scope[VIEWER]
    return found


def refusal(failure: EcographError) -> Response:
    """The answer to a request that is not let through."""
    status = 401 if isinstance(failure, Unauthenticated) else 403 if isinstance(failure, Forbidden) else 500
    if isinstance(failure, KeysUnavailable) or failure.is_retryable():
        status = 503
    made = error(status, failure.code, failure.message, failure.hint)
    if status == 401:
        made.headers["WWW-Authenticate"] = 'Bearer realm="ecograph"'
    made.headers["Cache-Control"] = "no-store"
    return made
