"""What jobs do, and what they end with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class JobKind(StrEnum):
    """What work does."""

    MEASURE = "MEASURE"
    IMPORT = "IMPORT"
    IMPORT_PREVIEW = "IMPORT_PREVIEW"


@dataclass(frozen=True)
class Outcome:
    """What work ended with: a result that JSON can say, problems where it did not come to its end, and a file."""

    result: Mapping[str, Any] | None = None
    problems: tuple[str, ...] = ()
    file: bytes | None = None
