"""Completion with care: GraphQL's rules for null in place of a promised value, with exact errors and paths.

Used only when the generated function met a broken promise, so it may be slow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError

from ...graph.errors import EcographError
from ..problems import BROKEN, Path, Problem, ours, problem
from .shapes import Const, Given, Inline, Leaf, Made, Many, Once, Poly, Shape, Slot, Sub
from .trees import TreeLeaf, TreeList, TreeObject, TreeShape, entry, leaf


class _Propagate(Exception):
    pass


def complete(shape: Inline | Poly, row: list[Any], given: Given, path: Path) -> tuple[Any, list[Problem]]:
    """The object made of the row, or None where null reached it, and what was wrong, as GraphQL errors."""
    completion = _Completion(given)
    try:
        return completion.object(shape, row, path), completion.problems
    except _Propagate:
        return None, completion.problems


class _Completion:
    def __init__(self, given: Given) -> None:
        self.given = given
        self.problems: list[Problem] = []

    def object(self, shape: Inline | Poly | Once, row: list[Any], path: Path) -> Any:
        if isinstance(shape, Poly):
            return self.object(shape.types[row[0]], row, path)
        if isinstance(shape, Once):
            return self.object(shape.shape, self.given.tables[shape.table][row[shape.index]], path)
        if shape.present is not None and row[shape.present] is None:
            return self._null(shape.nullable, shape.where, path)
        made = {}
        failed = False
        for key, child in shape.fields:
            try:
                made[key] = self._field(child, row, (*path, key))
            except _Propagate:
                failed = True
        if failed:
            if shape.nullable:
                return None
            raise _Propagate
        return made

    def _field(self, shape: Shape, row: list[Any], path: Path) -> Any:
        if isinstance(shape, Const):
            return shape.value
        if isinstance(shape, (Inline, Once)):
            return self.object(shape, row, path)
        if isinstance(shape, Made):
            return self._made(shape, row, path)
        value = row[shape.index]
        if isinstance(shape, Leaf):
            if value is None:
                return self._null(shape.nullable, shape.where, path)
            more = () if shape.slot is None else (self.given.slots[shape.slot.place],)
            return shape.convert(value, *more) if shape.convert else value
        if isinstance(shape, Sub):
            return self._sub(shape, shape.of(row), path)
        return self._many(shape, value, path)

    def _sub(self, shape: Sub, value: Any, path: Path) -> Any:
        if value is None:
            return self._null(shape.nullable, shape.where, path)
        try:
            return self.object(shape.shape, value, path)
        except _Propagate:
            if shape.nullable:
                return None
            raise

    def _many(self, shape: Many, rows: list[Any], path: Path) -> list[Any]:
        made = []
        failed = False
        limit = self.given.slots[shape.limit.place] if isinstance(shape.limit, Slot) else shape.limit
        for at, row in enumerate(rows[:limit]):
            try:
                made.append(self.object(shape.shape, row, (*path, at)))
            except _Propagate:
                failed = True
        if failed:
            raise _Propagate
        return made

    def _made(self, shape: Made, row: list[Any], path: Path) -> Any:
        outcome = self.given.outcomes[shape.slot]
        if isinstance(outcome, EcographError):
            return self._failed(ours(outcome, path), shape.tree.nullable)
        key = None if shape.index is None else row[shape.index]
        return self._tree(shape.tree, outcome.get(key), path)

    def _tree(self, shape: TreeShape, value: Any, path: Path) -> Any:
        if value is None:
            return self._null(shape.nullable, shape.where, path)
        try:
            if isinstance(shape, TreeLeaf):
                return self._leaf(shape, value, path)
            if isinstance(shape, TreeList):
                return [self._tree(shape.item, item, (*path, at)) for at, item in enumerate(value)]
            return self._entries(shape, value, path)
        except _Propagate:
            if shape.nullable:
                return None
            raise

    def _leaf(self, shape: TreeLeaf, value: Any, path: Path) -> Any:
        try:
            made = leaf(shape, value)
        except GraphQLError as error:
            return self._failed(problem(error.message, BROKEN, path), shape.nullable)
        return self._null(shape.nullable, shape.where, path) if made is None else made

    def _entries(self, shape: TreeObject, tree: Mapping[str, Any], path: Path) -> dict[str, Any]:
        name = shape.type_of(tree)
        return {
            field.key: name
            if field.tree is None
            else self._tree(field.tree, entry(field, tree, name), (*path, field.key))
            for field in shape.types[name]
        }

    def _null(self, nullable: bool, where: str, path: Path) -> None:
        if not nullable:
            self._failed(problem(f"Cannot return null for non-nullable field {where}.", BROKEN, path), nullable)

    def _failed(self, told: Problem, nullable: bool) -> None:
        self.problems.append(told)
        if not nullable:
            raise _Propagate
