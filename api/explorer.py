"""The pages in the browser, from our own files."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from .safety import error

STATIC = Path(__file__).resolve().parent / "static"

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'"
    ),
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


async def explorer_page(_request: Request) -> Response:
    """GraphiQL."""
    page = STATIC / "graphiql.html"
    if not page.is_file():
        return error(
            503, "NOT_BUILT", "The pages were not built with this installation.",
            "Install the package again with Node.js 20 or later, or without ECOGRAPH_SKIP_EXPLORER.",
        )  # fmt: skip
    return FileResponse(page, headers=_HEADERS, media_type="text/html")


def assets() -> StaticFiles:
    """Scripts and styles; their names change with their content."""
    return StaticFiles(directory=STATIC / "assets", check_dir=False)
