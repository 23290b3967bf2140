"""How far a job is."""

from __future__ import annotations

from ..progress import NoProgress, Progress


class Told:
    """Hears of the progress of work, makes one share of it, 0 to 1, that never falls, and says it on.

    How many steps there will be is not known, so each step takes half of what is left.
    """

    def __init__(self, also: Progress | None = None) -> None:
        self.has_begun = False
        self.share = 0.0
        self._also = also or NoProgress()
        self._from, self._to, self._done, self._total = 0.0, 0.0, 0, 0

    def start(self, what: str, total: int | None) -> None:
        """A step begins."""
        self.has_begun = True
        self._from, self._to = self.share, (self.share + 1) / 2
        self._done, self._total = 0, total or 0
        self._also.start(what, total)

    def advance(self, n: int) -> None:
        """`n` more units are done."""
        self._done += n
        if self._total:
            self.share = self._from + (self._to - self._from) * min(1.0, self._done / self._total)
        self._also.advance(n)

    def finish(self) -> None:
        """The step is over."""
        self.share = self._to
        self._also.finish()
