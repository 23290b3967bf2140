"""What each partner's own login may see of our accounts: one rule per partner and population; without one, nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .connection import Database
from .errors import BadInput
from .model import Population, SharingLevel
from .model.system import SINGLETON

SHAREABLE = ("segment", "industry", "region", "customerSince", "arr")
"""What can be shown of an account beside its name, domains and population."""

_RULES = "MATCH (rule:SharingRule {partner: $partner}) RETURN rule.population, rule.level, rule.fields"
_SET = """
MATCH (:Partner {id: $partner})
MERGE (rule:SharingRule {id: $partner + ' ' + $population})
SET rule.partner = $partner, rule.population = $population, rule.level = $level,
    rule.fields = coalesce($fields, rule.fields, [])
RETURN rule.id
"""
_NEXT_VERSION = "MATCH (e:Ecograph {id: $id}) SET e.version = e.version + 1, e.updatedAt = datetime()"


@dataclass(frozen=True)
class Rule:
    """What is shared of our accounts of a population; `fields` count at the levels that show accounts."""

    population: Population
    level: SharingLevel
    fields: tuple[str, ...]


async def rules_of(database: Database, partner: str) -> list[Rule]:
    """The rules that were set for a partner, by its id."""
    rows = await database.rows(_RULES, {"partner": partner})
    return [Rule(Population(population), SharingLevel(level), tuple(fields)) for population, level, fields in rows]


async def set_rule(
    database: Database, partner: str, population: Population, level: SharingLevel, fields: Sequence[str] | None = None
) -> None:
    """Set the rule of a partner, by its id, for a population; without `fields` those set before stay.

    Raises:
        BadInput: there is no such partner, or a field cannot be shared.
    """
    unknown = sorted(set(fields or ()) - set(SHAREABLE))
    if unknown:
        raise BadInput(
            f"{' and '.join(map(repr, unknown))} cannot be shared.", hint=f"What can: {', '.join(SHAREABLE)}."
        )
    kept = None if fields is None else [name for name in SHAREABLE if name in fields]
    given = {"partner": partner, "population": population, "level": level, "fields": kept}
    rule, _ = await database.write([(_SET, given), (_NEXT_VERSION, {"id": SINGLETON})])
    if not rule:
        raise BadInput(f"There is no partner {partner!r}.", hint="Give the id or the key of one.")
