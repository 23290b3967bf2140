"""Queries that together ask for every field of the schema, made from the schema itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
)

May = Callable[[str, str], bool]
AT_ONCE = 4
SCALARS = {"Int": 3, "Float": 0.5, "Boolean": True, "Date": "2026-06-01", "String": "bank"}


class Walk:
    """`ids` are given for arguments of type ID, `may` tells by type and field what to ask for."""

    def __init__(self, schema: GraphQLSchema, ids: list[str], may: May) -> None:
        self._schema, self._ids, self._may = schema, ids, may

    def queries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Queries with their variables: each root field with everything below what it gives, a few fields at a time.

        A field that takes ids is asked for each id, with the same text, so that there are few statements to plan.
        """
        root = self._schema.query_type
        assert root is not None
        for name, field in root.fields.items():
            if not self._may("Query", name):
                continue
            ids = [n for n, a in field.args.items() if self._is_given(n, a) and get_named_type(a.type).name == "ID"]
            head = f"query Q({', '.join(f'${n}: {field.args[n].type}' for n in ids)}) " if ids else ""
            for selection in self._slices(field, narrow=bool(ids)):
                text = f"{head}{{ {name}{self._arguments(field)} {selection} }}"
                for identity in self._ids if ids else [""]:
                    values = {n: [identity] if is_list_type(_bare(field.args[n].type)) else identity for n in ids}
                    yield text, {**values, **({"to": self._ids[0]} if "to" in ids else {})}

    def _slices(self, field: GraphQLField, *, narrow: bool) -> Iterator[str]:
        given = get_named_type(field.type)
        if is_leaf_type(given):
            yield ""
            return
        rows = self._rows(given)
        owner = rows or given
        for named in self._schema.get_possible_types(owner) if is_abstract_type(owner) else [owner]:
            leaves = self._leaves(named)
            yield self._within(given, rows, f"... on {named.name} {{ {leaves} }}", whole=True)
            deeper = [
                self._field(name, inner, 2)
                for name, inner in named.fields.items()
                if self._may(named.name, name) and (not is_leaf_type(get_named_type(inner.type)) or self._needs(inner))
            ]
            for at in range(0, 1 if narrow else len(deeper), AT_ONCE):
                yield self._within(
                    given, rows, f"... on {named.name} {{ __typename {' '.join(deeper[at : at + AT_ONCE])} }}"
                )

    def _within(self, given: Any, rows: Any, wanted: str, *, whole: bool = False) -> str:
        if rows is None:
            return f"{{ {wanted} }}"
        return f"{{ {self._paging(given, wanted)} }}" if whole else f"{{ edges {{ node {{ {wanted} }} }} }}"

    def _rows(self, named: Any) -> Any:
        """The type of a connection's rows, or None where this is no connection."""
        edges = getattr(named, "fields", {}).get("edges") if named.name.endswith("Connection") else None
        return get_named_type(get_named_type(edges.type).fields["node"].type) if edges else None

    def _paging(self, connection: GraphQLObjectType, wanted: str) -> str:
        edge: Any = get_named_type(connection.fields["edges"].type)
        leaves = self._leaves(edge)
        more = " ".join(
            self._field(name, field, 2)
            for name, field in connection.fields.items()
            if name not in ("edges", "nodes") and self._may(connection.name, name)
        )
        return f"{more} edges {{ {leaves} node {{ {wanted} }} }}"

    def _leaves(self, named: Any) -> str:
        return "__typename " + " ".join(
            name
            for name, field in named.fields.items()
            if is_leaf_type(get_named_type(field.type)) and self._may(named.name, name) and not self._needs(field)
        )

    def _needs(self, field: GraphQLField) -> bool:
        return any(is_required_argument(argument) for argument in field.args.values())

    def _field(self, name: str, field: GraphQLField, depth: int) -> str:
        return f"{name}{self._arguments(field)} {self._selection(get_named_type(field.type), depth)}"

    def _selection(self, named: Any, depth: int) -> str:
        if is_leaf_type(named):
            return ""
        if is_abstract_type(named):
            parts = [f"... on {t.name} {{ {self._leaves(t)} }}" for t in self._schema.get_possible_types(named)]
            return f"{{ {' '.join(parts)} }}"
        rows = self._rows(named)
        if rows is not None:
            return f"{{ {self._paging(named, self._leaves(rows))} }}"
        inner = [
            self._field(name, field, depth - 1)
            for name, field in named.fields.items()
            if depth > 0 and self._may(named.name, name) and not is_leaf_type(get_named_type(field.type))
            and not self._rows(get_named_type(field.type))
        ]  # fmt: skip
        return f"{{ {self._leaves(named)} {' '.join(inner)} }}"

    def _is_given(self, name: str, argument: GraphQLArgument) -> bool:
        return is_required_argument(argument) or name in ("id", "first")

    def _arguments(self, field: GraphQLField) -> str:
        given = [
            f"{name}: {self._value(name, argument.type)}"
            for name, argument in field.args.items()
            if self._is_given(name, argument)
        ]
        return f"({', '.join(given)})" if given else ""

    def _value(self, name: str, of: GraphQLInputType) -> str:
        bare = _bare(of)
        named = get_named_type(of)
        if named.name == "ID":
            return f"${name}"
        if isinstance(named, GraphQLInputObjectType):
            (first,) = [field for field, found in named.fields.items() if get_named_type(found.type).name == "ID"]
            return f"[{', '.join(f'{{{first}: {json.dumps(i)}}}' for i in self._ids if i.startswith('account:'))}]"
        if is_list_type(bare):
            return f"[{self._value(name, named)}]"
        if isinstance(named, GraphQLEnumType):
            return next(iter(named.values))
        return "50" if name == "first" else json.dumps(SCALARS[named.name])


def _bare(of: Any) -> Any:
    return of.of_type if is_non_null_type(of) else of
