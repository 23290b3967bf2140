"""The folders, what may import what, and what may not stand in a file."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

LONGEST = 500
FOLDERS = ("api", "graph", "queries", "schema", "seeds")

# Classes of one letter keep these lines from matching themselves.
REGISTRIES = re.compile(
    r"(py[p]i|python[h]osted|npm[j]s|[m]aven|sona[t]ype|debia[n]|crate[s]|jsde[l]ivr|unpk[g]|es[m])\.(org|com|io|net|sh)"
    r"|repo1[.]|\bregistry[.]\w"
)
MACHINE_PATHS = re.compile(r"(?:^|[^\w.-])/(?:wor[k]|roo[t]|far[m]|hom[e]/\w+|User[s]/\w+)/", re.MULTILINE)


def _setuptools(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["setuptools"]
    return found


def test_the_packages_list_is_the_folders(root: Path, files: list[str]) -> None:
    folders = {Path(name).parent for name in files if name.endswith("/__init__.py") and name.startswith(FOLDERS)}
    names = {".".join(("ecograph", *folder.parts)) for folder in folders} | {"ecograph"}
    assert _setuptools(root)["packages"] == sorted(names)


def test_every_python_file_is_in_a_package(root: Path, files: list[str]) -> None:
    packages = set(_setuptools(root)["packages"])
    modules = [Path(name) for name in files if name.endswith(".py") and name.startswith(FOLDERS)]
    assert [str(path) for path in modules if ".".join(("ecograph", *path.parent.parts)) not in packages] == []


def test_the_namespace_is_symlinks_to_the_folders(root: Path, git: Callable[..., list[str]]) -> None:
    links = {line.split("\t")[1] for line in git("ls-files", "--stage") if line.startswith("120000")}
    assert links == {f"ecograph/{folder}" for folder in FOLDERS}
    for link in links:
        assert (root / link).readlink() == Path("..", Path(link).name)
        assert (root / link / "__init__.py").is_file()


def test_imports_go_one_way(root: Path) -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def _texts(root: Path, files: list[str]) -> Iterator[tuple[str, str]]:
    for name in files:
        if not (root / name).is_symlink():
            try:
                yield name, (root / name).read_text("utf-8")
            except UnicodeDecodeError:
                continue


@pytest.mark.parametrize("forbidden", [REGISTRIES, MACHINE_PATHS], ids=["registries", "machine paths"])
def test_no_file_names(root: Path, files: list[str], forbidden: re.Pattern[str]) -> None:
    found = [f"{name}: {match[0].strip()}" for name, text in _texts(root, files) for match in forbidden.finditer(text)]
    assert found == []


def test_no_file_is_long(root: Path, files: list[str]) -> None:
    code = (".py", ".ts", ".tsx", ".css", ".cypher")
    lengths = {name: text.count("\n") for name, text in _texts(root, files) if name.endswith(code)}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_locks_hold_hashes_and_no_addresses(root: Path, files: list[str]) -> None:
    locks = [root / name for name in files if name.endswith("package-lock.json")]
    assert locks
    for lock in locks:
        assert "omit-lockfile-registry-resolved=true" in lock.with_name(".npmrc").read_text()
        assert '"resolved"' not in lock.read_text()
    for name in ("constraints.txt", "constraints-uv.txt"):
        text = (root / name).read_text()
        assert "://" not in text
        pins = re.split(r"\n(?=\S)", text.strip())
        assert [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_the_constraints_cover_the_dependencies(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(line for extra in project["project"]["optional-dependencies"].values() for line in extra),
        *project["dependency-groups"]["dev"],
    ]
    pinned = set(re.findall(r"^([\w.-]+)==", (root / "constraints.txt").read_text(), re.MULTILINE))
    names = {re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", line)[0]).lower() for line in wanted}
    assert sorted(names - pinned) == [], "run `make lock`"
