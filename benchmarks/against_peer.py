"""Ecograph against @neo4j/graphql with Apollo Server on the same database.

    .venv/bin/python benchmarks/against_peer.py --help

The peer is asked without the dates at which an edge holds, which spares it work. It runs with NODE_ENV=production.
"""

from __future__ import annotations

import asyncio

import orjson
from compare import Server, options, ours, pick, side_by_side
from ecosystem import running
from node import environment, install, program
from questions import strengthened_by
from report import write
from serving import HERE, ecograph_command, started

FOLDER = HERE / "peer"
BY_ID = "sort: [{ id: ASC }]"
STRENGTH = (
    f"{strengthened_by('this')} WITH partner, score, components "
    "ORDER BY score DESC, partner.id LIMIT toInteger($first) "
    "RETURN {partner: {id: partner.id, name: partner.name}, score: score, components: "
    "[c IN components | {kind: c.kind, score: c.score, because: [n IN c.because | {name: n.name}]}]} AS row"
).replace("$today", "date()")

PEER = {
    "one row": "query($id: ID!) { partners(where: { id: { eq: $id } }) { id name tier types joinedOn } }",
    "flat list": "{ accounts(limit: 100, BY_ID) { id name segment industry customerSince arr arrCurrency } }",
    "two levels": "{ partners(limit: 50, BY_ID) { id name products(limit: 10, BY_ID) { id name category } } }",
    "edges": "query($id: ID!) { partners(where: { id: { eq: $id } }) { name accountsConnection(first: 500, "
    "sort: [{ node: { id: ASC } }]) { edges { properties { since roles sources } node { id name segment } } } } }",
    "thousands": "{ partners(limit: 50, BY_ID) { id name accounts(limit: 100, BY_ID) { id name industry } } }",
    "three levels": "{ accounts(limit: 100, BY_ID) { id name products(limit: 10, BY_ID) { name "
    "partners(limit: 5, BY_ID) { id name tier } } } }",
    "four levels": "{ partners(limit: 20, BY_ID) { name integrations(limit: 5, BY_ID) { name "
    "products(limit: 5, BY_ID) { name accounts(limit: 10, BY_ID) { id name } } } } }",
    "strength": "query($id: ID!) { accounts(where: { id: { eq: $id } }) { name strengthenedBy(first: 10) "
    "{ partner { id name } score components { kind score because { name } } } } }",
}


def main() -> None:
    given = options(__doc__)
    install(FOLDER)
    with running(given.size) as ecosystem:
        picked = asyncio.run(pick(ecosystem, given.size))
        requests = {
            name: ("/", orjson.dumps({"query": text.replace("BY_ID", BY_ID), "variables": picked[name]}))
            for name, text in PEER.items()
        }
        settings = {**environment(), **ecosystem.environment, "NODE_ENV": "production", "STRENGTHENED_BY": STRENGTH}
        with (
            started(ecograph_command(ecosystem.settings.home), ecosystem.environment) as (own, _),
            started([program("node"), "server.mjs"], settings, FOLDER) as (peer, _),
        ):
            servers = Server("Ecograph", own, ours(picked)), Server("peer", peer, requests)
            rows = asyncio.run(side_by_side(given, *servers))
    write(f"against_peer-{given.size.value}", rows, **{k: str(v) for k, v in vars(given).items()})


if __name__ == "__main__":
    main()
