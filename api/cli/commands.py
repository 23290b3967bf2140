"""The commands. `ecograph COMMAND --help` tells more of each."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ...graph.errors import BadInput
from ...graph.export import Format
from ...graph.settings import Settings
from . import account_lists, exporting, importing, keys, matching, measuring, server
from .exporting import write_table
from .output import say
from .serving import demo, serve
from .state import set_flags, settings, with_database

app = typer.Typer(
    name="ecograph",
    help="A knowledge graph of your partner ecosystem: load it, measure it, ask it in GraphQL.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
importing.app.command()(account_lists.population)
importing.app.command()(account_lists.crossbeam)
app.add_typer(importing.app, name="import")
app.add_typer(exporting.app, name="export")
app.add_typer(server.app, name="neo4j")
app.add_typer(keys.app, name="key")
app.add_typer(matching.app, name="match")
app.command()(serve)
app.command()(demo)
app.command()(importing.seed)
app.command()(importing.check)
app.command("measure")(measuring.measure)


@app.callback()
def _global(
    home: Annotated[Path | None, typer.Option(help="Directory of all state; ECOGRAPH_HOME says the same.")] = None,
    pairs: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Any setting; may be repeated.")
    ] = None,
) -> None:
    set_flags(str(home) if home else None, pairs or [])


@app.command()
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
    from .output import bars

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

    import asyncio

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


@app.command()
def schema() -> None:
    """Print the GraphQL schema (SDL)."""
    from ...schema.sdl import print_sdl

    sys.stdout.write(print_sdl())


@app.command("settings")
def list_settings() -> None:
    """List every setting: its name in the environment, its value now, and what it does."""
    now = settings()
    for name, field in Settings.model_fields.items():
        environment = (
            name.upper() if name.startswith("neo4j_") and name != "neo4j_release" else f"ECOGRAPH_{name.upper()}"
        )
        sys.stdout.write(f"{environment} = {getattr(now, name)}\n    {field.description}\n")


@app.command()
def version() -> None:
    """Print the versions of Ecograph and of the graph."""
    from importlib.metadata import version as installed

    from ...graph.version import read_version

    sys.stdout.write(f"ecograph {installed('ecograph')}\n")
    say("Reading the graph version…")
    sys.stdout.write(f"graph {with_database(lambda database, _: read_version(database))}\n")
