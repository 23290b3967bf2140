"""A web server in a thread with an event loop of its own."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn


@contextmanager
def serving(app: Any, **given: Any) -> Iterator[str]:
    """The address of an application on a free port of this machine; `given` goes to uvicorn."""
    try:
        with _started(app, given) as address:
            yield address
    finally:
        # A connection that was accepted as the loop ended has nobody to close it, and is noticed in a later test. By
        # now nothing holds it, nor the server.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


@contextmanager
def _started(app: Any, given: dict[str, Any]) -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        server = uvicorn.Server(uvicorn.Config(app, **given))
        thread = threading.Thread(target=asyncio.run, args=[_serve(server, listener)])
        thread.start()
        try:
            while thread.is_alive() and not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


async def _serve(server: uvicorn.Server, listener: socket.socket) -> None:
    """Serve until told to end; answers that go on then are cut off, and their connections closed, those too that are
    being accepted."""
    await server.serve(sockets=[listener])
    for _ in range(3):
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
