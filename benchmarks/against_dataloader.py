"""Ecograph against strawberry with a DataLoader per relation, on the same database.

.venv/bin/python benchmarks/against_dataloader.py --help
"""

from __future__ import annotations

import asyncio
import sys

import orjson
from compare import Server, options, ours, pick, side_by_side
from ecosystem import running
from report import write
from serving import ecograph_command, started

LOADER = {
    "one row": "query($id: ID!) { partner(id: $id) { id name tier types joinedOn } }",
    "flat list": "{ accounts(first: 100) { id name segment industry customerSince arr { amount currency } } }",
    "two levels": "{ partners(first: 50) { id name products(first: 10) { id name category } } }",
    "edges": "query($id: ID!) { partner(id: $id) { name accounts(first: 500) "
    "{ since roles sources node { id name segment } } } }",
    "thousands": "{ partners(first: 50) { id name accounts(first: 100) { node { id name industry } } } }",
    "three levels": "{ accounts(first: 100) { id name products(first: 10) { name partners(first: 5) "
    "{ id name tier } } } }",
    "four levels": "{ partners(first: 20) { name integrations(first: 5) { name products(first: 5) { name "
    "accounts(first: 10) { id name } } } } }",
    "strength": "query($id: ID!) { account(id: $id) { name strengthenedBy(first: 10) { partner { id name } score "
    "components { kind score because { name } } } } }",
}


def main() -> None:
    given = options(__doc__)
    with running(given.size) as ecosystem:
        picked = asyncio.run(pick(ecosystem, given.size))
        requests = {
            name: ("/graphql/", orjson.dumps({"query": text, "variables": picked[name]}))
            for name, text in LOADER.items()
        }
        with (
            started(ecograph_command(ecosystem.settings.home), ecosystem.environment) as (own, _),
            started([sys.executable, "dataloader.py"], ecosystem.environment) as (loader, _),
        ):
            servers = Server("Ecograph", own, ours(picked)), Server("DataLoader", loader, requests)
            rows = asyncio.run(side_by_side(given, *servers))
    write(f"against_dataloader-{given.size.value}", rows, **{k: str(v) for k, v in vars(given).items()})


if __name__ == "__main__":
    main()
