"""Recording what partners did for deals, in GraphQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import strawberry

from ..compiler.identity import ids_of
from ..spec import Call, Change, Changing, One


def _id_of(label: str, identity: str) -> str:
    return ids_of(label, [identity])[0]


async def _record(changing: Changing, arguments: Mapping[str, Any]) -> None:
    from ...graph.touches import record_touch

    partner, deal = _id_of("Partner", arguments["partner"]), _id_of("Deal", arguments["deal"])
    await record_touch(changing.database, partner, deal, arguments["kind"], arguments["on"])


def _deal(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"deal": _id_of("Deal", arguments["deal"])}


RECORD_TOUCH = Change(_record, One(Call("deal_of_touch", bind=_deal)))

DealId = Annotated[strawberry.ID, strawberry.argument(description="Id or key of the deal.")]
Kind = Annotated[str, strawberry.argument(description="What the partner did, such as introduction or workshop.")]
On = Annotated[date, strawberry.argument(description="Day on which it did it.")]
