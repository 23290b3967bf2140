"""Errors in the one shape of responses: message, path, and extensions with a code and mostly a hint."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError

from ..graph.errors import EcographError

Path = tuple[str | int, ...]
Problem = dict[str, Any]

BROKEN = "NULL_IN_NON_NULL"
"""A value that the schema promises is missing, or is not of its type."""


def problem(message: str, code: str, path: Path = (), *, hint: str | None = None) -> Problem:
    """An error of our own."""
    extensions = {"code": code, **({"hint": hint} if hint else {})}
    return {"message": message, **({"path": list(path)} if path else {}), "extensions": extensions}


def ours(error: EcographError, path: Path = ()) -> Problem:
    """An error raised on purpose, as a response tells it."""
    return problem(error.message, error.code, path, hint=error.hint)


def from_graphql(error: GraphQLError, code: str, path: Path = ()) -> Problem:
    """An error of graphql-core's, with the places in the document."""
    made = {**error.formatted, "extensions": {**(error.extensions or {}), "code": code}}
    return {**made, "path": list(path)} if path else made
