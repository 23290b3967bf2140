"""Which connection of a document is exported: the way to it from the root, by response keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    OperationDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from graphql.execution.values import VariableValues

from ...graph.errors import BadInput
from ..compiler.collect import collect, selections_of

_ROWS = ("nodes", "edges")


@dataclass(frozen=True)
class Reading:
    """A document that is read with its variables."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues


@dataclass(frozen=True)
class Step:
    """A field on the way: its response key, its nodes, and the type that it is asked of."""

    key: str
    nodes: tuple[FieldNode, ...]
    parent: GraphQLObjectType

    @property
    def type(self) -> GraphQLObjectType:
        """The type of what it gives."""
        found: GraphQLObjectType = get_named_type(self.parent.fields[self.nodes[0].name.value].type)
        return found


@dataclass(frozen=True)
class Way:
    """The steps from the root to a connection, and the field of it that holds the rows, `nodes` or `edges`."""

    steps: tuple[Step, ...]
    rows: Step

    @property
    def path(self) -> str:
        return ".".join(step.key for step in (*self.steps, self.rows))

    def is_named(self, path: str) -> bool:
        """Whether the path names it, with or without its last key."""
        return path in (self.path, self.path.rpartition(".")[0])


def find(reading: Reading, operation: OperationDefinitionNode, path: str | None) -> Way:
    """The one connection of the operation, or the one that the path names.

    Raises:
        BadInput: there is none, or several are there and the path names none or several of them.
    """
    query = reading.schema.query_type
    assert query is not None
    found = list(_ways(reading, query, (operation.selection_set,), ()))
    named = [way for way in found if path is None or way.is_named(path)]
    if len(named) == 1:
        return named[0]
    paths = ", ".join(way.path for way in found)
    if not found:
        raise BadInput(
            "The document asks for no list that can be exported.",
            hint="Ask for a connection with `nodes` or `edges` that is no part of another list.",
        )
    if path is not None and not named:
        raise BadInput(f"The document has no list {path!r}.", hint=f"It has {paths}.")
    raise BadInput("The document asks for several lists.", hint=f"Choose one by `path`: {paths}.")


def _ways(
    reading: Reading, parent: GraphQLObjectType, sets: tuple[object, ...], steps: tuple[Step, ...]
) -> Iterator[Way]:
    for key, nodes in collect(reading, parent, sets).items():  # type: ignore[arg-type]
        name = nodes[0].name.value
        if name.startswith("__"):
            continue
        step = Step(key, tuple(nodes), parent)
        if name in _ROWS and "pageInfo" in parent.fields:
            yield Way(steps, step)
        elif not is_list_type(get_nullable_type(parent.fields[name].type)):
            for possible in possible_types(reading.schema, step.type):
                yield from _ways(reading, possible, tuple(selections_of(nodes)), (*steps, step))


def possible_types(schema: GraphQLSchema, named: object) -> list[GraphQLObjectType]:
    if isinstance(named, GraphQLObjectType):
        return [named]
    if isinstance(named, (GraphQLInterfaceType, GraphQLUnionType)):
        return sorted(schema.get_possible_types(named), key=lambda t: t.name)
    return []
