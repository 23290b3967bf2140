"""Pairs of accounts that may be one company, in GraphQL: the queue, and what people decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import strawberry

from ...graph.duns import DUNS_NAMES, duns_of
from ...graph.model import MatchDecision
from ..declare import field
from ..spec import Call, CallConnection, Change, Changing, Column, One, Scalar
from .relations import connection_type
from .scalars import JSON

strawberry.enum(MatchDecision, description="What a pair of accounts is.")


def _side(name: str) -> Scalar:
    bind: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    bind = lambda _: {"side": name, "dunsNames": DUNS_NAMES}  # noqa: E731
    return Scalar(Call("match_side", {"pair": "<pair>"}, bind), _shown)


def _shown(found: Sequence[Any]) -> dict[str, Any]:
    identity, name, domains, duns, external, lists = found
    populations = [{"owner": owner, "population": population} for owner, population in lists]
    return {
        "id": identity, "name": name, "domains": domains, "duns": duns or duns_of(external),
        "populations": populations,
    }  # fmt: skip


_SIDE = (
    "as it was imported: `id`, `name`, `domains`, `duns`, and `populations`, the account lists that it is on (`owner`, "
    "`population`). Only `id` and `populations` tell of what it is part of by now."
)


@strawberry.type(description="Two accounts that may be one company.")
class MatchCandidate:
    id: strawberry.ID = field(Column("<pair>.id"), "The same whenever these two accounts are compared.")
    left: JSON = field(_side("left"), f"One account {_SIDE}")
    right: JSON = field(_side("right"), f"The other account {_SIDE}")
    probability: float = field(Column("<pair>.probability"), "How likely they are one company, 0 to 1.")
    reasons: list[str] = field(Column("<pair>.reasons"), "What speaks for it and against it, in words.")
    decision: MatchDecision | None = field(
        Column("<pair>.decision"),
        "What was decided, by a person or, where it was sure, without one; null while it waits.",
    )


connection_type("MatchCandidate", "MatchCandidate", module=__name__)


def _waiting(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"undecided": arguments["undecided"]}


MATCHES = CallConnection(Call("matches", bind=_waiting), (("<probability>", True), ("<pair>.id", False)))
_CHANGED = One(Call("match_candidate", bind=lambda arguments: {"id": arguments["id"]}))


async def _decide(changing: Changing, arguments: Mapping[str, Any]) -> None:
    from ...graph.resolution import decide

    decision = arguments["decision"]
    await decide(changing.database, arguments["id"], MatchDecision(getattr(decision, "value", decision)), changing.by)


async def _undo(changing: Changing, arguments: Mapping[str, Any]) -> None:
    from ...graph.resolution import undo

    await undo(changing.database, arguments["id"], changing.by)


PairId = Annotated[strawberry.ID, strawberry.argument(description="Id of the pair.")]
DECIDE, UNDO = Change(_decide, _CHANGED), Change(_undo, _CHANGED)
