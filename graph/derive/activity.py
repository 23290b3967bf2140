"""Whether the graph holds any dated activity of partners and any customer dates: they decide who counts as active."""

from __future__ import annotations

from ..connection import Database
from ..model.system import SINGLETON

_NOTE = """
MATCH (e:Ecograph {id: $id})
SET e.hasDatedActivity =
  EXISTS { MATCH (:Partner)-[t:TOUCHED]->() WHERE t.on IS NOT NULL }
  OR EXISTS { MATCH (:Partner)-[r:IMPLEMENTS_FOR]->() WHERE r.since IS NOT NULL }
  OR EXISTS { MATCH (:Partner)-[r:CERTIFIED_FOR]->() WHERE r.on IS NOT NULL }
  OR EXISTS { MATCH ()-[r:ENABLED]->(:Integration)<-[:BUILDS]-() WHERE r.since IS NOT NULL },
  e.hasCustomerDates = EXISTS { MATCH (a:Account) WHERE a.customerSince IS NOT NULL }
"""


async def note_activity(database: Database) -> None:
    """Store on the singleton whether there is any dated deal touch, implementation, certification or enablement,
    and any account with a day on which it became a customer."""
    await database.write([(_NOTE, {"id": SINGLETON})])
