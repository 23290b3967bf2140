"""What a stored measure is, and the registry of all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from ..graph.errors import BadInput
from ..graph.model.measured import Group, NodeGroup
from .work import Computed, Work


@dataclass(frozen=True)
class Measure:
    """A measure that runs store, and how it is computed.

    `description` says what it tells, `source` where its formula is from.
    """

    name: str
    group: Group
    description: str
    source: str
    compute: Callable[[Work], Awaitable[Computed]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its group that it fills; none for edges."""
        return self.group.measures[self.name] if isinstance(self.group, NodeGroup) else ()


def choose(measures: Sequence[Measure], only: Sequence[str]) -> list[Measure]:
    """The measures of these names, on every graph that they are computed on.

    Raises:
        BadInput: there is no measure of a name.
    """
    known = {measure.name for measure in measures}
    for name in only:
        if name not in known:
            raise BadInput(f"{name!r} is no measure.", hint=f"Measures are {', '.join(sorted(known))}.")
    return [measure for measure in measures if measure.name in only]
