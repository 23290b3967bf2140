"""Accounts that are one company by now, and pairs of companies that people keep apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..model import MatchDecision as Decision
from .pairs import Pair


class Groups:
    """Joins companies; an id stands for the company that it is part of.

    `survivors` are merged accounts and what they resolve to; `pairs` those with a decision that must hold.
    """

    def __init__(self, survivors: Mapping[str, str], pairs: Iterable[Pair]) -> None:
        self._up = dict(survivors)
        self._apart: dict[str, dict[str, Pair]] = {}
        for pair in pairs:
            if pair.decision is Decision.DIFFERENT:
                left, right = self.of(pair.left), self.of(pair.right)
                self._apart.setdefault(left, {})[right] = pair
                self._apart.setdefault(right, {})[left] = pair

    def of(self, identity: str) -> str:
        """The id that stands for the company."""
        root = identity
        while (up := self._up.get(root, root)) != root:
            root = up
        while identity != root:
            self._up[identity], identity = root, self._up[identity]
        return root

    def kept_apart(self, left: str, right: str) -> Pair | None:
        """The pair that was decided DIFFERENT and lies between the two companies."""
        return self._apart.get(self.of(left), {}).get(self.of(right))

    def join(self, left: str, right: str) -> None:
        """Make one company of two, which nothing keeps apart."""
        kept, gone = self.of(left), self.of(right)
        if kept == gone:
            return
        self._up[gone] = kept
        for other, pair in self._apart.pop(gone, {}).items():
            self._apart[other].pop(gone, None)
            self._apart[other][kept] = pair
            self._apart.setdefault(kept, {})[other] = pair


def settled(pairs: Iterable[Pair], groups: Groups) -> list[Pair]:
    """The undecided pairs that need no more asking: of one company, of two that are kept apart, or less likely than
    another pair of the same two."""
    asked: set[tuple[str, str]] = set()
    done = []
    for pair in sorted((p for p in pairs if p.decision is None), key=lambda p: (-p.probability, p.id)):
        left, right = sorted((groups.of(pair.left), groups.of(pair.right)))
        if left == right or groups.kept_apart(left, right) or (left, right) in asked:
            done.append(pair)
        asked.add((left, right))
    return done
