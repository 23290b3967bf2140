"""The schema as a whole."""

from __future__ import annotations

from functools import cache

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from .types.query import Query
from .types.scalars import SCALARS


@cache
def _schema() -> strawberry.Schema:
    return strawberry.Schema(
        query=Query,
        config=StrawberryConfig(auto_camel_case=False, scalar_map=SCALARS),
    )


def graphql_schema() -> GraphQLSchema:
    """The schema as graphql-core has it; each field's definition carries its spec."""
    return _schema()._schema


def print_sdl() -> str:
    """The schema in GraphQL's schema definition language."""
    return _schema().as_str() + "\n"
