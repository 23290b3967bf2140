"""What follows from imported edges, written after each import: deal credits from touches, HAS_PARTNER, activity."""

from __future__ import annotations

from .activity import note_activity
from .credits import derive_credits
from .has_partner import derive_has_partner

__all__ = ["derive_credits", "derive_has_partner", "note_activity"]
