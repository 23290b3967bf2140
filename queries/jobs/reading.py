"""Reads what is known of a piece of work."""

from __future__ import annotations

import json
from typing import Any

from ...graph.connection import Database
from ..catalog import catalog


async def read_job(database: Database, identity: str, timeout_s: float) -> dict[str, Any] | None:
    """The columns of `job.cypher`, the result as JSON has it; None where there is no such work."""
    query = catalog()["job"]
    rows = await database.rows(query.text, {"id": identity}, timeout=timeout_s)
    if not rows:
        return None
    job = dict(zip(query.columns, rows[0], strict=True))
    return {**job, "result": None if job["result"] is None else json.loads(job["result"])}


async def read_file(database: Database, identity: str, timeout_s: float) -> bytes | None:
    """The file that it left; None where there is none."""
    rows = await database.rows(catalog()["job_file"].text, {"id": identity}, timeout=timeout_s)
    return rows[0][0] if rows else None
