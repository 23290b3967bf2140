"""Pieces of Cypher that several statements share."""

from __future__ import annotations


def seek(variable: str, label: str, value: str) -> str:
    """A MATCH of the node with this id, by the index.

    The hint matters where the graph is empty when the statement is planned: its statistics then speak for a scan, which
    is kept and is slow thousands of rows later.
    """
    return f"MATCH ({variable}:{label} {{id: {value}}}) USING INDEX {variable}:{label}(id)"
