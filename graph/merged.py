"""Accounts that were merged into others: what became of their ids, and what the survivors took over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .connection import Database
from .model import ACCOUNT

_SURVIVORS = """
MATCH (lost:SourceRecord) WHERE lost.key IS NOT NULL
MATCH (lost)-[:RESOLVES_TO*1..50]->(survivor:Account)
RETURN lost.id, survivor.id
"""

_SURVIVOR = """
MATCH (lost:SourceRecord {id: $id})-[:RESOLVES_TO*1..50]->(survivor:Account)
WHERE lost.key IS NOT NULL
RETURN survivor.id
"""


async def survivors(database: Database) -> dict[str, str]:
    """Every merged account's id → the id of the account that it is now part of."""
    return {row[0]: row[1] for row in await database.rows(_SURVIVORS)}


async def survivor_of(database: Database, identity: str) -> str | None:
    """The account that a merged account is now part of; None where no account of this id was merged."""
    found: Any = await database.value(_SURVIVOR, {"id": identity})
    return None if found is None else str(found)


async def waiting(database: Database) -> int:
    """How many pairs of accounts wait for somebody to say whether they are one company."""
    return int(await database.value("MATCH (p:MatchPair) WHERE p.decision IS NULL RETURN count(p)"))


_PREFIX = "custom."


def missing(own: Mapping[str, Any], others: Mapping[str, Any]) -> list[str]:
    """Names of the properties of an account that the first has none of and the second has.

    An amount goes with its currency, and two days that belong together are of one account.
    """
    groups: list[tuple[str, ...]] = [*ACCOUNT.spans]
    spanned = {name for group in groups for name in group}
    groups += [tuple(prop.stored) for prop in ACCOUNT.properties if prop.name not in spanned]
    groups += [(name,) for name in sorted(others) if name.startswith(_PREFIX)]
    return [
        name
        for group in groups
        if all(own.get(name) is None for name in group)
        for name in group
        if others.get(name) is not None
    ]
