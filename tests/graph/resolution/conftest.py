from __future__ import annotations

import pytest
from doubles import doubles

from ecograph.graph.connection import Database
from ecograph.graph.load import load


@pytest.fixture
async def doubled(graph: Database) -> Database:
    """The tiny ecosystem with accounts that are one company."""
    await load(graph, doubles())
    return graph
