"""The root of all changes."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ...graph.model import MatchDecision, Population, SharingLevel
from ..declare import method
from .entities import Deal
from .entities import Partner as Partner  # before what is declared about entities
from .jobs import COMPUTE, Job, Only
from .matching import DECIDE, UNDO, MatchCandidate, PairId
from .overlap import OnePartner
from .sharing import SET_SHARING, Fields, SharingRule
from .touching import RECORD_TOUCH, DealId, Kind, On


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

    @method(
        RECORD_TOUCH,
        "Record that a partner did something for a deal; who sourced and influenced the deal is derived anew, where it "
        "was not imported. Twice is once.",
    )
    def recordTouch(self, partner: OnePartner, deal: DealId, kind: Kind, on: On) -> Deal: ...  # type: ignore[empty-body]

    @method(SET_SHARING, "Set what a partner's own login sees of our accounts of a population; at once.")
    def setSharing(  # type: ignore[empty-body]
        self,
        partner: OnePartner,
        population: Annotated[Population, strawberry.argument(description="What the accounts are to us.")],
        level: Annotated[SharingLevel, strawberry.argument(description="How much of them it sees.")],
        fields: Fields = None,
    ) -> SharingRule: ...

    @method(
        COMPUTE,
        "Compute and store measures: those of which more than 1 % of the edges changed since, or `only` these. Answers "
        "at once; `job` tells how far it is. Queries see the old values until all new ones are there.",
    )
    def computeMeasures(self, only: Only = None) -> Job: ...  # type: ignore[empty-body]
