"""The rival of the first benchmark: each question as a route with its statement written by hand.

    python benchmarks/handwritten.py        prints its address and serves until stopped

Neo4j is where NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD say.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import neo4j
import orjson
from ecosystem import today
from questions import QUESTIONS, Question
from serving import serve
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def path(question: Question) -> str:
    """Where a question is asked."""
    return f"/{question.name.replace(' ', '-')}"


def application(driver: neo4j.AsyncDriver) -> Starlette:
    """One route per question."""

    @asynccontextmanager
    async def closing(_app: Starlette) -> AsyncIterator[None]:
        async with driver:
            yield

    return Starlette(routes=[_route(driver, question) for question in QUESTIONS], lifespan=closing)


def _route(driver: neo4j.AsyncDriver, question: Question) -> Route:
    async def answer(request: Request) -> Response:
        parameters = orjson.loads(await request.body())
        async with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
            result = await session.run(question.cypher, {**parameters, "today": today()})
            record = await result.single()
        return Response(orjson.dumps({"data": question.shape(record[0])}), media_type="application/json")

    return Route(path(question), answer, methods=["POST"])


def connect() -> neo4j.AsyncDriver:
    """The official driver."""
    login = os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]
    return neo4j.AsyncGraphDatabase.driver(os.environ["NEO4J_URI"], auth=login, notifications_min_severity="OFF")


if __name__ == "__main__":
    serve(application(connect()))
