"""Where stored measures are: parameters that every statement may refer to, read once with the graph version.

A statement so reads one slot throughout, and a run does not write to that slot while a statement can still read it.
For a group of node measures named `g`, templates have `<gValues>` and `<gHistory>` (names of properties), `<gTimes>`
(when the runs in the history were), `<gStamps>` (column → when its value is from), `<gRunOf>` (column → id of the run)
and `<gRuns>` (ids of the runs of the current values); for a group of edges `<gSlot>` and `<gRuns>`. They are null or
empty where nothing is stored.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from ...graph.model.measured import GROUPS, EdgeGroup, Group
from ...graph.stored import Pointers, stamp_of
from ...graph.version import GraphVersion


def measured(version: GraphVersion) -> dict[str, Any]:
    """The parameters of this version of the graph."""
    return {"today": datetime.now(UTC).date(), "dataVersion": version.data, **_of(version.pointers.text)}


@lru_cache(maxsize=8)
def _of(pointers: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for group in GROUPS:
        found |= _of_group(group, Pointers.decode(pointers))
    return found


def _of_group(group: Group, pointers: Pointers) -> dict[str, Any]:
    pointer = pointers.of(group)
    start = group.name
    runs = dict(pointer.runs) if pointer else {}
    found: dict[str, Any] = {f"{start}Runs": sorted(runs.values())}
    if isinstance(group, EdgeGroup):
        return found | {f"{start}Slot": pointer.slot.value if pointer else None}
    run_of = {column: runs[name] for name, columns in group.measures.items() if name in runs for column in columns}
    return found | {
        f"{start}RunOf": run_of,
        f"{start}Stamps": {column: stamp_of(run) for column, run in run_of.items()},
        f"{start}Values": group.property(pointer.slot) if pointer else None,
        f"{start}History": group.history_property(pointer.slot) if pointer else None,
        f"{start}Times": list(pointer.history) if pointer else [],
    }
