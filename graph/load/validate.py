"""Checks of a table against the model: which rows cannot be loaded, and why. Nothing is read from the graph here."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ..errors import Internal
from ..model import EdgeKind, HistoryKind, NodeKind, Property, ValueType, is_currency, key_problem
from .tables import DTYPES, KEY, ROW, BadRow, Table

MAX_TEXT = 10_000
Finding = tuple[pl.Series, str | None, str]
"""A mask of bad rows, the column to blame, and the reason."""


def validate(table: Table) -> tuple[Table, list[BadRow]]:
    """The good rows of a table, and what is wrong with the others (the first fault of each row).

    Raises:
        Internal: the importer handed over columns that the kind does not have, or of another type.
    """
    _check_columns(table)
    rows = table.rows
    bad_mask = pl.Series([False]).new_from_index(0, rows.height) if rows.height else pl.Series([], dtype=pl.Boolean)
    bad: list[BadRow] = []
    for mask, column, reason in _findings(table):
        fresh = mask.fill_null(False) & ~bad_mask
        if fresh.any():
            bad.extend(_name_rows(table, fresh, column, reason))
            bad_mask = bad_mask | fresh
    if not bad:
        return table, []
    return Table(table.kind, rows.filter(~bad_mask), table.file), sorted(bad, key=lambda b: b.line or 0)


def bad_rows(table: Table, mask: pl.Series, column: str | None, reason: str) -> list[BadRow]:
    """The masked rows, each with its place and value."""
    return list(_name_rows(table, mask, column, reason))


def _name_rows(table: Table, mask: pl.Series, column: str | None, reason: str) -> Iterator[BadRow]:
    for row in table.rows.filter(mask).iter_rows(named=True):
        value = row.get(column) if column else None
        yield BadRow(table.file, row.get(ROW), column, None if value is None else str(value), reason)


def _findings(table: Table) -> Iterator[Finding]:
    if isinstance(table.kind, NodeKind):
        yield from _node_findings(table.rows, table.kind)
    elif isinstance(table.kind, EdgeKind):
        yield from _edge_findings(table.rows, table.kind)
    else:
        yield from _history_findings(table.rows, table.kind)


def _node_findings(rows: pl.DataFrame, kind: NodeKind) -> Iterator[Finding]:
    yield rows["key"].is_null(), "key", "is missing"
    problems = rows["key"].map_elements(lambda key: key_problem(key), return_dtype=pl.String)
    for problem in problems.drop_nulls().unique():
        yield problems == problem, "key", problem
    yield rows["key"].is_duplicated() & ~rows["key"].is_first_distinct(), "key", "stands in this file already"
    yield from _property_findings(rows, kind.properties)
    for first, second in kind.spans:
        if first in rows.columns and second in rows.columns:
            yield rows[second] < rows[first], second, f"is before {first}"


def _edge_findings(rows: pl.DataFrame, kind: EdgeKind) -> Iterator[Finding]:
    for end, labels in (("from", kind.from_labels), ("to", kind.to_labels)):
        yield rows[end].is_null(), end, "is missing"
        allowed = {label.lower() for label in labels}
        prefix = rows[end].str.split(":").list.first()
        yield ~prefix.is_in(list(allowed)), end, f"is no id of a {' or '.join(labels)}"
    if kind.is_dated and {"since", "until"} <= set(rows.columns):
        yield rows["until"] < rows["since"], "until", "is before since"
        yield rows["until"] == rows["since"], "until", "is the same day as since: the relation never held"
    if kind.is_symmetric or kind.type == "ALLIED_WITH":
        yield rows["from"] == rows["to"], "to", "is the same node as from"
    for required in kind.properties:
        if required.required and required.name not in rows.columns:
            yield pl.Series([True]).new_from_index(0, rows.height), required.name, "is missing"
    yield from _property_findings(rows, kind.all_properties)


def _history_findings(rows: pl.DataFrame, kind: HistoryKind) -> Iterator[Finding]:
    yield rows["on"].is_null(), "on", "is missing"
    if kind.of is None:
        for end in ("from", "to"):
            valid = rows[end].map_elements(is_currency, return_dtype=pl.Boolean)
            yield ~valid | rows[end].is_null(), end, "is no currency code of three capital letters"
        yield rows["rate"].is_null() | (rows["rate"] <= 0), "rate", "is not a positive number"
    else:
        yield rows["value"].is_null(), "value", "is missing"
        prefix = f"{kind.of.prefix}:"
        yield ~rows["of"].str.starts_with(prefix).fill_null(False), "of", f"is no id of a {kind.of.label}"


def _property_findings(rows: pl.DataFrame, properties: tuple[Property, ...]) -> Iterator[Finding]:
    for prop in properties:
        if prop.name in rows.columns:
            yield from _one_property(rows, prop)


def _one_property(rows: pl.DataFrame, prop: Property) -> Iterator[Finding]:
    column = rows[prop.name]
    if prop.required:
        yield column.is_null(), prop.name, "is missing"
    if prop.values is not None:
        permitted = [str(member) for member in prop.values]
        reason = f"is none of {', '.join(permitted)}"
        if prop.type is ValueType.STRINGS:
            yield (
                ~column.list.eval(pl.element().is_in(permitted)).list.all().fill_null(True),
                prop.name,
                reason,
            )
        else:
            yield ~column.is_in(permitted), prop.name, reason
    elif prop.type is ValueType.STRING:
        yield column.str.len_chars() > MAX_TEXT, prop.name, f"is longer than {MAX_TEXT} characters"
    if prop.low is not None:
        yield column < prop.low, prop.name, f"is below {prop.low:g}"
    if prop.high is not None:
        yield column > prop.high, prop.name, f"is above {prop.high:g}"
    if prop.type is ValueType.FLOAT:
        yield ~column.is_finite(), prop.name, "is not a finite number"
    if prop.type is ValueType.MONEY:
        currency = rows[f"{prop.name}Currency"]
        valid = currency.map_elements(is_currency, return_dtype=pl.Boolean).fill_null(False)
        yield (
            column.is_not_null() & ~valid,
            f"{prop.name}Currency",
            "is no currency code of three capital letters",
        )


def _check_columns(table: Table) -> None:
    expected = _columns(table.kind)
    for name, dtype in table.rows.schema.items():
        if (
            name == ROW
            or (name == KEY and isinstance(table.kind, EdgeKind))
            or (name.startswith("custom.") and getattr(table.kind, "has_custom", False))
        ):
            continue
        if name not in expected:
            raise Internal(f"{table.file}: a table of {table.kind.table} has no column {name!r}.")
        if dtype != expected[name] and dtype != pl.Null:
            raise Internal(f"{table.file}: column {name!r} is {dtype}, not {expected[name]}.")


def _columns(kind: NodeKind | EdgeKind | HistoryKind) -> dict[str, pl.DataType]:
    text = pl.String()
    columns: dict[str, pl.DataType] = {}
    properties: tuple[Property, ...] = ()
    if isinstance(kind, NodeKind):
        columns = {"key": text, "name": text}
        properties = kind.properties
        if kind.has_domains:
            columns["domains"] = pl.List(text)
        if kind.has_external_ids:
            columns["externalIds"] = pl.List(text)
    elif isinstance(kind, EdgeKind):
        columns = {"from": text, "to": text}
        properties = kind.all_properties
    elif kind.of is None:
        return {"from": text, "to": text, "on": pl.Date(), "rate": pl.Float64()}
    else:
        columns = {"of": text, "on": pl.Date(), "value": DTYPES[kind.value.type], "valueCurrency": text}
    for prop in properties:
        columns[prop.name] = DTYPES[prop.type]
        if prop.type is ValueType.MONEY:
            columns[f"{prop.name}Currency"] = text
    return columns


def dangling(table: Table, known: set[str]) -> Iterator[Finding]:
    """The rows whose ends are not among the known ids."""
    ends = ("from", "to") if isinstance(table.kind, EdgeKind) else ("of",)
    for end in ends:
        missing = [node for node in table.rows[end].unique() if node not in known]
        if missing:
            yield table.rows[end].is_in(missing), end, "refers to nothing in the graph or in this import"
