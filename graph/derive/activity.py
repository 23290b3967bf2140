"""Whether the graph holds any dated activity of partners, which decides what an active partner is."""

from __future__ import annotations

from ..connection import Database
from ..model.system import SINGLETON

_NOTE = """
MATCH (e:Ecograph {id: $id})
SET e.hasDatedActivity =
  EXISTS { MATCH (:Partner)-[t:TOUCHED]->() WHERE t.on IS NOT NULL }
  OR EXISTS { MATCH (:Partner)-[r:IMPLEMENTS_FOR]->() WHERE r.since IS NOT NULL }
  OR EXISTS { MATCH (:Partner)-[r:CERTIFIED_FOR]->() WHERE r.on IS NOT NULL }
  OR EXISTS { MATCH ()-[r:ENABLED]->(:Integration)<-[:BUILDS]-() WHERE r.since IS NOT NULL }
"""


async def note_activity(database: Database) -> None:
    """Store on the singleton whether there is any dated deal touch, implementation, certification or enablement."""
    await database.write([(_NOTE, {"id": SINGLETON})])
