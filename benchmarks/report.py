"""Results as a table on the terminal and as JSON in results/."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from serving import HERE

RESULTS = HERE / "results"


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Rows of the same keys as a Markdown table."""
    names = list(rows[0])
    cells = [names, ["---"] * len(names), *([_text(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(names))]
    lines = (" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(f"| {line} |" for line in lines)


def _text(value: Any) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)


def write(name: str, rows: Sequence[dict[str, Any]], **how: Any) -> None:
    """Print the table and keep it with how it was made."""
    print(table(rows))
    kept = {
        "benchmark": name,
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "commit": _commit(),
        "machine": {
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
            "system": platform.platform(terse=True),
            "python": platform.python_version(),
        },
        "versions": {name: version(name) for name in ("neo4j", "neo4j-rust-ext", "orjson", "uvicorn", "starlette")},
        "how": how,
        "rows": list(rows),
    }
    target = RESULTS / f"{name}.json"
    target.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    print(f"\nwritten: {target.relative_to(HERE.parent)}")


def _commit() -> str | None:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or None
