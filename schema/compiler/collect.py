"""Selection sets with fragments, @skip and @include resolved, by response key, each fragment visited once per set."""

from __future__ import annotations

from collections.abc import Iterable

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSkipDirective,
    SelectionNode,
    SelectionSetNode,
    get_directive_values,
    is_abstract_type,
)

from .context import Context

Fields = dict[str, list[FieldNode]]


def collect(context: Context, object_type: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> Fields:
    """The fields to answer for an object of this type, in the order of the response."""
    fields: Fields = {}
    visited: set[str] = set()
    for selections in sets:
        _collect(context, object_type, selections, fields, visited)
    return fields


def selections_of(nodes: Iterable[FieldNode]) -> list[SelectionSetNode]:
    """The selection sets of several field nodes that answer one response key."""
    return [node.selection_set for node in nodes if node.selection_set is not None]


def _collect(
    context: Context, object_type: GraphQLObjectType, selections: SelectionSetNode, fields: Fields, visited: set[str]
) -> None:
    for node in selections.selections:
        if not _included(context, node):
            continue
        if isinstance(node, FieldNode):
            key = node.alias.value if node.alias else node.name.value
            fields.setdefault(key, []).append(node)
            continue
        if isinstance(node, FragmentSpreadNode):
            if node.name.value in visited:
                continue
            visited.add(node.name.value)
            fragment = context.fragments[node.name.value]
        else:
            fragment = node  # type: ignore[assignment]
        condition = fragment.type_condition
        if condition is None or _applies(context, condition.name.value, object_type):
            _collect(context, object_type, fragment.selection_set, fields, visited)


def _applies(context: Context, name: str, object_type: GraphQLObjectType) -> bool:
    if name == object_type.name:
        return True
    found = context.schema.type_map.get(name)
    if not is_abstract_type(found):
        return False
    abstract: GraphQLAbstractType = found
    return context.schema.is_sub_type(abstract, object_type)


def _included(context: Context, node: SelectionNode) -> bool:
    if not node.directives:
        return True
    skip = get_directive_values(GraphQLSkipDirective, node, context.variables)
    if skip and skip["if"]:
        return False
    include = get_directive_values(GraphQLIncludeDirective, node, context.variables)
    return not (include and not include["if"])
