"""Nodes of lists within lists, which are made once each however many lists they stand in.

Of 20 accounts with 10 products each there may be 200 rows and 15 products: the rows then hold ids only, and each
product's own row, with the lists below it, is one of a table. A table is a further step of the statement, which takes
the ids out of the rows of the level above.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import GraphQLObjectType

from ...graph.cypher import seek
from ...graph.model import NODES
from ..spec import CallConnection, Connection, One, Rows, Scalar
from .shapes import Inline

if TYPE_CHECKING:
    from .context import Context
    from .select import Columns, FieldCall

_LABELS = frozenset(kind.label for kind in NODES)
NOTHING = Inline(())
_COSTLY = (Connection, CallConnection, Rows, One, Scalar)


@dataclass
class Level:
    """Rows that lists within them can be found in: `source` is the expression for the list of these rows, or, where
    `is_single`, for the only one. It is known when the rows are compiled."""

    columns: Columns
    source: str = ""
    is_single: bool = False


@dataclass
class Table:
    """The rows of the nodes of a list, each node once: the list stands at `list_at` in the rows of `above`, an id at
    `key_at` in each row of the list. A row begins with the id."""

    above: Level
    level: Level
    label: str
    that: str
    key_at: int = -1
    list_at: int = -1
    shape: Inline = NOTHING

    @property
    def name(self) -> str:
        """The variable that holds it."""
        return self.level.source

    def clause(self, context: Context) -> str:
        """The step that makes the table."""
        from .select import give

        above, inner, key = context.variable(), context.variable(), context.variable()
        found = seek(self.that, self.label, key)
        made, given = give(self.level.columns.row(), [self.that])
        rows = self.above.source
        return (
            f"CALL ({rows.partition('[')[0]}) {{ "
            f"UNWIND {rows} AS {above} UNWIND {above}[{self.list_at}] AS {inner} "
            f"WITH DISTINCT {inner}[{self.key_at}] AS {key} {found} {made}RETURN collect({given}) AS {self.name} }}"
        )


def is_worth_it(node_type: GraphQLObjectType, asked: list[FieldCall | str]) -> bool:
    """Whether a node costs more to make than to look up."""
    return node_type.name in _LABELS and any(isinstance(getattr(call, "spec", None), _COSTLY) for call in asked)


def steps(context: Context) -> str:
    """The steps that make all tables, each after the one above it."""
    return " ".join(table.clause(context) for table in context.tables)


def names(context: Context) -> str:
    """What a statement returns of them, where there are any."""
    return f", [{', '.join(table.name for table in context.tables)}] AS tables" if context.tables else ""
