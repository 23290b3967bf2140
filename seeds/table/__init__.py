"""Tables of every kind, from CSV, JSON Lines and Parquet files and from CRM exports, as datasets for the loader."""

from __future__ import annotations

from .crm import read_crm
from .kinds import CREATABLE, KINDS
from .preset import SYSTEMS
from .resolver import InMemory, Layered, Resolver
from .setaside import write_set_aside
from .table import read_table

__all__ = [
    "CREATABLE",
    "KINDS",
    "SYSTEMS",
    "InMemory",
    "Layered",
    "Resolver",
    "read_crm",
    "read_table",
    "write_set_aside",
]
