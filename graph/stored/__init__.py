"""What measure runs keep in the graph: values in two slots, pointers to the current ones, and where they came from."""

from __future__ import annotations

from .pointers import NO_POINTERS, Pointer, Pointers
from .runs import MeasureRun, keeping, run_id, share_changed, stamp_of
from .write import clear_edges, read_values, write_edges, write_values

__all__ = [
    "NO_POINTERS",
    "MeasureRun",
    "Pointer",
    "Pointers",
    "clear_edges",
    "keeping",
    "read_values",
    "run_id",
    "share_changed",
    "stamp_of",
    "write_edges",
    "write_values",
]
