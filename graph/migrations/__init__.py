"""Numbered migrations, applied at every start: each statement is safe to repeat and safe when two start at once."""

from __future__ import annotations

import re
from importlib.resources import files

from ..connection import Database
from ..errors import UnsupportedServer
from ..model.system import SINGLETON

_NAME = re.compile(r"(\d{4})_\w+\.cypher$")


def migrations() -> list[tuple[int, list[str]]]:
    """All migrations: number and statements, in order."""
    found = []
    for file in files(__package__).iterdir():
        if match := _NAME.match(file.name):
            lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("//")]
            statements = [part.strip() for part in "\n".join(lines).split(";\n")]
            found.append((int(match[1]), [part.removesuffix(";") for part in statements if part.strip(";")]))
    return sorted(found)


async def migrate(database: Database) -> int:
    """Bring the graph to the newest version of the model; returns that version.

    Raises:
        UnsupportedServer: the graph was made by a newer Ecograph.
    """
    known = migrations()
    newest = known[-1][0]
    at = await database.value("MATCH (e:Ecograph {id: $id}) RETURN e.schemaVersion", {"id": SINGLETON}) or 0
    if at > newest:
        raise UnsupportedServer(
            f"This graph has schema version {at}; this Ecograph knows {newest}.",
            hint="Install a newer Ecograph.",
        )
    if at == newest:
        return newest
    for number, statements in known:
        if number > at:
            await database.write([(statement, {}) for statement in statements])
    await database.run_alone("CALL db.awaitIndexes(300)")
    await database.write(
        [
            (
                "MERGE (e:Ecograph {id: $id}) ON CREATE SET e.version = 0, e.createdAt = datetime() "
                "SET e.schemaVersion = CASE WHEN coalesce(e.schemaVersion, 0) < $to THEN $to ELSE e.schemaVersion END",
                {"id": SINGLETON, "to": newest},
            )
        ]
    )
    return newest
