"""The root of all changes."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ...graph.model import MatchDecision, Population, SharingLevel
from ..declare import method
from .entities import Partner as Partner  # before what is declared about entities
from .matching import DECIDE, UNDO, MatchCandidate, PairId
from .overlap import OnePartner
from .sharing import SET_SHARING, Fields, SharingRule


@strawberry.type(description="Changes of the graph. They need the scope `write`, and are made one after the other.")
class Mutation:
    @method(DECIDE, "Decide a pair that waits: SAME merges the two accounts, DIFFERENT keeps them apart for good.")
    def decideMatch(  # type: ignore[empty-body]
        self,
        id: PairId,  # noqa: A002
        decision: Annotated[MatchDecision, strawberry.argument(description="What the two accounts are.")],
    ) -> MatchCandidate: ...

    @method(
        UNDO,
        "Take a decision back, a person's or an automatic one. Merged accounts become two again, and then count as "
        "decided DIFFERENT; undoing DIFFERENT has the pair asked anew.",
    )
    def undoMatch(self, id: PairId) -> MatchCandidate: ...  # type: ignore[empty-body]  # noqa: A002

    @method(SET_SHARING, "Set what a partner's own login sees of our accounts of a population; at once.")
    def setSharing(  # type: ignore[empty-body]
        self,
        partner: OnePartner,
        population: Annotated[Population, strawberry.argument(description="What the accounts are to us.")],
        level: Annotated[SharingLevel, strawberry.argument(description="How much of them it sees.")],
        fields: Fields = None,
    ) -> SharingRule: ...
