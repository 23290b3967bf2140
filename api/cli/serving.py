"""`ecograph serve` and `ecograph demo`."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import psutil
import typer

from ...graph.errors import BadInput, SettingsError
from ...graph.loopback import is_loopback
from ...graph.settings import Settings
from .output import Bars, bars, say
from .state import begin, settings

if TYPE_CHECKING:
    from ...graph.connection import Database
    from ..client import AsyncEcosystem
    from ..runtime import Runtime

DEFAULT_PORT = 8484
_TRIES = 100

_QUESTION = Path(__file__).resolve().parents[1] / "operations" / "which_partners_strengthen.graphql"
_ACCOUNT = """
MATCH (account:Account) WITH account LIMIT 1000
RETURN account.id ORDER BY COUNT { (account)-[:HAS_PARTNER]->() } DESC, account.id LIMIT 1
"""


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; any but loopback needs logins.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 8484 or the next free one by default.")] = None,
) -> None:
    """Serve GraphQL and GraphiQL until stopped with Ctrl-C."""
    asyncio.run(_serve(_with(host, port)))


def demo(
    once: Annotated[bool, typer.Option(help="Answer the question and stop, without serving.")] = False,
    size: Annotated[
        Literal["small", "medium", "large"], typer.Option(help="Size of the synthetic ecosystem.")
    ] = "small",
) -> None:
    """Load a synthetic ecosystem into an empty graph, ask it a question, and serve it."""
    asyncio.run(_demo(once, size))


def _with(host: str | None, port: int | None) -> Settings:
    found = settings()
    return found.model_copy(update={k: v for k, v in (("host", host), ("port", port)) if v is not None})


def _listen(found: Settings) -> socket.socket:
    """A listening socket on the port that was asked for, or on the first free one from 8484."""
    if not is_loopback(found.host) and not found.needs_login:
        raise SettingsError(
            f"{found.host} is no loopback address, and no logins are configured.",
            hint="Set ECOGRAPH_AUTH, such as '[\"key\"]'; docs/access.md tells more.",
        )
    family = socket.AF_INET6 if ":" in found.host else socket.AF_INET
    ports = [found.port] if found.port is not None else range(DEFAULT_PORT, DEFAULT_PORT + _TRIES)
    for port in ports:
        # By its protocol asyncio knows that it must not hold back the ends of answers, for 40 ms each (TCP_NODELAY).
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((found.host, port))
            listener.listen(128)
        except OSError:
            listener.close()
            continue
        return listener
    raise BadInput(f"Port {ports[0]} is taken.", hint="Choose another with --port or ECOGRAPH_PORT, or none.")


Step = Callable[["Runtime"], Awaitable[None]]


async def _serve(found: Settings, before: Step | None = None, then: Step | None = None) -> None:
    """Serve until stopped; `before` is done first, `then` while it is served already."""
    with _listen(found) as listener:
        with bars() as progress:
            runtime = _runtime(found, progress)
            await runtime.open()
        if before is not None:
            await before(runtime)
        # After the runtime, which loads the schema while Neo4j starts.
        import uvicorn

        from ..app import create_app

        name = f"[{found.host}]" if ":" in found.host else found.host
        address = f"http://{name}:{listener.getsockname()[1]}"
        server = uvicorn.Server(
            uvicorn.Config(create_app(runtime=runtime), log_level="warning", timeout_graceful_shutdown=5, ws="none")
        )
        _collect_seldom()
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        sys.stdout.write(f"{address}\n  GraphQL   {address}/graphql\n  GraphiQL  {address}/graphiql\n")
        sys.stdout.flush()
        say(f"Ready {_since_start():.1f} s after the start. Stop with Ctrl-C.")
        try:
            if then is not None:
                asking = asyncio.ensure_future(then(runtime))
                await asyncio.wait({serving, asking}, return_when=asyncio.FIRST_COMPLETED)
                if serving.done():
                    asking.cancel()
                else:
                    asking.result()
        except BaseException:
            server.should_exit = True
            raise
        finally:
            await serving


def _runtime(found: Settings, progress: Bars) -> Runtime:
    starting = begin(found, progress)
    from ..runtime import Runtime

    return Runtime(found, progress, starting)


def _collect_seldom() -> None:
    """What is loaded by now stays, so the collector need not go through it again for every few answers."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def _since_start() -> float:
    """Seconds since this process began: loading the program counts too."""
    return time.time() - psutil.Process().create_time()


async def _demo(once: bool, size: str) -> None:
    found = settings()

    async def fill(runtime: Runtime) -> None:
        database, executor = await runtime.open()
        if await database.value("MATCH (n:Partner|Account) RETURN 1 LIMIT 1"):
            say("The graph is not empty: nothing was loaded.")
        else:
            await _load(database, size)
            executor.version.forget()

    async def ask(runtime: Runtime) -> None:
        from ..client import AsyncEcosystem

        database, executor = await runtime.open()
        account = await database.value(_ACCOUNT)
        if account is not None:
            await _question(AsyncEcosystem(database, executor), account)
        say(f"Asked and answered {_since_start():.1f} s after the start.")

    if not once:
        await _serve(found, fill, ask)
        return
    with bars() as progress:
        runtime = _runtime(found, progress)
        await runtime.open()
    try:
        await fill(runtime)
        await ask(runtime)
    finally:
        await runtime.close()


async def _load(database: Database, size: str) -> None:
    from ...graph.load import load
    from ...seeds.synthetic import Size, generate

    began = time.monotonic()
    with bars() as progress:
        summary = await load(database, generate(Size(size)).dataset, progress=progress)
    say(f"Loaded {summary.total('created'):,} nodes and edges in {time.monotonic() - began:.1f} s.")


async def _question(ecosystem: AsyncEcosystem, account: str) -> None:
    question = _QUESTION.read_text("utf-8").rstrip()
    began = time.monotonic()
    answer = await ecosystem.query(question, account=account)
    took = time.monotonic() - began
    again = time.monotonic()
    await ecosystem.query(question, account=account)
    sys.stdout.write(
        f"{question}\n\nwith account = {account!r}:\n{json.dumps(answer, indent=2, ensure_ascii=False)}\n\n"
    )
    sys.stdout.flush()
    say(f"Answered in {took * 1e3:.0f} ms the first time, {(time.monotonic() - again) * 1e3:.0f} ms the second.")
