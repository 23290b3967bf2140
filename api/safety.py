"""What a request must be before anything is done with it, so that no web page can use a server on loopback."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ..graph.errors import SettingsError
from ..graph.loopback import is_loopback
from ..graph.settings import Settings

PREFLIGHT_HEADERS = ("x-ecograph", "x-requested-with", "apollo-require-preflight", "graphql-require-preflight")


def serves_graphiql(settings: Settings) -> bool:
    """Whether GraphiQL is served: as it is set, else on loopback only."""
    return is_loopback(settings.host) if settings.graphiql is None else settings.graphiql


def answers_introspection(settings: Settings) -> bool:
    """Whether requests over HTTP may ask about the schema: as it is set, else on loopback only."""
    return is_loopback(settings.host) if settings.introspection is None else settings.introspection


def checked_origin(origin: str) -> str:
    """An origin, as `https://host[:port]`.

    Raises:
        SettingsError: it is not written so; `*` is none either.
    """
    parts = urlsplit(origin)
    name = parts.netloc
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w.\-]+(:\d+)?|\[[\da-f:]+\](:\d+)?", name):
        name = ""
    if not name or origin != f"{parts.scheme}://{name}":
        raise SettingsError(f"{origin!r} is no origin.", hint="Write each origin in full, as https://host[:port].")
    return origin


def host_name(header: str) -> str:
    """The name in a Host header, without the port."""
    if header.startswith("["):
        return header.partition("]")[0] + "]"
    return header.partition(":")[0]


def error(status: int, code: str, message: str, hint: str | None = None) -> JSONResponse:
    """A refusal in the shape of every error."""
    extensions = {"code": code, **({"hint": hint} if hint else {})}
    return JSONResponse({"errors": [{"message": message, "extensions": extensions}]}, status)


class HostGuard:
    """Answers only requests that are addressed to a loopback name or to one that the settings allow.

    A page whose name was rebound to 127.0.0.1 sends its own name as Host, and is refused here.
    """

    def __init__(self, app: ASGIApp, allowed: Collection[str] = ()) -> None:
        self.app = app
        self.allowed = frozenset(name.lower() for name in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            name = host_name(Headers(scope=scope).get("host", ""))
            if not is_loopback(name) and name.lower() not in self.allowed:
                refusal = error(
                    421, "HOST_NOT_ALLOWED", f"This server does not answer to the name {name!r}.",
                    "Use a loopback address, or name the host in ECOGRAPH_ALLOWED_HOSTS.",
                )  # fmt: skip
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def passes_preflight(headers: Headers) -> bool:
    """True when a plain cross-site request could not have sent these headers.

    Such a request can be a GET or a form, but cannot set the type application/json or a header of its own, and its
    browser tells where it comes from.
    """
    if headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json":
        return True
    if headers.get("sec-fetch-site") in ("same-origin", "none"):
        return True
    return any(name in headers for name in PREFLIGHT_HEADERS)
