"""The commands. `ecograph COMMAND --help` tells more of each."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from .state import set_flags

_HOMES = {
    "import": "account_lists:app",
    "export": "exporting:app",
    "neo4j": "server:app",
    "key": "keys:app",
    "webhook": "webhooks:app",
    "match": "matching:app",
    "serve": "serving:serve",
    "demo": "serving:demo",
    "seed": "importing:seed",
    "check": "importing:check",
    "measure": "measuring:measure",
    "query": "asking:query",
    "schema": "asking:schema",
    "settings": "asking:list_settings",
    "version": "asking:version",
}


class _Commands(TyperGroup):
    """Each command's module is loaded when the command is asked for: what one needs may take seconds to load."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(_HOMES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in _HOMES:
            return None
        module, _, attribute = _HOMES[cmd_name].partition(":")
        found = getattr(import_module(f".{module}", __package__), attribute)
        if isinstance(found, typer.Typer):
            group = get_group(found)
            group.name = cmd_name
            return group
        alone = typer.Typer(add_completion=False, context_settings=_CONTEXT)
        alone.command(cmd_name)(found)
        return get_command(alone)


_CONTEXT = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="ecograph",
    cls=_Commands,
    help="A knowledge graph of your partner ecosystem: load it, measure it, ask it in GraphQL.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=_CONTEXT,
)


@app.callback()
def _global(
    home: Annotated[Path | None, typer.Option(help="Directory of all state; ECOGRAPH_HOME says the same.")] = None,
    pairs: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Any setting; may be repeated.")
    ] = None,
) -> None:
    set_flags(str(home) if home else None, pairs or [])
