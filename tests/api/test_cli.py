from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from command_line import run

from ecograph.api.cli.serving import _listen
from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings


def test_help_tells_every_command_and_option(settings: Settings) -> None:
    shown = run(settings, "--help")
    assert shown.returncode == 0
    for command in ("serve", "query", "import", "check", "neo4j", "seed", "demo"):
        assert command in shown.stdout
    assert "--set-aside" in run(settings, "import", "table", "--help").stdout


def test_the_schema_needs_no_server(settings: Settings) -> None:
    command = [sys.executable, "-m", "ecograph", "--home", str(settings.home), "schema"]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    assert shown.stdout.startswith('"""')
    assert "type Query" in shown.stdout


def test_a_query_prints_json(graph: Database, settings: Settings) -> None:
    text = "query Q($id: ID!) { partner(id: $id) { name } }"
    shown = run(settings, "query", text, "-v", "id=bolt")
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["data"] == {"partner": {"name": "Bolt"}}
    failed = run(settings, "query", "{ nothing }")
    assert failed.returncode == 1
    assert json.loads(failed.stdout)["errors"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--set", "nothing=1", "schema"), "sets nothing"),
        (("--set", "port=x", "settings"), "'port'"),
        (("query", "@missing.graphql"), "cannot be read"),
        (("query", "{ __typename }", "-v", "x"), "is no variable"),
        (("serve", "--host", "0.0.0.0"), "no logins are configured"),
        (("--set", "host=0.0.0.0", "demo"), "no logins are configured"),
    ],
)
def test_wrong_input_ends_with_two_and_says_what_to_do(
    settings: Settings, arguments: tuple[str, ...], says: str
) -> None:
    shown = run(settings, *arguments)
    assert shown.returncode == 2
    assert says in shown.stderr
    assert "Traceback" not in shown.stderr


async def test_bad_rows_are_named_and_set_aside(empty: Database, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "partners.csv"
    file.write_text(
        "key,name,types,joinedOn\na,Alpha,TECHNOLOGY,2024-01-01\nb,Beta,GURU,2024-01-01\nc,Gamma,,2024-02-31\n"
    )
    rejected = run(settings, "import", "table", str(file), "--as", "partner")
    assert rejected.returncode == 2
    assert f"{file.name}:3" in rejected.stderr
    assert "GURU" in rejected.stderr
    assert "2024-02-31" in rejected.stderr
    assert await empty.value("MATCH (p:Partner) RETURN count(p)") == 0
    aside = tmp_path / "aside.csv"
    loaded = run(settings, "import", "table", str(file), "--as", "partner", "--set-aside", str(aside))
    assert loaded.returncode == 0, loaded.stderr
    assert await empty.value("MATCH (p:Partner) RETURN collect(p.key)") == ["a"]
    assert aside.read_text().count("\n") == 3
    unknown = run(settings, "import", "table", str(file), "--as", "gadget")
    assert unknown.returncode == 2
    assert "partner" in unknown.stderr


async def test_check_ends_with_one_when_something_is_wrong(graph: Database, settings: Settings) -> None:
    assert run(settings, "check").returncode == 0
    await graph.run_alone("MATCH (p:Partner {key: 'bolt'}) SET p.phone = '1'")
    shown = run(settings, "check")
    assert shown.returncode == 1
    assert "property that the model does not know" in shown.stdout


async def test_synthetic_data_do_not_go_into_a_graph_with_imported_data(graph: Database, settings: Settings) -> None:
    shown = run(settings, "seed")
    assert shown.returncode == 2
    assert "holds imported data" in shown.stderr


def test_the_server_tells_about_itself(graph: Database, settings: Settings) -> None:
    shown = run(settings, "neo4j", "status")
    assert "running" in shown.stdout
    assert "bolt://127.0.0.1:" in shown.stdout
    assert run(settings, "neo4j", "logs", "-n", "3").stdout
    assert "password hidden" in run(settings, "neo4j", "shell-uri").stdout


def test_ends_of_answers_are_not_held_back(settings: Settings) -> None:
    with _listen(settings.model_copy(update={"port": 0})) as listener:
        # What asyncio goes by when it sets TCP_NODELAY on a connection.
        assert listener.proto == socket.IPPROTO_TCP


def test_serving_and_a_graceful_stop(graph: Database, settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = run(settings, "serve", "--port", str(taken.getsockname()[1]))
        assert busy.returncode == 2
        assert "taken" in busy.stderr
    command = [sys.executable, "-m", "ecograph", "--home", str(settings.home), "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        address = child.stdout.readline().strip()
        deadline = time.monotonic() + 30
        while True:
            try:
                answer = httpx.post(f"{address}/graphql", json={"query": '{ partner(id: "bolt") { name } }'})
                break
            except httpx.TransportError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        assert answer.json()["data"] == {"partner": {"name": "Bolt"}}
        child.terminate()
        assert child.wait(timeout=30) in (0, -15)


async def test_keys_are_made_listed_and_revoked(graph: Database, settings: Settings) -> None:
    made = run(settings, "key", "create", "portal", "--partner", "bolt", "--days", "7")
    assert made.returncode == 0, made.stderr
    key = made.stdout.strip()
    identity = key.split("_")[1]
    shown = run(settings, "key", "list").stdout
    assert identity in shown
    assert "partner:bolt" in shown
    assert key.rpartition(identity)[2] not in shown
    assert run(settings, "key", "revoke", identity).returncode == 0
    assert await graph.value("MATCH (k:ApiKey {id: $id}) RETURN k.revokedAt IS NOT NULL", {"id": identity})
    wrong = run(settings, "key", "create", "x", "--scope", "admin", "--owner", "u1")
    assert wrong.returncode == 2
    assert "can only read" in wrong.stderr
