"""From the claims of a token to a viewer, by the names that the settings give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...graph.errors import BadInput
from ...graph.settings import Settings
from ...schema.viewer import Forbidden, Scope, Viewer, viewer


def viewer_from_claims(claims: Mapping[str, Any], settings: Settings) -> Viewer:
    """Who a token speaks for.

    A value of the claim `claim_scopes` gives the scope that `claim_values` names for it, or the scope of its own name;
    all other values are without effect. A token with a claim that narrows the view can only read.

    Raises:
        Forbidden: a claim that narrows the view cannot be understood, so nothing is shown.
    """
    named: dict[str, str] = {**{scope.value: scope.value for scope in Scope}, **settings.claim_values}
    scopes = {named[value] for value in _words(_claim(claims, settings.claim_scopes)) if value in named}
    partner = _narrowing(claims, settings.claim_partner)
    owners = _narrowing(claims, settings.claim_owners)
    if partner is not None and len(partner) != 1:
        raise _unclear(settings.claim_partner)
    if (partner is not None or owners is not None) and scopes:
        scopes = {Scope.READ.value}
    try:
        return viewer(
            f"subject:{claims.get('sub', 'unknown')}", scopes, partner=partner[0] if partner else None, owners=owners
        )
    except BadInput as failure:
        raise Forbidden(f"This login cannot be used: {failure.message}", hint=failure.hint) from failure


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by a path such as `realm_access.roles`."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.split()
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _narrowing(claims: Mapping[str, Any], name: str | None) -> list[str] | None:
    value = None if name is None else _claim(claims, name)
    if value is None:
        return None
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(word, str) and word for word in values):
        raise _unclear(name)
    return values


def _unclear(name: str | None) -> Forbidden:
    return Forbidden(
        f"The claim {name!r} of this login cannot be understood.", hint="It is a string or a list of strings."
    )
