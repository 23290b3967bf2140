"""What a computed field is told of the request, and the trees that it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..graph.connection import Database
from ..graph.errors import Internal
from ..graph.settings import Settings
from ..graph.version import GraphVersion
from ..queries import catalog

Tree = Any
"""Data by the field names of a GraphQL type: dict, list, scalar, None; a callable takes the field's arguments."""


@dataclass(frozen=True)
class Asked:
    """One call of a computed field.

    `arguments` are the field's, coerced, by their GraphQL names; those not given and without a default are absent.
    `as_of` is the day that holds here. `keys` are the parents' keys, each once; empty for a field without a key.
    `database` shows what who asks may see, and nothing else.
    """

    database: Database
    settings: Settings
    version: GraphVersion
    as_of: date
    arguments: Mapping[str, Any]
    keys: tuple[Any, ...] = ()

    async def rows(self, query: str, **parameters: Any) -> list[list[Any]]:
        """All rows of a named query, under the request's time limit.

        `asOf`, `activeWithin`, `hasDatedActivity` and `hasCustomerDates` are filled in unless given.

        Raises:
            QueryTimeout: it ran longer than the time allowed.
        """
        named = catalog()[query]
        if named.inputs or named.mode != "read":
            raise Internal(f"{named.file} cannot be run by itself.")
        shared = {
            "asOf": self.as_of,
            "activeWithin": self.settings.active_within_days,
            "hasDatedActivity": self.version.has_dated_activity,
            "hasCustomerDates": self.version.has_customer_dates,
        }
        bound = {name: parameters.get(name, shared.get(name)) for name in named.parameters}
        return await self.database.rows(named.text, bound, timeout=self.settings.query_timeout_s)
