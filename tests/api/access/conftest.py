"""An application with logins, in this process, over the tiny ecosystem."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from access_support import Serve

from ecograph.api import create_app
from ecograph.api.runtime import Runtime
from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings


@pytest.fixture
async def serve(still: Database, settings: Settings, tmp_path: Path) -> AsyncIterator[Serve]:
    """Applications by their settings; each has the tiny ecosystem."""
    async with AsyncExitStack() as stack:

        async def start(base_url: str = "http://127.0.0.1:8484", **given: Any) -> httpx.AsyncClient:
            changed = settings.model_copy(update={**given})
            runtime = Runtime(changed)
            stack.push_async_callback(runtime.close)
            transport = httpx.ASGITransport(create_app(runtime=runtime))
            return await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url=base_url))

        yield start
