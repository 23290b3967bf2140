"""Arguments that cannot be used. One anywhere below a root field fails that field, whether or not a row is reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLInputObjectType,
    get_argument_values,
    get_named_type,
    is_abstract_type,
)

from ...graph.errors import BadInput, EcographError
from ...graph.model import SEARCHABLE, kind_of
from ..compiler.collect import collect, selections_of
from ..compiler.context import Context, metadata_of, spec_of
from ..compiler.identity import identifier, identifiers, label_of_id
from ..partner_view import check_field
from ..spec import CallConnection, Connection, Lookup, Lookups, Operator, Rows, Scalar, Subject
from .pages import cursor_of, keys_of, signed_by


def faults(context: Context, parent: Any, nodes: list[FieldNode], day: date | None = None) -> Iterator[EcographError]:
    """What is wrong with the arguments of a field and of all below it."""
    field = parent.fields.get(nodes[0].name.value)
    if field is None:
        return
    try:
        arguments = get_argument_values(field, nodes[0], context.variables)
    except GraphQLError:
        return
    day = arguments.get("asOf") or day
    spec = spec_of(field)
    try:
        check_field(context.environment.viewer, parent.name, nodes[0].name.value, arguments)
        _check(spec, f"{parent.name}.{nodes[0].name.value}", arguments, day)
    except EcographError as error:
        yield error
    if arguments.get("where") is not None:
        yield from _of_filter(get_named_type(field.args["where"].type), arguments["where"])
    named: Any = get_named_type(field.type)
    possible = context.schema.get_possible_types(named) if is_abstract_type(named) else [named]
    if isinstance(spec, Lookup) and is_abstract_type(named):
        label = label_of_id(arguments["id"]) if kind_of(arguments["id"]) in SEARCHABLE else None
        possible = [one for one in possible if one.name == label]
    for one in possible:
        for below in collect(context, one, selections_of(nodes)).values():
            yield from faults(context, one, below, day)


def _check(spec: Any, where: str, arguments: Mapping[str, Any], day: date | None) -> None:
    if isinstance(spec, Lookup):
        identifier(spec.label or label_of_id(arguments["id"]), arguments)
    if isinstance(spec, Lookups):
        identifiers(spec.label, arguments["keys"])
    if isinstance(spec, (CallConnection, Rows, Scalar)) and spec.call.bind:
        spec.call.bind(arguments)
    if isinstance(spec, (Connection, CallConnection)):
        if arguments["first"] < 0:
            raise BadInput("`first` is negative.", hint="Give the number of rows to return, 0 or more.")
        if isinstance(spec, CallConnection):
            for argument in spec.start.values():
                label_of_id(arguments[argument])
        if arguments.get("after") is not None:
            cursor_of(arguments["after"], signed_by(where, arguments, day), keys_of(spec, arguments))


def _of_filter(kind: GraphQLInputObjectType, given: Mapping[str, Any]) -> Iterator[EcographError]:
    names = [name for name in given if given[name] is not None]
    subjects = [name for name in names if isinstance(metadata_of(kind.fields[name]), Subject)]
    if subjects and names == subjects:
        others = ", ".join(f"`{name}`" for name in kind.fields if name not in subjects)
        yield BadInput(
            f"A {kind.name} gives `{subjects[0]}` and nothing to compare with.", hint=f"Give one of {others} too."
        )
    if names == ["edge"]:
        yield BadInput(
            f"A {kind.name} says by `edge` which edges count, and nothing of them.",
            hint="Give `some`, `none`, `all` or `count` too; `some: {}` asks for one at least.",
        )
    for name in names:
        declared, value = kind.fields[name], given[name]
        meaning, inner = metadata_of(declared), get_named_type(declared.type)
        try:
            if isinstance(meaning, Subject):
                meaning.convert(value)
            elif isinstance(meaning, Operator) and meaning.convert:
                meaning.convert(value, given)
        except EcographError as error:
            yield error
        if isinstance(inner, GraphQLInputObjectType) and not isinstance(meaning, (Subject, Operator)):
            for part in value if isinstance(value, list) else [value]:
                yield from _of_filter(inner, part)
