"""What partners did for deals, recorded one by one as it happens."""

from __future__ import annotations

from datetime import date

import polars as pl

from .connection import Database
from .errors import BadInput, UnknownId
from .load import Dataset, Rejected, Table, load
from .model import BY_TYPE

SOURCE = "recorded"
_PATIENCE_S = 10.0
_KNOWN = """
RETURN EXISTS { MATCH (:Partner {id: $partner}) } AS partner, EXISTS { MATCH (:Deal {id: $deal}) } AS deal
"""


async def record_touch(database: Database, partner: str, deal: str, kind: str, on: date) -> None:
    """Record that a partner did something for a deal; the deal's credits are derived anew. Twice is once.

    Args:
        partner: its id.
        deal: its id.
        kind: what the partner did, such as `introduction`.
        on: the day on which it did it.

    Raises:
        UnknownId: there is no such partner or deal.
        BadInput: the kind says nothing, or is too long.
        Busy: an import or a measure run is working on this graph.
    """
    (known,) = await database.rows(_KNOWN, {"partner": partner, "deal": deal})
    for identity, is_known in zip((partner, deal), known, strict=True):
        if not is_known:
            raise UnknownId(f"There is no {identity!r}.", hint="Give an id, such as partner:acme or deal:42, or a key.")
    if not kind.strip():
        raise BadInput("A touch needs a kind.", hint="Say what the partner did, such as introduction or workshop.")
    row = {"from": partner, "to": deal, "kind": kind.strip(), "on": on}
    fingerprint = f"{SOURCE}:{partner}>{deal}:{on.isoformat()}:{kind.strip()}"
    dataset = Dataset(SOURCE, (Table(BY_TYPE["TOUCHED"], pl.DataFrame([row])),), fingerprint)
    try:
        await load(database, dataset, patience_s=_PATIENCE_S)
    except Rejected as rejected:
        raise BadInput(f"The touch {rejected.bad[0].reason}.") from None
