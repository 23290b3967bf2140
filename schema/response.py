"""Answers in GraphQL's form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson

from .problems import Problem


@dataclass(frozen=True)
class Response:
    """An answer in GraphQL's form.

    `is_request_error` says that nothing was executed; `cost` is what the request was counted for, in rows.
    """

    data: dict[str, Any] | None
    errors: list[Problem] = field(default_factory=list)
    extensions: dict[str, Any] = field(default_factory=dict)
    is_request_error: bool = False
    cost: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The response map; a request error has no `data`."""
        made: dict[str, Any] = {}
        if self.errors:
            made["errors"] = self.errors
        if not self.is_request_error:
            made["data"] = self.data
        if self.extensions:
            made["extensions"] = self.extensions
        return made

    def to_bytes(self) -> bytes:
        """The response as JSON, in the order of the request. Values that JSON has no form for are told as text."""
        return orjson.dumps(self.to_dict(), default=str)


def refused(problems: list[Problem]) -> Response:
    """The answer to a request of which nothing was executed."""
    return Response(None, problems, is_request_error=True)
