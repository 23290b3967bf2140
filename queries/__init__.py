"""The named Cypher queries, and the numeric step of each measure beside its query."""

from __future__ import annotations

from .catalog import BadQueryFile, NamedQuery, catalog

__all__ = ["BadQueryFile", "NamedQuery", "catalog"]
