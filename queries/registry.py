"""All stored measures, in the order in which they are computed."""

from __future__ import annotations

from .centrality.centralities import ON_PARTNERS, ON_WHOLE
from .centrality.coverage import COVERED
from .centrality.partner_graph import SHARES
from .measure import Measure
from .network_effects.adoption_lifts import LIFT

MEASURES: tuple[Measure, ...] = (SHARES, *ON_PARTNERS, *ON_WHOLE, COVERED, LIFT)
