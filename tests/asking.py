"""Requests from tests that are not coroutines: a loop of its own in another thread holds the connection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from anyio.from_thread import start_blocking_portal

from ecograph.graph.connection import open_database
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor, Response


class Ask(Protocol):
    """Answers one request."""

    def __call__(self, text: str, variables: Mapping[str, Any] | None = None) -> Response: ...


@contextmanager
def asking(settings: Settings) -> Iterator[Ask]:
    """A way to ask over the database of these settings."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(open_database(settings)) as database:
        executor = Executor(database, settings)
        yield lambda text, variables=None: portal.call(executor.execute, text, variables)
