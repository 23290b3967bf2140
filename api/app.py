"""The web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from ..graph.errors import EcographError
from ..graph.settings import Settings
from . import graphql_http
from .explorer import assets, explorer_page
from .runtime import Runtime
from .safety import HostGuard, error


def create_app(settings: Settings | None = None, runtime: Runtime | None = None) -> Starlette:
    """The Starlette application: `/graphql`, `/graphiql`, `/healthz`, `/readyz`.

    It can be served as it is or mounted in another application. It opens its connection at start, or with the first
    request where the outer application does not run the lifespan of mounted ones.
    """
    held = runtime or Runtime(settings or Settings.load())

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await held.open()
        try:
            yield
        finally:
            await held.close()

    async def graphql(request: Request) -> Response:
        _, executor = await held.open()
        return await graphql_http.answer(request, executor)

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
        middleware=[Middleware(HostGuard, allowed=held.settings.allowed_hosts)],
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
