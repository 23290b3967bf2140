from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.graph.load.cast import How, cast, cast_money, normal_name, text_of
from ecograph.graph.load.tables import DTYPES
from ecograph.graph.model import DealStatus, PartnerType, Property, ValueType, to_minor

CELLS = st.one_of(st.none(), st.text(max_size=12), st.from_regex(r"[-+]?\d{1,25}([.,]\d{0,4})?", fullmatch=True))


def prop(kind: ValueType, values: type | None = None) -> Property:
    return Property("x", kind, "", values=values)


def one(cell: object, kind: ValueType, how: How | None = None, values: type | None = None) -> tuple[object, str | None]:
    found = cast(pl.Series("x", [cell]), prop(kind, values), how)
    assert found.values.dtype == DTYPES[kind]
    value = found.values[0]
    return (value.to_list() if isinstance(value, pl.Series) else value), found.reasons[0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2024-12-31", date(2024, 12, 31)),
        (" 2024-12-31 ", date(2024, 12, 31)),
        ("2024-12-31T23:30:00-08:00", date(2024, 12, 31)),
        ("2024-12-31 00:00:00", date(2024, 12, 31)),
        ("", None),
        (None, None),
        (datetime(2024, 1, 2, 3, 4), date(2024, 1, 2)),
        (date(2024, 1, 2), date(2024, 1, 2)),
    ],
)
def test_a_date_is_read(cell: object, value: date | None) -> None:
    assert one(cell, ValueType.DATE) == (value, None)


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("2023-02-30", "no day of the calendar"),
        ("31.12.2024", "format"),
        ("yesterday", "no date such as 2024-12-31"),
        ("0000-01-01", "year"),
        ("2024-1-1", "no date"),
        ("2024-12-31x", "no date"),
        (20241231, "is a number"),
        (45000.5, "is a number"),
    ],
)
def test_what_is_no_date_says_why(cell: object, part: str) -> None:
    value, reason = one(cell, ValueType.DATE)
    assert value is None
    assert reason is not None
    assert part in reason


def test_a_date_in_the_form_of_the_mapping() -> None:
    how = How(formats=("%m/%d/%Y", "%m/%d/%Y %I:%M %p"))
    assert one("1/31/2024", ValueType.DATE, how) == (date(2024, 1, 31), None)
    assert one("01/31/2024 11:30 PM", ValueType.DATE, how) == (date(2024, 1, 31), None)
    assert one("2024-01-31", ValueType.DATE, how) == (date(2024, 1, 31), None)
    assert one("31/1/2024", ValueType.DATE, how)[0] is None


def test_a_year_of_two_digits_is_not_the_first_century() -> None:
    value, reason = one("1/31/24", ValueType.DATE, How(formats=("%m/%d/%Y",)))
    assert value is None
    assert reason is not None
    assert "four digits" in reason


@pytest.mark.parametrize(
    ("cell", "value"),
    [("Yes", True), ("TRUE", True), ("1", True), ("no", False), ("0", False), (True, True), (0, False)],
)
def test_booleans(cell: object, value: bool) -> None:
    assert one(cell, ValueType.BOOLEAN) == (value, None)


def test_no_boolean() -> None:
    assert one("maybe", ValueType.BOOLEAN) == (None, "is none of true, false, yes, no, 1, 0")


@pytest.mark.parametrize(("cell", "value"), [("12", 12), ("-3", -3), ("5.0", 5), (5.0, 5), (7, 7), ("+1", 1)])
def test_integers(cell: object, value: int) -> None:
    assert one(cell, ValueType.INTEGER) == (value, None)


@pytest.mark.parametrize(("cell", "part"), [("1.5", "whole"), ("9" * 30, "large"), ("x", "whole"), (1.5, "whole")])
def test_no_integer(cell: object, part: str) -> None:
    value, reason = one(cell, ValueType.INTEGER)
    assert value is None
    assert part in str(reason)


def test_floats_are_finite() -> None:
    assert one("1e3", ValueType.FLOAT) == (1000.0, None)
    assert one(float("inf"), ValueType.FLOAT) == (None, "is not a finite number")
    for cell in ("NaN", "-inf", "1e999"):
        assert one(cell, ValueType.FLOAT) == (None, "is not a finite number")


def test_marks_within_numbers() -> None:
    assert one("1,234.5", ValueType.FLOAT, How(thousands=",")) == (1234.5, None)
    assert one("1.234,5", ValueType.FLOAT, How(thousands=".", decimal=",")) == (1234.5, None)
    assert "thousands" in str(one("1,234.5", ValueType.FLOAT)[1])
    assert one("12,34.5", ValueType.FLOAT, How(thousands=","))[0] is None


def test_a_closed_set_is_matched_loosely_and_named() -> None:
    assert one(" won ", ValueType.STRING, values=DealStatus) == ("WON", None)
    assert one("gone", ValueType.STRING, values=DealStatus) == (None, "is none of OPEN, WON, LOST")
    assert one("Closed-Won", ValueType.STRING, How(values={"closed won": "WON", "*": "OPEN"}), DealStatus) == (
        "WON",
        None,
    )
    assert one("Proposal", ValueType.STRING, How(values={"closed won": "WON", "*": "OPEN"}), DealStatus) == (
        "OPEN",
        None,
    )


def test_lists() -> None:
    assert one("technology; Service;;", ValueType.STRINGS, values=PartnerType) == (
        ["TECHNOLOGY", "SERVICE"],
        None,
    )
    assert one('["technology", "SERVICE"]', ValueType.STRINGS, values=PartnerType) == (
        ["TECHNOLOGY", "SERVICE"],
        None,
    )
    assert one(["a", "b", "a"], ValueType.STRINGS) == (["a", "b"], None)
    assert one("a|b", ValueType.STRINGS, How(separator="|")) == (["a", "b"], None)
    assert one(" ; ", ValueType.STRINGS) == (None, None)
    value, reason = one("TECHNOLOGY;BANK", ValueType.STRINGS, values=PartnerType)
    assert value is None
    assert reason == "names 'BANK', which is none of TECHNOLOGY, SERVICE, RESELLER, REFERRAL"
    assert one('[{"a": 1}]', ValueType.STRINGS)[0] is None


def test_times_are_in_utc() -> None:
    noon = datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert one("2024-01-01T12:00:00Z", ValueType.DATETIME) == (noon, None)
    assert one("2024-01-01T13:00:00+01:00", ValueType.DATETIME) == (noon, None)
    assert one("2024-01-01 12:00:00", ValueType.DATETIME) == (noon, None)
    assert one("noon", ValueType.DATETIME)[0] is None


def test_a_list_is_no_single_value() -> None:
    assert one(["a"], ValueType.STRING) == (None, "is a list, not one value")


def money(amount: object, currency: str | None, how: How | None = None) -> tuple[object, object, object, object]:
    found = cast_money(pl.Series([amount]), pl.Series([currency], dtype=pl.String()), how)
    return tuple(column[0] for column in found)  # type: ignore[return-value]


def test_money_in_minor_units() -> None:
    assert money("1234.50", "EUR") == (123450, "EUR", None, None)
    assert money("1234.500", "eur") == (123450, "EUR", None, None)
    assert money("-.5", "USD") == (-50, "USD", None, None)
    assert money("500", "JPY") == (500, "JPY", None, None)
    assert money("1.234", "BHD") == (1234, "BHD", None, None)
    assert money(1234.5, "EUR") == (123450, "EUR", None, None)
    assert money(None, "EUR") == (None, None, None, None)
    assert money("1,234.50", "EUR", How(thousands=",")) == (123450, "EUR", None, None)


def test_money_says_what_is_wrong() -> None:
    assert "thousands" in str(money("1,234.50", "EUR")[2])
    assert "currency signs" in str(money("$5", "USD")[2])
    assert money("1.5", "JPY")[2] == "has more decimal digits than JPY has"
    assert money("9" * 30, "USD")[2] == "is too large"
    assert money("5", None)[3] == "is missing: an amount needs a currency"
    assert "no currency code" in str(money("5", "Euro")[3])


def test_money_with_one_currency_for_all() -> None:
    found = cast_money(pl.Series(["1", "2.25", ""]), "CHF")
    assert found.minor.to_list() == [100, 225, None]
    assert found.currencies.to_list() == ["CHF", "CHF", None]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_money_agrees_with_the_model(amount: Decimal, currency: str) -> None:
    text = f"{amount:f}"
    try:
        expected: int | None = to_minor(text, currency)
    except ValueError:
        expected = None
    minor, _, reason, _ = money(text, currency)
    assert minor == expected
    assert (reason is None) == (expected is not None)


@given(
    st.lists(CELLS, min_size=1, max_size=8),
    st.sampled_from([t for t in ValueType if t is not ValueType.MONEY]),
)
def test_a_cell_has_a_value_or_a_reason_or_is_empty(cells: list[str | None], kind: ValueType) -> None:
    column = pl.Series("x", cells, dtype=pl.String())
    found = cast(column, prop(kind), How(formats=("%d.%m.%Y",), thousands=","))
    assert found.values.dtype == DTYPES[kind]
    for text, value, reason in zip(text_of(column), found.values, found.reasons, strict=True):
        assert value is None or reason is None
        if text is None:
            assert value is None
            assert reason is None
        elif kind is not ValueType.STRINGS:
            assert (value is None) == (reason is not None)


@given(st.lists(CELLS, min_size=1, max_size=8), st.lists(CELLS, min_size=8, max_size=8))
def test_money_has_a_value_or_a_reason(amounts: list[str | None], currencies: list[str | None]) -> None:
    column = pl.Series(amounts, dtype=pl.String())
    found = cast_money(column, pl.Series(currencies[: len(amounts)], dtype=pl.String()))
    for text, minor, currency, *reasons in zip(text_of(column), *found, strict=True):
        assert (minor is None) == (currency is None)
        assert (minor is not None) == (text is not None and not any(reasons))


@given(
    st.sampled_from([pl.Int64, pl.Float64, pl.Boolean, pl.Date, pl.Datetime("ms"), pl.Int8, pl.Null]),
    st.sampled_from(ValueType),
)
def test_an_empty_typed_column_is_cast(dtype: pl.DataType, kind: ValueType) -> None:
    column = pl.Series("x", [None, None], dtype=dtype)
    if kind is ValueType.MONEY:
        assert cast_money(column, "EUR").minor.to_list() == [None, None]
    else:
        found = cast(column, prop(kind))
        assert found.values.dtype == DTYPES[kind]
        assert found.reasons.to_list() == [None, None]


@pytest.mark.parametrize(
    ("one_name", "other"),
    [
        ("Capital One", "CAPITAL-ONE"),
        ("Media&shy;Markt", "MediaMarkt"),
        ("IITS Consulting", "iits-consulting"),
    ],
)
def test_spellings_of_one_name(one_name: str, other: str) -> None:
    assert normal_name(one_name) == normal_name(other)


def test_other_names_stay_others() -> None:
    assert len({normal_name(name) for name in ("C", "C++", "C#", "!!!", "Ü", "U")}) == 6


@given(st.text())
def test_a_normal_name_is_stable(name: str) -> None:
    assert normal_name(name) == normal_name(name)
    if name.strip():
        assert normal_name(name)
