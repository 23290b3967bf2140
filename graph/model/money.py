"""Money: integer minor units and an ISO 4217 currency."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_NO_MINOR = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
_THREE = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)$")
_MAX = 2**63 - 1


def digits(currency: str) -> int:
    """How many decimal digits the currency has: 2 for most, 0 and 3 for some."""
    return 0 if currency in _NO_MINOR else 3 if currency in _THREE else 2


def is_currency(code: str) -> bool:
    """True for three upper-case letters."""
    return len(code) == 3 and code.isascii() and code.isupper() and code.isalpha()


def to_minor(amount: str | int | float | Decimal, currency: str) -> int:
    """The amount in minor units.

    Raises:
        ValueError: not a plain decimal number, more digits than the currency has, or out of range.
    """
    text = str(amount).strip()
    if isinstance(amount, str) and not _NUMBER.match(text):
        raise ValueError("is not a decimal number such as 1234.50 (no thousands separators, no currency signs)")
    try:
        scaled = Decimal(text).scaleb(digits(currency))
        whole = scaled.to_integral_value()
    except InvalidOperation as error:
        raise ValueError("is not a number") from error
    if scaled != whole:
        raise ValueError(f"has more decimal digits than {currency} has")
    if abs(whole) > _MAX:
        raise ValueError("is too large")
    return int(whole)


def from_minor(minor: int, currency: str) -> str:
    """The amount as a decimal string with all digits of its currency, such as `1234.50`."""
    places = digits(currency)
    return f"{Decimal(minor).scaleb(-places):.{places}f}"


def mean(total: int, n: int) -> int:
    """The mean of `n` amounts in minor units that sum to `total`, rounded half to even."""
    whole, rest = divmod(total, n)
    return whole + (2 * rest > n or (2 * rest == n and whole % 2 == 1))
