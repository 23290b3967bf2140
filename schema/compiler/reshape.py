"""A generated Python function per shape, as fast as a hand-written one; it stops at a broken non-null promise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeGuard

from .shapes import Const, Given, Inline, Leaf, Made, Many, Once, Poly, Shape, Slot, Sub, children, needs_given
from .trees import NonNullBroken, reader


def _fail() -> Any:
    raise NonNullBroken


Reshape = Callable[[list[Any], Given], Any]


def compile_shape(shape: Inline | Poly) -> Reshape:
    """A function from a row, and what is given beside it, to the JSON-ready object.

    The text that is executed holds generated names, indices and response keys, which are GraphQL names, as literals;
    converters and constants are passed in as objects. So nothing that a client wrote becomes code.
    """
    generator = _Generator()
    name = generator.function(shape)
    namespace: dict[str, Any] = {"_fail": _fail, **generator.values}
    exec("\n".join(generator.lines), namespace)  # noqa: S102
    made = namespace[name]
    return made if needs_given(shape) else lambda row, _given: made(row)


class _Generator:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.values: dict[str, Any] = {}
        self._count = 0

    def function(self, shape: Inline | Poly, given: str | None = None) -> str:
        name = self._name("f")
        given = _given(shape) if given is None else given
        if isinstance(shape, Poly):
            functions = {kind: self.function(inline, given) for kind, inline in shape.types.items()}
            table = ", ".join(f"{kind!r}: {function}" for kind, function in functions.items())
            self.lines.append(f"{name}_types = {{{table}}}")
            self.lines.append(f"def {name}(row{given}): return {name}_types[row[0]](row{given})")
            return name
        body = self._object(shape, "row")
        self.lines.append(f"def {name}(row{given}): return {body}")
        return name

    def _object(self, shape: Inline, row: str) -> str:
        pairs = ", ".join(f"{key!r}: {self._field(child, row)}" for key, child in shape.fields)
        made = f"{{{pairs}}}"
        if shape.present is None:
            return made
        missing = "None" if shape.nullable else "_fail()"
        return f"({made} if {row}[{shape.present}] is not None else {missing})"

    def _field(self, shape: Shape, row: str) -> str:
        if isinstance(shape, Const):
            return self._bind(shape.value)
        if isinstance(shape, Inline):
            return self._object(shape, row)
        if isinstance(shape, Made):
            key = "None" if shape.index is None else f"{row}[{shape.index}]"
            return f"{self._bind(reader(shape.tree))}(given.outcomes[{shape.slot}], {key})"
        at = f"{row}[{shape.index}]"
        if isinstance(shape, Once):
            return f"given.made[{shape.table}][{at}]"
        if isinstance(shape, Leaf):
            more = "" if shape.slot is None else f", given.slots[{shape.slot.place}]"
            value = at if shape.convert is None else f"{self._bind(shape.convert)}({at}{more})"
            if shape.nullable:
                return value if shape.convert is None else f"(None if {at} is None else {value})"
            return f"({value} if {at} is not None else _fail())"
        if isinstance(shape, Sub):
            function, given = self.function(shape.shape), _given(shape.shape)
            missing = "None" if shape.nullable else "_fail()"
            own = f"{at}[0]" if shape.is_only else at
            return f"({function}({own}{given}) if {own} is not None else {missing})"
        inner = shape.shape
        if isinstance(inner, Once):
            name, made = self._name("r"), self._name("m")
            table = f"given.made[{inner.table}]"
            return f"[{made}[{name}[{inner.index}]] for {made} in ({table},) for {name} in {at}{_cut(shape)}]"
        if _is_flat(inner):
            name = self._name("r")
            return f"[{self._object(inner, name)} for {name} in {at}{_cut(shape)}]"
        function, given = self.function(inner), _given(inner)
        return f"[{function}(r{given}) for r in {at}{_cut(shape)}]"

    def _bind(self, value: Any) -> str:
        name = self._name("v")
        self.values[name] = value
        return name

    def _name(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"


def _is_flat(shape: Inline | Poly) -> TypeGuard[Inline]:
    """Whether an object is made of single values: a list of such is one comprehension without a call per row."""
    return isinstance(shape, Inline) and all(
        isinstance(child, (Leaf, Const)) or (isinstance(child, Inline) and _is_flat(child)) for child in children(shape)
    )


def _cut(shape: Many) -> str:
    limit = f"given.slots[{shape.limit.place}]" if isinstance(shape.limit, Slot) else shape.limit
    return "" if limit is None else f"[:{limit}]"


def _given(shape: Shape | Poly) -> str:
    return ", given" if needs_given(shape) else ""
