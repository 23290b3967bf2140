"""The columns of a table: the selected leaves of its rows, flattened with dots; lists stay in one column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graphql import (
    FieldNode,
    GraphQLOutputType,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_leaf_type,
    is_list_type,
)

from ...graph.export import BOOLEAN, DATE, DATETIME, DECIMAL, FLOAT, INTEGER, JSON, TEXT, Column, Kind, Many, Record
from ..compiler.collect import collect, selections_of
from .find import Reading, Way, possible_types

_KINDS = {
    "Boolean": BOOLEAN, "Date": DATE, "DateTime": DATETIME, "Decimal": DECIMAL, "Float": FLOAT, "Int": INTEGER,
    "JSON": JSON,
}  # fmt: skip
Keys = tuple[str, ...]


def columns_of(reading: Reading, way: Way) -> list[tuple[Keys, Column]]:
    """The columns, each with the keys that lead to its value within a row."""
    return list(_flat(reading, way.rows.type, selections_of(way.rows.nodes), ()))


def _flat(
    reading: Reading, named: Any, sets: Sequence[SelectionSetNode], before: Keys
) -> Iterator[tuple[Keys, Column]]:
    for key, (field_type, nodes) in _fields(reading, named, sets).items():
        keys = (*before, key)
        plain = get_nullable_type(field_type)
        if is_list_type(plain) or is_leaf_type(plain):
            yield keys, Column(".".join(keys), _kind(reading, plain, nodes))
        else:
            yield from _flat(reading, plain, selections_of(nodes), keys)


def _fields(
    reading: Reading, named: Any, sets: Sequence[SelectionSetNode]
) -> dict[str, tuple[GraphQLOutputType, list[FieldNode]]]:
    """The fields asked of a type, or of any of the types that an object of it may have."""
    found: dict[str, tuple[GraphQLOutputType, list[FieldNode]]] = {}
    for possible in possible_types(reading.schema, named):
        for key, nodes in collect(reading, possible, sets).items():
            name = nodes[0].name.value
            kind = _typename(reading) if name == "__typename" else possible.fields[name].type
            known = found.setdefault(key, (kind, []))[1]
            known += [node for node in nodes if node not in known]
    return found


def _typename(reading: Reading) -> Any:
    return reading.schema.type_map["String"]


def _kind(reading: Reading, kind: Any, nodes: Sequence[FieldNode]) -> Kind:
    plain = get_nullable_type(kind)
    if is_list_type(plain):
        return Many(_kind(reading, plain.of_type, nodes))
    if is_leaf_type(plain):
        return TEXT if is_enum_type(plain) else _KINDS.get(get_named_type(plain).name, TEXT)
    fields = _fields(reading, plain, selections_of(nodes))
    return Record({key: _kind(reading, field_type, asked) for key, (field_type, asked) in fields.items()})


def value_at(row: Any, keys: Keys) -> Any:
    """The value of a column in a row."""
    for key in keys:
        if row is None:
            return None
        row = row.get(key)
    return row
