"""One pass over rows: what each row gives, and what is aggregated of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...graph.model import ValueType
from ..spec import Embedded, Figures
from .context import Context, Scope
from .select import Columns, FieldCall, compile_field, select, select_row
from .shapes import Many, Shape
from .values import native, parts

COUNT = "count(*)"
_ABOVE_HALF = 0.500_000_001
"""The discrete percentile that is the upper of the two values in the middle, for up to 500 million values."""


class Names(Mapping[str, str]):
    """A scope of aggregations; each one that is read is taken into the pass."""

    def __init__(self, one: Pass, aggregations: Mapping[str, str], given: Mapping[str, str] | None = None) -> None:
        self._pass, self._aggregations, self._given = one, aggregations, given or {}

    def __getitem__(self, name: str) -> str:
        return self._given[name] if name in self._given else self._pass.take(self._aggregations[name])

    def __iter__(self) -> Iterator[str]:
        yield from (*self._given, *self._aggregations)

    def __len__(self) -> int:
        return len(self._given) + len(self._aggregations)


class Pass:
    """The values that rows are projected to, and the aggregations over them: each once, under a name."""

    def __init__(self, context: Context, scope: Scope) -> None:
        self.context, self.scope = context, scope
        self._values: dict[str, str] = {}
        self._aggregations: dict[str, str] = {}

    def value(self, cypher: str) -> str:
        """The name under which every row has this value."""
        return self._values.setdefault(cypher, self.context.variable())

    def take(self, aggregation: str) -> str:
        """The name of an aggregation."""
        if aggregation not in self._aggregations:
            self._aggregations[aggregation] = self.context.variable()
        return self._aggregations[aggregation]

    @property
    def values(self) -> list[str]:
        """For a WITH: what each row gives."""
        return [f"{cypher} AS {name}" for cypher, name in self._values.items()]

    @property
    def aggregations(self) -> list[str]:
        """For a WITH: what is aggregated."""
        return [f"{cypher} AS {name}" for cypher, name in self._aggregations.items()]

    @property
    def value_names(self) -> list[str]:
        return list(self._values.values())

    @property
    def names(self) -> list[str]:
        return list(self._aggregations.values())

    def fields(self, calls: Sequence[FieldCall], columns: Columns) -> dict[str, Shape]:
        """The shapes of `count` and of the figures, by response key."""
        return {call.key: self._field(call, columns) for call in sorted(calls, key=lambda call: call.name)}

    def _field(self, call: FieldCall, columns: Columns) -> Shape:
        spec = call.spec
        if not isinstance(spec, Figures):
            return compile_field(self.context, call, Names(self, {"count": COUNT}), columns)
        if isinstance(spec.of, Embedded):
            return self._money(call, spec.of, columns)
        is_date = spec.type is ValueType.DATE
        value = self.value(native(self.context, spec.of, self.scope, is_date=is_date))
        names = Names(self, _extremes(value) if is_date else _numeric(value))
        return select(self.context, call.type, names, call.selections, columns)  # type: ignore[arg-type]

    def _money(self, call: FieldCall, money: Embedded, columns: Columns) -> Many:
        """Amounts are collected with their currencies, and aggregated per currency."""
        found = parts(self.context, money, self.scope)
        minor, currency = self.value(found["minor"]), self.value(found["currency"])
        pairs = self.take(f"collect(CASE WHEN {minor} IS NOT NULL THEN [{currency}, {minor}] END)")
        pair, code = self.context.variable(), self.context.variable()
        each = Pass(self.context, {})
        names = Names(each, _numeric(f"{pair}[1]"), {"currency": code})
        shape, row = select_row(self.context, call.type, names, call.selections)
        grouped = ", ".join([f"{pair}[0] AS {code}", *each.aggregations])
        at = columns.add(f"COLLECT {{ UNWIND {pairs} AS {pair} WITH {grouped} ORDER BY {code} RETURN {row} }}")
        return Many(at, shape, None, call.where)


def _extremes(value: str) -> dict[str, str]:
    return {"min": f"min({value})", "max": f"max({value})"}


def _numeric(value: str) -> dict[str, str]:
    return {
        **_extremes(value),
        "n": f"count({value})",
        "sum": f"sum({value})",
        "low": f"percentileDisc({value}, 0.5)",
        "high": f"percentileDisc({value}, {_ABOVE_HALF})",
    }
