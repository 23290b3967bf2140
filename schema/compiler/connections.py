"""Connections: one page of a list, by Relay's rules, as one subquery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLObjectType

from ..spec import Aggregate, CallConnection, Connection
from .aggregate import Source, aggregate
from .context import Context, Scope, below
from .cursors import encode
from .once import Level, Table, is_worth_it
from .paging import Page, is_cut
from .select import Columns, FieldCall, compile_field, field_calls, select
from .shapes import Const, Inline, Leaf, Many, Once, Shape, Sub

_OF_ROWS = {"nodes", "edges", "pageInfo", "truncated"}


def connection(
    context: Context, call: FieldCall, spec: Connection | CallConnection, scope: Scope, columns: Columns
) -> Inline | Sub:
    """The shape of a connection; `nodes`, `edges` and `pageInfo` are made of the same rows."""
    page = Page(context, call, spec, scope)
    asked = field_calls(context, call.type, call.selections)  # type: ignore[arg-type]
    if not _runs_twice(spec, asked):
        return _inline(context, call, page, asked, scope, columns)
    page.gather()
    within = Columns()
    shape = _inline(context, call, page, asked, scope, within)
    return Sub(columns.add(page.gathered(within.row())), shape, call.nullable, call.where, is_only=True)


def _runs_twice(spec: Connection | CallConnection, asked: Sequence[FieldCall | str]) -> bool:
    """Whether a named query would run for the rows, and again for what is said of all of them."""
    if isinstance(spec, Connection) or spec.is_cut_inside:
        return False
    names = {c.name for c in asked if isinstance(c, FieldCall)}
    return not names.isdisjoint(_OF_ROWS) and not names <= _OF_ROWS


def _inline(
    context: Context, call: FieldCall, page: Page, asked: Sequence[FieldCall | str], scope: Scope, columns: Columns
) -> Inline:
    connection_type: GraphQLObjectType = call.type  # type: ignore[assignment]
    plan = _Plan(context, page, columns)
    with context.nested(), context.at(plan.level):
        makers = {
            c if isinstance(c, str) else c.key: plan.field(connection_type, c)
            for c in sorted(asked, key=lambda c: "" if isinstance(c, str) else c.name)
        }
    rows_at = -1
    if plan.needs_rows:
        rows = page.rows(plan.row())
        rows_at = columns.add(rows)
        plan.found(rows, rows_at)
    made = {key: maker(rows_at, scope, columns) for key, maker in makers.items()}
    order = [c if isinstance(c, str) else c.key for c in asked]
    return Inline(tuple((key, made[key]) for key in order), nullable=call.nullable, where=call.where)


Maker = Callable[[int, Scope, Columns], Shape]


class _Plan:
    def __init__(self, context: Context, page: Page, columns: Columns) -> None:
        self.context, self.page = context, page
        self.needs_rows = False
        self._columns = Columns()
        level = context.level
        self._above = level if level is not None and level.columns is columns else None
        self._tables: list[Table] = []
        # The rows of a root's list, or of a list in a single row, are of different nodes: each is made where it stands.
        is_first = page.is_alone if self._above is None else self._above.is_single
        self.level = Level(self._columns) if is_first else None

    def found(self, rows: str, at: int) -> None:
        """Tells where the rows stand."""
        if self.level is not None:
            self.level.source = rows if self._above is None else f"{self._above.source}[{at}]"
        for table in self._tables:
            table.list_at = at

    def row(self) -> str:
        return self._columns.row()

    def field(self, parent: GraphQLObjectType, call: FieldCall | str) -> Maker:
        if isinstance(call, str):
            return lambda _rows, _scope, _columns: Const(parent.name)
        page, first, where = self.page, self.page.first, call.where
        if call.name == "nodes":
            self.needs_rows = True
            shape = self._nodes(call)
            return lambda rows, _scope, _columns: Many(rows, shape, first, where)
        if call.name == "edges":
            self.needs_rows = True
            edges = self._edge(call)
            return lambda rows, _scope, _columns: Many(rows, edges, first, where)
        if call.name == "pageInfo":
            self.needs_rows = True
            return self._page_info(call)
        if call.name == "truncated":
            self.needs_rows = True
            return lambda rows, _scope, _columns: Leaf(rows, is_cut, False, where, first)
        if call.name == "totalCount":
            return lambda _rows, _scope, columns: Leaf(columns.add(page.total()), None, False, where)
        if isinstance(call.spec, Aggregate):
            source = Source(page.body(paged=False), page.kept, page.scope, page.around, page.express)
            return lambda _rows, _scope, columns: aggregate(self.context, call, source, columns)
        return lambda _rows, scope, columns: compile_field(self.context, call, page.about(scope), columns)

    def _nodes(self, call: FieldCall) -> Inline | Once:
        node_type: GraphQLObjectType = call.type  # type: ignore[assignment]
        context, page, above = self.context, self.page, self._above
        if above is None or above.is_single or not isinstance(page.spec, Connection) or not is_worth_it(
            node_type, field_calls(context, node_type, call.selections)
        ):  # fmt: skip
            return select(context, node_type, page.scope, call.selections, self._columns)
        that = page.scope["that"]
        level = Level(Columns(), context.variable())
        table = Table(above, level, node_type.name, that)
        context.tables.append(table)
        self._tables.append(table)
        place = len(context.tables) - 1
        level.columns.add(f"{that}.id")
        with context.at(level):
            table.shape = select(context, node_type, below(page.scope, {"it": that}), call.selections, level.columns)
        table.key_at = self._columns.add(f"{that}.id")
        return Once(table.key_at, place, table.shape)

    def _edge(self, call: FieldCall) -> Inline:
        edge_type: GraphQLObjectType = call.type  # type: ignore[assignment]
        fields: list[tuple[str, Shape]] = []
        for asked in field_calls(self.context, edge_type, call.selections):
            if isinstance(asked, str):
                fields.append((asked, Const(edge_type.name)))
            elif asked.name == "cursor":
                fields.append((asked.key, self._cursor(asked)))
            elif asked.name == "node":
                fields.append((asked.key, self._nodes(asked)))
            else:
                fields.append((asked.key, compile_field(self.context, asked, self.page.scope, self._columns)))
        return Inline(tuple(fields), where=edge_type.name)

    def _cursor_column(self) -> int:
        kept = ", ".join([self.page.signed, *(key.kept for key in self.page.keys)])
        return self._columns.add(f"[{kept}]")

    def _cursor(self, call: FieldCall) -> Leaf:
        return Leaf(self._cursor_column(), encode, False, call.where)

    def _page_info(self, call: FieldCall) -> Maker:
        first, place, page = self.page.first, self._cursor_column(), self.page
        values: dict[str, Callable[[list[Any], int], Any]] = {
            "hasNextPage": is_cut,
            "startCursor": lambda rows, first: encode(rows[0][place]) if rows[:first] else None,
            "endCursor": lambda rows, first: encode(rows[min(len(rows), first) - 1][place]) if rows[:first] else None,
        }
        info: GraphQLObjectType = call.type  # type: ignore[assignment]
        asked = field_calls(self.context, info, call.selections)

        def make(rows: int, _scope: Scope, columns: Columns) -> Shape:
            fields: list[tuple[str, Shape]] = []
            for c in asked:
                if isinstance(c, str):
                    fields.append((c, Const(info.name)))
                elif c.name == "hasPreviousPage":
                    fields.append((c.key, Leaf(columns.add(page.has_previous()), None, c.nullable, c.where)))
                else:
                    fields.append((c.key, Leaf(rows, values[c.name], c.nullable, c.where, first)))
            return Inline(tuple(fields), where=call.where)

        return make
