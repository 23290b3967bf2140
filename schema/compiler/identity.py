"""Ids, keys, domains and external ids as they come in arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...graph.errors import BadInput
from ...graph.model import BY_LABEL, SEARCHABLE, kind_of, node_id, registrable_domain


def label_of_id(identity: str) -> str:
    """The label that an id names.

    Raises:
        BadInput: it names none, or a node that is not part of the business graph.
    """
    kind = kind_of(identity)
    if kind is None or kind not in SEARCHABLE:
        kinds = ", ".join(f"{k.prefix}:…" for k in SEARCHABLE)
        raise BadInput(f"{identity!r} is no id.", hint=f"Ids look like {kinds}.")
    return kind.label


IDENTIFIERS = ("id", "domain", "externalId")


def given_identifier(arguments: Mapping[str, Any]) -> str:
    """The name of the identifier that a look-up is by.

    Raises:
        BadInput: not exactly one of `id`, `domain` and `externalId` is given.
    """
    names = [name for name in IDENTIFIERS if arguments.get(name) is not None]
    if len(names) != 1:
        raise BadInput(
            "Exactly one identifier is needed.", hint="Give one of `id` (an id or a key), `domain` and `externalId`."
        )
    return names[0]


def lookup_match(label: str, variable: str, name: str) -> str:
    """A MATCH of the node with this identifier, with one placeholder `%` for its parameter."""
    if name == "id":
        return f"MATCH ({variable}:{label} {{id: %}})"
    if name == "domain":
        return f"MATCH (:Domain {{name: %}})<-[:HAS_DOMAIN]-({variable}:{label})"
    return f"MATCH (:ExternalId {{id: %}})<-[:HAS_EXTERNAL_ID]-({variable}:{label})"


def identifier(label: str, arguments: Mapping[str, Any]) -> str:
    """The value of the identifier as it is stored.

    Raises:
        BadInput: a domain is none.
    """
    name = given_identifier(arguments)
    value = arguments[name]
    if name == "id":
        return value if kind_of(value) is not None else node_id(BY_LABEL[label], value)
    if name == "domain":
        domain = registrable_domain(value)
        if domain is None:
            raise BadInput(f"{value!r} is no internet domain.", hint="Give a domain such as example.com.")
        return domain
    return f"{value['system']}:{value['id']}"


def identifiers(label: str, keys: Sequence[Mapping[str, Any]]) -> list[list[str | None]]:
    """For each key the values of all kinds of identifiers as they are stored, all but one of them null.

    Raises:
        BadInput: a key holds none or several, or a domain is none.
    """
    found = []
    for key in keys:
        name, value = given_identifier(key), identifier(label, key)
        found.append([value if name == kind else None for kind in IDENTIFIERS])
    return found


def ids_of(label: str, identities: Sequence[str]) -> list[str]:
    """Ids of nodes of one label that are given by id or key, each once."""
    return list(dict.fromkeys(identifier(label, {"id": identity}) for identity in identities))
