"""Completion with care: GraphQL's rules for null in place of a promised value, with exact errors and paths.

Used only when the generated function met a broken promise, so it may be slow.
"""

from __future__ import annotations

from typing import Any

from .shapes import Const, Inline, Leaf, Many, Poly, Shape, Sub

Path = tuple[str | int, ...]
Problem = tuple[str, Path]


class _Propagate(Exception):
    pass


def complete(shape: Inline | Poly, row: list[Any], path: Path) -> tuple[Any, list[Problem]]:
    """The object made of the row, or None where null reached it, and what was null against the schema."""
    problems: list[Problem] = []
    try:
        return _object(shape, row, path, problems), problems
    except _Propagate:
        return None, problems


def _object(shape: Inline | Poly, row: list[Any], path: Path, problems: list[Problem]) -> Any:
    if isinstance(shape, Poly):
        return _object(shape.types[row[0]], row, path, problems)
    if shape.present is not None and row[shape.present] is None:
        return _null(shape.nullable, shape.where, path, problems)
    made = {}
    failed = False
    for key, child in shape.fields:
        try:
            made[key] = _field(child, row, (*path, key), problems)
        except _Propagate:
            failed = True
    if failed:
        if shape.nullable:
            return None
        raise _Propagate
    return made


def _field(shape: Shape, row: list[Any], path: Path, problems: list[Problem]) -> Any:
    if isinstance(shape, Const):
        return shape.value
    if isinstance(shape, Inline):
        return _object(shape, row, path, problems)
    value = row[shape.index]
    if isinstance(shape, Leaf):
        if value is None:
            return _null(shape.nullable, shape.where, path, problems)
        return shape.convert(value) if shape.convert else value
    if isinstance(shape, Sub):
        if value is None:
            return _null(shape.nullable, shape.where, path, problems)
        try:
            return _object(shape.shape, value, path, problems)
        except _Propagate:
            if shape.nullable:
                return None
            raise
    return _many(shape, value, path, problems)


def _many(shape: Many, rows: list[Any], path: Path, problems: list[Problem]) -> list[Any]:
    made = []
    failed = False
    for at, row in enumerate(rows[: shape.limit]):
        try:
            made.append(_object(shape.shape, row, (*path, at), problems))
        except _Propagate:
            failed = True
    if failed:
        raise _Propagate
    return made


def _null(nullable: bool, where: str, path: Path, problems: list[Problem]) -> None:
    if nullable:
        return
    problems.append((f"Cannot return null for non-nullable field {where}.", path))
    raise _Propagate
