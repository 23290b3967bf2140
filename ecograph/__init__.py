"""Ecograph: a knowledge graph of a company's partner ecosystem.

    from ecograph import Ecosystem

    with Ecosystem.open() as ecosystem:
        print(ecosystem.query("{ ecosystem { activePartners } }"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecograph.api import AsyncEcosystem, Ecosystem, QueryFailed, create_app
    from ecograph.graph.errors import EcographError
    from ecograph.graph.settings import Settings

__all__ = ["AsyncEcosystem", "EcographError", "Ecosystem", "QueryFailed", "Settings", "create_app"]

_HOMES = {"EcographError": "ecograph.graph.errors", "Settings": "ecograph.graph.settings"}


def __getattr__(name: str) -> Any:
    # Loaded on first use: small helper processes import a part of the package only.
    if name in __all__:
        return getattr(import_module(_HOMES.get(name, "ecograph.api")), name)
    raise AttributeError(f"module 'ecograph' has no attribute {name!r}")
