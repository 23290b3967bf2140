"""Commands that write tables."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from ...graph.connection import Database
from ...graph.errors import BadInput
from ...graph.export import REMOVED, Column, Digest, Format, Row, encoded, graph_tables
from ...graph.progress import Progress
from ...graph.version import read_version
from .output import Bars, bars, say
from .state import settings, with_database

if TYPE_CHECKING:
    from ...schema.export import Table

app = typer.Typer(help="Write the graph to files.", no_args_is_help=True)


@app.command()
def tables(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write to; made if it is not there.")],
    form: Annotated[Format, typer.Option("--format", help="Format of the files.")] = Format.PARQUET,
    overwrite: Annotated[bool, typer.Option(help="Replace files of these names.")] = False,
    since: Annotated[
        str | None,
        typer.Option(metavar="VERSION", help="Only what changed since this graph version, which DIR has an export of."),
    ] = None,
) -> None:
    """Write the whole graph, a file for each kind of node and of edge and for each group of stored measures.

    With --since, write what is new or other than in that export, and what is gone, to a folder within DIR.
    """

    async def work(database: Database, progress: Bars) -> None:
        before = await read_version(database)
        known = None if since is None else Digest.read(folder, since)
        target = folder if since is None else _made(folder / f"{since}-to-{before}")
        planned = graph_tables(before)
        if not overwrite and (there := [table.name for table in planned if _file(target, table.name, form).exists()]):
            raise BadInput(
                f"{target} already holds {there[0]}.{form}.", hint="Name another folder, or add --overwrite."
            )
        digest = Digest()
        progress.start("Exporting tables", len(planned))
        rows = 0
        for table in planned:
            pages = digest.kept(table.name, table.pages(database), known)
            rows += await _write_rows(_file(target, table.name, form), table.columns, pages, form)
            progress.advance(1)
        if known is not None:
            gone = await _write_rows(_file(target, "removed", form), REMOVED, _one(digest.removed(known)), form)
            say(f"{gone:,} rows are gone since {since}: removed.{form}")
        if str(await read_version(database)) != str(before):
            say("The graph changed meanwhile: export again for files that fit together.")
        digest.write(folder, str(before))
        progress.finish()
        what = "rows" if known is None else "new or changed rows"
        say(f"{rows:,} {what} in {len(planned)} files in {target}, of graph version {before}")

    _made(folder)
    with_database(work)


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{folder} cannot be made: {error.strerror}.") from error
    return folder


def _file(folder: Path, name: str, form: Format) -> Path:
    return folder / f"{name}.{form}"


async def _one(page: Sequence[Row]) -> AsyncGenerator[Sequence[Row], None]:
    yield page


async def _write_rows(path: Path, columns: Sequence[Column], pages: AsyncIterator[Sequence[Row]], form: Format) -> int:
    rows = 0

    async def counted() -> AsyncGenerator[Sequence[Row], None]:
        nonlocal rows
        async for page in pages:
            rows += len(page)
            yield page

    with _target(path) as file:
        async for piece in encoded(form, columns, counted()):
            file.write(piece)
    return rows


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
