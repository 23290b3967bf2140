"""What is built from this checkout: an sdist, a wheel of it, and an environment with the package in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("graph/", "queries/", "schema/", "seeds/", "api/")

Git = Callable[..., list[str]]


@dataclass(frozen=True)
class Archives:
    sdist: Path
    wheel: Path


@dataclass(frozen=True)
class Environment:
    folder: Path

    def run(self, program: str, *arguments: str, cwd: Path) -> str:
        return run([str(self.folder / "bin" / program), *arguments], cwd)


def run(command: list[str], cwd: Path, **environment: str) -> str:
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def git() -> Git:
    def lines(*arguments: str) -> list[str]:
        return run(["git", *arguments, "-z"], ROOT).split("\0")[:-1]

    return lines


@pytest.fixture(scope="session")
def files(git: Git) -> list[str]:
    """Every file of the project, committed or about to be."""
    listed = git("ls-files", "--cached", "--others", "--exclude-standard")
    return [name for name in listed if os.path.lexists(ROOT / name)]


@pytest.fixture(scope="session")
def expected(files: list[str]) -> set[str]:
    """What a wheel of this checkout holds beside its metadata."""
    ours = {f"ecograph/{name}" for name in files if name.startswith(FOLDERS) and not name.startswith("api/explorer/")}
    top = {name for name in files if name.startswith("ecograph/") and not (ROOT / name).is_symlink()}
    static = ROOT / "api" / "static"
    pages = {f"ecograph/{page.relative_to(ROOT)}" for page in static.rglob("*.*") if page.suffix != ".sha256"}
    return ours | pages | top


@pytest.fixture(scope="session")
def tree(files: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, for a build leaves traces; its path has a space in it."""
    copy = tmp_path_factory.mktemp("a checkout")
    for name in files:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy / name, follow_symlinks=False)
    shutil.copytree(ROOT / "api" / "static", copy / "api" / "static")
    return copy


@pytest.fixture(scope="session")
def pins(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The constraints without their hashes, which pip takes for more than constraints."""
    path = tmp_path_factory.mktemp("pins") / "constraints.txt"
    path.write_text("\n".join(re.findall(r"^\S+==[^\\\n]+", (ROOT / "constraints.txt").read_text(), re.MULTILINE)))
    return str(path)


@pytest.fixture(scope="session")
def archives(tree: Path, pins: str, tmp_path_factory: pytest.TempPathFactory) -> Archives:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--installer", "uv", "--outdir", str(folder), str(tree)]
    run(build, folder, UV_CONSTRAINT=pins)
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return Archives(sdist, wheel)


@pytest.fixture(scope="session")
def installed(tree: Path, pins: str, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The result of `pip install .`, with nothing beside the dependencies that the package names."""
    environment = Environment(tmp_path_factory.mktemp("an environment") / "venv")
    cwd = environment.folder.parent
    run([sys.executable, "-m", "venv", str(environment.folder)], cwd)
    uv = [sys.executable, "-m", "uv", "pip", "install", "--python", str(environment.folder)]
    run([*uv, "--constraints", pins, "--requirements", str(tree / "pyproject.toml")], cwd)
    run([str(environment.folder / "bin" / "pip"), "install", "--no-deps", str(tree)], cwd, PIP_CONSTRAINT=pins)
    return environment
