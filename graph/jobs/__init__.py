"""Jobs: work that others can ask about and are told the end of, after a request for it or as a command."""

from __future__ import annotations

from .background import Jobs, Work
from .foreground import as_job
from .kinds import JobKind, Outcome
from .told import Told

__all__ = ["JobKind", "Jobs", "Outcome", "Told", "Work", "as_job"]
