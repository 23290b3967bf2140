"""Selection sets with fragments, @skip and @include resolved, by response key, each fragment visited once per set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    SelectionNode,
    SelectionSetNode,
    get_directive_values,
    is_abstract_type,
)
from graphql.execution.values import VariableValues

Fields = dict[str, list[FieldNode]]


class Source(Protocol):
    """What selection sets are resolved by."""

    @property
    def schema(self) -> GraphQLSchema: ...

    @property
    def fragments(self) -> Mapping[str, FragmentDefinitionNode]: ...

    @property
    def variables(self) -> VariableValues: ...


def collect(source: Source, object_type: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> Fields:
    """The fields to answer for an object of this type, in the order of the response."""
    fields: Fields = {}
    visited: set[str] = set()
    for selections in sets:
        _collect(source, object_type, selections, fields, visited)
    return fields


def selections_of(nodes: Iterable[FieldNode]) -> list[SelectionSetNode]:
    """The selection sets of several field nodes that answer one response key."""
    return [node.selection_set for node in nodes if node.selection_set is not None]


def _collect(
    source: Source, object_type: GraphQLObjectType, selections: SelectionSetNode, fields: Fields, visited: set[str]
) -> None:
    for node in selections.selections:
        if not _included(source, node):
            continue
        if isinstance(node, FieldNode):
            key = node.alias.value if node.alias else node.name.value
            fields.setdefault(key, []).append(node)
            continue
        if isinstance(node, FragmentSpreadNode):
            if node.name.value in visited:
                continue
            visited.add(node.name.value)
            fragment = source.fragments[node.name.value]
        else:
            fragment = node  # type: ignore[assignment]
        condition = fragment.type_condition
        if condition is None or _applies(source, condition.name.value, object_type):
            _collect(source, object_type, fragment.selection_set, fields, visited)


def _applies(source: Source, name: str, object_type: GraphQLObjectType) -> bool:
    if name == object_type.name:
        return True
    found = source.schema.type_map.get(name)
    if not is_abstract_type(found):
        return False
    abstract: GraphQLAbstractType = found
    return source.schema.is_sub_type(abstract, object_type)


def _included(source: Source, node: SelectionNode) -> bool:
    if not node.directives:
        return True
    skip = get_directive_values(GraphQLSkipDirective, node, source.variables)
    if skip and skip["if"]:
        return False
    include = get_directive_values(GraphQLIncludeDirective, node, source.variables)
    return not (include and not include["if"])
