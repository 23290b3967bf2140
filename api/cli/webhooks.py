"""`ecograph webhook`: addresses that are told of what happens."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ...graph.connection import Database
from ...graph.webhooks import EventType
from ...graph.webhooks.deliver import deliver_now, send_test
from ...graph.webhooks.outbox import given_up
from ...graph.webhooks.outbox import resend as put_again
from ...graph.webhooks.registry import create_webhook, list_webhooks, remove_webhook
from .output import Bars, counted, say
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
def failed(identity: Identity) -> None:
    """List the messages that did not arrive and are not tried any more; they are kept for 30 days."""
    table = Table("message", "event", "happened", "attempts", "last error", box=None)
    for one in with_database(lambda database, _: given_up(database, identity)):
        happened = f"{one.created_at:%Y-%m-%d %H:%M}"
        table.add_row(one.id, one.event, happened, f"{one.attempts}", one.error or "never tried")
    Console(file=sys.stdout, width=200).print(table)


@app.command()
def resend(
    identity: Identity,
    message: Annotated[
        str | None, typer.Option(metavar="MESSAGE", help="Only this one, as `failed` shows it; else all.")
    ] = None,
) -> None:
    """Send again what was given up, and switch the webhook on again where it was switched off."""

    async def work(database: Database, _: Bars) -> int:
        count = await put_again(database, identity, message)
        await deliver_now(database)
        return count

    count = with_database(work)
    say(f"{counted(count, 'message')} put into the queue again. Webhook {identity} is on.")


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
