"""Answers to `__schema` and `__type`, by graphql-core; kept, because the schema does not change."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
)
from graphql.execution.values import VariableValues

from .bounded import Bounded
from .compiler.traced import frozen
from .documents import Document
from .planning import Root
from .problems import Problem

_KEPT = 100
_SUGGESTION = re.compile(r" Did you mean .*$", re.DOTALL)
_FIELDS = frozenset({"__schema", "__type"})


class Introspection:
    """Answers questions about the schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._kept: Bounded[Hashable, dict[str, Any]] = Bounded(_KEPT, _KEPT)

    def answers(
        self, document: Document, operation: OperationDefinitionNode, roots: Sequence[Root], variables: VariableValues
    ) -> dict[str, Any]:
        """The values of the introspection fields among the roots, by response key."""
        asked = [root for root in roots if root.is_introspection]
        if not asked or document.node is None:
            return {}
        key = (document.number, id(operation), frozen(variables.coerced))
        found = self._kept.get(key)
        if found is None:
            only = OperationDefinitionNode(
                operation=operation.operation,
                variable_definitions=operation.variable_definitions,
                selection_set=SelectionSetNode(selections=tuple(node for root in asked for node in root.nodes)),
            )
            node = type(document.node)(definitions=(only, *document.fragments.values()))
            found = dict(execute_sync(self._schema, node, variable_values=dict(variables.coerced)).data or {})
            self._kept.put(key, found)
        return found


def asks_schema(document: Document, operation: OperationDefinitionNode) -> bool:
    """Whether the operation asks for `__schema` or `__type`, be it under @skip."""
    waiting = [operation.selection_set]
    visited: set[str] = set()
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                if node.name.value in _FIELDS:
                    return True
            elif not isinstance(node, FragmentSpreadNode):
                waiting.append(node.selection_set)  # type: ignore[attr-defined]
            elif node.name.value not in visited:
                visited.add(node.name.value)
                waiting.append(document.fragments[node.name.value].selection_set)
    return False


def without_suggestion(error: Problem) -> Problem:
    """The error without the names that graphql-core would suggest in place of an unknown one."""
    return {**error, "message": _SUGGESTION.sub("", error["message"])}
