"""Embedding our pages in another: a five-minute token for a viewer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ...graph.errors import BadInput, EcographError
from ...schema.viewer import Forbidden, View, Viewer, viewer
from ...schema.viewer import Scope as Needed
from ..safety import error
from .guard import refusal, viewer_of
from .logins import Logins
from .signing import EMBED_PREFIX, EMBED_S, to_dict

_MAX_BODY = 10_000


class Embedding:
    """`POST /embed/token`: a token that reads for five minutes, with the caller's view or a narrower one."""

    def __init__(self, logins: Logins) -> None:
        self._signer = logins.signer

    def routes(self) -> list[Route]:
        return [Route("/embed/token", self.token, methods=["POST"])]

    async def token(self, request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return error(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.")
        body = await request.body()
        try:
            wish = orjson.loads(body) if len(body) <= _MAX_BODY else None
        except orjson.JSONDecodeError:
            wish = None
        try:
            seen = narrowed(viewer_of(request), wish)
        except BadInput as failure:
            return error(400, failure.code, failure.message, failure.hint)
        except EcographError as failure:
            return refusal(failure)
        signed = self._signer.sign("embed", to_dict(seen))
        return JSONResponse(
            {"token": f"{EMBED_PREFIX}{signed}", "expiresIn": EMBED_S}, headers={"Cache-Control": "no-store"}
        )


def narrowed(asks: Viewer, wish: Any) -> Viewer:
    """The viewer that a token is for: `{}` for the caller's own view, `{"partner": …}` or `{"owners": […]}` for a
    narrower one. It can only read, and a token makes no other token that lasts longer than itself.

    Raises:
        BadInput: the wish cannot be understood.
        Forbidden: the caller sees less than the token would, or is itself a token.
    """
    if asks.name.startswith("embed:"):
        raise Forbidden("A token for embedding cannot make another.", hint="Ask with a key.")
    if not isinstance(wish, dict) or not wish.keys() <= {"partner", "owners"}:
        raise BadInput("The body is no wish for a token.", hint='Send {}, {"partner": "…"} or {"owners": ["…"]}.')
    partner, owners = wish.get("partner"), wish.get("owners")
    is_list = isinstance(owners, list) and all(isinstance(owner, str) for owner in owners)
    if (partner is not None and not isinstance(partner, str)) or (owners is not None and not is_list):
        raise BadInput("`partner` is a string, `owners` a list of strings.")
    if partner is None and owners is None:
        return replace(asks, name=f"embed:{asks.name}", scopes=frozenset({Needed.READ}))
    if asks.view is not View.WHOLE:
        raise Forbidden("This login has a narrowed view already.", hint="Ask with {} for a token of the same view.")
    return viewer(f"embed:{asks.name}", [Needed.READ], partner=partner, owners=owners)
