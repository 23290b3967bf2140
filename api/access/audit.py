"""The audit log: one JSON line per request on the logger `ecograph.audit`, never a text or a value of a query."""

from __future__ import annotations

import logging
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from ...graph.errors import SettingsError

AUDIT = logging.getLogger("ecograph.audit")


@dataclass(frozen=True)
class Entry:
    """One request. `cost` is in rows, `duration_ms` in milliseconds; `codes` are those of the answer's errors."""

    viewer: str
    view: str
    document: str
    operation: str | None
    variables: Collection[str]
    cost: int
    duration_ms: float
    status: str
    codes: Collection[str]


def document_hash(text: str) -> str:
    """What a document is called in the log."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def is_on() -> bool:
    """Whether anybody reads the log."""
    return AUDIT.isEnabledFor(logging.INFO)


def write(entry: Entry) -> None:
    """One line, where the log is on."""
    if not is_on():
        return
    line: Mapping[str, Any] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "viewer": entry.viewer,
        "view": entry.view,
        "document": entry.document,
        "operation": entry.operation,
        "variables": sorted(entry.variables),
        "cost": entry.cost,
        "durationMs": round(entry.duration_ms, 1),
        "status": entry.status,
        "codes": sorted(set(entry.codes)),
    }
    AUDIT.info("%s", orjson.dumps(line).decode())


def configure(target: str | None) -> None:
    """Send the log to a file or, by `-`, to standard error; None leaves it as the application has set it.

    Raises:
        SettingsError: the file cannot be written.
    """
    if target is None:
        return
    try:
        handler: logging.Handler = (
            logging.StreamHandler(sys.stderr) if target == "-" else logging.FileHandler(Path(target), encoding="utf-8")
        )
    except OSError as failure:
        raise SettingsError(f"The audit log {target} cannot be written.", hint="Name another file.") from failure
    handler.setFormatter(logging.Formatter("%(message)s"))
    for old in AUDIT.handlers[:]:
        AUDIT.removeHandler(old)
        old.close()
    AUDIT.addHandler(handler)
    AUDIT.setLevel(logging.INFO)
    AUDIT.propagate = False
