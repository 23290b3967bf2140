"""Loading: datasets from importers become nodes and edges, checked by the model, in resumable batches."""

from __future__ import annotations

from .loader import OnBad, Rejected, load
from .prepare import Prepared, prepare
from .tables import DTYPES, KEY, ROW, BadRow, Counts, Dataset, Records, Summary, Table

__all__ = [
    "DTYPES",
    "KEY",
    "ROW",
    "BadRow",
    "Counts",
    "Dataset",
    "OnBad",
    "Prepared",
    "Records",
    "Rejected",
    "Summary",
    "Table",
    "load",
    "prepare",
]
