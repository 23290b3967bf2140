"""`ecograph webhook`: addresses that are told of what happens."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ...graph.webhooks import EventType
from ...graph.webhooks.deliver import send_test
from ...graph.webhooks.registry import create_webhook, list_webhooks, remove_webhook
from .output import say
from .state import with_database

app = typer.Typer(help="Webhooks: addresses that are told of what happens.", no_args_is_help=True)

Identity = Annotated[str, typer.Argument(metavar="ID", help="Id of the webhook, as `list` shows it.")]


@app.command()
def create(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where messages go: https, or http on this machine.")],
    event: Annotated[list[EventType], typer.Option(help="What it is told of; may be repeated.")],
) -> None:
    """Have an address told of events, and print the secret that signs the messages, this once."""
    identity, secret = with_database(lambda database, _: create_webhook(database, url, event))
    sys.stdout.write(f"{secret}\n")
    say(f"Webhook {identity}. Give the secret to whoever checks the messages: it is not shown again.")


@app.command("list")
def list_() -> None:
    """List the webhooks, what waits for them and what was given up; never their secrets."""
    table = Table("id", "address", "events", "created", "state", "waiting", "given up", "last error", box=None)
    for one in with_database(lambda database, _: list_webhooks(database)):
        state = "on" if one.disabled_at is None else f"off since {one.disabled_at:%Y-%m-%d %H:%M}"
        table.add_row(
            one.id, one.url, " ".join(one.events), f"{one.created_at:%Y-%m-%d %H:%M}", state, f"{one.waiting:,}",
            f"{one.given_up:,}", one.last_error or "",
        )  # fmt: skip
    Console(file=sys.stdout, width=200).print(table)


@app.command()
def remove(identity: Identity) -> None:
    """Forget a webhook; what was still to be sent to it is not sent."""
    url = with_database(lambda database, _: remove_webhook(database, identity))
    say(f"{url} is told of nothing any more by {identity}.")


@app.command()
def test(identity: Identity) -> None:
    """Send a message of the type `webhook.test` at once; exit code 1 when it does not arrive."""
    answer = with_database(lambda database, _: send_test(database, identity))
    if not answer.has_arrived:
        say(f"It did not arrive: {answer.said}.")
        raise typer.Exit(1)
    say(f"It arrived: {answer.said}.")
