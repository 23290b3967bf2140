"""`ecograph match`: accounts that are one company, found, asked about, merged and taken apart."""

from __future__ import annotations

import asyncio
import json
import sys
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import click
import typer
from rich.console import Console
from rich.table import Table

from ...graph.connection import Database
from .output import console, counted, say
from .state import BY, with_database

if TYPE_CHECKING:
    from ...graph.resolution import Candidate, Found, Pair

app = typer.Typer(help="Accounts that are one company: find, review, merge, undo.", no_args_is_help=True)

_SHOWN = 10
_KEYS = {"s": "same", "d": "different", "n": "next", "q": "quit"}


class Is(Enum):
    """What a pair of accounts is."""

    SAME = "same"
    DIFFERENT = "different"


Identity = Annotated[str, typer.Argument(metavar="ID", help="Id of the pair, as `ecograph match review --list` shows.")]


@app.command()
def find(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be done, and do nothing.")] = False,
) -> None:
    """Compare all accounts: merge those that are surely one company, put those in doubt into the queue for review.

    Earlier decisions hold: what was decided or undone is neither merged nor asked again. Repeating it changes nothing.
    """
    from ...graph.resolution import find as run

    found = with_database(lambda database, progress: run(database, progress, dry_run=dry_run))
    _say_found(found, "would be merged" if dry_run else "merged")
    if dry_run:
        for pair in (*found.merged, *found.to_review):
            what = "merge" if pair in found.merged else "review"
            sys.stdout.write(f"{what} {pair.left} {pair.right} {pair.probability:.2f} {'; '.join(pair.reasons)}\n")


def _say_found(found: Found, done: str) -> None:
    waiting = f"{counted(len(found.to_review), 'pair')} to review, {found.new:,} of them new"
    say(f"{counted(len(found.merged), 'account')} {done}; {waiting}.")
    out = found.left_out
    if out.keys or out.words or out.rows:
        say(
            f"Left out: {out.keys:,} domains, DUNS and names, and {out.words:,} words, that too many accounts have; "
            f"{out.rows:,} accounts share nothing else with any."
        )
    if found.to_review:
        say("Decide them: ecograph match review")


@app.command()
def review(
    only_list: Annotated[bool, typer.Option("--list", help="Print the queue instead of asking.")] = False,
    decided: Annotated[
        bool, typer.Option("--decided", help="List what was decided instead, the latest first.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON, one pair per line.")] = False,
    first: Annotated[int, typer.Option("--first", min=1, help="At most so many pairs.")] = 100,
) -> None:
    """Decide the pairs in doubt, the likeliest first, with one key each: s same, d different, n next, q quit."""
    from ...graph.resolution import queue

    if not (only_list or decided or as_json):
        with_database(lambda database, _: _ask_all(database, first))
        return
    found = with_database(lambda database, _: queue(database, first, undecided=not decided))
    if as_json:
        sys.stdout.write("".join(json.dumps(_plain(one), ensure_ascii=False) + "\n" for one in found))
    else:
        Console(file=sys.stdout, width=200).print(_listed(found))


async def _ask_all(database: Database, first: int) -> None:
    from ...graph.errors import EcographError
    from ...graph.merged import waiting
    from ...graph.resolution import Decision, decide, queue
    from .output import say_error

    seen: set[str] = set()
    while True:
        # A decision may settle other pairs, so that the queue is read anew after each.
        left = [c for c in await queue(database, first + len(seen)) if c.pair.id not in seen]
        if not left or len(seen) >= first:
            say(f"That was the last; {counted(await waiting(database), 'pair')} to review.")
            return
        one = left[0]
        seen.add(one.pair.id)
        console.print(_side_by_side(one))
        key = await asyncio.to_thread(_key)
        if key == "q":
            say(f"{counted(await waiting(database), 'pair')} to review.")
            return
        if key in "sd":
            try:
                decision = Decision.SAME if key == "s" else Decision.DIFFERENT
                _say_decided(await decide(database, one.pair.id, decision, BY))
            except EcographError as error:
                say_error(error)


def _key() -> str:
    """The next key that means something; from a file or a pipe the next letter of it, `q` at its end."""
    keys = ", ".join(f"{key} {what}" for key, what in _KEYS.items())
    say(f"One company? {keys}")
    while True:
        typed = click.getchar() if sys.stdin.isatty() else sys.stdin.read(1) or "q"
        if typed.lower() in _KEYS:
            return typed.lower()


@app.command()
def decide(
    identity: Identity,
    what: Annotated[Is, typer.Argument(metavar="same|different", help="What the two accounts are.")],
) -> None:
    """Decide one pair: `same` merges its accounts, `different` keeps them apart for good."""
    from ...graph.resolution import Decision
    from ...graph.resolution import decide as run

    _say_decided(with_database(lambda database, _: run(database, identity, Decision[what.name], BY)))


@app.command()
def undo(identity: Identity) -> None:
    """Take a decision back, a person's or an automatic one.

    Accounts that were merged become two again, exactly as they were, and are not merged again by `find`. Undoing a
    decision that two are different has the pair asked anew.
    """
    from ...graph.resolution import undo as run

    pair = with_database(lambda database, _: run(database, identity, BY))
    if pair.decision is None:
        say(f"{pair.left} and {pair.right} wait for a decision again.")
    else:
        say(f"{pair.left} and {pair.right} are two accounts again, and will not be merged unless you decide so anew.")


def _say_decided(pair: Pair) -> None:
    if pair.merged is not None:
        say(f"{pair.merged} is part of {pair.survivor} now. Take it back with: ecograph match undo {pair.id}")
    else:
        say(f"{pair.left} and {pair.right}: decided {pair.decision}.")


def _side_by_side(one: Candidate) -> Table:
    table = Table("", one.left.id, one.right.id, title=f"{one.pair.probability:.0%}: {'; '.join(one.pair.reasons)}",
                  title_justify="left")  # fmt: skip
    rows = [("name", one.left.name, one.right.name)]
    rows += [
        (name, ", ".join(getattr(one.left, name)), ", ".join(getattr(one.right, name)))
        for name in ("domains", "populations")
    ]
    rows += [(name, getattr(one.left, name), getattr(one.right, name)) for name in ("duns", "country", "source")]
    for name, left, right in rows:
        table.add_row(name, left or "–", right or "–")
    return table


def _listed(found: list[Candidate]) -> Table:
    table = Table("id", "left", "right", "probability", "reasons", "decision", "by", box=None)
    for one in found:
        sides = [f"{side.name or '?'} ({side.id})" for side in (one.left, one.right)]
        pair = one.pair
        table.add_row(pair.id, *sides, f"{pair.probability:.2f}", "; ".join(pair.reasons), pair.decision or "",
                      pair.decided_by or "")  # fmt: skip
    return table


def _plain(one: Candidate) -> dict[str, Any]:
    pair = one.pair
    sides = {
        name: {"id": side.id, "name": side.name, "domains": side.domains, "duns": side.duns,
               "populations": side.populations}
        for name, side in (("left", one.left), ("right", one.right))
    }  # fmt: skip
    return {
        "id": pair.id, **sides, "probability": pair.probability, "reasons": pair.reasons, "decision": pair.decision,
        "decidedBy": pair.decided_by, "decidedAt": pair.decided_at and pair.decided_at.isoformat(),
    }  # fmt: skip
