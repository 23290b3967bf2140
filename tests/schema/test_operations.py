"""Each operation with its golden: the Cypher, the plan's operators and the answer, over the tiny ecosystem."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import neo4j
import pytest
from golden import operators, same_as_golden

from ecograph.graph import embedded
from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor

OPERATIONS = Path(__file__).parent / "operations"
NAMES = sorted(file.stem for file in OPERATIONS.glob("*.graphql"))


class _Recording:
    """A database that remembers what it was asked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def rows(self, statement: str, parameters: Any = None, **more: Any) -> Any:
        if " AS r" in statement:
            self.asked.append((statement, dict(parameters)))
        return await self._database.rows(statement, parameters, **more)


def _variables(text: str) -> dict[str, Any]:
    found = re.search(r"^# variables: (.*)$", text, re.MULTILINE)
    return json.loads(found[1]) if found else {}


@pytest.mark.parametrize("name", NAMES)
async def test_operation(name: str, planned: Database, settings: Settings) -> None:
    text = (OPERATIONS / f"{name}.graphql").read_text("utf-8")
    recording = _Recording(planned)
    executor = Executor(recording, settings)  # type: ignore[arg-type]
    answer = (await executor.execute(text, _variables(text))).to_dict()
    assert re.fullmatch(r"\d+-[0-9a-f]{8}", answer.pop("extensions")["graphVersion"])
    same_as_golden(OPERATIONS / f"{name}.json", json.dumps(answer, indent=1, ensure_ascii=False) + "\n")
    statements = sorted(statement for statement, _ in recording.asked)
    same_as_golden(OPERATIONS / f"{name}.cypher", "".join(f"{s};\n" for s in statements))
    address = embedded.current_address(settings)
    assert address is not None
    plans = []
    with neo4j.GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver:
        for statement, parameters in sorted(recording.asked, key=lambda asked: asked[0]):
            with driver.session() as session:
                plan = session.run(f"EXPLAIN {statement}", parameters).consume().plan  # type: ignore[arg-type]
            plans.append("\n".join(operators(plan)))
    assert not any("AllNodesScan" in plan for plan in plans)
    if settings.neo4j_release == "current":
        same_as_golden(OPERATIONS / f"{name}.plan", "\n\n".join(plans) + "\n")


async def test_order_and_aliases_do_not_make_another_statement(planned: Database, settings: Settings) -> None:
    asked = []
    for text in (
        "{ partners { nodes { id name products { nodes { name id } totalCount } } totalCount } }",
        "{ p: partners { totalCount nodes { n: name products { totalCount nodes { i: id name } } id } __typename } }",
    ):
        recording = _Recording(planned)
        answer = await Executor(recording, settings).execute(text)  # type: ignore[arg-type]
        assert not answer.errors
        asked.append(recording.asked)
    assert asked[0] == asked[1]
    assert len(asked[0]) == 1


async def test_values_are_parameters(planned: Database, settings: Settings) -> None:
    recording = _Recording(planned)
    hostile = 'x"}) DETACH DELETE n //'
    executor = Executor(recording, settings)  # type: ignore[arg-type]
    answer = await executor.execute(
        "query Q($id: ID!, $n: Int!) { partner(id: $id) { accounts(first: $n) { nodes { id } } } }",
        {"id": hostile, "n": 7},
    )
    assert answer.data == {"partner": None}
    (statement, parameters) = recording.asked[0]
    assert hostile not in statement
    assert f"partner:{hostile}" in parameters.values()
