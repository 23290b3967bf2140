"""Which rows of account lists, landscapes and CRM exports are the same company, how likely, and why.

    found = match(rows)
    found.pairs           # with probability, verdict and reasons
    companies(found)      # row → company

Exact keys come first (domains, DUNS), then names; a name alone never decides where both rows have domains and these
differ. One step per module: `rows` reads, `keys` and `candidates` choose what to compare, `compare` finds the levels of
agreement, `evidence` and `verdict` weigh them, `reasons` says it in words, `clusters` makes companies of pairs.
"""

from __future__ import annotations

from .candidates import LeftOut
from .match import Matches, companies, match, pair_id
from .verdict import REVIEW_FROM, SAME_FROM, Verdict

__all__ = ["REVIEW_FROM", "SAME_FROM", "LeftOut", "Matches", "Verdict", "companies", "match", "pair_id"]
