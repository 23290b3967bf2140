"""The questions: as Ecograph is asked, and as an expert would write the same statement by hand.

The hand-written statements return positional rows of one record, and the functions beside them make the same JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ecograph.queries import catalog

Row = list[Any]

HOLDS = "(%s.since IS NULL OR %s.since <= $today) AND (%s.until IS NULL OR %s.until > $today)"


@dataclass(frozen=True)
class Question:
    """One question: `picked` names the variables that depend on the data, by a statement that finds the value."""

    name: str
    about: str
    graphql: str
    cypher: str
    shape: Callable[[Any], Any]
    picked: Mapping[str, str]


def _holds(edge: str) -> str:
    return HOLDS % (edge, edge, edge, edge)


def _money(minor: int | None, currency: str | None) -> dict[str, Any] | None:
    if minor is None:
        return None
    sign, digits = ("-", -minor) if minor < 0 else ("", minor)
    return {"amount": f"{sign}{digits // 100}.{digits % 100:02d}", "currency": currency}


def _partner(row: Row) -> Any:
    identity, name, tier, types, joined = row
    return {"partner": {"id": identity, "name": name, "tier": tier, "types": types, "joinedOn": joined}}


def _accounts(rows: list[Row]) -> Any:
    return {
        "accounts": {
            "nodes": [
                {
                    "id": identity, "name": name, "segment": segment, "industry": industry, "customerSince": since,
                    "arr": _money(minor, currency),
                }
                for identity, name, segment, industry, since, minor, currency in rows
            ]
        }
    }  # fmt: skip


def _products(rows: list[Row]) -> Any:
    return {
        "partners": {
            "nodes": [
                {
                    "id": identity,
                    "name": name,
                    "products": {"nodes": [{"id": i, "name": n, "category": c} for i, n, c in products]},
                }
                for identity, name, products in rows
            ]
        }
    }


def _one_partners_accounts(row: Row) -> Any:
    name, rows = row
    return {
        "partner": {
            "name": name,
            "accounts": {
                "edges": [
                    {
                        "since": since, "roles": roles, "sources": sources,
                        "node": {"id": identity, "name": account, "segment": segment},
                    }
                    for since, roles, sources, identity, account, segment in rows
                ]
            },
        }
    }  # fmt: skip


def _partners_accounts(rows: list[Row]) -> Any:
    return {
        "partners": {
            "nodes": [
                {
                    "id": identity,
                    "name": name,
                    "accounts": {"nodes": [{"id": i, "name": n, "industry": x} for i, n, x in accounts]},
                }
                for identity, name, accounts in rows
            ]
        }
    }


def _three_levels(rows: list[Row]) -> Any:
    return {
        "accounts": {
            "nodes": [
                {
                    "id": identity,
                    "name": name,
                    "products": {
                        "nodes": [
                            {
                                "name": product,
                                "partners": {"nodes": [{"id": i, "name": n, "tier": t} for i, n, t in partners]},
                            }
                            for product, partners in products
                        ]
                    },
                }
                for identity, name, products in rows
            ]
        }
    }


def _four_levels(rows: list[Row]) -> Any:
    return {
        "partners": {
            "nodes": [
                {
                    "name": name,
                    "integrations": {
                        "nodes": [
                            {
                                "name": integration,
                                "products": {
                                    "nodes": [
                                        {
                                            "name": product,
                                            "accounts": {"nodes": [{"id": i, "name": n} for i, n in accounts]},
                                        }
                                        for product, accounts in products
                                    ]
                                },
                            }
                            for integration, products in integrations
                        ]
                    },
                }
                for name, integrations in rows
            ]
        }
    }


def _strengthened(row: Row) -> Any:
    name, rows = row
    return {
        "account": {
            "name": name,
            "strengthenedBy": {
                "nodes": [
                    {
                        "partner": {"id": identity, "name": partner},
                        "score": score,
                        "components": [
                            {"kind": kind, "score": share, "because": [{"name": n} for n in because]}
                            for kind, share, because in components
                        ],
                    }
                    for identity, partner, score, components in rows
                ]
            },
        }
    }


def strengthened_by(account: str) -> str:
    """The named query as a subquery of a statement in which the account has this name."""
    text = catalog()["strengthened_by"].text.replace("$asOf", "$today")
    return f"CALL ({account}) {{ WITH {account} AS account {text} }}"


_BUSIEST_PARTNER = "MATCH (p:Partner) RETURN p.id ORDER BY COUNT { (p)<-[:HAS_PARTNER]-() } DESC, p.id LIMIT 1"
_BUSIEST_ACCOUNT = "MATCH (a:Account) RETURN a.id ORDER BY COUNT { (a)-[:HAS_PARTNER]->() } DESC, a.id LIMIT 1"

QUESTIONS = (
    Question(
        "one row",
        "one partner by its id, five fields",
        "query OneRow($id: ID!) { partner(id: $id) { id name tier types joinedOn } }",
        "MATCH (p:Partner {id: $id}) RETURN [p.id, p.name, p.tier, p.types, toString(p.joinedOn)]",
        _partner,
        {"id": _BUSIEST_PARTNER},
    ),
    Question(
        "flat list",
        "100 accounts, six fields, one of them money",
        "query FlatList { accounts(first: 100) { nodes { id name segment industry customerSince "
        "arr { amount currency } } } }",
        "MATCH (a:Account) WHERE a.id IS NOT NULL WITH a ORDER BY a.id LIMIT 100 RETURN collect([a.id, a.name, "
        "a.segment, a.industry, toString(a.customerSince), a.arr, a.arrCurrency])",
        _accounts,
        {},
    ),
    Question(
        "two levels",
        "50 partners with up to 10 products each",
        "query TwoLevels { partners(first: 50) { nodes { id name products(first: 10) "
        "{ nodes { id name category } } } } }",
        "MATCH (p:Partner) WHERE p.id IS NOT NULL WITH p ORDER BY p.id LIMIT 50 RETURN collect([p.id, p.name, "
        f"COLLECT {{ MATCH (p)-[o:OFFERS]->(s:Product) WHERE {_holds('o')} WITH s ORDER BY s.id LIMIT 10 "
        "RETURN [s.id, s.name, s.category] }])",
        _products,
        {},
    ),
    Question(
        "edges",
        "one partner with 500 of its accounts, and what joins them",
        "query Edges($id: ID!) { partner(id: $id) { name accounts(first: 500) "
        "{ edges { since roles sources node { id name segment } } } } }",
        "MATCH (p:Partner {id: $id}) RETURN [p.name, COLLECT { MATCH (p)<-[h:HAS_PARTNER]-(a:Account) "
        f"WHERE {_holds('h')} WITH a, h ORDER BY a.id, h.key LIMIT 500 "
        "RETURN [toString(h.since), coalesce(h.roles, []), coalesce(h.sources, []), a.id, a.name, a.segment] }]",
        _one_partners_accounts,
        {"id": _BUSIEST_PARTNER},
    ),
    Question(
        "thousands",
        "50 partners with up to 100 accounts each",
        "query Thousands { partners(first: 50) { nodes { id name accounts(first: 100) "
        "{ nodes { id name industry } } } } }",
        "MATCH (p:Partner) WHERE p.id IS NOT NULL WITH p ORDER BY p.id LIMIT 50 RETURN collect([p.id, p.name, "
        f"COLLECT {{ MATCH (p)<-[h:HAS_PARTNER]-(a:Account) WHERE {_holds('h')} WITH a ORDER BY a.id LIMIT 100 "
        "RETURN [a.id, a.name, a.industry] }])",
        _partners_accounts,
        {},
    ),
    Question(
        "three levels",
        "100 accounts, up to 10 products of each, up to 5 partners of each of these",
        "query ThreeLevels { accounts(first: 100) { nodes { id name products(first: 10) "
        "{ nodes { name partners(first: 5) { nodes { id name tier } } } } } } }",
        "MATCH (a:Account) WHERE a.id IS NOT NULL WITH a ORDER BY a.id LIMIT 100 RETURN collect([a.id, a.name, "
        f"COLLECT {{ MATCH (a)-[u:USES]->(s:Product) WHERE {_holds('u')} WITH s ORDER BY s.id LIMIT 10 RETURN [s.name, "
        f"COLLECT {{ MATCH (s)<-[o:OFFERS]-(p:Partner) WHERE {_holds('o')} WITH p ORDER BY p.id LIMIT 5 "
        "RETURN [p.id, p.name, p.tier] }] }])",
        _three_levels,
        {},
    ),
    Question(
        "four levels",
        "20 partners, their integrations, the products that these connect, accounts that use these",
        "query FourLevels { partners(first: 20) { nodes { name integrations(first: 5) { nodes { name "
        "products(first: 5) { nodes { name accounts(first: 10) { nodes { id name } } } } } } } } }",
        "MATCH (p:Partner) WHERE p.id IS NOT NULL WITH p ORDER BY p.id LIMIT 20 RETURN collect([p.name, COLLECT { "
        f"MATCH (p)-[b:BUILDS]->(i:Integration) WHERE {_holds('b')} WITH i ORDER BY i.id LIMIT 5 RETURN [i.name, "
        f"COLLECT {{ MATCH (i)-[c:CONNECTS]->(s:Product) WHERE {_holds('c')} WITH s ORDER BY s.id LIMIT 5 "
        f"RETURN [s.name, COLLECT {{ MATCH (s)<-[u:USES]-(a:Account) WHERE {_holds('u')} WITH a ORDER BY a.id LIMIT 10 "
        "RETURN [a.id, a.name] }] }] }])",
        _four_levels,
        {},
    ),
    Question(
        "strength",
        "the 10 partners that strengthen one account most, with the reasons",
        "query Strength($id: ID!) { account(id: $id) { name strengthenedBy(first: 10) { nodes { partner { id name } "
        "score components { kind score because { name } } } } } }",
        "MATCH (a:Account {id: $id}) RETURN [a.name, COLLECT { "
        f"{strengthened_by('a')} WITH partner, score, components ORDER BY score DESC, partner.id LIMIT 10 "
        "RETURN [partner.id, partner.name, score, [c IN components | [c.kind, c.score, [n IN c.because | n.name]]]] }]",
        _strengthened,
        {"id": _BUSIEST_ACCOUNT},
    ),
)
