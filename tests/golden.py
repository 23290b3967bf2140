"""Golden files: what a run printed, kept to see what changes. `ECOGRAPH_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def same_as_golden(path: Path, text: str) -> None:
    """Compare with the golden file, or write it when asked to."""
    if os.environ.get("ECOGRAPH_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.is_file(), f"{path} is missing; run with ECOGRAPH_GOLDEN=1 to write it"
    assert text == path.read_text("utf-8"), f"{path} differs; run with ECOGRAPH_GOLDEN=1 if this is wanted"


def operators(plan: Any, depth: int = 0) -> Iterator[str]:
    """The operators of a plan, one a line, indented by their depth."""
    yield "  " * depth + re.sub(r"@.*", "", plan["operatorType"])
    for child in plan.get("children", ()):
        yield from operators(child, depth + 1)
