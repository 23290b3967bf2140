"""What partners' own logins may see, in GraphQL: the rules, and setting them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from ...graph.model import Population, SharingLevel
from ...graph.sharing import SHAREABLE, set_rule
from ..declare import field
from ..spec import Call, Change, Changing, Column, Embedded, One, Rows
from .inputs import PartnerRef
from .overlap import partner_of

strawberry.enum(
    SharingLevel,
    description="What a partner's own login sees of our accounts of a population: nothing; how many of them are on its "
    "list, in `overlap`; which of those on its list are; all of them.",
)


@strawberry.type(description="What is shared with a partner of our accounts of a population.")
class SharingRule:
    partner: PartnerRef = field(Embedded({"it": "<partner>"}), "The partner.")
    population: Population = field(Column("<population>"), "What the accounts are to us.")
    level: SharingLevel = field(Column("<level>"), "How much of them its login sees; HIDDEN where nothing was set.")
    fields: list[str] = field(
        Column("<fields>"),
        f"What it sees of an account beside name, domains and population, where accounts are shown: any of "
        f"{', '.join(f'`{name}`' for name in SHAREABLE)}.",
    )


def _all(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"partner": partner_of(arguments), "population": None}


def _one(arguments: Mapping[str, Any]) -> dict[str, Any]:
    population = arguments["population"]
    return {"partner": partner_of(arguments), "population": getattr(population, "value", population)}


async def _set(changing: Changing, arguments: Mapping[str, Any]) -> None:
    of, level = _one(arguments), arguments["level"]
    rule = Population(of["population"]), SharingLevel(getattr(level, "value", level))
    await set_rule(changing.database, of["partner"], *rule, arguments.get("fields"))


SHARING = Rows(Call("sharing", bind=_all))
SET_SHARING = Change(_set, One(Call("sharing", bind=_one)))

Fields = Annotated[
    list[str] | None,
    strawberry.argument(description="What to show beside name, domains and population; those set before if unset."),
]
