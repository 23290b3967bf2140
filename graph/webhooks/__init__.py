"""Webhooks: what happens in the graph is told to addresses of the user's, signed, and again until it has arrived."""

from __future__ import annotations

from .events import Event, EventType
from .outbox import put

__all__ = ["Event", "EventType", "put"]
