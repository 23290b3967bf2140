"""What a partner's login may ask: a partner reads about itself, what is its own, and its own account lists.

Everything that is not named here is refused, so a new field is hidden from partners until somebody adds it. What
a field would tell of other partners, of our customers or of our dealings with them (owners, products in use, measures,
suggestions, totals) stays out; which nodes are seen is `visibility`'s part. What an account is to us, and some of its
properties, are shown where they are shared, and null elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..graph.sharing import SHAREABLE
from .compiler.identity import ids_of
from .spec import Call, Column, Rows, Shared, Spec
from .viewer import Forbidden, View, Viewer

FIELDS: Mapping[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "Query": "node partner partners account accounts product products integration integrations search overlap",
        "Partner": "id key name domain domains types subtype tier region joinedOn leftOn sectors "
        "products certifications integrations knownAccounts",
        "Account": "id key name domain domains knownBy population " + " ".join(SHAREABLE),
        "Money": "amount currency",
        "Overlap": "partners ours theirs accounts count isWithheld",
        "OverlapSide": "partner population",
        "Product": "id key name category isPlatform listedOn delistedOn isActive "
        "partners certifiedPartners integrations",
        "Integration": "id key name kind depth launchedOn retiredOn isActive isPartnerBuilt partners products",
        "Deal": "id key name",
        "SearchHit": "node matched",
        "PageInfo": "hasNextPage hasPreviousPage startCursor endCursor",
        "PartnerKnownAccountsEdge": "population since until",
        "AccountKnownByEdge": "population since until",
        "PartnerProductsEdge": "since until",
        "ProductPartnersEdge": "since until",
        "PartnerCertificationsEdge": "level on",
        "ProductCertifiedPartnersEdge": "level on",
        "PartnerIntegrationsEdge": "since until",
        "IntegrationPartnersEdge": "since until",
        "IntegrationProductsEdge": "since until",
        "ProductIntegrationsEdge": "since until",
    }.items()
}
"""Type → its fields that a partner may ask for."""

_OF_CONNECTIONS = frozenset({"edges", "nodes", "pageInfo", "totalCount"})
_OF_EDGES = frozenset({"node", "cursor"})
ARGUMENTS = frozenset({"id", "domain", "asOf", "first", "after", "text", "kinds"})
"""Arguments that a partner may give; the others could ask about what may not be shown."""
_ARGUMENTS_OF = {("Query", "overlap"): frozenset({"partners"})}
_ONLY: Mapping[tuple[str, str, str], Any] = {("Query", "overlap", "withUs"): True}
"""What an argument may say that is not for partners otherwise."""

SPECS: Mapping[tuple[str, str], Spec] = {
    ("Account", "population"): Column("viewerPopulation(<it>)"),
    ("Query", "overlap"): Rows(
        Call(
            "shared_overlap",
            bind=lambda arguments: {
                "partners": ids_of("Partner", arguments["partners"]),
                **{name: Shared(f"<{name}>") for name in ("viewerPartner", "viewerShown", "viewerCounted")},
            },
        )
    ),
    ("Overlap", "count"): Column("<count>"),
    ("Overlap", "isWithheld"): Column("<isWithheld>"),
}
"""What fields are in a partner's view, where that is not what they are to others."""


_REFERS = re.compile(r"\bviewer(?:Shares|Population)\((\w+)")
_NAMED = re.compile(r"\bviewerOurs\((\w+)\)")


def is_for_partners(type_name: str, field: str) -> bool:
    """Whether a partner's login may ask for this field."""
    if type_name.endswith("Connection") and field in _OF_CONNECTIONS:
        return True
    if type_name.endswith("Edge") and field in _OF_EDGES:
        return True
    return field in FIELDS.get(type_name, ())


def spec_for(viewer: Viewer, type_name: str, field: str, spec: Spec | None) -> Spec | None:
    """What a field is in the viewer's view, of what it is declared to be."""
    return SPECS.get((type_name, field), spec) if viewer.view is View.PARTNER else spec


def shown_to(viewer: Viewer, type_name: str, field: str, it: str, expression: str) -> str:
    """What a field of the node `it` is made of: for a partner, of an account only where the field is shared."""
    if viewer.view is not View.PARTNER or type_name != "Account" or field not in SHAREABLE:
        return expression
    return f"CASE WHEN viewerShares({it}, '{field}') THEN {expression} END"


def named_once(row: str) -> str:
    """A row in which what an account is to us has a name, where fields that are shared by that refer to it."""
    named = set(_NAMED.findall(row))
    for it in dict.fromkeys(_REFERS.findall(row)):
        if it not in named:
            row = f"head([ours_{it} IN [viewerOurs({it})] | {row}])"
    return row


def check_field(viewer: Viewer, type_name: str, field: str, arguments: Mapping[str, Any]) -> None:
    """
    Raises:
        Forbidden: the viewer is a partner, and the field or one of its arguments is not for partners.
    """
    if viewer.view is not View.PARTNER:
        return
    if not is_for_partners(type_name, field):
        raise Forbidden(
            f"{type_name}.{field} is not for partners.", hint="Ask for what a partner may see; docs/access.md lists it."
        )
    allowed = _ARGUMENTS_OF.get((type_name, field), ARGUMENTS)
    for name, value in arguments.items():
        if value is not None and name not in allowed and _ONLY.get((type_name, field, name)) != value:
            raise Forbidden(
                f"The argument `{name}` of {type_name}.{field} is not for partners.", hint="Ask without it."
            )
