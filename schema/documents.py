"""Parsed and validated documents, kept for the next time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    validate,
)

from .bounded import Bounded
from .compiler.context import LimitExceeded
from .limits import Limits
from .problems import Problem, from_graphql, ours, problem

MAX_ERRORS = 9
_KEPT = 1_000
_KEPT_CHARACTERS = 2_000_000
_NUMBERS = count()


@dataclass(frozen=True)
class Document:
    """A document, or what is wrong with it. No two have the same number."""

    node: DocumentNode | None
    problems: tuple[Problem, ...] = ()
    number: int = field(default_factory=_NUMBERS.__next__)

    @cached_property
    def fragments(self) -> dict[str, FragmentDefinitionNode]:
        definitions = self.node.definitions if self.node else ()
        return {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to run.

        Raises:
            GraphQLError: there is none of that name, or several and no name was given.
        """
        definitions = self.node.definitions if self.node else ()
        operations = [d for d in definitions if isinstance(d, OperationDefinitionNode)]
        if name is None:
            if len(operations) == 1:
                return operations[0]
            raise GraphQLError("Must provide operation name if query contains multiple operations.")
        for operation in operations:
            if operation.name and operation.name.value == name:
                return operation
        raise GraphQLError(f"Unknown operation named '{name}'.")


def root_type(schema: GraphQLSchema, operation: OperationDefinitionNode) -> GraphQLObjectType:
    """The type of the root fields of a valid operation."""
    found = schema.get_root_type(operation.operation)
    assert found is not None
    return found


class Documents:
    """Parses and validates documents; those used last are kept, bounded by number and by their total length."""

    def __init__(self, schema: GraphQLSchema, max_tokens: int, limits: Limits) -> None:
        self._schema = schema
        self._max_tokens = max_tokens
        self._limits = limits
        self._known: Bounded[str, Document] = Bounded(_KEPT, _KEPT_CHARACTERS)

    def get(self, text: str) -> Document:
        """The document of this text."""
        found = self._known.get(text)
        if found is None:
            found = self._read(text)
            self._known.put(text, found, len(text))
        return found

    def _read(self, text: str) -> Document:
        try:
            node = parse(text, max_tokens=self._max_tokens)
        except GraphQLError as error:
            return Document(None, (from_graphql(error, "GRAPHQL_PARSE_FAILED"),))
        try:
            self._limits.check(node)
            errors = validate(self._schema, node, max_errors=MAX_ERRORS)
        except LimitExceeded as error:
            return Document(None, (ours(error),))
        except RecursionError:
            return Document(None, (problem("The document is nested too deeply.", LimitExceeded.code),))
        return Document(node, tuple(from_graphql(error, "GRAPHQL_VALIDATION_FAILED") for error in errors[:MAX_ERRORS]))
