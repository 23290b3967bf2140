"""Rows in files that other tools read: CSV, JSON Lines, Parquet and Arrow."""

from __future__ import annotations

from .changes import REMOVED, Digest
from .formats import Format
from .kinds import (
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    FLOAT,
    INTEGER,
    JSON,
    TEXT,
    Column,
    Kind,
    Leaf,
    Many,
    Record,
    Row,
    frame,
)
from .streams import encoded
from .tables import GraphTable, graph_tables

__all__ = [
    "BOOLEAN",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "FLOAT",
    "INTEGER",
    "JSON",
    "REMOVED",
    "TEXT",
    "Column",
    "Digest",
    "Format",
    "GraphTable",
    "Kind",
    "Leaf",
    "Many",
    "Record",
    "Row",
    "encoded",
    "frame",
    "graph_tables",
]
