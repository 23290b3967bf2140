"""docs/graphql.md: each of its questions runs, and has an answer in the tiny ecosystem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor

GUIDE = (Path(__file__).parents[2] / "docs" / "graphql.md").read_text("utf-8")
QUESTIONS = dict(re.findall(r"^## (\d+\. [^\n]+)\n.*?```graphql\n(.*?)```", GUIDE, re.MULTILINE | re.DOTALL))
VALUES = {
    "account": "account:north", "partner": "bolt", "product": "core", "day": "2024-01-01", "from": "partner:dune",
    "to": "account:north",
}  # fmt: skip


@pytest.fixture(scope="module")
def executor(still: Database, settings: Settings) -> Executor:
    return Executor(still, settings.model_copy(update={"query_timeout_s": 300}))


def test_the_guide_has_fourteen_questions() -> None:
    assert len(QUESTIONS) == len(re.findall(r"^## \d", GUIDE, re.MULTILINE)) == 14


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
async def test_a_question_of_the_guide_has_an_answer(executor: Executor, question: str) -> None:
    operation = parse(question).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    names = [definition.variable.name.value for definition in operation.variable_definitions or ()]
    answer = await executor.execute(question, {name: VALUES[name] for name in names})
    assert answer.errors == []
    assert answer.data is not None
    assert all(answer.data.values())
    lists = list(_lists(answer.data))
    assert lists
    assert lists[0], "the question's own list is empty"


def _lists(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, list):
        yield value
        for item in value:
            yield from _lists(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _lists(item)
