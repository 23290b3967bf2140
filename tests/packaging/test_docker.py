"""What the Dockerfile copies and calls is there. It is built by its users; no engine is needed here."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from typer.main import get_command

from ecograph.api.cli.commands import app
from ecograph.graph.settings import Settings


def _instructions(root: Path) -> list[tuple[str, str]]:
    text = (root / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(None, 1)[0], line.split(None, 1)[1].strip()) for line in lines]


def test_what_is_copied_is_in_the_project(root: Path, files: list[str]) -> None:
    copied = [
        source
        for name, rest in _instructions(root)
        if name == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    ]
    assert copied
    assert [s for s in copied if s not in files and not any(file.startswith(f"{s}/") for file in files)] == []
    packages = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["setuptools"]["package-dir"].values()
    assert set(packages) <= set(copied)


def test_what_is_called_exists_and_it_runs_as_nobody_special(root: Path) -> None:
    instructions = _instructions(root)
    found = dict(instructions)
    assert found["ENTRYPOINT"] == '["ecograph"]'
    command = re.findall(r'"(\w+)"', found["CMD"])[0]
    assert command in get_command(app).list_commands(None)  # type: ignore[attr-defined]
    assert found["USER"] == "ecograph"
    names = re.findall(r"ECOGRAPH_(\w+)=", found["ENV"])
    assert names
    assert {name.lower() for name in names} <= set(Settings.model_fields)
    assert "/healthz" in found["HEALTHCHECK"]
    assert found["EXPOSE"] == re.findall(r"ECOGRAPH_PORT=(\d+)", found["ENV"])[0]
    extras = tomllib.loads((root / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    (asked,) = re.findall(r"'\.\[(\w+)\]'", "".join(rest for name, rest in instructions if name == "RUN"))
    assert asked in extras
