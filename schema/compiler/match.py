"""Where the nodes of a list are bound: for its pages, for conditions on it, and for counting it."""

from __future__ import annotations

from dataclasses import dataclass

from ..spec import Connection
from .context import Context, Scope, below

_HOLDS = "(<edge>.since IS NULL OR <edge>.since <= <asOf>) AND (<edge>.until IS NULL OR <edge>.until > <asOf>)"


@dataclass(frozen=True)
class Bound:
    """A MATCH that binds the node `that` and the edge that leads to it, and the conditions under which a row counts."""

    match: str
    scope: Scope
    conditions: tuple[str, ...]

    def where(self, *more: str | None) -> str:
        """The MATCH with its conditions and these."""
        found = [*self.conditions, *(condition for condition in more if condition is not None)]
        return f"{self.match} WHERE {' AND '.join(found)}" if found else self.match


def bind(context: Context, spec: Connection, scope: Scope) -> Bound:
    """The rows of a list, on the day of the scope."""
    that, edge = context.variable(), context.variable()
    match = context.fill(spec.match, {**scope, "that": that, "edge": edge})
    inner = below(scope, {"it": that, "that": that, "edge": edge})
    conditions = (context.fill(_HOLDS, inner),) if spec.is_dated else ()
    return Bound(match, inner, conditions)
