"""`ecograph query`, `schema`, `settings` and `version`."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ...graph.errors import BadInput
from ...graph.export import Format
from ...graph.settings import Settings
from .exporting import write_table
from .output import bars, say
from .state import settings, with_database


def query(
    text: Annotated[str, typer.Argument(metavar="QUERY", help="A GraphQL query, or @FILE to read it from a file.")],
    variables: Annotated[
        list[str] | None,
        typer.Option("--variable", "-v", metavar="NAME=VALUE", help="A variable; the value is JSON or plain text."),
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="Every row of a list of the query, to its last page, in a table.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="With --format: the file to write.")] = None,
    path: Annotated[
        str | None, typer.Option(help="With --format: which list, where the query has several, such as partner.deals.")
    ] = None,
) -> None:
    """Ask the graph in GraphQL and print the answer as JSON; exit code 1 when the answer holds errors."""
    from ..client import AsyncEcosystem

    document = _document(text)
    values = dict(_variable(pair) for pair in variables or [])
    if form is not None:
        write_table(document, values, form, output, path)
        return
    if output is not None or path is not None:
        raise BadInput("--output and --path need --format.", hint="Add --format csv, jsonl, parquet or arrow.")

    async def ask() -> dict[str, Any]:
        with bars() as progress:
            async with AsyncEcosystem.open(settings(), progress=progress) as ecosystem:
                return (await ecosystem.execute(document, values)).to_dict()

    answer = asyncio.run(ask())
    sys.stdout.write(json.dumps(answer, indent=2, ensure_ascii=False) + "\n")
    if answer.get("errors"):
        raise typer.Exit(1)


def _document(text: str) -> str:
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{text[1:]} cannot be read: {error}.") from error


def _variable(pair: str) -> tuple[str, Any]:
    name, equals, value = pair.partition("=")
    if not equals:
        raise BadInput(f"{pair!r} is no variable.", hint="Write -v NAME=VALUE.")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def schema() -> None:
    """Print the GraphQL schema (SDL)."""
    from ...schema.sdl import print_sdl

    sys.stdout.write(print_sdl())


def list_settings() -> None:
    """List every setting: its name in the environment, its value now, and what it does."""
    now = settings()
    for name, field in Settings.model_fields.items():
        environment = (
            name.upper() if name.startswith("neo4j_") and name != "neo4j_release" else f"ECOGRAPH_{name.upper()}"
        )
        sys.stdout.write(f"{environment} = {getattr(now, name)}\n    {field.description}\n")


def version() -> None:
    """Print the versions of Ecograph and of the graph."""
    from importlib.metadata import version as installed

    from ...graph.version import read_version

    sys.stdout.write(f"ecograph {installed('ecograph')}\n")
    say("Reading the graph version…")
    sys.stdout.write(f"graph {with_database(lambda database, _: read_version(database))}\n")
