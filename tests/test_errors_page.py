"""Every code that an error can have stands on the page of errors, and every code on the page is one that can occur."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "errors.md"
CODE = re.compile(r"[A-Z][A-Z_]{2,}")
MAKERS = {"problem", "from_graphql", "error", "Refusal"}
"""Functions that make an error of a code given to them."""


def _trees() -> Iterator[ast.Module]:
    for folder in ("graph", "queries", "schema", "api", "seeds"):
        for file in (ROOT / folder).rglob("*.py"):
            if "node_modules" not in file.parts:
                yield ast.parse(file.read_text("utf-8"))


def _strings(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and CODE.fullmatch(inner.value):
            yield inner.value


def _raised() -> set[str]:
    found: set[str] = set()
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                for line in node.body:
                    if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "code":
                        found.update(_strings(line.value))
            elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in MAKERS:
                for given in [*node.args, *(keyword.value for keyword in node.keywords)]:
                    found.update(_strings(given))
    return found


def _documented() -> set[str]:
    rows = [line.split("|")[1] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    return {code for row in rows for code in re.findall(r"`([A-Z_]+)`", row)}


def test_every_code_is_on_the_page() -> None:
    assert _raised() - _documented() == set()


def test_every_code_on_the_page_can_occur() -> None:
    everything = {text for tree in _trees() for text in _strings(tree)}
    assert _documented() - everything == set()
