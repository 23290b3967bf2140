"""Documents generated from our own schema, with values that exist in the tiny ecosystem in place of random ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import hypothesis_graphql
from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    NameNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    Visitor,
    build_schema,
    parse_value,
    print_ast,
    visit,
)
from hypothesis import strategies as st
from hypothesis_graphql import Mode, nodes

TEXTS = ("bolt", "Bolt", "care", "North Bank", "SMB", "USD", "Automation", "o", "flow-core", "crm", "P1", "score", "")
IDS = (
    "partner:bolt", "partner:care", "partner:dune", "partner:exit", "account:north", "account:south", "account:cold",
    "product:core", "product:flow", "integration:flow-core", "integration:view-flow", "deal:d1", "deal:d3",
    "partner:nobody", "bolt", "north", "core", "nobody", "",
)  # fmt: skip
_NODES = tuple(one for one in IDS if ":" in one)
_VALUES: dict[str, tuple[str, ...]] = {
    "partners": (*_NODES[:4], "bolt"), "partner": (*_NODES[:4], "bolt", "partner:nobody"),
    "from": _NODES, "to": _NODES, "id": IDS, "eq": IDS + TEXTS, "ne": IDS + TEXTS, "in": IDS + TEXTS,
    "currency": ("USD", "EUR"), "domain": ("bolt.com", "northbank.com", "https://south.com/x", "no domain"),
}  # fmt: skip
_FINDS = ("id", "domain", "externalId")
_LACKING = {
    frozenset({"edge"}): "some: {}",
    frozenset({"currency"}): "isNull: true",
    frozenset({"path"}): "isNull: true",
}
_MOST = 6
_RARELY = 60
_TYPED = 10
"""How long the texts of days and amounts are, which are left as they are."""


def _number(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _name(node: Any) -> str:
    return str(getattr(getattr(node, "name", None), "value", ""))


class _Tame(Visitor):
    """Random values become ones that are there, pages small, and most arguments such as can be used."""

    def enter_string_value(self, node: StringValueNode, _key: Any, parent: Any, _path: Any, ancestors: Any) -> Any:
        if len(node.value) == _TYPED:
            return None
        named = next((_name(one) for one in (parent, *reversed(ancestors)) if _name(one)), "")
        values = _VALUES.get(named, TEXTS)
        return StringValueNode(value=values[_number(node.value) % len(values)])

    def enter_int_value(self, node: IntValueNode, _key: Any, parent: Any, *_: Any) -> Any:
        number = int(node.value)
        if _name(parent) in ("id", "from", "to"):
            return StringValueNode(value=_NODES[number % len(_NODES)])
        return IntValueNode(value=str(-1 if number % 97 == 96 else 1 + abs(number) % _MOST))

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        # The empty text, which is generated most often, has the number 0.
        if (
            _name(node) == "after"
            and isinstance(node.value, StringValueNode)
            and _number(node.value.value) % _RARELY != 1
        ):
            return ArgumentNode(name=node.name, value=NullValueNode())
        return None

    def enter_field(self, node: FieldNode, *_: Any) -> Any:
        given = [argument for argument in node.arguments or () if _name(argument) in _FINDS]
        if not given or (len(given) == 1 and not isinstance(given[0].value, NullValueNode)):
            return None
        one = given[-1]
        if isinstance(one.value, NullValueNode):
            found = StringValueNode(value=_NODES[_number(print_ast(node)) % len(_NODES)])
            one = ArgumentNode(name=NameNode(value="id"), value=found)
        kept = (one, *(argument for argument in node.arguments or () if argument not in given))
        return FieldNode(
            alias=node.alias, name=node.name, arguments=kept, directives=(), selection_set=node.selection_set
        )

    def enter_object_value(self, node: ObjectValueNode, *_: Any) -> Any:
        given = [field for field in node.fields if not isinstance(field.value, NullValueNode)]
        lacking = _LACKING.get(frozenset(_name(field) for field in given))
        if lacking is None:
            return None
        (more,) = parse_value(f"{{{lacking}}}").fields  # type: ignore[attr-defined]
        return ObjectValueNode(fields=(*given, more))


def _printed(document: DocumentNode) -> str:
    return print_ast(visit(document, _Tame()))


def reduced(sdl: str, leave_out: Sequence[str]) -> GraphQLSchema:
    """The schema without the fields and the values of enums that have these names."""
    schema = build_schema(sdl)
    for named in schema.type_map.values():
        if isinstance(named, GraphQLObjectType):
            for name in leave_out:
                named.fields.pop(name, None)
        if isinstance(named, GraphQLEnumType):
            for name in leave_out:
                named.values.pop(name, None)
    return schema


_SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "Date": st.dates().map(lambda day: nodes.String(f"{2020 + day.year % 8}-{day.month:02}-{1 + day.day % 28:02}")),
    "DateTime": st.datetimes().map(lambda time: nodes.String(time.isoformat())),
    "Decimal": st.integers(0, 10**6).map(lambda cents: nodes.String(f"{cents / 100:0{_TYPED}.2f}")),
    "JSON": st.integers(0, 9).map(nodes.Int) | st.sampled_from(TEXTS).map(nodes.String) | st.just(nodes.Boolean(True)),
}


def queries(schema: GraphQLSchema, *, valid: bool) -> st.SearchStrategy[Any]:
    """Queries as texts; with one violation of the schema each where they are not valid."""
    return hypothesis_graphql.queries(
        schema,
        custom_scalars=_SCALARS,
        print_ast=_printed if valid else print_ast,
        mode=Mode.POSITIVE if valid else Mode.NEGATIVE,
    )
