"""The web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette_compress import CompressMiddleware, add_compress_type

from ..graph.errors import EcographError
from ..graph.settings import Settings
from ..schema.sdl import graphql_schema
from .documents import TrustedDocuments
from .explorer import assets, explorer_page
from .graphql_http import MODERN, Endpoint
from .runtime import Runtime
from .safety import HostGuard, error

MIN_COMPRESSED = 1_000
"""Bytes below which an answer is not compressed."""

add_compress_type(MODERN)


def create_app(settings: Settings | None = None, runtime: Runtime | None = None) -> Starlette:
    """The Starlette application: `/graphql`, `/graphiql`, `/healthz`, `/readyz`.

    It can be served as it is or mounted in another application. It opens its connection at start, or with the first
    request where the outer application does not run the lifespan of mounted ones.
    """
    held = runtime or Runtime(settings or Settings.load())
    endpoint = Endpoint(held.settings, TrustedDocuments.load(held.settings, graphql_schema()))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await held.open()
        try:
            yield
        finally:
            await held.close()

    async def graphql(request: Request) -> Response:
        _, executor = await held.open()
        return await endpoint.answer(request, executor)

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_request: Request) -> Response:
        database, executor = await held.open()
        await database.value("RETURN 1", timeout=5)
        return JSONResponse({"status": "ready", "graphVersion": str(await executor.version.current())})

    async def home(request: Request) -> Response:
        return RedirectResponse(f"{request.scope.get('root_path', '')}/graphiql")

    return Starlette(
        routes=[
            Route("/", home),
            Route("/graphql", graphql, methods=["GET", "POST"]),
            Route("/graphiql", explorer_page),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Mount("/assets", assets()),
        ],
        middleware=[
            Middleware(HostGuard, allowed=held.settings.allowed_hosts),
            Middleware(CompressMiddleware, minimum_size=MIN_COMPRESSED, zstd_level=3),
        ],
        exception_handlers={EcographError: _ours, 404: _http, 405: _http},
        lifespan=lifespan,
    )


async def _ours(_request: Request, failure: Exception) -> Response:
    assert isinstance(failure, EcographError)
    return error(503 if failure.is_retryable() else 500, failure.code, failure.message, failure.hint)


async def _http(_request: Request, failure: Exception) -> Response:
    status = getattr(failure, "status_code", 500)
    code, message = {404: ("NOT_FOUND", "There is nothing here."), 405: ("METHOD_NOT_ALLOWED", "Not by this method.")}[
        status
    ]
    refusal = error(status, code, message, "GraphQL is at /graphql, GraphiQL at /graphiql.")
    refusal.headers.update(getattr(failure, "headers", None) or {})
    return refusal
