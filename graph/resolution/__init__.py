"""Which accounts of the graph are one company: found, asked about, merged, and taken apart again.

`find` looks for pairs and merges those that are the same; what is doubtful waits in a queue of `MatchPair` nodes for
`decide`; `undo` takes a decision back and restores the graph. A merged account is kept as a `SourceRecord`, which
resolves to the survivor.

One step per module: `held` reads accounts, `merging` says what a merge moves and what taking it back restores,
`statements` writes that, `rows` and `pairs` make of the graph what `graph.matching` compares, `session` holds the lock
and ends a run.
"""

from __future__ import annotations

from ..model import MatchDecision as Decision
from .decide import decide, undo
from .find import Found, find
from .pairs import Pair
from .queue import Candidate, Side, candidate, queue, waiting

__all__ = ["Candidate", "Decision", "Found", "Pair", "Side", "candidate", "decide", "find", "queue", "undo", "waiting"]
