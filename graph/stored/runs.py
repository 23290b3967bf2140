"""Where stored values came from, and how much has changed since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..connection import Database, Parameters
from ..model import EDGES
from ..model.measured import GROUPS, EdgeGroup
from ..model.system import SINGLETON

KEPT = 24
"""How many runs of a measure are kept."""

_MEASURED = {group.type for group in GROUPS if isinstance(group, EdgeGroup)}
_TYPES = [kind.type for kind in EDGES if kind.type not in _MEASURED]
_TOTALS = " UNION ALL ".join(f"MATCH ()-[r:{name}]->() RETURN '{name}' AS name, count(r) AS n" for name in _TYPES)


@dataclass(frozen=True)
class MeasureRun:
    """One measure, computed once, as it is kept on a `MeasureRun` node.

    `columns` are the stored values, `excluded` says in words what was left out; `totals` are edges per type at the
    time, and edges added and removed by imports until then.
    """

    id: str
    group: str
    measure: str
    columns: Sequence[str]
    computed_at: datetime
    graph_version: str
    data_version: str
    engine: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    excluded: Sequence[str] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def properties(self) -> dict[str, Any]:
        """What the node holds."""
        return {
            "id": self.id,
            "group": self.group,
            "measure": self.measure,
            "columns": list(self.columns),
            "computedAt": self.computed_at,
            "graphVersion": self.graph_version,
            "dataVersion": self.data_version,
            "engine": self.engine,
            "parameters": json.dumps(self.parameters, sort_keys=True),
            "excluded": list(self.excluded),
            "totals": json.dumps(self.totals, sort_keys=True),
            "seconds": self.seconds,
        }


def keeping(runs: Sequence[MeasureRun]) -> list[tuple[str, Parameters]]:
    """Statements that keep these runs, idempotently, and forget the oldest of each measure."""
    return [
        (
            "UNWIND $runs AS run MERGE (r:MeasureRun {id: run.id}) SET r += run",
            {"runs": [run.properties() for run in runs]},
        ),
        (
            "MATCH (r:MeasureRun) WITH r ORDER BY r.computedAt DESC "
            "WITH r.group AS group, r.measure AS measure, collect(r)[$kept..] AS old "
            "UNWIND old AS r DETACH DELETE r",
            {"kept": KEPT},
        ),
    ]


def run_id(started: datetime, group: str, measure: str) -> str:
    """The id of a run of a measure."""
    return f"run:{started.isoformat()}:{group}:{measure}"


def stamp_of(run: str) -> str:
    """When a run was, from its id."""
    return run.removeprefix("run:").rsplit(":", 2)[0]


async def edge_totals(database: Database) -> dict[str, int]:
    """Edges per type now, and edges added and removed per type by all imports so far."""
    found: dict[str, int] = dict(await database.rows(_TOTALS))
    counters = await database.value("MATCH (e:Ecograph {id: $id}) RETURN properties(e)", {"id": SINGLETON}) or {}
    return found | {name: n for name, n in counters.items() if name.startswith(("added_", "removed_"))}


async def totals_of(database: Database, run: str) -> dict[str, int] | None:
    """What `edge_totals` was at the time of a run."""
    text = await database.value("MATCH (r:MeasureRun {id: $id}) RETURN r.totals", {"id": run})
    return dict(json.loads(text)) if text else None


def share_changed(then: Mapping[str, int], now: Mapping[str, int]) -> float:
    """Which share of the edges was added or removed since, 0 for none; from what imports counted, or from the totals
    where others wrote as well."""
    total = sum(then.get(name, 0) for name in _TYPES)
    changed = 0
    for name in _TYPES:
        counted = sum(now.get(f"{what}_{name}", 0) - then.get(f"{what}_{name}", 0) for what in ("added", "removed"))
        changed += max(counted, abs(now.get(name, 0) - then.get(name, 0)))
    return changed / max(total, 1)
