"""What changed between two exports: which rows are new or other ones, and which are gone.

An export leaves a digest of its rows beside its files, so that a later one can be compared with it whoever wrote to the
graph meanwhile.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from hashlib import blake2b
from pathlib import Path

import orjson
import polars as pl

from ..errors import BadInput
from .kinds import TEXT, Column, Row

_FOLDER = "versions"
_SCHEMA = {"table": pl.String(), "row": pl.String(), "hash": pl.Int64()}
REMOVED = (Column("table", TEXT), Column("row", TEXT))
"""Columns of the rows that are gone: the table, and the first column of the row."""


class Digest:
    """The rows of one export: of each its first column, which identifies it, and a hash of all of them.

    Rows whose first column is empty, such as edges of foreign writers without a key, are known by all they hold.
    """

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, int]] = {}

    @staticmethod
    def read(folder: Path, version: str) -> Digest:
        """The digest of an export of this version into this folder.

        Raises:
            BadInput: there is none, or it cannot be read.
        """
        path = _file(folder, version)
        if not path.is_file():
            there = sorted(file.stem for file in (folder / _FOLDER).glob("*.parquet"))
            raise BadInput(
                f"{folder} holds no export of the graph version {version}.",
                hint=f"It knows: {', '.join(there)}." if there else "Export everything there first, without --since.",
            )
        try:
            frame = pl.read_parquet(path).cast(_SCHEMA)  # type: ignore[arg-type]
        except (OSError, pl.exceptions.PolarsError) as error:
            raise BadInput(f"{path} cannot be read: it is no digest of an export.") from error
        digest = Digest()
        for (table,), rows in frame.partition_by("table", as_dict=True).items():
            digest._tables[str(table)] = dict(zip(rows["row"], rows["hash"], strict=True))
        return digest

    def write(self, folder: Path, version: str) -> None:
        """Keep it for a later export.

        Raises:
            BadInput: it cannot be written.
        """
        frames = [
            pl.DataFrame({"table": name, "row": list(rows), "hash": list(rows.values())}, schema_overrides=_SCHEMA)
            for name, rows in self._tables.items()
        ]
        path = _file(folder, version)
        part = path.with_name(f"{path.name}.part")
        try:
            path.parent.mkdir(exist_ok=True)
            pl.concat([pl.DataFrame(schema=_SCHEMA), *frames]).write_parquet(part)
            part.replace(path)
        except OSError as error:
            raise BadInput(f"{path} cannot be written: {error.strerror}.") from error

    async def kept(
        self, table: str, pages: AsyncIterator[Sequence[Row]], since: Digest | None
    ) -> AsyncIterator[Sequence[Row]]:
        """The rows that are new or have changed since then, or all where there is no then; every row is noted."""
        before = {} if since is None else since._tables.get(table, {})
        rows = self._tables.setdefault(table, {})
        async for page in pages:
            changed = []
            for row in page:
                identity, number = _known_by(row)
                rows[identity] = number
                if before.get(identity) != number:
                    changed.append(row)
            yield changed

    def removed(self, since: Digest) -> list[Row]:
        """The rows of then that are not there any more, by table and first column."""
        return [
            [name, identity]
            for name, before in since._tables.items()
            for identity in before
            if identity not in self._tables.get(name, {})
        ]


def _file(folder: Path, version: str) -> Path:
    return folder / _FOLDER / f"{version}.parquet"


def _known_by(row: Row) -> tuple[str, int]:
    text = orjson.dumps(row)
    number = int.from_bytes(blake2b(text, digest_size=8).digest(), "big", signed=True)
    return row[0] if row[0] is not None else text.decode(), number
