"""The rival of the third benchmark: strawberry as its guide shows it, every relation through a DataLoader.

    python benchmarks/dataloader.py         prints its address and serves until stopped

Neo4j is where NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import neo4j
import strawberry
from ecosystem import today
from handwritten import connect
from questions import HOLDS, strengthened_by
from serving import serve
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

Key = tuple[str, int]
"""The id of the node that is left, and how many rows are wanted."""

DRIVER = connect()


async def _rows(statement: str, **parameters: Any) -> list[Any]:
    async with DRIVER.session(default_access_mode=neo4j.READ_ACCESS) as session:
        result = await session.run(statement, {**parameters, "today": today()})
        return [record[0] for record in await result.fetch(1_000_000)]


def _relation(pattern: str, row: str, order: str) -> Callable[[list[Key]], Awaitable[list[Any]]]:
    statement = (
        f"UNWIND $ids AS id MATCH (it {{id: id}}) WHERE it:Partner OR it:Account OR it:Product OR it:Integration "
        f"RETURN [id, COLLECT {{ MATCH {pattern} WHERE {HOLDS.replace('%s', 'r')} WITH that, r ORDER BY {order} "
        f"LIMIT $first RETURN {row} }}]"
    )

    async def load(keys: list[Key]) -> list[Any]:
        groups: dict[int, list[str]] = defaultdict(list)
        for identity, first in keys:
            groups[first].append(identity)
        found = {
            (identity, first): rows
            for first, ids in groups.items()
            for identity, rows in await _rows(statement, ids=ids, first=first)
        }
        return [found.get(key, []) for key in keys]

    return load


_RELATIONS = {
    "products": ("(it:Partner)-[r:OFFERS]->(that:Product)", "that {.id, .name, .category}", "that.id"),
    "used": ("(it:Account)-[r:USES]->(that:Product)", "that {.id, .name, .category}", "that.id"),
    "integrations": ("(it:Partner)-[r:BUILDS]->(that:Integration)", "that {.id, .name}", "that.id"),
    "connected": ("(it:Integration)-[r:CONNECTS]->(that:Product)", "that {.id, .name, .category}", "that.id"),
    "offered_by": (
        "(it:Product)<-[r:OFFERS]-(that:Partner)",
        "that {.id, .name, .tier, .types, joined_on: toString(that.joinedOn)}",
        "that.id",
    ),
    "users": (
        "(it:Product)<-[r:USES]-(that:Account)",
        "that {.id, .name, .segment, .industry, .arr, .arrCurrency, customer_since: toString(that.customerSince)}",
        "that.id",
    ),
    "accounts": (
        "(it:Partner)<-[r:HAS_PARTNER]-(that:Account)",
        "{since: toString(r.since), roles: r.roles, sources: r.sources, node: that {.id, .name, .segment, .industry, "
        ".arr, .arrCurrency, customer_since: toString(that.customerSince)}}",
        "that.id, r.key",
    ),
}


class _Endpoint(GraphQL[Any, None]):
    async def get_context(self, request: Request, response: Any) -> Mapping[str, Any]:
        loaders = {name: DataLoader(load_fn=_relation(*parts)) for name, parts in _RELATIONS.items()}
        return {"request": request, "response": response, **loaders}


async def _load(info: strawberry.Info, name: str, identity: str, first: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await info.context[name].load((identity, first))
    return found


@strawberry.type
class Product:
    id: strawberry.ID
    name: str
    category: str | None

    @strawberry.field
    async def partners(self, info: strawberry.Info, first: int = 20) -> list[Partner]:
        return [Partner(**row) for row in await _load(info, "offered_by", self.id, first)]

    @strawberry.field
    async def accounts(self, info: strawberry.Info, first: int = 20) -> list[Account]:
        return [Account(**row) for row in await _load(info, "users", self.id, first)]


@strawberry.type
class Integration:
    id: strawberry.ID
    name: str

    @strawberry.field
    async def products(self, info: strawberry.Info, first: int = 20) -> list[Product]:
        return [Product(**row) for row in await _load(info, "connected", self.id, first)]


@strawberry.type
class Money:
    amount: str
    currency: str


@strawberry.type
class PartnerAccount:
    since: str | None
    roles: list[str]
    sources: list[str]
    node: Account


@strawberry.type
class Partner:
    id: strawberry.ID
    name: str
    tier: str | None
    types: list[str]
    joined_on: str | None

    @strawberry.field
    async def products(self, info: strawberry.Info, first: int = 20) -> list[Product]:
        return [Product(**row) for row in await _load(info, "products", self.id, first)]

    @strawberry.field
    async def integrations(self, info: strawberry.Info, first: int = 20) -> list[Integration]:
        return [Integration(**row) for row in await _load(info, "integrations", self.id, first)]

    @strawberry.field
    async def accounts(self, info: strawberry.Info, first: int = 20) -> list[PartnerAccount]:
        rows = await _load(info, "accounts", self.id, first)
        return [PartnerAccount(**{**row, "node": Account(**row["node"])}) for row in rows]


@strawberry.type
class Named:
    name: str


@strawberry.type
class Component:
    kind: str
    score: float
    because: list[Named]


@strawberry.type
class Strength:
    partner: Partner
    score: float
    components: list[Component]


_STRENGTH = (
    f"MATCH (a:Account {{id: $id}}) {strengthened_by('a')} WITH partner, score, components "
    "ORDER BY score DESC, partner.id LIMIT $first RETURN {partner: partner {.id, .name, .tier, .types, "
    "joined_on: toString(partner.joinedOn)}, score: score, components: [c IN components | {kind: c.kind, "
    "score: c.score, because: [n IN c.because | n.name]}]}"
)


@strawberry.type
class Account:
    id: strawberry.ID
    name: str
    segment: str | None
    industry: str | None
    customer_since: str | None
    minor: strawberry.Private[int | None]
    currency: strawberry.Private[str | None]

    def __init__(self, *, arr: int | None = None, arrCurrency: str | None = None, **fields: Any) -> None:  # noqa: N803
        self.minor, self.currency = arr, arrCurrency
        self.__dict__.update(fields)

    @strawberry.field
    def arr(self) -> Money | None:
        if self.minor is None or self.currency is None:
            return None
        return Money(amount=f"{self.minor / 100:.2f}", currency=self.currency)

    @strawberry.field
    async def products(self, info: strawberry.Info, first: int = 20) -> list[Product]:
        return [Product(**row) for row in await _load(info, "used", self.id, first)]

    @strawberry.field
    async def strengthened_by(self, first: int = 20) -> list[Strength]:
        return [
            Strength(
                partner=Partner(**row["partner"]),
                score=row["score"],
                components=[
                    Component(kind=c["kind"], score=c["score"], because=[Named(name=name) for name in c["because"]])
                    for c in row["components"]
                ],
            )
            for row in await _rows(_STRENGTH, id=self.id, first=first)
        ]


_PARTNER = "it {.id, .name, .tier, .types, joined_on: toString(it.joinedOn)}"
_ACCOUNT = "it {.id, .name, .segment, .industry, .arr, .arrCurrency, customer_since: toString(it.customerSince)}"


@strawberry.type
class Query:
    @strawberry.field
    async def partner(self, id: strawberry.ID) -> Partner | None:  # noqa: A002
        rows = await _rows(f"MATCH (it:Partner {{id: $id}}) RETURN {_PARTNER}", id=id)
        return Partner(**rows[0]) if rows else None

    @strawberry.field
    async def account(self, id: strawberry.ID) -> Account | None:  # noqa: A002
        rows = await _rows(f"MATCH (it:Account {{id: $id}}) RETURN {_ACCOUNT}", id=id)
        return Account(**rows[0]) if rows else None

    @strawberry.field
    async def partners(self, first: int = 20) -> list[Partner]:
        found = await _rows(_page("Partner", _PARTNER), first=first)
        return [Partner(**row) for row in found]

    @strawberry.field
    async def accounts(self, first: int = 20) -> list[Account]:
        found = await _rows(_page("Account", _ACCOUNT), first=first)
        return [Account(**row) for row in found]


def _page(label: str, row: str) -> str:
    return f"MATCH (it:{label}) WHERE it.id IS NOT NULL WITH it ORDER BY it.id LIMIT $first RETURN {row}"


if __name__ == "__main__":
    schema = strawberry.Schema(query=Query)
    serve(Starlette(routes=[Mount("/graphql", _Endpoint(schema))]))
