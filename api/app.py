"""The web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette_compress import CompressMiddleware, add_compress_type

from ..graph.errors import EcographError
from ..graph.settings import Settings
from ..schema.sdl import graphql_schema
from .access.embedding import Embedding
from .access.gate import Gate
from .access.guard import AccessGuard, refusal
from .access.limits import RateLimited
from .access.logins import Logins
from .access.metrics import Metrics
from .documents import TrustedDocuments
from .explorer import assets, views
from .export import Exports
from .graphql_http import MODERN, Endpoint
from .imports import Imports
from .runtime import Runtime
from .safety import HostGuard, checked_origin, error, serves_graphiql

MIN_COMPRESSED = 1_000
"""Bytes below which an answer is not compressed."""

add_compress_type(MODERN)


def _people(logins: Logins) -> list[Route]:
    if "oidc" not in logins.settings.auth:
        return []
    from .access.people import People

    return People(logins).routes()


def create_app(settings: Settings | None = None, runtime: Runtime | None = None) -> Starlette:
    """The Starlette application: the pages, what answers programs (see the README's table of routes), and logins.

    It can be served as it is or mounted in another application. It opens its connection at start, or with the first
    request where the outer application does not run the lifespan of mounted ones.
    """
    held = runtime or Runtime(settings or Settings.load())
    logins, metrics = Logins(held.settings, held), Metrics()
    gate = Gate(held.settings, metrics)
    documents = TrustedDocuments.load(held.settings, graphql_schema())
    endpoint, exports = Endpoint(held.settings, documents, gate), Exports(documents, gate)

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

    async def export(request: Request) -> Response:
        _, executor = await held.open()
        return await exports.answer(request, executor)

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_request: Request) -> Response:
        database, executor = await held.open()
        await database.value("RETURN 1", timeout=5)
        return JSONResponse({"status": "ready", "graphVersion": str(await executor.version.current())})

    async def measured(_request: Request) -> Response:
        _, executor = await held.open()
        return metrics.response(await executor.version.current(), executor.planner)

    pages = views(with_graphiql=serves_graphiql(held.settings), ancestors=held.settings.frame_ancestors)
    return Starlette(
        routes=[
            Route("/graphql", graphql, methods=["GET", "POST"]),
            Route("/export", export, methods=["GET", "POST"]),
            *Imports(held).routes(),
            *pages,
            Route("/metrics", measured),
            *Embedding(logins).routes(),
            *_people(logins),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Mount("/assets", assets()),
        ],
        middleware=[
            Middleware(HostGuard, allowed=held.settings.allowed_hosts),
            *_cross_origin(held.settings),
            Middleware(AccessGuard, logins=logins, pages=pages),
            Middleware(CompressMiddleware, minimum_size=MIN_COMPRESSED, zstd_level=3),
        ],
        exception_handlers={EcographError: _ours, 404: _http, 405: _http},
        lifespan=lifespan,
    )


def _cross_origin(settings: Settings) -> list[Middleware]:
    """Lets scripts of the origins in the settings ask, with a key or token; cookies are never sent across origins.

    Raises:
        SettingsError: an origin is not written in full.
    """
    if not settings.cors_origins:
        return []
    return [
        Middleware(
            CORSMiddleware, allow_origins=[checked_origin(origin) for origin in settings.cors_origins],
             allow_methods=("GET", "POST"),
            allow_headers=("Authorization", "Content-Type", "X-API-Key", "X-Ecograph"),
            expose_headers=("ETag", "Retry-After"), max_age=600,
        )
    ]  # fmt: skip


async def _ours(_request: Request, failure: Exception) -> Response:
    assert isinstance(failure, EcographError)
    if isinstance(failure, RateLimited):
        limited = error(429, failure.code, failure.message, failure.hint)
        limited.headers["Retry-After"] = str(failure.retry_after)
        return limited
    return refusal(failure)


async def _http(_request: Request, failure: Exception) -> Response:
    status = getattr(failure, "status_code", 500)
    code, message = {404: ("NOT_FOUND", "There is nothing here."), 405: ("METHOD_NOT_ALLOWED", "Not by this method.")}[
        status
    ]
    refusal = error(status, code, message, "GraphQL is at /graphql, GraphiQL at /graphiql.")
    refusal.headers.update(getattr(failure, "headers", None) or {})
    return refusal
