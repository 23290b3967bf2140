"""Every query file on the real server: it plans, without scans that its header does not allow, as the golden says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import neo4j
import pytest
from golden import operators, same_as_golden

from ecograph.graph import embedded
from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.queries import NamedQuery, catalog

PLANS = Path(__file__).parent / "plans"
VALUES: dict[str, Any] = {
    "DATE": date(2026, 6, 1), "INTEGER": 10, "BOOLEAN": True, "STRING": "bolt*", "STRINGS": ["Partner"],
    "MAP": {"USD": 0.01}, "INTEGERS": [1], "FLOAT": 1.0, "EDGES": [[1, 2, 1.0]],
}  # fmt: skip
NEVER = {"AllNodesScan", "CartesianProduct", "NodeByLabelScan"}


@pytest.fixture(scope="module")
async def explainer(settings: Settings, planned: Database) -> Any:
    address = embedded.current_address(settings)
    assert address is not None
    with neo4j.GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver:
        yield driver


def _text(query: NamedQuery) -> str:
    text = query.text.replace("$maxLength", "4")
    inputs = []
    for name, label in query.inputs.items():
        label = {"Node": "Partner" if name == "start" else "Account"}.get(label, label)
        if label == "NODES":
            inputs.append(f"MATCH (one:Account {{id: $id_{name}}}) WITH collect(one) AS {name}")
        elif label == "DATE":
            inputs.append(f"WITH *, date($id_{name}) AS {name}")
        else:
            inputs.append(f"MATCH ({name}:{label} {{id: $id_{name}}})")
    return " ".join([*inputs, text])


@pytest.mark.parametrize("name", sorted(catalog()))
async def test_plan(name: str, explainer: neo4j.Driver, settings: Settings) -> None:
    query = catalog()[name]
    parameters = {p: VALUES[kind] for p, kind in query.parameters.items() if kind != "LITERAL"}
    parameters |= {f"id_{name}": "x:y" for name in query.inputs}
    with explainer.session() as session:
        plan = session.run(f"EXPLAIN {_text(query)}", parameters).consume().plan  # type: ignore[arg-type]
    assert plan is not None
    lines = list(operators(plan))
    scans = {o.strip() for o in lines} & NEVER
    if len(query.inputs) > 1:
        scans.discard("CartesianProduct")  # of two nodes found by their ids
    assert scans <= query.allow, f"{query.file} scans: {scans - query.allow}"
    if settings.neo4j_release == "current":
        same_as_golden(PLANS / f"{name}.txt", "\n".join(lines) + "\n")
