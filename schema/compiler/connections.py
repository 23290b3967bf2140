"""Connections: one page of a list, by Relay's rules, as one subquery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLObjectType

from ...graph.errors import BadInput
from ..spec import CallConnection, Connection, Order
from .calls import call_clause
from .context import Context, LimitExceeded, Scope
from .cursors import decode, encode, signature
from .identity import label_of_id
from .select import Columns, FieldCall, below, compile_field, field_calls, give, select
from .shapes import Const, Inline, Leaf, Many, Shape

_HOLDS = "(<edge>.since IS NULL OR <edge>.since <= <asOf>) AND (<edge>.until IS NULL OR <edge>.until > <asOf>)"


class _Page:
    """The list that a connection pages through: where its rows come from, in which order, and which page is asked."""

    def __init__(self, context: Context, call: FieldCall, spec: Connection | CallConnection, scope: Scope) -> None:
        self.context, self.call, self.spec, self.outer = context, call, spec, scope
        self.first = _first(context, call)
        self.after = call.arguments.get("after")
        self.limit = context.parameter(self.first + 1)
        self.is_root = context.depth == 0
        self.scope = below(scope, self._bind())
        self.order: Order = tuple((context.fill(template, self.scope), down) for template, down in spec.order)
        self.signed = signature(call.where, spec.order)

    def _bind(self) -> dict[str, str]:
        context = self.context
        if isinstance(self.spec, Connection):
            that = context.variable()
            edge = context.variable()
            self.source = context.fill(self.spec.match, {**self.outer, "that": that, "edge": edge})
            self.kept = [that] if self.spec.is_root else [that, edge]
            return {"it": that, "that": that, "edge": edge}
        starts, outer = self._starts(self.spec)
        limit = self.limit if self.spec.is_cut_inside else None
        clause, names = call_clause(context, self.spec.call, outer, self.call.arguments, limit)
        renamed = {name: context.variable() for name in names}
        renaming = ", ".join(f"{name} AS {variable}" for name, variable in renamed.items())
        self.source = f"{starts}{clause} WITH {renaming}"
        self.kept = list(renamed.values())
        return renamed

    def _starts(self, spec: CallConnection) -> tuple[str, Scope]:
        matches = []
        names = {}
        for name, argument in spec.start.items():
            identity = str(self.call.arguments[argument])
            variable = self.context.variable()
            names[name] = variable
            parameter = self.context.parameter(identity)
            matches.append(f"MATCH ({variable}:{label_of_id(identity)} {{id: {parameter}}}) ")
        return "".join(matches), {**self.outer, **names}

    def conditions(self, *, paged: bool) -> list[str]:
        found = []
        spec = self.spec
        if isinstance(spec, Connection):
            if spec.is_dated:
                found.append(self.context.fill(_HOLDS, self.scope))
            if spec.is_root and paged:
                # A predicate on the id lets the planner read in the order of its index.
                found.append(f"{self.scope['that']}.id IS NOT NULL")
        if paged and self.after is not None:
            found.append(self._beyond(decode(str(self.after), self.signed)))
        return found

    def _beyond(self, values: Sequence[Any]) -> str:
        if len(values) != len(self.order):
            raise BadInput("This cursor is damaged.", hint="Start again without `after`.")
        condition = ""
        for (expression, down), value in reversed(list(zip(self.order, values, strict=True))):
            parameter = self.context.parameter(value)
            further = f"{expression} {'<' if down else '>'} {parameter}"
            condition = f"({further} OR ({expression} = {parameter} AND {condition}))" if condition else further
        return condition

    def body(self, *, paged: bool) -> str:
        conditions = self.conditions(paged=paged)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"{self.source}{where}"

    def rows(self, row: str) -> str:
        """An expression for the rows of the page, one more than asked for where there are more."""
        ordered = ", ".join(f"{expression}{' DESC' if down else ''}" for expression, down in self.order)
        keep = f"WITH {', '.join(self.kept)} ORDER BY {ordered} LIMIT {self.limit}"
        if isinstance(self.spec, CallConnection) and self.spec.is_cut_inside:
            keep = ""
        made, given = give(row, self.kept)
        body = f"{self.body(paged=True)} {keep} {made}".rstrip()
        return self._expression(body, f"collect({given})", f"COLLECT {{ % RETURN {given} }}")

    def total(self) -> str:
        return self._expression(self.body(paged=False), "count(*)", "COUNT { % RETURN 1 AS one }")

    def about(self, scope: Scope) -> Scope:
        """The scope of fields that speak of the list as a whole: how long it is, and why it is empty."""
        spec = self.spec
        # Compared with 0 as it is, a COUNT becomes an EXISTS, which the planner cannot plan over an ordered subquery.
        about = {**scope, "total": f"({self.total()} + 0)"}
        if isinstance(spec, CallConnection) and spec.why is not None:
            clause, names = call_clause(self.context, spec.why, scope, {})
            about["why"] = f"CASE {about['total']} WHEN 0 THEN head(COLLECT {{ {clause} RETURN {names[0]} }}) END"
        return about

    def _expression(self, body: str, aggregate: str, nested: str) -> str:
        if not self.is_root:
            return nested.replace("%", body, 1)
        name = self.context.variable()
        self.context.clauses.append(f"CALL () {{ {body} RETURN {aggregate} AS {name} }}")
        return name


def connection(
    context: Context, call: FieldCall, spec: Connection | CallConnection, scope: Scope, columns: Columns
) -> Inline:
    """The shape of a connection; `nodes`, `edges` and `pageInfo` are made of the same rows."""
    page = _Page(context, call, spec, scope)
    connection_type: GraphQLObjectType = call.type  # type: ignore[assignment]
    asked = field_calls(context, connection_type, call.selections)
    with context.nested(page.first):
        plan = _Plan(context, page)
        makers = {
            c if isinstance(c, str) else c.key: plan.field(connection_type, c)
            for c in sorted(asked, key=lambda c: "" if isinstance(c, str) else c.name)
        }
    rows_at = columns.add(page.rows(plan.row())) if plan.needs_rows else -1
    made = {key: maker(rows_at, scope, columns) for key, maker in makers.items()}
    order = [c if isinstance(c, str) else c.key for c in asked]
    return Inline(tuple((key, made[key]) for key in order), nullable=call.nullable, where=call.where)


Maker = Callable[[int, Scope, Columns], Shape]


class _Plan:
    def __init__(self, context: Context, page: _Page) -> None:
        self.context, self.page = context, page
        self.needs_rows = False
        self._columns = Columns()

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
            return lambda rows, _scope, _columns: Leaf(rows, lambda found: len(found) > first, False, where)
        if call.name == "totalCount":
            return lambda _rows, _scope, columns: Leaf(columns.add(page.total()), None, False, where)
        return lambda _rows, scope, columns: compile_field(self.context, call, page.about(scope), columns)

    def _nodes(self, call: FieldCall) -> Inline:
        return select(self.context, call.type, self.page.scope, call.selections, self._columns)  # type: ignore[arg-type]

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

    def _cursor_columns(self) -> list[int]:
        return [self._columns.add(expression) for expression, _ in self.page.order]

    def _cursor(self, call: FieldCall) -> Leaf:
        at = self._columns.add(f"[{', '.join(expression for expression, _ in self.page.order)}]")
        signed = self.page.signed
        return Leaf(at, lambda values: encode(signed, values), False, call.where)

    def _page_info(self, call: FieldCall) -> Maker:
        first, signed, has_before = self.page.first, self.page.signed, self.page.after is not None
        places = self._cursor_columns()

        def cursor_at(rows: list[Any], at: int) -> str:
            return encode(signed, [rows[at][place] for place in places])

        values: dict[str, Callable[[list[Any]], Any]] = {
            "hasNextPage": lambda rows: len(rows) > first,
            "hasPreviousPage": lambda _rows: has_before,
            "startCursor": lambda rows: cursor_at(rows, 0) if rows[:first] else None,
            "endCursor": lambda rows: cursor_at(rows, min(len(rows), first) - 1) if rows[:first] else None,
        }
        info: GraphQLObjectType = call.type  # type: ignore[assignment]
        asked = field_calls(self.context, info, call.selections)

        def make(rows: int, _scope: Scope, _columns: Columns) -> Shape:
            fields: list[tuple[str, Shape]] = [
                (c, Const(info.name))
                if isinstance(c, str)
                else (c.key, Leaf(rows, values[c.name], c.nullable, c.where))
                for c in asked
            ]
            return Inline(tuple(fields), where=call.where)

        return make


def _first(context: Context, call: FieldCall) -> int:
    first = int(call.arguments["first"])
    most = context.environment.max_page
    if first < 0:
        raise BadInput("`first` is negative.", hint="Give the number of rows to return, 0 or more.")
    if first > most:
        raise LimitExceeded(
            f"`first` is {first:,}; at most {most:,} rows are given at once.",
            hint="Page with `after`, or raise ECOGRAPH_MAX_PAGE.",
        )
    return first
