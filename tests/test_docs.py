"""What the documentation says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from ecograph.api.app import create_app
from ecograph.api.cli.commands import app
from ecograph.api.runtime import Runtime
from ecograph.graph.settings import Settings

ROOT = Path(__file__).parents[1]
DOCS = "\n".join(file.read_text("utf-8") for file in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])


def _commands() -> list[str]:
    found = []
    group = get_command(app)
    for name in group.list_commands(None):  # type: ignore[attr-defined]
        command = group.get_command(None, name)  # type: ignore[attr-defined]
        found += [f"ecograph {name} {sub}" for sub in getattr(command, "commands", {})] or [f"ecograph {name}"]
    return found


@pytest.mark.parametrize("command", _commands())
def test_every_command_is_documented(command: str) -> None:
    assert command in DOCS


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    shared = name.startswith("neo4j_") and name != "neo4j_release"
    assert (name.upper() if shared else f"ECOGRAPH_{name.upper()}") in DOCS


def test_every_route_is_documented(tmp_path: Path) -> None:
    routes = create_app(runtime=Runtime(Settings.load(home=tmp_path))).routes
    for route in routes:
        assert f"`{route.path}`" in DOCS, route.path  # type: ignore[attr-defined]


def test_every_link_leads_somewhere() -> None:
    for file in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text("utf-8")):
            assert (file.parent / target).exists(), f"{file.name} links to {target}"
