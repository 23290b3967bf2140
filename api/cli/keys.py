"""`ecograph key`: logins for programs."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ...graph.keys import ApiKey, create_key, list_keys, revoke_key
from ...schema.viewer import Scope, viewer
from .output import say
from .state import with_database

app = typer.Typer(help="API keys: logins for programs.", no_args_is_help=True)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What the key is for; shown in lists and in the audit log.")],
    scope: Annotated[Scope, typer.Option(help="What it may do; each scope includes the ones before it.")] = Scope.READ,
    partner: Annotated[str | None, typer.Option(help="See only what this partner (id or key) may see.")] = None,
    owner: Annotated[
        list[str] | None, typer.Option(help="See only accounts with this owner key, and their deals; may be repeated.")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Days until it expires; never if unset.")] = None,
) -> None:
    """Make a key and print it, this once."""
    asks = viewer(name, [scope], partner=partner, owners=owner or None)
    key = with_database(
        lambda database, _: create_key(
            database, name, (scope.value,), partner=asks.partner, owners=asks.owners, days=days
        )
    )
    sys.stdout.write(f"{key}\n")
    say("Keep it now: it is stored as a hash and cannot be shown again.")


@app.command("list")
def list_() -> None:
    """List the keys, revoked and expired ones too; never their secrets."""
    table = Table("id", "name", "scopes", "sees", "created", "expires", "last used", "revoked", box=None)
    for key in with_database(lambda database, _: list_keys(database)):
        table.add_row(
            key.id, key.name, " ".join(key.scopes), _sees(key), _day(key.created_at), _day(key.expires_at),
            _day(key.last_used_at), _day(key.revoked_at),
        )  # fmt: skip
    Console(file=sys.stdout, width=160).print(table)


@app.command()
def revoke(identity: Annotated[str, typer.Argument(metavar="ID", help="Id of the key, as `list` shows it.")]) -> None:
    """Refuse a key from now on, in every process that shares the graph."""
    key = with_database(lambda database, _: revoke_key(database, identity))
    say(f"{key.name} ({key.id}) is refused from now on.")


def _sees(key: ApiKey) -> str:
    if key.partner is not None:
        return key.partner
    return "everything" if key.owners is None else f"owners {', '.join(key.owners)}"


def _day(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M}"
