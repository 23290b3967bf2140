"""Requests that are asked again: what depends only on the request, who asks, the day and the graph's version is worked
out once, so that the database is all that is left to ask."""

from __future__ import annotations

import marshal
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from graphql import OperationDefinitionNode, OperationType
from graphql.execution.values import VariableValues

from ..graph.version import GraphVersion
from .bounded import Bounded
from .compiler.context import Environment
from .compiler.roots import Bound
from .documents import Document
from .planning import Root
from .viewer import View

_KEPT = 1_000
_KEPT_BYTES = 5_000_000
_WITHOUT_REFERENCES = 2  # with them, marshal writes equal values differently


@dataclass(frozen=True)
class Prepared:
    """A valid operation with its variables."""

    document: Document
    operation: OperationDefinitionNode
    variables: VariableValues

    @property
    def is_mutation(self) -> bool:
        return self.operation.operation is OperationType.MUTATION


@dataclass(frozen=True)
class Ready:
    """A planned request, and by root field what its plan is run with, from the first time that it is."""

    prepared: Prepared
    version: GraphVersion
    environment: Environment
    cost: int
    roots: list[Root]
    bound: dict[str, tuple[Bound, Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether all of it could be bound."""
        return all(root.key in self.bound for root in self.roots if root.plan or root.problem)


@dataclass(frozen=True)
class Request:
    """What a request consists of, told apart by the types of its values too; None where they are not JSON's."""

    key: Hashable
    size: int

    @classmethod
    def of(cls, text: str, variables: Mapping[str, Any], *others: Hashable) -> Request | None:
        try:
            values = marshal.dumps(dict(variables), _WITHOUT_REFERENCES)
        except ValueError:
            return None
        return cls((text, values, *others), len(text) + len(values))


class ReadyRequests:
    """The requests asked last. Those of partners are not kept: what they see changes without a new graph version."""

    def __init__(self) -> None:
        self._kept: Bounded[Hashable, Ready] = Bounded(_KEPT, _KEPT_BYTES)

    def get(self, request: Request | None) -> Ready | None:
        """The request as it was run before, if that was today. The caller compares the graph's version."""
        found = self._kept.get(request.key) if request else None
        return found if found is not None and found.environment.as_of == today() else None

    def put(self, request: Request | None, ready: Ready) -> None:
        """Keep what could be run."""
        if request and ready.is_whole and ready.environment.view is not View.PARTNER:
            self._kept.put(request.key, ready, request.size)


def today() -> date:
    """The day as of which a request is answered that names none."""
    return datetime.now(UTC).date()
