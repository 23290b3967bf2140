"""The list that a connection pages through: where its rows come from, in which order, and which page is asked."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type

from ...graph.errors import BadInput
from ..spec import CallConnection, Connection, template_of
from .calls import call_clause
from .context import Context, Scope, below, used, variables_of
from .cursors import decoded, signature
from .identity import label_of_id
from .match import bind
from .order import beyond, keys_of
from .select import FieldCall, give
from .traced import derive
from .where import conditions, divided, filtered_type

_PAGE = ("first", "after")


class Page:
    """One page of a list, and the whole of it."""

    def __init__(self, context: Context, call: FieldCall, spec: Connection | CallConnection, scope: Scope) -> None:
        self.context, self.call, self.spec, self.outer = context, call, spec, scope
        self.first = context.slot(derive(page_size, call.arguments["first"]))
        self.limit = context.parameter(derive(one_more, call.arguments["first"]))
        self.is_root = context.depth == 0
        self.around = [] if self.is_root else variables_of(scope)
        self._bind()
        self._filter()
        self.is_filtered = bool(self.conditions or self.heavy)
        self.everything = self.source
        self._order()
        self._gathered = ""
        self._rows = ""

    def _bind(self) -> None:
        context, spec = self.context, self.spec
        if isinstance(spec, Connection):
            bound = bind(context, spec, self.outer)
            self.source, self.scope, self.conditions = bound.match, bound.scope, list(bound.conditions)
            self.kept = [bound.scope["that"]] if spec.is_root else [bound.scope["that"], bound.scope["edge"]]
            return
        starts, outer = self._starts(spec)
        limit = self.limit if spec.is_cut_inside else None
        clause, names = call_clause(context, spec.call, outer, self.call.arguments, limit)
        renamed = {name: context.variable() for name in names}
        renaming = ", ".join(f"{name} AS {variable}" for name, variable in renamed.items())
        self.source = f"{starts}{clause} WITH {renaming}"
        self.kept, self.conditions = list(renamed.values()), []
        self.scope = below(self.outer, renamed)

    def _starts(self, spec: CallConnection) -> tuple[str, Scope]:
        matches = []
        names = {}
        for name, argument in spec.start.items():
            identity = self.call.arguments[argument]
            variable = self.context.variable()
            names[name] = variable
            label, parameter = self.context.decide(label_of_id, identity), self.context.parameter(identity)
            matches.append(f"MATCH ({variable}:{label} {{id: {parameter}}}) ")
        return "".join(matches), {**self.outer, **names}

    def _filter(self) -> None:
        self.heavy: list[str] = []
        given = self.call.arguments.get("where")
        if given is None:
            return
        where: GraphQLInputObjectType = get_named_type(self.call.field.args["where"].type)
        connection: GraphQLObjectType = self.call.type  # type: ignore[assignment]
        of = filtered_type(self.context.schema, self.call.field, connection)
        light, self.heavy = divided(conditions(self.context, where, of, self.scope, given))
        self.conditions += light

    def _order(self) -> None:
        """The keys; those that are computed get a name, under which each row's value is kept."""
        context = self.context
        asked = keys_of(context, self.spec, self.scope, self.call.arguments.get("orderBy"))
        self.keys = []
        self.computed: dict[str, str] = {}
        for key in asked:
            if not key.is_bare:
                variable = context.variable()
                self.computed[variable] = key.expression
                key = replace(key, expression=variable)
            self.keys.append(key)
        after = self.call.arguments.get("after")
        self.beyond: str | None = None
        if after is not None:
            kinds = tuple((key.type, key.is_nullable) for key in self.keys)
            values = [derive(decoded, after, self._signature, kinds, at) for at in range(len(kinds))]
            self.beyond = beyond(self.keys, [context.parameter(value) for value in values])

    @cached_property
    def signed(self) -> str:
        """A parameter for what cursors of this list begin with."""
        return self.context.parameter(self._signature)

    @cached_property
    def _signature(self) -> Any:
        """The field with all its arguments but those of the page, and the day, where one was asked for."""
        arguments = {name: value for name, value in self.call.arguments.items() if name not in _PAGE}
        day = self.scope.get("asOf")
        asked = None if day is None else self.context.parameters[day.removeprefix("$")]
        return derive(signature, self.call.where, arguments, asked)

    @property
    def is_alone(self) -> bool:
        """Whether the rows are what a variable of the statement itself holds."""
        return self.is_root and not self._gathered

    def gather(self) -> None:
        """Make the query run once for all that is asked of its list: all rows come out of what `gathered` keeps."""
        self._rows, row = self.context.variable(), self.context.variable()
        # In a subquery of its own: variables from outside would be grouping keys, and no rows then give no list.
        made = f"{self.body(paged=False)} RETURN collect([{', '.join(self.kept)}]) AS {self._rows}"
        self._gathered = f"CALL ({used(self.around, made)}) {{ {made} }}"
        self.around = [*self.around, self._rows]
        taken = ", ".join(f"{row}[{at}] AS {name}" for at, name in enumerate(self.kept))
        self.source, self.conditions, self.heavy = f"UNWIND {self._rows} AS {row} WITH {taken}", [], []

    def gathered(self, row: str) -> str:
        """An expression for a list of one row, which is made where the rows of the query are kept."""
        made, given = give(row, [self._rows])
        body = f"{self._gathered} {made}".rstrip()
        self._gathered = ""
        return self.express(body, f"[{given}]", f"COLLECT {{ % RETURN {given} }}")

    def body(self, *, paged: bool) -> str:
        """The rows: all that the filter lets through, or, when `paged`, only those beyond the cursor."""
        found = list(self.conditions)
        if paged and isinstance(self.spec, Connection) and self.spec.is_root:
            # A predicate on the first key lets the planner read in the order of its index.
            found += [
                f"{key.expression} IS NOT NULL"
                for key in self.keys[:1]
                if not key.is_nullable and "." in key.expression
            ]
        if paged and self.beyond is not None and not self.computed:
            found.append(self.beyond)
        where = f" WHERE {' AND '.join(found)}" if found else ""
        if not self.heavy:
            return f"{self.source}{where}"
        passes = self.context.variable()
        kept = ", ".join([*self.kept, f"{' AND '.join(self.heavy)} AS {passes}"])
        return f"{self.source}{where} WITH {kept} WHERE {passes}"

    def _keyed(self, condition: str | None = None) -> str:
        """The computed keys beside the row, and a condition on them."""
        if not self.computed:
            return ""
        named = ", ".join([*self.kept, *(f"{expression} AS {name}" for name, expression in self.computed.items())])
        return f" WITH {named}" + (f" WHERE {condition}" if condition else "")

    def rows(self, row: str) -> str:
        """An expression for the rows of the page, one more than asked for where there are more."""
        kept = [*self.kept, *self.computed]
        cut = f"WITH {', '.join(kept)} ORDER BY {', '.join(key.sorting for key in self.keys)} LIMIT {self.limit}"
        if isinstance(self.spec, CallConnection) and self.spec.is_cut_inside:
            cut = ""
        made, given = give(row, kept)
        body = f"{self.body(paged=True)}{self._keyed(self.beyond)} {cut} {made}".rstrip()
        return self.express(body, f"collect({given})", f"COLLECT {{ % RETURN {given} }}")

    def total(self) -> str:
        """An expression for the number of all rows."""
        if self._gathered:
            return f"size({self._rows})"
        return self.express(self.body(paged=False), "count(*)", "COUNT { % RETURN 1 AS one }")

    def has_previous(self) -> str:
        """An expression that tells whether any row stands before the page."""
        if self.beyond is None:
            return "false"
        before = f"NOT coalesce({self.beyond}, false)"
        body = self.body(paged=False)
        if self.computed:
            body += self._keyed(before)
        else:
            body += f" {'AND' if self.conditions or self.heavy else 'WHERE'} {before}"
        return self.express(f"{body} WITH 1 AS one LIMIT 1", "count(one) > 0", "(COUNT { % RETURN one } + 0 > 0)")

    def about(self, scope: Scope) -> Scope:
        """The scope of fields that speak of the list as a whole: how long it is, and why it is empty."""
        spec = self.spec
        # Compared with 0 as it is, a COUNT becomes an EXISTS, which the planner cannot plan over an ordered subquery.
        about = {**scope, "total": f"({self.total()} + 0)"}
        if isinstance(spec, CallConnection):
            for name, template in spec.about.items():
                about[name] = self.context.fill(template_of(template, self.call.arguments), scope)
        if isinstance(spec, CallConnection) and spec.why is not None:
            clause, names = call_clause(self.context, spec.why, scope, {})
            why = f"head(COLLECT {{ {clause} RETURN {names[0]} }})"
            if self.is_filtered:
                everything = f"COUNT {{ {self.everything} RETURN 1 AS one }} + 0"
                why = f"CASE {everything} WHEN 0 THEN {why} ELSE 'The filter lets none through.' END"
            about["why"] = f"CASE {about['total']} WHEN 0 THEN {why} END"
        return about

    def express(self, body: str, aggregate: str, nested: str) -> str:
        """An expression over the rows that a body gives: at a root as a subquery of its own, which returns `aggregate`,
        below it as `nested` with the body in place of its %."""
        if not self.is_root or self._gathered:
            return nested.replace("%", body, 1)
        name = self.context.variable()
        self.context.clauses[name] = f"CALL () {{ {body} RETURN {aggregate} AS {name} }}"
        return name


def page_size(first: int) -> int:
    """The argument `first`.

    Raises:
        BadInput: it is negative.
    """
    if first < 0:
        raise BadInput("`first` is negative.", hint="Give the number of rows to return, 0 or more.")
    return first


def one_more(first: int) -> int:
    """How many rows are read: the one beyond tells that there are more."""
    return page_size(first) + 1


def is_cut(rows: list[Any], first: int) -> bool:
    """Whether more rows were read than asked for."""
    return len(rows) > first
