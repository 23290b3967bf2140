"""A connection of a document as a table: which one, its columns, and all its pages."""

from __future__ import annotations

from .table import ExportFailed, Table, open_table

__all__ = ["ExportFailed", "Table", "open_table"]
