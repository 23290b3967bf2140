"""The constraints and indexes that follow from the model.

`python -m ecograph.graph.migrations.derive` prints them. A test compares them with what the numbered migrations make,
so that a change of the model without its migration is noticed.
"""

from __future__ import annotations

import re
import sys

from ..model import EDGES, NODES, SEARCHABLE
from ..model.system import IDENTIFIERS, SEARCH_INDEX, SYSTEM_INDEXES


def statements() -> list[str]:
    """Cypher statements, each safe to repeat, in a stable order."""
    return [*_node_constraints(), *_edge_constraints(), *_range_indexes(), _search_index()]


def _node_constraints() -> list[str]:
    unique = [(kind.label, "id") for kind in NODES] + list(IDENTIFIERS.items())
    return [
        f"CREATE CONSTRAINT {_snake(label)}_{name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{name} IS UNIQUE"
        for label, name in unique
    ]


def _edge_constraints() -> list[str]:
    return [
        f"CREATE CONSTRAINT {kind.type.lower()}_key IF NOT EXISTS FOR ()-[r:{kind.type}]-() REQUIRE r.key IS UNIQUE"
        for kind in EDGES
    ]


def _range_indexes() -> list[str]:
    indexed = [
        (kind.label, name)
        for kind in NODES
        for name in ("name", *(p.name for p in kind.properties if p.indexed))
        if kind in SEARCHABLE
    ]
    indexed += SYSTEM_INDEXES
    return [
        f"CREATE INDEX {_snake(label)}_{_snake(name)} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
        for label, name in indexed
    ]


def _search_index() -> str:
    labels = "|".join(kind.label for kind in SEARCHABLE)
    return (
        f"CREATE FULLTEXT INDEX {SEARCH_INDEX} IF NOT EXISTS FOR (n:{labels}) ON EACH [n.name, n.key] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}"
    )


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


if __name__ == "__main__":
    sys.stdout.write("".join(f"{statement};\n" for statement in statements()))
