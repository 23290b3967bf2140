"""What is shipped, and that it works where it lands."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

WALK = """
import importlib, pkgutil, ecograph
for module in pkgutil.walk_packages(ecograph.__path__, "ecograph."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


def test_the_wheel_holds_every_file_of_the_packages_once(archives: Any, expected: set[str]) -> None:
    names = zipfile.ZipFile(archives.wheel).namelist()
    assert len(names) == len(set(names))
    metadata = {name for name in names if ".dist-info/" in name}
    assert set(names) - metadata == expected
    assert any(name.endswith("/licenses/LICENSE") for name in metadata)


@pytest.mark.parametrize(
    "name", ["py.typed", "api/static/index.html", "api/static/graphiql.html", "api/static/licences.md"]
)
def test_the_wheel_holds(archives: Any, name: str) -> None:
    assert f"ecograph/{name}" in zipfile.ZipFile(archives.wheel).namelist()


def test_the_sdist_holds_the_sources_once_and_the_pages_built(archives: Any, files: list[str]) -> None:
    with tarfile.open(archives.sdist) as sdist:
        names = {member.name.partition("/")[2] for member in sdist.getmembers() if member.isfile()}
    assert {
        "build_explorer.py",
        "api/static/graphiql.html",
        "api/explorer/package-lock.json",
        "graph/errors.py",
    } <= names
    assert [name for name in names if name.startswith("ecograph/") and name not in files] == []
    assert not [name for name in names if "node_modules" in name]


def test_an_installation_holds_what_the_wheel_holds(installed: Any, expected: set[str], tmp_path: Path) -> None:
    listing = "from importlib.metadata import files; print(*files('ecograph'), sep='\\n')"
    found = set(installed.run("python", "-c", listing, cwd=tmp_path).split("\n"))
    assert {name for name in found if name.startswith("ecograph/") and not name.endswith(".pyc")} == expected
    tops = {name.split("/")[0] for name in found if name} - {"..", "ecograph"}
    assert all(name.endswith(".dist-info") for name in tops), tops


def test_every_module_imports_with_the_named_dependencies_alone(installed: Any, tmp_path: Path) -> None:
    installed.run("python", "-W", "error", "-c", WALK, cwd=tmp_path)


def test_the_command_answers(installed: Any, tmp_path: Path) -> None:
    assert "GraphQL" in installed.run("ecograph", "--help", cwd=tmp_path)
    assert not list(tmp_path.iterdir())
