"""What a partner's login may ask: a partner reads about itself, what is its own, and its own account lists.

Everything that is not named here is refused, so a new field is hidden from partners until somebody adds it. What
a field would tell of other partners, of our customers or of our dealings with them (revenue, owners, products in use,
measures, suggestions, totals) stays out; which nodes are seen is `visibility`'s part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .viewer import Forbidden, View, Viewer

FIELDS: Mapping[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "Query": "node partner partners account accounts product products integration integrations search",
        "Partner": "id key name domain domains types subtype tier region joinedOn leftOn sectors "
        "products certifications integrations knownAccounts",
        "Account": "id key name domain domains knownBy",
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


def is_for_partners(type_name: str, field: str) -> bool:
    """Whether a partner's login may ask for this field."""
    if type_name.endswith("Connection") and field in _OF_CONNECTIONS:
        return True
    if type_name.endswith("Edge") and field in _OF_EDGES:
        return True
    return field in FIELDS.get(type_name, ())


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
    for name, value in arguments.items():
        if value is not None and name not in ARGUMENTS:
            raise Forbidden(
                f"The argument `{name}` of {type_name}.{field} is not for partners.", hint="Ask without it."
            )
