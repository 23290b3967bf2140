"""Who asks: what they may do, and which part of the graph they see."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from ..graph.errors import BadInput, EcographError
from ..graph.model import PARTNER, SharingLevel, kind_of, node_id
from ..graph.sharing import Rule


class Scope(StrEnum):
    """What a login may do. `admin` includes `write`, `write` includes `read`."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


_INCLUDES = {
    Scope.READ: frozenset({Scope.READ}),
    Scope.WRITE: frozenset({Scope.READ, Scope.WRITE}),
    Scope.ADMIN: frozenset(Scope),
}


_SHOWS = (SharingLevel.OVERLAPPING, SharingLevel.ALL)


class View(StrEnum):
    """Which part of the graph is seen. The text of a statement depends on this alone, never on who looks."""

    WHOLE = "whole"
    OWNERS = "owners"
    PARTNER = "partner"


class Forbidden(EcographError):
    """The login is known, and may not do this."""

    code = "FORBIDDEN"
    exit_code = 2


@dataclass(frozen=True)
class Viewer:
    """Who asks. `name` tells logins apart in the audit log and the rate limit; it is never a secret.

    With `partner`, the id of a partner, only that partner's view is seen, by the `rules` set for it; with `owners`,
    only accounts with one of these owner keys, and their deals.
    """

    name: str
    scopes: frozenset[Scope]
    partner: str | None = None
    owners: tuple[str, ...] | None = None
    rules: tuple[Rule, ...] = ()

    @property
    def view(self) -> View:
        if self.partner is not None:
            return View.PARTNER
        return View.WHOLE if self.owners is None else View.OWNERS

    @property
    def sight(self) -> Hashable:
        """Equal for viewers who see the same, so that they can share results."""
        return self.view, self.partner, self.owners, self.rules

    @property
    def parameters(self) -> dict[str, Any]:
        """The values that the predicates of its view refer to."""
        if self.view is View.PARTNER:
            shown = [rule for rule in self.rules if rule.level in _SHOWS]
            return {
                "viewerPartner": self.partner,
                "viewerDay": datetime.now(UTC).date(),
                "viewerAll": [rule.population for rule in shown if rule.level is SharingLevel.ALL],
                "viewerShown": [rule.population for rule in shown],
                "viewerCounted": [rule.population for rule in self.rules if rule.level is SharingLevel.COUNTS_ONLY],
                "viewerFields": [f"{rule.population}.{name}" for rule in shown for name in rule.fields],
            }
        return {"viewerOwners": list(self.owners or ())} if self.view is View.OWNERS else {}

    def under(self, rules: Sequence[Rule]) -> Viewer:
        """The same login under what is shared with its partner."""
        return replace(self, rules=tuple(sorted(rules, key=lambda rule: rule.population)))

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes

    def require(self, scope: Scope) -> None:
        """
        Raises:
            Forbidden: it lacks the scope.
        """
        if not self.may(scope):
            raise Forbidden(
                f"This login has no {scope} scope.",
                hint="An administrator gives scopes to a key with `ecograph key create --scope`.",
            )


def viewer(
    name: str, scopes: Iterable[str], *, partner: str | None = None, owners: Iterable[str] | None = None
) -> Viewer:
    """A viewer from what a key or a token says. A scope includes the lesser ones; a partner is an id or a key.

    Raises:
        BadInput: a scope is unknown, both a partner and owners are given, or a restricted view with more than `read`.
    """
    try:
        held = frozenset(inner for scope in scopes for inner in _INCLUDES[Scope(scope)])
    except ValueError as error:
        raise BadInput(f"{error}.", hint=f"Scopes are {', '.join(Scope)}.") from error
    if partner is not None and owners is not None:
        raise BadInput("A login has the view of a partner or of owners, not both.", hint="Leave one of them out.")
    if (partner is not None or owners is not None) and not held <= {Scope.READ}:
        raise BadInput("A restricted view can only read.", hint="Leave out the view, or the scopes write and admin.")
    if partner is not None and kind_of(partner) is not PARTNER:
        partner = node_id(PARTNER, partner)
    return Viewer(name, held, partner, None if owners is None else tuple(sorted(set(owners))))


LOCAL = viewer("local", [Scope.ADMIN])
"""The administrator at this machine: the command line, the Python client, and HTTP on loopback without logins."""
