"""Amounts in several currencies made comparable: factors by the exchange rates of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..graph.connection import Database
from ..graph.errors import MixedCurrency
from ..graph.model.money import digits
from ..graph.settings import Settings
from ..graph.version import GraphVersion
from ..queries import catalog
from ..queries.currencies import Rates, common_currency, rates_of
from .bounded import Bounded

Factors = Mapping[str, float]
"""Currency → what an amount in minor units is multiplied by."""
RATES = "exchange_rates"
_KEPT = 1_000


@dataclass(frozen=True)
class Exchange:
    """Stands in a statement's parameters for the factors of a day; `currencies` names the query that lists them.

    `in_units` asks for whole units where there is only one currency too.
    """

    currencies: str
    day: date | None
    in_units: bool = False


class Exchanges:
    """Reads factors, and keeps them by graph version."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._kept: Bounded[tuple[Exchange, str], Factors] = Bounded(_KEPT, _KEPT)

    async def filled(self, parameters: dict[str, Any], version: GraphVersion, today: date) -> dict[str, Any]:
        """The parameters with the factors that they stand for.

        Raises:
            MixedCurrency: there are several currencies, and no rates lead to one.
        """
        wanted = {name: value for name, value in parameters.items() if type(value) is Exchange}
        if not wanted:
            return parameters
        return parameters | {name: await self._factors(value, version, today) for name, value in wanted.items()}

    async def _factors(self, exchange: Exchange, version: GraphVersion, today: date) -> Factors:
        key = replace(exchange, day=exchange.day or today), str(version)
        found = self._kept.get(key)
        if found is None:
            known = [currency for (currency,) in await self._rows(exchange.currencies, {}) if currency is not None]
            rates = {} if len(known) < 2 else await self._rates(key[0].day)
            found = factors(known, rates, self._settings.reporting_currency)
            if exchange.in_units and len(known) == 1:
                found = {currency: 1 / 10 ** digits(currency) for currency in known}
            self._kept.put(key, found)
        return found

    async def _rates(self, day: date | None) -> Rates:
        return rates_of(await self._rows(RATES, {"asOf": day}))

    async def _rows(self, query: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        return await self._database.rows(catalog()[query].text, parameters, timeout=self._settings.query_timeout_s)


def factors(known: Sequence[str], rates: Rates, reporting: str | None) -> Factors:
    """What makes amounts comparable: 1 in one currency, else units of the reporting currency, or of one of them.

    Raises:
        MixedCurrency: there are several, and no rates lead to one.
    """
    if len(known) < 2:
        return dict.fromkeys(known, 1)
    found = common_currency(known, rates, reporting)
    if found is not None:
        return found[1]
    target = reporting or "one of these"
    raise MixedCurrency(
        f"The amounts are in {', '.join(known)}, and no exchange rates of the day lead to {target}.",
        hint="Load rates (`ecograph import table rates.csv --as rate`), or order by something else.",
    )
