"""The web application, the Python client and the command line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .app import create_app
    from .client import AsyncEcosystem, Ecosystem, QueryFailed

__all__ = ["AsyncEcosystem", "Ecosystem", "QueryFailed", "create_app"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module(".app" if name == "create_app" else ".client", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
