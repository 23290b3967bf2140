"""`aggregate` of a connection: figures over the same rows as its pages', as a whole and in groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graphql import GraphQLObjectType, get_named_type

from ...graph.errors import BadInput
from ..spec import Connection, GroupKey, Groups, Ref
from .context import Context, Scope, below, spec_of, used
from .figures import COUNT, Pass
from .match import bind
from .paging import is_cut, one_more, page_size
from .select import Columns, FieldCall, aggregates, field_calls, select_row
from .shapes import Const, Inline, Leaf, Many, Shape, Sub
from .traced import derive
from .values import native
from .where import plain


@dataclass(frozen=True)
class Source:
    """All rows of a list: the clauses that bind them, their variables, and the scope of one row.

    `around` are the variables from outside that the clauses may use. `express` makes an expression of a body that ends
    in one row: of the body, of what is returned in a subquery of its own, and of the nested expression that has % in
    place of the body.
    """

    body: str
    kept: Sequence[str]
    scope: Scope
    around: Sequence[str]
    express: Callable[[str, str, str], str]

    @property
    def nested(self) -> Source:
        """The same rows within another statement."""
        return replace(self, express=lambda body, _returned, nested: nested.replace("%", body, 1))


def aggregate(context: Context, call: FieldCall, source: Source, columns: Columns) -> Shape:
    """The shape of the field `aggregate`."""
    parent: GraphQLObjectType = call.type  # type: ignore[assignment]
    asked = field_calls(context, parent, call.selections)
    figures = [c for c in asked if isinstance(c, FieldCall) and not isinstance(c.spec, Groups)]
    groups = [c for c in asked if isinstance(c, FieldCall) and isinstance(c.spec, Groups)]
    if not figures:
        return _object(parent, asked, {c.key: _Groups(context, c, source).shape(columns) for c in groups})
    whole, row = Pass(context, source.scope), Columns()
    made = whole.fields(figures, row)
    made |= {c.key: _Groups(context, c, source.nested).shape(row) for c in groups}
    projected = ", ".join([*_beside(whole.values, source.kept), *whole.values])
    values = f"WITH {projected} " if whole.values else ""
    given = context.variable()
    # Aggregated in a CALL of its own: in a COLLECT, the variables around it would be grouped by, and no rows give none.
    taken = used(source.around, source.body)
    figures_of_all = f"CALL ({taken}) {{ {source.body} {values}RETURN {', '.join(whole.aggregations)} }}"
    body = f"{figures_of_all} WITH {', '.join(whole.names)}, {row.row()} AS {given}"
    at = columns.add(source.express(body, given, f"head(COLLECT {{ % RETURN {given} }})"))
    return Sub(at, _object(parent, asked, made), False, call.where)


def _beside(values: Sequence[str], kept: Sequence[str]) -> Sequence[str]:
    """What has to stand in a WITH beside the values of a row, by the rule of `give`."""
    return kept if any(map(aggregates, values)) else ()


def _object(parent: GraphQLObjectType, asked: Sequence[FieldCall | str], made: Mapping[str, Shape]) -> Inline:
    return Inline(
        tuple((c, Const(parent.name)) if isinstance(c, str) else (c.key, made[c.key]) for c in asked), where=parent.name
    )


class _Groups:
    """`groupBy`: rows, joined to what they are grouped by, aggregated per key."""

    def __init__(self, context: Context, call: FieldCall, source: Source) -> None:
        self.context, self.call, self.source = context, call, source
        self.first = context.slot(derive(page_size, call.arguments["first"]))
        self.limit = context.parameter(derive(one_more, call.arguments["first"]))
        self.period = plain(call.arguments.get("period"))
        self.one = Pass(context, source.scope)
        self.joins: dict[Ref | Connection, tuple[str, str]] = {}
        self.unwound: dict[str, str] = {}
        asked = list(dict.fromkeys(plain(key) for key in call.arguments["keys"]))
        if not asked:
            raise BadInput("`keys` is empty.", hint="Name what to group by, or ask for the figures of all rows.")
        key_type = _type(_type(call.type, "nodes"), "key")
        self.keys = {name: self._key(spec_of(key_type.fields[name])) for name in asked}

    def _key(self, spec: Any) -> _Key:
        assert isinstance(spec, GroupKey)
        scope = self.source.scope
        if spec.via is not None:
            if spec.via not in self.joins:
                self.joins[spec.via] = self._join(spec.via)
            that, _ = self.joins[spec.via]
            scope = below(scope, {"it": that})
            if spec.of is None:
                return _Key(that, sorting=f"{that}.id", is_node=True)
        assert spec.of is not None
        value = native(self.context, spec.of, scope, is_date=spec.is_date)
        if spec.is_date and self.period:
            day = self.context.variable()
            value = f"head([{day} IN [{value}] WHERE {day} IS NOT NULL | date.truncate('{self.period}', {day})])"
        variable = self.one.value(value)
        if spec.is_list:
            variable = self.unwound.setdefault(variable, self.context.variable())
        return _Key(variable, sorting=variable, written=f"toString({variable})" if spec.is_date else variable)

    def shape(self, columns: Columns) -> Inline:
        """The shape of the field; its groups stand in one of the columns."""
        parent: GraphQLObjectType = self.call.type  # type: ignore[assignment]
        asked = field_calls(self.context, parent, self.call.selections)
        row = Columns()
        with self.context.nested():
            nodes = {
                c.key: self._group(c, row)
                for c in sorted((c for c in asked if isinstance(c, FieldCall)), key=lambda c: c.name)
                if c.name == "nodes"
            }
        at = columns.add(self._rows(row))
        first = self.first
        made: dict[str, Shape] = {}
        for c in asked:
            if isinstance(c, FieldCall):
                truncated = Leaf(at, is_cut, False, c.where, first)
                made[c.key] = Many(at, nodes[c.key], first, c.where) if c.name == "nodes" else truncated
        return _object(parent, asked, made)

    def _group(self, call: FieldCall, row: Columns) -> Inline:
        parent: GraphQLObjectType = call.type  # type: ignore[assignment]
        asked = field_calls(self.context, parent, call.selections)
        figures = [c for c in asked if isinstance(c, FieldCall) and c.name != "key"]
        made = self.one.fields(figures, row)
        made |= {c.key: self._shared(c, row) for c in asked if isinstance(c, FieldCall) and c.name == "key"}
        return _object(parent, asked, made)

    def _shared(self, call: FieldCall, row: Columns) -> Inline:
        """The shape of a group's key."""
        parent: GraphQLObjectType = call.type  # type: ignore[assignment]
        asked = field_calls(self.context, parent, call.selections)
        return _object(parent, asked, {c.key: self._part(c, row) for c in asked if isinstance(c, FieldCall)})

    def _part(self, call: FieldCall, row: Columns) -> Shape:
        key = self.keys.get(call.name)
        if key is None:
            return Const(None)
        if not key.is_node:
            return Leaf(row.add(key.written), None, True, call.where)
        scope = below(self.source.scope, {"it": key.variable})
        shape, made = select_row(self.context, call.type, scope, call.selections)
        at = row.add(f"CASE WHEN {key.variable} IS NOT NULL THEN {made} END")
        return Sub(at, shape, True, call.where)

    def _rows(self, row: Columns) -> str:
        size = self.one.take(COUNT)
        keys = [key.variable for key in self.keys.values()]
        order = ", ".join([f"{size} DESC", *(key.sorting for key in self.keys.values())])
        given = self.context.variable()
        body = " ".join(
            [
                self.source.body,
                *(clause for _, clause in self.joins.values()),
                *self._projected(keys),
                f"WITH {', '.join([*keys, *self.one.aggregations])} ORDER BY {order} LIMIT {self.limit}",
                f"WITH {', '.join([*keys, *self.one.names])}, {row.row()} AS {given}",
            ]
        )
        return self.source.express(body, f"collect({given})", f"COLLECT {{ % RETURN {given} }}")

    def _join(self, via: Ref | Connection) -> tuple[str, str]:
        """What rows are joined to, and the clause that does it; rows that are joined to nothing stay."""
        if isinstance(via, Connection):
            bound = bind(self.context, via, self.source.scope)
            return bound.scope["that"], f"OPTIONAL {bound.where()}"
        that = self.context.variable()
        return that, f"OPTIONAL {self.context.fill(via.match, {**self.source.scope, 'that': that})}"

    def _projected(self, keys: Sequence[str]) -> list[str]:
        """What each row gives; a row that was joined to several nodes counts once per key."""
        nodes = [key.variable for key in self.keys.values() if key.is_node]
        is_many = any(isinstance(via, Connection) for via in self.joins)
        kept = self.source.kept if is_many else _beside(self.one.values, self.source.kept)
        distinct = "DISTINCT " if is_many else ""
        if not self.unwound:
            return [f"WITH {distinct}{', '.join([*kept, *nodes, *self.one.values])}"]
        unwind = [
            f"UNWIND CASE WHEN size({values}) > 0 THEN {values} ELSE [null] END AS {one}"
            for values, one in self.unwound.items()
        ]
        figures = [name for name in self.one.value_names if name not in (*self.unwound, *keys)]
        return [
            f"WITH {', '.join([*kept, *nodes, *self.one.values])}",
            *unwind,
            *([f"WITH DISTINCT {', '.join([*kept, *keys, *figures])}"] if is_many else []),
        ]


@dataclass(frozen=True)
class _Key:
    """One key of a grouping: its variable, and how it is sorted by and written."""

    variable: str
    sorting: str
    written: str = ""
    is_node: bool = False


def _type(parent: Any, field: str) -> GraphQLObjectType:
    found: GraphQLObjectType = get_named_type(parent.fields[field].type)
    return found
