"""The schema as a whole."""

from __future__ import annotations

from functools import cache

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from .types.mutation import Mutation
from .types.query import Query
from .types.scalars import SCALARS


def make_schema(query: type, mutation: type | None = None) -> strawberry.Schema:
    """A schema with these roots and the scalars of the contract; fields are named as in Python."""
    config = StrawberryConfig(auto_camel_case=False, scalar_map=SCALARS)
    return strawberry.Schema(query=query, mutation=mutation, config=config)


@cache
def _schema() -> strawberry.Schema:
    return make_schema(Query, Mutation)


def graphql_schema() -> GraphQLSchema:
    """The schema as graphql-core has it; each field's definition carries its spec."""
    return _schema()._schema


def print_sdl() -> str:
    """The schema in GraphQL's schema definition language."""
    return _schema().as_str() + "\n"
