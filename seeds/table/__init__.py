"""Tables of every kind, from CSV, JSON Lines and Parquet files and from CRM exports, as datasets for the loader."""

from __future__ import annotations

from .account_list import Change, ListImport, Reading, read_crossbeam, read_population
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
    "Change",
    "InMemory",
    "Layered",
    "ListImport",
    "Reading",
    "Resolver",
    "read_crm",
    "read_crossbeam",
    "read_population",
    "read_table",
    "write_set_aside",
]
