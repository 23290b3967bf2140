"""Values of variables in a plan that is kept: where each comes from, so that another request's can take its place.

While a plan is compiled, a variable's values stand in it as `Traced`: they can be passed on, put into parameters, and
compared with None, for what is null is part of the plan's key. Whatever else is done with one raises `NeedsValue`;
the plan is then compiled again with that value itself, which becomes part of the key. So a plan can never hold what
it made of a value without the value being either bound anew or in its key.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Path = tuple[str | int, ...]
Values = Mapping[str, Any]
"""The variables of a request, coerced."""
Recipe = Callable[[Values], Any]

_LEAVES = (str, int, float, date, datetime, Decimal)


class NeedsValue(BaseException):
    """The text or the shape of a plan depends on the values at these paths.

    Not an Exception, so that no handler for a value's own errors takes it for one.
    """

    def __init__(self, paths: frozenset[Path]) -> None:
        super().__init__(paths)
        self.paths = paths


def _needs_value(self: Traced, *_: object) -> Any:
    raise NeedsValue(object.__getattribute__(self, "paths"))


class Traced:
    """A value that is not known while a plan is compiled; `recipe` makes it of a request's variables."""

    __slots__ = ("kind", "now", "paths", "recipe")

    def __init__(self, recipe: Recipe, paths: frozenset[Path], now: Callable[[], Any], kind: type | None) -> None:
        self.recipe, self.paths, self.now, self.kind = recipe, paths, now, kind

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        # Its type is part of the key, so a check of the type may see that of the value.
        return _needs_value(self) if self.kind is None else self.kind

    __getattr__ = _needs_value


for _name in (
    "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__", "__bool__", "__str__", "__repr__",
    "__format__", "__len__", "__iter__", "__getitem__", "__contains__", "__int__", "__float__", "__index__", "__add__",
    "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__rtruediv__", "__floordiv__", "__mod__",
    "__rmod__", "__neg__", "__abs__", "__round__", "__copy__", "__deepcopy__", "__reduce_ex__", "__bytes__", "__call__",
):  # fmt: skip
    setattr(Traced, _name, _needs_value)


def traced_in(tree: Any) -> Iterator[Traced]:
    """The traced values in a tree of arguments."""
    if type(tree) is Traced:
        yield tree
    elif isinstance(tree, Mapping):
        for item in tree.values():
            yield from traced_in(item)
    elif isinstance(tree, (list, tuple)):
        for item in tree:
            yield from traced_in(item)


def recipe_of(tree: Any) -> Recipe | None:
    """What makes these arguments anew, or None where no variable has a part in them."""
    if type(tree) is Traced:
        return tree.recipe
    if not any(True for _ in traced_in(tree)):
        return None
    if isinstance(tree, Mapping):
        parts = {name: (recipe_of(item), item) for name, item in tree.items()}
        return lambda values: {name: make(values) if make else item for name, (make, item) in parts.items()}
    items = [(recipe_of(item), item) for item in tree]
    return lambda values: [make(values) if make else item for make, item in items]


def now(tree: Any) -> Any:
    """The same with the values of the request at hand."""
    if type(tree) is Traced:
        return tree.now()
    if isinstance(tree, Mapping):
        return {name: now(item) for name, item in tree.items()}
    return [now(item) for item in tree] if isinstance(tree, (list, tuple)) else tree


def derive(function: Callable[..., Any], *arguments: Any) -> Any:
    """What the function makes of the arguments: at once, or for each request where variables have a part in them.

    The function must depend on its arguments alone; what it raises is raised when the plan is bound.
    """
    found = list(traced_in(arguments))
    if not found:
        return function(*arguments)
    make = recipe_of(list(arguments))
    assert make is not None
    paths = frozenset[Path]().union(*(traced.paths for traced in found))
    held = list(arguments)
    return Traced(lambda values: function(*make(values)), paths, lambda: function(*now(held)), None)


def canonical(tree: Any) -> str:
    """A text that is equal for equal arguments, traced ones by where they come from."""
    if type(tree) is Traced:
        return f"${sorted(tree.paths, key=str)}"
    if isinstance(tree, Mapping):
        return f"{{{', '.join(f'{name}: {canonical(tree[name])}' for name in sorted(tree))}}}"
    if isinstance(tree, (list, tuple)):
        return f"[{', '.join(canonical(item) for item in tree)}]"
    return repr(tree)


def skeleton(value: Any) -> Any:
    """What of a variable is in a plan's key in any case: types, names, lengths, null, booleans and enum members."""
    if isinstance(value, Mapping):
        return dict, tuple((name, skeleton(item)) for name, item in value.items())
    if isinstance(value, list):
        return (list, type(value[0])) if _is_plain(value) else (list, tuple(skeleton(item) for item in value))
    return type(value) if type(value) in _LEAVES else (type(value), value)


def trace(values: Values, known: frozenset[Path]) -> dict[str, Any]:
    """The variables with traced values in place of all leaves but those at the known paths."""
    return {name: _trace(value, (name,), known) for name, value in values.items()}


def _trace(value: Any, path: Path, known: frozenset[Path]) -> Any:
    if path in known:
        return value
    if isinstance(value, Mapping):
        return {name: _trace(item, (*path, name), known) for name, item in value.items()}
    if isinstance(value, list) and not _is_plain(value):
        return [_trace(item, (*path, place), known) for place, item in enumerate(value)]
    if isinstance(value, list) or type(value) in _LEAVES:
        return Traced(lambda values: at(values, path), frozenset({path}), lambda: value, type(value))
    return value


def _is_plain(values: list[Any]) -> bool:
    """A list of values of one kind, which may be bound as a whole, whatever its length."""
    kinds = {type(item) for item in values}
    return len(kinds) == 1 and kinds <= set(_LEAVES)


def at(values: Values, path: Path) -> Any:
    """The value at a path of the variables."""
    found: Any = values
    for step in path:
        found = found[step]
    return found


def frozen(value: Any) -> Hashable:
    """A hashable value that is equal for equal arguments."""
    if isinstance(value, Mapping):
        return frozenset((name, frozen(item)) for name, item in value.items())
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    return type(value), value
