"""`ecograph neo4j`: the embedded server."""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path
from typing import Annotated

import typer

from ...graph import embedded
from ...graph.errors import BadInput, SettingsError
from ...graph.settings import Settings
from .output import bars, say
from .state import settings

app = typer.Typer(help="The embedded Neo4j server: state, logs, backup.", no_args_is_help=True)


def _embedded() -> Settings:
    found = settings()
    if not found.is_embedded:
        raise SettingsError(
            f"NEO4J_URI points to a server of your own ({found.neo4j_uri}).",
            hint="Use that server's own tools, or unset NEO4J_URI.",
        )
    return found


@app.command()
def status() -> None:
    """Tell whether the server runs, where, and how large its data is."""
    found = embedded.status(_embedded())
    lines = [
        f"state     {'running' if found.running else 'stopped'}",
        f"version   {found.version}",
        f"home      {found.home}",
        f"data      {found.data_size_bytes / 1e6:,.1f} MB",
        f"memory    heap {found.heap_mb} MiB, page cache {found.pagecache_mb} MiB",
    ]
    if found.running:
        lines += [
            f"address   {found.uri}",
            f"pid       {found.pid}",
            f"since     {found.started_at:%Y-%m-%d %H:%M:%S}",
            f"in use    {'yes' if found.leases else 'no; stops when it has been idle for a while (ECOGRAPH_LINGER_S)'}",
        ]
    sys.stdout.write("\n".join(lines) + "\n")


@app.command()
def install() -> None:
    """Download the server and make its archive of classes: later starts are quick and need no network."""
    # Not with the package: what runs as a module by itself must not have been imported before.
    from ...graph.embedded.training import train

    with bars() as progress:
        embedded.install(found := _embedded(), progress)
        progress.start("Preparing quick starts", None)
        train(found, settle_s=0)
        progress.finish()
    say("installed")


@app.command()
def stop() -> None:
    """Stop the server at once, even while others use it."""
    say("stopped" if embedded.stop(_embedded()) else "it was not running")


@app.command()
def logs(
    lines: Annotated[int, typer.Option("--lines", "-n", min=1, help="How many lines from the end.")] = 50,
    debug: Annotated[bool, typer.Option(help="The server's debug log.")] = False,
) -> None:
    """Show the end of the server's log."""
    found = _embedded()
    path = embedded.debug_log_path(found) if debug else embedded.logs_path(found)
    if not path.is_file():
        raise BadInput("There is no log yet.", hint="The server has not been started in this home.")
    with path.open(encoding="utf-8", errors="replace") as file:
        sys.stdout.writelines(deque(file, lines))


@app.command()
def dump(
    target: Annotated[Path, typer.Argument(help="File to write.")],
    overwrite: Annotated[bool, typer.Option(help="Replace the file if it exists.")] = False,
) -> None:
    """Back the whole graph up into one file; the server is stopped for it."""
    with bars() as progress:
        say(f"written: {embedded.dump(_embedded(), target, progress, overwrite=overwrite)}")


@app.command()
def load(
    source: Annotated[Path, typer.Argument(help="File that `dump` wrote.")],
    overwrite: Annotated[bool, typer.Option(help="Replace the graph that is there.")] = False,
) -> None:
    """Put a backup in place of the graph; the server is stopped for it."""
    with bars() as progress:
        embedded.load(_embedded(), source, progress, overwrite=overwrite)
    say("loaded")


@app.command()
def shell_uri(
    password: Annotated[bool, typer.Option(help="Print the password too.")] = False,
) -> None:
    """Start the server if needed and print how to connect with cypher-shell, Browser or Bloom."""
    found = _embedded()
    with bars() as progress, embedded.acquire(found, progress) as lease:
        address = lease.address
        sys.stdout.write(f"{address.uri}\nuser {address.username}\n")
        if password:
            sys.stdout.write(f"password {address.password}\n")
        else:
            sys.stdout.write("password hidden; --password prints it\n")
    say(f"The server stops {found.linger_s:g} s after its last user unless somebody connects through Ecograph.")
