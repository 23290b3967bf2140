"""Tables of every kind, from CSV, JSON Lines and Parquet files and from CRM exports, as datasets for the loader."""

from __future__ import annotations

from .account_list import Change, ListImport, Reading, read_crossbeam, read_population, usual_columns
from .crm import read_crm
from .kinds import CREATABLE, KINDS
from .list_preview import FIELDS, OWNER, Shown, by_hand, shown
from .mapping import load_mapping
from .preset import SYSTEMS
from .reader import read_sheet
from .resolver import InMemory, Layered, Resolver
from .setaside import write_set_aside
from .table import read_table

__all__ = [
    "CREATABLE",
    "FIELDS",
    "KINDS",
    "OWNER",
    "SYSTEMS",
    "Change",
    "InMemory",
    "Layered",
    "ListImport",
    "Reading",
    "Resolver",
    "Shown",
    "by_hand",
    "load_mapping",
    "read_crm",
    "read_crossbeam",
    "read_population",
    "read_sheet",
    "read_table",
    "shown",
    "usual_columns",
    "write_set_aside",
]
