"""Commands that write tables."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ...graph.errors import BadInput
from ...graph.export import Format, Row, encoded
from ...graph.progress import Progress
from .output import bars
from .state import settings

if TYPE_CHECKING:
    from ...schema.export import Table


def write_table(
    document: str, variables: Mapping[str, Any], form: Format, output: Path | None, path: str | None
) -> None:
    """Write all rows of a connection to a file, or to standard output.

    Raises:
        ExportFailed: the document, or one of its pages, was answered with errors.
        BadInput: there is no such connection, or the file cannot be written.
    """
    if output is None and form in (Format.PARQUET, Format.ARROW) and sys.stdout.isatty():
        raise BadInput(f"{form} is not for a terminal.", hint="Name a file with --output.")
    asyncio.run(_write(document, variables, form, output, path))


async def _write(
    document: str, variables: Mapping[str, Any], form: Format, output: Path | None, path: str | None
) -> None:
    from ..client import AsyncEcosystem

    with bars() as progress:
        async with AsyncEcosystem.open(settings(), progress=progress) as ecosystem:
            table = ecosystem.table(document, variables, path=path)
            pages = table.pages() if output is None else _told(table, progress, await table.total())
            with _target(output) as file:
                async for piece in encoded(form, table.columns, pages):
                    file.write(piece)


async def _told(table: Table, progress: Progress, total: int) -> AsyncGenerator[Sequence[Row], None]:
    progress.start(f"Exporting {table.name}", total)
    async for rows in table.pages():
        progress.advance(len(rows))
        yield rows
    progress.finish()


@contextmanager
def _target(output: Path | None) -> Iterator[BinaryIO]:
    """Where to write: a file appears under its name when it is whole."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(output)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
