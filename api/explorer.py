"""The pages in the browser, from our own files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from .safety import checked_origin, error

STATIC = Path(__file__).resolve().parent / "static"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


_OFFER = '<meta name="graphiql" content="served" />'
"""Tells the pages that they may lead to GraphiQL."""

# Each is a page of the application in the browser, which reads the rest of the address itself.
VIEWS = (
    "/",
    "/partners",
    "/accounts",
    "/graph",
    "/overlap",
    "/import",
    "/matches",
    "/report",
    "/what-if",
    "/search",
    "/ask",
    "/embed/account",
    *(f"/{kind}/{{id:path}}" for kind in ("partners", "accounts", "products", "integrations", "deals")),
)


def views(*, with_graphiql: bool, ancestors: Sequence[str]) -> list[Route]:
    """The routes of the pages. They hold no data: what they show, they ask for. `ancestors` are the origins whose pages
    may embed them, beside our own.

    Raises:
        SettingsError: an origin is not written in full.
    """
    headers = {
        "Content-Security-Policy": " ".join([_POLICY, *map(checked_origin, ancestors)]),
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }

    async def view(request: Request) -> Response:
        return _page("index.html", request, headers, without=() if with_graphiql else (_OFFER,))

    async def graphiql(request: Request) -> Response:
        return _page("graphiql.html", request, headers)

    return [*(Route(path, view) for path in VIEWS), *([Route("/graphiql", graphiql)] if with_graphiql else [])]


def _page(name: str, request: Request, headers: Mapping[str, str], without: Collection[str] = ()) -> Response:
    """A page, its scripts and styles addressed from the root: a view's own address may be deep."""
    page = STATIC / name
    if not page.is_file():
        return error(
            503, "NOT_BUILT", "The pages were not built with this installation.",
            "Install the package again with Node.js 20 or later, or without ECOGRAPH_SKIP_EXPLORER.",
        )  # fmt: skip
    prefix = quote(request.scope.get("root_path", ""))
    text = page.read_text("utf-8").replace('"./assets/', f'"{prefix}/assets/')
    for part in without:
        text = text.replace(part, "")
    return HTMLResponse(text, headers=headers)


def assets() -> StaticFiles:
    """Scripts and styles; their names change with their content."""
    return StaticFiles(directory=STATIC / "assets", check_dir=False)
