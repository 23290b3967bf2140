"""How long work reports where it is; the command line draws it as a bar."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of one step of work after another."""

    def start(self, what: str, total: int | None) -> None:
        """A step begins; `total` units, or unknown."""

    def advance(self, n: int) -> None:
        """`n` more units are done."""

    def finish(self) -> None:
        """The step is over."""


class NoProgress:
    """Says nothing."""

    def start(self, what: str, total: int | None) -> None: ...

    def advance(self, n: int) -> None: ...

    def finish(self) -> None: ...
