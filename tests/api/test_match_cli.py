"""`ecograph match`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run
from doubles import doubles, dump

from ecograph.graph.connection import Database
from ecograph.graph.load import load
from ecograph.graph.settings import Settings


@pytest.fixture
async def doubled(graph: Database) -> Database:
    """The tiny ecosystem with accounts that are one company."""
    await load(graph, doubles())
    return graph


async def test_finding_reviewing_and_undoing(doubled: Database, settings: Settings) -> None:
    before = await dump(doubled)
    would = run(settings, "match", "find", "--dry-run")
    assert would.returncode == 0, would.stderr
    assert "2 accounts would be merged; 1 pair to review" in would.stderr
    assert sorted(line.split()[0] for line in would.stdout.splitlines()) == ["merge", "merge", "review"]
    assert await dump(doubled) == before
    found = run(settings, "match", "find")
    assert "2 accounts merged; 1 pair to review, 1 of them new." in found.stderr
    listed = [json.loads(line) for line in run(settings, "match", "review", "--list", "--json").stdout.splitlines()]
    assert [(one["left"]["id"], one["right"]["id"], one["decision"]) for one in listed] == [
        ("account:south", "account:south-2", None)
    ]
    identity = listed[0]["id"]
    assert identity in run(settings, "match", "review", "--list").stdout
    skipped = run(settings, "match", "review", typed="xn")
    assert "southretail.com" in skipped.stderr
    assert "1 pair to review." in skipped.stderr
    decided = run(settings, "match", "review", typed="s\n")
    assert "account:south-2 is part of account:south now" in decided.stderr
    again = run(settings, "match", "decide", identity, "same")
    assert again.returncode == 2
    assert f"ecograph match undo {identity}" in again.stderr
    shown = run(settings, "match", "review", "--decided", "--json").stdout.splitlines()
    for line in shown:
        undone = run(settings, "match", "undo", json.loads(line)["id"])
        assert undone.returncode == 0, undone.stderr
        assert "two accounts again" in undone.stderr
    assert await dump(doubled) == before
    wrong = run(settings, "match", "undo", "nothing")
    assert wrong.returncode == 2
    assert "There is no pair 'nothing'" in wrong.stderr
    back = run(settings, "match", "undo", identity)
    assert "wait for a decision again" in back.stderr
    kept = run(settings, "match", "decide", identity, "different")
    assert "decided DIFFERENT" in kept.stderr


async def test_an_import_says_that_new_accounts_may_be_known_ones(
    graph: Database, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("account name,website\nNorth Bank Group,northbank.io\nSouth Retail,southretail.com\n")
    first = run(settings, "import", "population", str(file), "--partner", "bolt", "--as", "customer")
    assert first.returncode == 0, first.stderr
    assert "2 new accounts: `ecograph match find`" in first.stderr
    assert "to review" not in first.stderr
    assert run(settings, "match", "find").returncode == 0
    again = run(settings, "import", "population", str(file), "--partner", "bolt", "--as", "customer")
    assert "new account" not in again.stderr
    assert "to review: ecograph match review" in again.stderr
    assert run(settings, "check").returncode == 0


def test_help_says_what_each_does(settings: Settings) -> None:
    shown = run(settings, "match", "--help").stdout
    for command in ("find", "review", "decide", "undo"):
        assert command in shown
    assert "--dry-run" in run(settings, "match", "find", "--help").stdout
