"""Which accounts of the graph are one company: found, asked about, merged, and taken apart again.

`find` looks for pairs and merges those that are the same; what is doubtful waits in a queue of `MatchPair` nodes for
`decide`; `undo` takes a decision back and restores the graph. A merged account is kept as a `SourceRecord`, which
resolves to the survivor.

One step per module: `rows` and `pairs` make of the graph what `graph.matching` compares, `search` compares and plans,
`groups` knows who is one company by now and who is kept apart, `held` reads accounts, `merging` says what a merge moves
and what taking it back restores, `steps` and `apply` write that, `decisions` takes what people say, `candidates` shows
them both sides, `session` holds the lock and ends a run.
"""

from __future__ import annotations

from ..model import MatchDecision as Decision
from .candidates import Candidate, Side, candidate, queue
from .decisions import decide, undo
from .pairs import Pair
from .search import Found, find

__all__ = ["Candidate", "Decision", "Found", "Pair", "Side", "candidate", "decide", "find", "queue", "undo"]
