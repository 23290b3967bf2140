"""Casts a raw column of a file to the type of a property: a value for each cell, or the reason why there is none."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import orjson
import polars as pl

from ..model import Property, ValueType
from ..model.money import digits

ANY_OTHER = "*"
"""In `How.values`: what stands for every cell that is not named."""

_SIGNIFICANT = frozenset("+#")
_NOT_SIGNIFICANT = re.compile("[^a-z0-9+#]+")
_PLAIN = r"^[+-]?(\d+(\.\d*)?|\.\d+)$"
_SCIENTIFIC = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
_ISO = r"^\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2}.*)?$"
_YEARS = (1000, 9999)
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_TEXT = pl.String()


@dataclass(frozen=True)
class How:
    """How the cells of one column are written.

    `formats` are strptime formats tried after ISO 8601; `values` translates cells (case, spaces and punctuation do not
    count), `*` stands for all others, and a cell that becomes empty has no value; `thousands` and `decimal` are the
    marks within numbers; `separator` stands between the members of a list.
    """

    formats: tuple[str, ...] = ()
    separator: str = ";"
    thousands: str | None = None
    decimal: str = "."
    values: Mapping[str, str] = field(default_factory=dict)


class Cast(NamedTuple):
    """The values, null where the cell is empty or bad, and a reason (String) where it is bad."""

    values: pl.Series
    reasons: pl.Series


class MoneyCast(NamedTuple):
    """Minor units, currencies (null where the amount is), and the reasons that blame either column."""

    minor: pl.Series
    currencies: pl.Series
    reasons: pl.Series
    currency_reasons: pl.Series


def normal_name(name: str) -> str:
    """What two spellings of one name have in common: lower case letters, digits, `+` and `#`, nothing else.

    HTML entities and compatibility forms are resolved, so `Media&shy;Markt` is `mediamarkt` and `C++` is not `c`.
    A name of punctuation alone stays as it is.
    """
    if name.isascii() and "&" not in name:
        return _NOT_SIGNIFICANT.sub("", name.lower()) or name.strip().lower()
    text = unicodedata.normalize("NFKC", html.unescape(name)).casefold()
    kept = "".join(c for c in text if c in _SIGNIFICANT or unicodedata.category(c)[0] in "LMN")
    return kept or text.strip()


def text_of(column: pl.Series) -> pl.Series:
    """The column as String: stripped, empty cells null, whole floats without `.0`, lists as JSON."""
    dtype = column.dtype
    if dtype == pl.Null:
        return column.cast(_TEXT)
    if isinstance(dtype, pl.List):
        items = [None if cell is None else orjson.dumps(cell, default=str).decode() for cell in column.to_list()]
        return pl.Series(column.name, items, dtype=_TEXT)
    if dtype.is_float():
        whole = (column == column.floor()) & (column.abs() < 2**53)
        return _when(whole, column.cast(pl.Int64, strict=False).cast(_TEXT), column.cast(_TEXT))
    if dtype != pl.String:
        return column.cast(_TEXT)
    stripped = column.str.strip_chars()
    return _when(stripped != "", stripped, None)


def cast(column: pl.Series, prop: Property, how: How | None = None) -> Cast:
    """The column as the type of a property (see `DTYPES`); money goes through `cast_money`.

    Args:
        column: String as read from CSV and JSON Lines, or already typed as Parquet has it.
        prop: the property; its closed set of values is applied, its range is not.
        how: how the cells are written.
    """
    how = how or How()
    match prop.type:
        case ValueType.STRING:
            return _strings(column, prop.values, how)
        case ValueType.STRINGS:
            return _lists(column, prop.values, how)
        case ValueType.DATE:
            return _dates(column, how)
        case ValueType.DATETIME:
            return _datetimes(column)
        case ValueType.BOOLEAN:
            return _booleans(column, how)
        case ValueType.INTEGER:
            return _integers(column, how)
        case ValueType.FLOAT:
            return _floats(column, how)
        case ValueType.MONEY:
            raise TypeError("money has two columns: use cast_money")


def cast_money(amounts: pl.Series, currencies: pl.Series | str | None, how: How | None = None) -> MoneyCast:
    """Amounts in units of their currency as integer minor units.

    Args:
        amounts: numbers, as text or typed.
        currencies: a column beside it, or one code for all.
        how: thousands and decimal mark.
    """
    how = how or How()
    amount = _plain_number(text_of(amounts), how)
    if not isinstance(currencies, pl.Series):
        currencies = pl.Series([currencies], dtype=_TEXT).new_from_index(0, len(amount))
    code = text_of(currencies).str.to_uppercase()
    known = code.str.contains(r"^[A-Z]{3}$").fill_null(False)
    places = code.replace_strict({c: digits(c) for c in code.unique().drop_nulls()}, return_dtype=pl.Int64, default=2)
    rows = pl.DataFrame({"amount": amount, "places": places})
    parts = rows.select(
        pl.col("amount").str.starts_with("-").alias("minus"),
        pl.col("amount").str.extract(r"^[+-]?(\d*)").alias("whole"),
        pl.col("amount").str.extract(r"\.(\d*)$").fill_null("").str.strip_chars_end("0").alias("part"),
        "places",
    )
    padded = pl.concat_str("part", pl.lit("000")).str.slice(0, pl.col("places"))
    unsigned = pl.concat_str("whole", padded)
    unsigned = pl.when(unsigned == "").then(pl.lit("0")).otherwise(unsigned)
    signed = pl.when("minus").then(pl.concat_str(pl.lit("-"), unsigned)).otherwise(unsigned)
    minor = parts.select(minor=signed.cast(pl.Int64, strict=False))["minor"]
    is_number = amount.str.contains(_PLAIN)
    too_long = parts.select(long=pl.col("part").str.len_chars() > pl.col("places"))["long"]
    has_code = known & amount.is_not_null()
    reasons = _reasons(
        len(amount),
        (~is_number, _number_reason(amount)),
        (has_code & too_long, "has more decimal digits than " + code + " has"),
        (has_code & minor.is_null(), "is too large"),
    )
    currency_reasons = _reasons(
        len(amount),
        (amount.is_not_null() & code.is_null(), "is missing: an amount needs a currency"),
        (amount.is_not_null() & ~known, "is no currency code of three letters such as EUR"),
    )
    good = reasons.is_null() & currency_reasons.is_null() & amount.is_not_null()
    return MoneyCast(_when(good, minor, None), _when(good, code, None), reasons, currency_reasons)


def bare_numbers(column: pl.Series, how: How) -> pl.Series:
    """Text cells with the thousands marks left out and the decimal mark a full stop, where they are well formed."""
    return _plain_number(text_of(column), how)


def _plain_number(text: pl.Series, how: How) -> pl.Series:
    decimal = re.escape(how.decimal)
    if how.thousands:
        mark = re.escape(how.thousands)
        grouped = text.str.contains(rf"^[+-]?\d{{1,3}}({mark}\d{{3}})+({decimal}\d*)?$").fill_null(False)
        text = _when(grouped, text.str.replace_all(how.thousands, "", literal=True), text)
    if how.decimal != ".":
        written = text.str.contains(rf"^[+-]?\d*{decimal}?\d*$").fill_null(False)
        text = _when(written, text.str.replace_all(how.decimal, ".", literal=True), text)
    return text


def _number_reason(text: pl.Series) -> pl.Series:
    grouped = text.str.contains(r"^[+-]?\d{1,3}([,. '’\x{a0}\x{202f}]\d{3})*[.,]?\d*$").fill_null(False)
    plain = "is not a decimal number such as 1234.50 (no currency signs, no units)"
    marks = (
        "is not a decimal number such as 1234.50: say how it is written in the mapping, such as "
        '`thousands: ","` or `decimal: ","`'
    )
    return _when(grouped, _text_column(marks, len(text)), _text_column(plain, len(text)))


def _strings(column: pl.Series, closed: type[StrEnum] | None, how: How) -> Cast:
    is_list = isinstance(column.dtype, pl.List)
    text = _translated(text_of(column), how)
    if is_list:
        return Cast(_empty(column, _TEXT), _reasons(len(column), (column.is_not_null(), "is a list, not one value")))
    if closed is None:
        return Cast(text, _reasons(len(column)))
    values, unknown = _members(text, closed)
    return Cast(values, _reasons(len(column), (unknown, f"is none of {_permitted(closed)}")))


def _lists(column: pl.Series, closed: type[StrEnum] | None, how: How) -> Cast:
    unique = text_of(column).alias("cell").unique(maintain_order=True).drop_nulls()
    parsed: list[list[str]] = []
    reasons: list[str | None] = []
    table = {_loose(k): v for k, v in how.values.items()}
    for cell in unique:
        members, reason = _split(cell, how.separator)
        members = [table.get(_loose(m), table.get(ANY_OTHER, m)) for m in members] if table else members
        if closed is not None and reason is None:
            members, reason = _choose(members, closed)
        parsed.append(list(dict.fromkeys(members)))
        reasons.append(reason)
    found = pl.DataFrame(
        {"cell": unique, "values": parsed, "reason": reasons},
        schema={"cell": _TEXT, "values": pl.List(_TEXT), "reason": _TEXT},
    )
    rows = pl.DataFrame({"cell": text_of(column)}).join(found, on="cell", how="left", maintain_order="left")
    empty = rows["values"].list.len() == 0
    return Cast(_when(rows["reason"].is_null() & ~empty, rows["values"], None), rows["reason"])


def _split(cell: str, separator: str) -> tuple[list[str], str | None]:
    if cell.startswith("["):
        try:
            items = orjson.loads(cell)
        except orjson.JSONDecodeError:
            items = None
        if isinstance(items, list):
            if any(isinstance(item, dict | list) for item in items):
                return [], "is a list with something other than values in it"
            texts = [
                item if isinstance(item, str) else orjson.dumps(item).decode() for item in items if item is not None
            ]
            return [text.strip() for text in texts if text.strip()], None
    return [part.strip() for part in cell.split(separator) if part.strip()], None


def _choose(members: Sequence[str], closed: type[StrEnum]) -> tuple[list[str], str | None]:
    known = {_loose(member.value): member.value for member in closed}
    wrong = [member for member in members if _loose(member) not in known]
    if wrong:
        return [], f"names {wrong[0]!r}, which is none of {_permitted(closed)}"
    return [known[_loose(member)] for member in members], None


def _dates(column: pl.Series, how: How) -> Cast:
    if column.dtype == pl.Date:
        return _in_years(column, column.is_null() & False)
    if isinstance(column.dtype, pl.Datetime):
        return _in_years(column.dt.date(), column.is_null() & False)
    if column.dtype.is_numeric():
        return Cast(
            _empty(column, pl.Date()),
            _reasons(len(column), (column.is_not_null(), "is a number, not a date")),
        )
    text = text_of(column)
    is_iso = text.str.contains(_ISO).fill_null(False)
    values = _when(is_iso, text.str.slice(0, 10), None).str.to_date("%Y-%m-%d", strict=False)
    for form in how.formats:
        values = values.fill_null(parse_dates(_when(is_iso, None, text), form))
    values, late = _in_years(values, text.is_null())
    expected = f"is no date such as {' or '.join(('2024-12-31', *how.formats))}"
    hint = "" if how.formats else '; give its form in the mapping, such as `format: "%m/%d/%Y"`'
    wrong = text.is_not_null() & values.is_null() & late.is_null()
    reasons = _reasons(
        len(text),
        (late.is_not_null(), late),
        (wrong & is_iso, "is no day of the calendar"),
        (wrong, expected + hint if not how.formats else f"{expected}, or no day of the calendar"),
    )
    return Cast(values, reasons)


def parse_dates(text: pl.Series, form: str) -> pl.Series:
    """The dates in a column of one strptime form, null where a cell has another; a time of day is left out."""
    if re.search(r"%[HIMSTRpTXc]", form):
        return text.str.to_datetime(form, strict=False, time_unit="us").dt.date()
    return text.str.to_date(form, strict=False)


def _in_years(dates: pl.Series, skip: pl.Series) -> Cast:
    """Leaves out years of fewer or more than four digits: 1/31/24 read as %Y is the year 24."""
    outside = (~dates.dt.year().is_between(*_YEARS) & ~skip).fill_null(False)
    reasons = _reasons(len(dates), (outside, "has no year of four digits from 1000 on"))
    return Cast(_when(outside, None, dates), reasons)


def _datetimes(column: pl.Series) -> Cast:
    target = pl.Datetime("us", "UTC")
    if isinstance(column.dtype, pl.Datetime):
        zoned = column if column.dtype.time_zone else column.dt.replace_time_zone("UTC")
        return Cast(zoned.dt.convert_time_zone("UTC").cast(target), _reasons(len(column)))
    text = text_of(column)
    iso = text.str.replace(r"[zZ]$", "+00:00").str.replace(" ", "T", literal=True)
    naive = iso.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="us").dt.replace_time_zone("UTC")
    zoned = iso.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", strict=False, time_unit="us", time_zone="UTC")
    values = zoned.fill_null(naive).cast(target)
    return Cast(
        values,
        _reasons(len(text), (text.is_not_null() & values.is_null(), "is no time such as 2024-12-31T23:59:00Z")),
    )


def _booleans(column: pl.Series, how: How) -> Cast:
    if column.dtype == pl.Boolean:
        return Cast(column, _reasons(len(column)))
    text = _translated(text_of(column), how)
    values = text.str.to_lowercase().replace_strict(_BOOLEANS, default=None, return_dtype=pl.Boolean)
    return Cast(
        values,
        _reasons(len(text), (text.is_not_null() & values.is_null(), "is none of true, false, yes, no, 1, 0")),
    )


def _integers(column: pl.Series, how: How) -> Cast:
    text = _plain_number(_translated(text_of(column), how), how)
    whole = text.str.contains(r"^[+-]?\d+(\.0*)?$").fill_null(False)
    values = _when(whole, text.str.replace(r"\.0*$", ""), None).cast(pl.Int64, strict=False)
    wrong = text.is_not_null()
    return Cast(
        values,
        _reasons(len(text), (wrong & ~whole, "is not a whole number"), (wrong & values.is_null(), "is too large")),
    )


def _floats(column: pl.Series, how: How) -> Cast:
    text = _plain_number(_translated(text_of(column), how), how)
    is_number = text.str.contains(_SCIENTIFIC).fill_null(False)
    parsed = _when(is_number, text, None).cast(pl.Float64, strict=False)
    values = _when(parsed.is_finite(), parsed, None)
    named = text.str.to_lowercase().str.contains(r"^[+-]?(nan|inf|infinity)$").fill_null(False)
    reasons = _reasons(
        len(text),
        (named | (is_number & values.is_null()), "is not a finite number"),
        (text.is_not_null() & values.is_null(), _number_reason(text)),
    )
    return Cast(values, reasons)


def _translated(text: pl.Series, how: How) -> pl.Series:
    if not how.values:
        return text
    table = {_loose(key): value for key, value in how.values.items()}
    other = table.get(ANY_OTHER)
    known = {cell: table.get(_loose(cell), cell if other is None else other) for cell in text.unique().drop_nulls()}
    return text.replace_strict({c: v or None for c, v in known.items()}, default=None, return_dtype=_TEXT)


def _members(text: pl.Series, closed: type[StrEnum]) -> tuple[pl.Series, pl.Series]:
    known = {_loose(member.value): member.value for member in closed}
    found = {cell: known.get(_loose(cell)) for cell in text.unique().drop_nulls()}
    values = text.replace_strict(found, default=None, return_dtype=_TEXT)
    return values, text.is_not_null() & values.is_null()


def _loose(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold() or text.strip()


def _permitted(closed: type[StrEnum]) -> str:
    return ", ".join(member.value for member in closed)


def _empty(column: pl.Series, dtype: pl.DataType) -> pl.Series:
    return pl.Series(column.name, [None], dtype=dtype).new_from_index(0, len(column))


def _when(mask: pl.Series, yes: pl.Series | None, no: pl.Series | None) -> pl.Series:
    frame = {"mask": mask}
    sides: list[pl.Expr] = []
    for name, side in (("yes", yes), ("no", no)):
        if side is None:
            sides.append(pl.lit(None))
        else:
            frame[name] = side
            sides.append(pl.col(name))
    return pl.DataFrame(frame).select(out=pl.when("mask").then(sides[0]).otherwise(sides[1]))["out"]


def _reasons(height: int, *findings: tuple[pl.Series, str | pl.Series]) -> pl.Series:
    """The reason of the first finding that is true in each row."""
    said = pl.Series([None], dtype=_TEXT).new_from_index(0, height)
    for mask, reason in findings:
        fresh = mask.fill_null(False) & said.is_null()
        if fresh.any():
            given = _text_column(reason, height) if isinstance(reason, str) else reason
            said = _when(fresh, given, said)
    return said


def _text_column(text: str, height: int) -> pl.Series:
    return pl.Series([text], dtype=_TEXT).new_from_index(0, height)
