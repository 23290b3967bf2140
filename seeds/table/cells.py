"""The cells of a sheet as columns of the model: values cast, identifiers made canonical."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import polars as pl

from ...graph.domains import domain_of
from ...graph.load.cast import cast, cast_money, text_of
from ...graph.load.tables import ROW
from ...graph.model import Property, ValueType
from .external_ids import external_id
from .faults import Faults
from .kinds import properties
from .layout import Bound, Layout
from .mapping import CustomColumn

_TEXT = pl.String()
_TEXTS = pl.List(_TEXT)
_TYPES = {
    "string": ValueType.STRING,
    "strings": ValueType.STRINGS,
    "integer": ValueType.INTEGER,
    "float": ValueType.FLOAT,
    "boolean": ValueType.BOOLEAN,
    "date": ValueType.DATE,
}
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


class Cells:
    """The raw columns of a sheet, and the faults found in them."""

    def __init__(self, rows: pl.DataFrame, faults: Faults) -> None:
        self.rows = rows
        self.faults = faults
        self.left_out: list[tuple[int, str, str]] = []
        """Websites that are no address: line, header, cell."""

    def of(self, bound: Bound) -> pl.Series:
        """The raw cells of a bound column."""
        if bound.header is not None:
            raw = self.rows[bound.header]
            return raw if bound.column.default is None else text_of(raw).fill_null(bound.column.default)
        return pl.Series([bound.column.constant], dtype=_TEXT).new_from_index(0, self.rows.height)

    def text(self, bound: Bound) -> pl.Series:
        """The cells as stripped text."""
        return self.cast(bound, ValueType.STRING)

    def cast(self, bound: Bound, kind: ValueType, prop: Property | None = None) -> pl.Series:
        """The cells as a type; cells that are not are faults."""
        raw = self.of(bound)
        found = cast(raw, prop or Property("", kind, ""), bound.column.how)
        self.faults.add(found.reasons, bound.header, raw)
        return found.values

    def websites(self, bound: Bound) -> pl.Series:
        """Lists of registrable domains; what is no address is left out and noted."""
        addresses = self.cast(bound, ValueType.STRINGS)
        return self._each(addresses, domain_of, bound)

    def website(self, bound: Bound) -> pl.Series:
        """The registrable domain of a cell with one address."""
        addresses = self.text(bound)
        found = {address: domain_of(address) for address in addresses.drop_nulls().unique()}
        self._note_lost(addresses, {a for a, d in found.items() if d is None}, bound)
        return addresses.replace_strict(found, default=None, return_dtype=_TEXT)

    def external_ids(self, bound: Bound) -> pl.Series:
        """Lists of external ids, `system:id`."""
        ids = self.cast(bound, ValueType.STRINGS)
        found = {cell: external_id(cell, bound.column.system) for cell in ids.explode().drop_nulls().unique()}
        self._refuse(ids.list.eval(pl.element().is_in([c for c, e in found.items() if e is None])).list.any(), bound)
        return _map_lists(ids, {cell: e for cell, e in found.items() if e})

    def external_id(self, bound: Bound) -> pl.Series:
        """The external id of a cell with one."""
        ids = self.text(bound)
        found = {cell: external_id(cell, bound.column.system) for cell in ids.drop_nulls().unique()}
        self._refuse(ids.is_in([cell for cell, e in found.items() if e is None]), bound)
        return ids.replace_strict(found, default=None, return_dtype=_TEXT)

    def _refuse(self, mask: pl.Series, bound: Bound) -> None:
        reason = "is no external id such as salesforce:0015g00000XyZab"
        reasons = pl.select(pl.when(mask.fill_null(False)).then(pl.lit(reason))).to_series().cast(_TEXT)
        self.faults.add(reasons, bound.header, self.of(bound))

    def _each(self, lists: pl.Series, canonical: Callable[[str], str | None], bound: Bound) -> pl.Series:
        found = {cell: canonical(cell) for cell in lists.explode().drop_nulls().unique()}
        lost = {cell for cell, value in found.items() if value is None}
        if lost:
            rows = pl.DataFrame({ROW: self.rows[ROW], "cell": lists}).explode("cell")
            self._note_lost(rows["cell"], lost, bound, rows[ROW])
        return _map_lists(lists, {cell: value for cell, value in found.items() if value})

    def _note_lost(self, cells: pl.Series, lost: set[str], bound: Bound, lines: pl.Series | None = None) -> None:
        if lost:
            where = pl.DataFrame({ROW: self.rows[ROW] if lines is None else lines, "cell": cells})
            found = where.filter(pl.col("cell").is_in(list(lost)))
            self.left_out.extend((line, bound.header or "", cell) for line, cell in found.iter_rows())


def cast_values(layout: Layout, cells: Cells) -> pl.DataFrame:
    """Every value column of the layout under its name in the model, beside `_row`; references are not among them."""
    columns: dict[str, pl.Series] = {ROW: cells.rows[ROW]}
    values = layout.values
    by_name = {prop.name: prop for prop in properties(layout.kind)}
    for name, bound in values.items():
        prop = by_name.get(name)
        if prop is not None and prop.type is ValueType.MONEY:
            columns |= _money(name, values, cells)
        elif prop is not None:
            columns[name] = cells.cast(bound, prop.type, prop)
        elif name in ("key", "name"):
            columns[name] = cells.text(bound)
        elif name == "domains":
            columns[name] = cells.websites(bound)
        elif name == "externalIds":
            columns[name] = cells.external_ids(bound)
    for name, bound in layout.custom.items():
        kind = bound.column.type if isinstance(bound.column, CustomColumn) else "string"
        columns[f"custom.{name}"] = cells.cast(bound, _TYPES[kind])
    return pl.DataFrame({name: column.alias(name) for name, column in columns.items()})


def _money(name: str, values: dict[str, Bound], cells: Cells) -> dict[str, pl.Series]:
    amount, currency = values[name], values[f"{name}Currency"]
    found = cast_money(cells.of(amount), cells.text(currency), amount.column.how)
    cells.faults.add(found.reasons, amount.header, cells.of(amount))
    cells.faults.add(found.currency_reasons, currency.header or amount.header, cells.of(currency))
    return {name: found.minor, f"{name}Currency": found.currencies}


def _map_lists(lists: pl.Series, found: dict[str, str]) -> pl.Series:
    """The lists with each member replaced, those left out that are replaced by nothing."""
    if not found:
        return pl.Series(lists.name, [None], dtype=_TEXTS).new_from_index(0, len(lists))
    replaced = pl.element().replace_strict(found, default=None, return_dtype=_TEXT).drop_nulls()
    mapped = lists.list.eval(replaced).list.unique(maintain_order=True)
    return pl.select(pl.when(mapped.list.len() > 0).then(mapped)).to_series()


def resolve_html(rows: pl.DataFrame) -> pl.DataFrame:
    """Text columns with HTML entities resolved and soft hyphens and the like left out."""

    def resolved(column: pl.Series) -> pl.Series:
        touched = {c: _INVISIBLE.sub("", html.unescape(c)) for c in column.drop_nulls().unique() if "&" in c}
        return column.replace(touched) if touched else column

    return rows.with_columns(resolved(rows[n]).alias(n) for n, dtype in rows.schema.items() if dtype == _TEXT)
