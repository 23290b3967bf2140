"""Declaring a GraphQL field together with what it is in Cypher."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import strawberry

from .spec import METADATA, Operator, Spec


def field(spec: Spec, description: str, *, name: str | None = None, deprecated: str | None = None) -> Any:
    """A field without arguments, of the annotated type."""
    return strawberry.field(
        name=name, description=description, deprecation_reason=deprecated, metadata={METADATA: spec}
    )


def method(spec: Spec, description: str, *, name: str | None = None) -> Callable[[Callable[..., Any]], Any]:
    """A field with arguments: decorates a function that has their annotations and is never called."""
    made: Callable[[Callable[..., Any]], Any] = strawberry.field(
        name=name, description=description, metadata={METADATA: spec}
    )
    return made


def operator(
    cypher: str, description: str, convert: Callable[[Any, Mapping[str, Any]], Any] | None = None,
    *, name: str | None = None,
) -> Any:  # fmt: skip
    """A field of a filter, which need not be given."""
    return optional(description, name=name, metadata={METADATA: Operator(cypher, convert)})


def optional(description: str, *, name: str | None = None, metadata: Mapping[Any, Any] | None = None) -> Any:
    """A field of an input that need not be given."""
    return strawberry.field(name=name, description=description, default=strawberry.UNSET, metadata=dict(metadata or {}))
