from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from ecograph.graph import errors
from ecograph.graph.connection import Database, open_database, translate
from ecograph.graph.settings import Settings

ROOT = Path(__file__).parents[2]


def _neo4j(code: str) -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=code, message="secret words of the database")


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (_neo4j("Neo.ClientError.Security.Unauthorized"), errors.SettingsError),
        (_neo4j("Neo.ClientError.Transaction.TransactionTimedOut"), errors.QueryTimeout),
        (_neo4j("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"), errors.QueryTimeout),
        (_neo4j("Neo.ClientError.Database.DatabaseNotFound"), errors.SettingsError),
        (_neo4j("Neo.TransientError.Transaction.DeadlockDetected"), errors.Unavailable),
        (_neo4j("Neo.ClientError.Statement.SyntaxError"), errors.DatabaseError),
        (_neo4j("Neo.DatabaseError.General.UnknownError"), errors.DatabaseError),
        (AuthError("x"), errors.SettingsError),
        (ConfigurationError("x"), errors.SettingsError),
        (ServiceUnavailable("x"), errors.Unavailable),
        (SessionExpired("x"), errors.Unavailable),
        (TransientError("x"), errors.Unavailable),
        (ClientError("x"), errors.DatabaseError),
        (DriverError("x"), errors.DatabaseError),
        (ConnectionRefusedError("x"), errors.Unavailable),
    ],
)
def test_every_driver_error_becomes_ours_and_its_words_stay_in_the_log(
    error: Exception, ours: type[errors.EcographError]
) -> None:
    made = translate(error)
    assert type(made) is ours
    assert made.hint
    assert "secret" not in made.message + made.hint


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    assert errors.__doc__
    named = set(re.findall(r"\* (\w+)", errors.__doc__))
    classes = {n.name for n in ast.parse(Path(errors.__file__).read_text("utf-8")).body if isinstance(n, ast.ClassDef)}
    assert named == classes


def test_every_code_is_documented() -> None:
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    codes = set()
    for folder in ("graph", "schema", "api"):
        for file in (ROOT / folder).rglob("*.py"):
            if "node_modules" in file.parts:
                continue
            text = file.read_text("utf-8")
            codes |= set(re.findall(r"^    code = \"([A-Z_]+)\"", text, re.MULTILINE))
            if folder != "graph":
                codes |= set(re.findall(r"\"([A-Z]+(?:_[A-Z]+)+)\"", text))
    known = {code for code in codes if f"`{code}`" in page}
    assert {c for c in codes if c not in known and _is_code(c)} == set()


def _is_code(text: str) -> bool:
    from ecograph.graph.model import EDGES

    return text not in {e.type for e in EDGES} | {"SHARED_CUSTOMER", "USES", "ECOGRAPH"}


async def test_wrong_password_and_wrong_address(server: Database, settings: Settings) -> None:
    from ecograph.graph import embedded

    address = embedded.current_address(settings)
    assert address is not None
    for flags, ours in (
        ({"neo4j_uri": address.uri, "neo4j_password": "wrong"}, errors.SettingsError),
        ({"neo4j_uri": "bolt://127.0.0.1:1", "neo4j_password": "x"}, errors.Unavailable),
        ({"neo4j_uri": "gopher://x", "neo4j_password": "x"}, errors.SettingsError),
        ({"neo4j_uri": address.uri, "neo4j_password": address.password, "neo4j_database": "nix"}, errors.SettingsError),
    ):
        with pytest.raises(ours):
            async with open_database(Settings.load(home=settings.home, **flags)):
                pass


async def test_a_server_of_ones_own(server: Database, settings: Settings) -> None:
    from ecograph.graph import embedded

    address = embedded.current_address(settings)
    assert address is not None
    own = Settings.load(
        home=settings.home / "unused", neo4j_uri=address.uri, neo4j_password=address.password, neo4j_database="neo4j"
    )
    async with open_database(own) as database:
        assert await database.value("RETURN 1") == 1
        assert database.has_gds
    assert not (settings.home / "unused").exists()
