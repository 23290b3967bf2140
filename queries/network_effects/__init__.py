"""How partners make one another and the whole stronger: lifts, retention with integrations, network effects, moats."""

from __future__ import annotations

from .reading import Series, arr_series, growth_series, read_customers

__all__ = ["Series", "arr_series", "growth_series", "read_customers"]
