"""Resolves what a file says of a node to the node itself, or to a new one where that is permitted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from ...graph.domains import domain_of
from ...graph.load.cast import normal_name
from ...graph.model import NodeKind, key_problem, kind_of, node_id, slug
from .kinds import CREATABLE
from .resolver import Resolver

_LONG = 200
"""Longer slugs are cut."""


class By(StrEnum):
    """By what a reference was resolved."""

    ID = "id"
    EXTERNAL_ID = "external id"
    DOMAIN = "domain"
    NAME = "name"


PROBABILITY = {By.DOMAIN: 1.0, By.NAME: 0.9}
"""How sure a resolution is that is worth a source record; ids say what they mean."""


class Named(NamedTuple):
    """What a row says of one node. `domain` is registrable, `any` is whichever of the others it turns out to be."""

    id: str | None = None
    external_id: str | None = None
    domain: str | None = None
    name: str | None = None
    any: str | None = None


class Outcome(NamedTuple):
    """The node, and by what it was found; or the problem and the field to blame."""

    node: str | None = None
    by: By | None = None
    said: str | None = None
    is_new: bool = False
    problem: str | None = None
    blame: str | None = None


@dataclass
class Space:
    """The kinds that a reference may be of, which of them it may create, and domains that are no identity."""

    kinds: Sequence[NodeKind]
    creates: Sequence[NodeKind] = ()
    shared: Collection[str] = ()


@dataclass
class _Known:
    """Nodes by identifier, in the graph and so far in the file."""

    ids: set[str] = field(default_factory=set)
    external: dict[str, list[str]] = field(default_factory=dict)
    domains: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    wanted_names: Collection[str] = ()
    """The normal names that some reference is looked up by; others need not be remembered."""


def resolve(references: Sequence[Named], space: Space, resolver: Resolver) -> list[Outcome]:
    """What each of the references means.

    An id or key goes before an external id, that before a domain; a name counts where there is none of these. Within
    the file, references that share an identifier are one node.
    """
    known = _look_up(references, space, resolver)
    work = _Resolution(space, known)
    outcomes: dict[int, Outcome] = {}
    for at in sorted(range(len(references)), key=lambda i: _strength(references[i])):
        outcomes[at] = work.resolve(references[at])
    return [outcomes[at] for at in range(len(references))]


def _strength(said: Named) -> int:
    """References that tell most go first: the others find their nodes by it."""
    if said.id:
        return 0
    if said.external_id and said.domain:
        return 1
    if said.domain:
        return 2
    if said.external_id:
        return 3
    return 4 if said.any else 5


def _look_up(references: Sequence[Named], space: Space, resolver: Resolver) -> _Known:
    ids, external, domains, names = (
        dict[str, None](),
        dict[str, None](),
        dict[str, None](),
        dict[str, None](),
    )
    for said in references:
        for value in (said.id, said.any):
            if value:
                ids[value] = None
        if said.external_id:
            external[said.external_id] = None
            ids[_external_key(said.external_id)] = None
        if said.any and _is_external_id(said.any):
            external[said.any] = None
        domain = said.domain or (_own_domain(said.any, space) if said.any else None)
        if domain:
            domains[domain] = ids[domain] = None
        name = said.name if not (said.id or said.external_id or said.domain) else None
        for text in (name, said.any):
            if text:
                names[normal_name(text)] = ids[slug(text)] = None
    known = _Known(wanted_names=names.keys())
    for kind in space.kinds:
        known.ids |= resolver.by_id(kind, [whole for key in ids if (whole := _whole(kind, key))])
        _add(known.names, resolver.by_name(kind, list(names)))
        if kind.has_external_ids:
            _add(known.external, resolver.by_external_id(kind, list(external)))
        if kind.has_domains:
            _add(known.domains, resolver.by_domain(kind, list(domains)))
    return known


def _add(index: dict[str, list[str]], found: dict[str, list[str]]) -> None:
    for value, nodes in found.items():
        index[value] = list(dict.fromkeys([*index.get(value, ()), *nodes]))


def _whole(kind: NodeKind, key: str) -> str | None:
    named = kind_of(key)
    if named is None:
        return node_id(kind, key)
    return key if named is kind else None


def _is_external_id(text: str) -> bool:
    system, colon, rest = text.partition(":")
    return bool(colon and system and rest) and not any(c.isspace() for c in text) and kind_of(text) is None


def _external_key(external_id: str) -> str:
    return external_id.replace(":", "-", 1)


def _own_domain(text: str, space: Space) -> str | None:
    if not any(kind.has_domains for kind in space.kinds):
        return None
    domain = domain_of(text)
    return None if domain in space.shared else domain


class _Resolution:
    def __init__(self, space: Space, known: _Known) -> None:
        self._space = space
        self._known = known
        self._new_names: dict[str, str] = {}
        self._what = " or ".join(kind.label.lower() for kind in space.kinds)

    def resolve(self, said: Named) -> Outcome:
        outcome = self._find(said) or self._create(said) or self._dangling(said)
        if outcome.node:
            self._learn(said, outcome)
        return outcome

    def _find(self, said: Named) -> Outcome | None:
        known = self._known
        if said.id and (found := self._by_key(said.id, "id", By.ID)):
            return found
        if said.external_id:
            nodes = known.external.get(said.external_id) or self._with_key(_external_key(said.external_id))
            if nodes:
                return self._one(nodes, By.EXTERNAL_ID, said.external_id, "external_id")
        if said.domain and (nodes := known.domains.get(said.domain) or self._with_key(said.domain)):
            return self._one(nodes, By.DOMAIN, said.domain, "website")
        if said.any:
            return self._find_any(said.any)
        if said.name and not (said.id or said.external_id or said.domain):
            return self._by_name(said.name, "name")
        return None

    def _find_any(self, text: str) -> Outcome | None:
        known = self._known
        if found := self._by_key(text, "any", By.ID):
            return found
        if nodes := known.external.get(text):
            return self._one(nodes, By.EXTERNAL_ID, text, "any")
        domain = _own_domain(text, self._space)
        if domain and (nodes := known.domains.get(domain) or self._with_key(domain)):
            return self._one(nodes, By.DOMAIN, domain, "any")
        return self._by_name(text, "any")

    def _by_key(self, key: str, blame: str, by: By) -> Outcome | None:
        nodes = self._with_key(key)
        return self._one(nodes, by, key, blame) if nodes else None

    def _by_name(self, name: str, blame: str) -> Outcome | None:
        nodes = self._known.names.get(normal_name(name)) or self._with_key(slug(name), name)
        return self._one(nodes, By.NAME, name, blame) if nodes else None

    def _with_key(self, key: str, name: str | None = None) -> list[str]:
        """The nodes with this key; given a name, not those that another name of this file has just made."""
        whole = [node for kind in self._space.kinds if (node := _whole(kind, key))]
        return [node for node in whole if node in self._known.ids and self._fits(node, name)]

    def _fits(self, node: str, name: str | None) -> bool:
        other = self._new_names.get(node)
        return not name or not other or normal_name(other) == normal_name(name)

    def _one(self, nodes: Sequence[str], by: By, said: str, blame: str) -> Outcome:
        if len(nodes) > 1:
            listed = ", ".join(sorted(nodes)[:3]) + (" …" if len(nodes) > 3 else "")
            return Outcome(problem=f"is ambiguous: {listed} have this {by.value}", blame=blame)
        return Outcome(nodes[0], by, said, is_new=nodes[0] in self._new_names)

    def _create(self, said: Named) -> Outcome | None:
        domain = said.domain or (_own_domain(said.any, self._space) if said.any else None)
        given = said.id or (said.any if said.any and kind_of(said.any) else None)
        name = said.name if not said.any else said.any
        named_kind = kind_of(given) if given else None
        kind = next((k for k in self._space.creates if named_kind in (None, k)), None)
        if kind is None:
            return None
        if given:
            key, by, text = given.removeprefix(f"{kind.prefix}:"), By.ID, given
        elif domain and kind.has_domains:
            key, by, text = domain, By.DOMAIN, domain
        elif said.external_id:
            key, by, text = _external_key(said.external_id), By.EXTERNAL_ID, said.external_id
        elif name:
            key, by, text = self._free_key(kind, name), By.NAME, name
        else:
            return None
        if problem := key_problem(key):
            blame = next(f for f in ("any", "id", "external_id", "name", "domain") if text == getattr(said, f))
            return Outcome(problem=f"cannot be a key: it {problem}", blame="website" if blame == "domain" else blame)
        node = node_id(kind, key)
        self._known.ids.add(node)
        self._new_names[node] = name or ""
        return Outcome(node, by, text, is_new=True)

    def _free_key(self, kind: NodeKind, name: str) -> str:
        """The slug of the name; with a hash of the name where it is long or another name of the file has taken it."""
        key = slug(name)
        if len(key) <= _LONG and node_id(kind, key) not in self._known.ids:
            return key
        return f"{key[:_LONG]}-{blake2b(normal_name(name).encode(), digest_size=4).hexdigest()}"

    def _learn(self, said: Named, outcome: Outcome) -> None:
        node, known = outcome.node or "", self._known
        domain = said.domain or (outcome.said if outcome.by is By.DOMAIN else None)
        if said.external_id:
            known.external.setdefault(said.external_id, [node])
        if domain:
            known.domains.setdefault(domain, [node])
        name = said.name or (outcome.said if outcome.by is By.NAME else None)
        if name and known.wanted_names and (plain := normal_name(name)) in known.wanted_names:
            nodes = known.names.setdefault(plain, [])
            if node not in nodes:
                nodes.append(node)

    def _dangling(self, said: Named) -> Outcome:
        blame = next((f for f in ("id", "external_id", "domain", "any", "name") if getattr(said, f)), None)
        if blame is None:
            return Outcome(problem="is missing")
        permits = _permits(self._space.kinds)
        hint = f"; --create {permits} permits new ones" if permits and not self._space.creates else ""
        where = "website" if blame == "domain" else blame
        return Outcome(problem=f"names no {self._what} in the graph or in this import{hint}", blame=where)


def _permits(kinds: Iterable[NodeKind]) -> str:
    return ",".join(f"{kind.table}s" for kind in kinds if f"{kind.table}s" in CREATABLE)
