"""Wakes whoever delivers in this process, when something was put into the outbox by it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_listening: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}


def ring() -> None:
    """Something is due: from whatever thread."""
    for event, loop in list(_listening.items()):
        with suppress(RuntimeError):  # its loop ended without it
            loop.call_soon_threadsafe(event.set)


@contextmanager
def listening(event: asyncio.Event) -> Iterator[None]:
    """The event is set, in the loop of who calls this, whenever it rings."""
    _listening[event] = asyncio.get_running_loop()
    try:
        yield
    finally:
        del _listening[event]
