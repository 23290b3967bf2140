"""What a running process holds: the connection to the graph, the executor over it, and what delivers webhooks."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from contextlib import AsyncExitStack
from importlib import import_module
from typing import TYPE_CHECKING

from ..graph import embedded
from ..graph.connection import Database, open_database
from ..graph.migrations import migrate
from ..graph.progress import Progress
from ..graph.settings import Settings
from ..graph.webhooks.deliver import Deliverer

if TYPE_CHECKING:
    from ..schema.execute import Executor


class Runtime:
    """Opened at start or, where the application is mounted in another that does not start it, by the first request."""

    def __init__(
        self, settings: Settings, progress: Progress | None = None, starting: Future[embedded.Lease] | None = None
    ) -> None:
        self.settings = settings
        self._progress = progress
        self._starting = starting
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._opened: tuple[Database, Executor] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._deliverer: Deliverer | None = None

    async def open(self) -> tuple[Database, Executor]:
        """The connection and the executor, opened when they are not yet.

        Raises:
            ServerError: Neo4j cannot be started or reached.
            SettingsError: its address or login is wrong.
        """
        async with self._opening:
            if self._opened is None:
                # The schema is loaded while Neo4j starts: each takes seconds.
                loop = asyncio.get_running_loop()
                loading = loop.run_in_executor(None, import_module, "..schema.execute", __package__)
                starting, self._starting = self._starting, None
                try:
                    database = await self._stack.enter_async_context(
                        open_database(self.settings, self._progress, starting)
                    )
                    await migrate(database)
                finally:
                    executing = await loading
                executor: Executor = executing.Executor(database, self.settings)
                self._opened = database, executor
                self._warming = asyncio.create_task(executor.warm())
                if self.settings.deliver_webhooks:
                    self._deliverer = Deliverer(database)
                    self._deliverer.start()
            return self._opened

    async def close(self) -> None:
        """Give everything back."""
        async with self._opening:
            opened, self._opened = self._opened, None
            if opened is not None:
                await opened[1].jobs.close()
            if self._deliverer is not None:
                await self._deliverer.close()
            if self._warming is not None:
                await self._warming
            await self._stack.aclose()
