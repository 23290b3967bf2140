"""What a document may ask for, decided before it is validated, in one pass that looks at each fragment once.

A fragment counts wherever it is spread, as GraphQL itself answers it: once in each selection, however often and by
whatever way it is spread there. What it counts for is worked out once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from ..graph.settings import Settings
from .compiler.context import LimitExceeded

MOST_REPEATS = 30
"""How often one response key may stand in one selection: whether they agree takes time by the square of it."""
_DEEPEST = 200
"""Where measuring ends in any case."""


class Extent(NamedTuple):
    """How large a selection is: levels of fields, and fields, aliases and directives in all of it."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0


@dataclass(frozen=True)
class Limits:
    """The most that a document may ask for. Of its time, tokens, page sizes and rows others take care."""

    depth: int
    fields: int
    aliases: int
    directives: int

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that are set."""
        return cls(settings.max_depth, settings.max_fields, settings.max_aliases, settings.max_directives)

    def check(self, document: DocumentNode) -> None:
        """
        Raises:
            LimitExceeded: an operation of the document is larger than is allowed.
        """
        measure = Measure(document, self.depth)
        for operation in document.definitions:
            if isinstance(operation, OperationDefinitionNode):
                extent = measure.of(operation)
                for name in Extent._fields:
                    _within(name, getattr(extent, name), getattr(self, name))


def _within(name: str, found: int, most: int) -> None:
    if found > most:
        what = f"Depth is {found:,}" if name == "depth" else f"There are {found:,} {name}"
        raise LimitExceeded(f"{what}; at most {most:,} are allowed.", hint=f"Ask for less, or raise {_setting(name)}.")


def _setting(name: str) -> str:
    return f"ECOGRAPH_MAX_{name.upper()}"


class Measure:
    """Measures operations of one document, which need not be valid. `visited` counts the nodes that it looked at."""

    def __init__(self, document: DocumentNode, most_depth: int) -> None:
        self._most_depth = most_depth
        self._fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self._own: dict[int, tuple[list[FieldNode], list[str], int]] = {}
        self._known: dict[int, Extent] = {}
        self.visited = 0

    def of(self, operation: OperationDefinitionNode) -> Extent:
        """The extent of an operation.

        Raises:
            LimitExceeded: it is deeper than allowed, or says one thing too often.
        """
        made = self._extent(operation.selection_set, 1)
        return made._replace(directives=made.directives + len(operation.directives or ()))

    def _extent(self, selections: SelectionSetNode, level: int) -> Extent:
        """The extent of a selection that stands at this level, that of the operation being 1."""
        keys: Counter[str] = Counter()
        total = Extent()
        for part in self._parts(selections):
            fields, _, directives = self._look(part)
            keys.update(node.alias.value if node.alias else node.name.value for node in fields)
            own = self._fields(part, level)
            total = Extent(
                max(total.depth, own.depth), total.fields + own.fields, total.aliases + own.aliases,
                total.directives + own.directives + directives,
            )  # fmt: skip
        for key, times in keys.most_common(1):
            if times > MOST_REPEATS:
                raise LimitExceeded(
                    f"{key!r} stands {times:,} times in one selection; at most {MOST_REPEATS} are allowed.",
                    hint="Ask for it once.",
                )
        return total

    def _fields(self, part: SelectionSetNode, level: int) -> Extent:
        """The extent of the fields of one selection, without those of the fragments spread in it."""
        found = self._known.get(id(part))
        if found is not None:
            return found
        if level > _DEEPEST:
            _within("depth", level, min(_DEEPEST, self._most_depth))
        self._known[id(part)] = Extent()
        depth = fields = aliases = directives = 0
        for node in self._look(part)[0]:
            below = self._extent(node.selection_set, level + 1) if node.selection_set else Extent()
            depth = max(depth, 1 + below.depth)
            fields += 1 + below.fields
            aliases += below.aliases + (node.alias is not None)
            directives += below.directives + len(node.directives or ())
        made = Extent(depth, fields, aliases, directives)
        self._known[id(part)] = made
        return made

    def _parts(self, selections: SelectionSetNode) -> Iterator[SelectionSetNode]:
        """This selection, and those of all fragments that are spread in it by whatever way, each once."""
        waiting, met = [selections], {id(selections)}
        while waiting:
            part = waiting.pop()
            yield part
            for name in self._look(part)[1]:
                fragment = self._fragments.get(name)
                if fragment is not None and id(fragment.selection_set) not in met:
                    met.add(id(fragment.selection_set))
                    waiting.append(fragment.selection_set)

    def _look(self, part: SelectionSetNode) -> tuple[list[FieldNode], list[str], int]:
        """Fields and names of fragments in a selection, inline fragments opened, and the directives on these."""
        found = self._own.get(id(part))
        if found is None:
            fields: list[FieldNode] = []
            spreads: dict[str, None] = {}
            directives = 0
            waiting = [part]
            while waiting:
                for node in waiting.pop().selections:
                    self.visited += 1
                    if isinstance(node, FieldNode):
                        fields.append(node)
                        continue
                    directives += len(node.directives or ())
                    if isinstance(node, FragmentSpreadNode):
                        spreads[node.name.value] = None
                    elif isinstance(node, InlineFragmentNode):
                        waiting.append(node.selection_set)
            found = fields, list(spreads), directives
            self._own[id(part)] = found
        return found
