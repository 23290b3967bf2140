"""Every list, walked to its end while rows come and go beside the walk: what stays is met exactly once."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import reset
from graphql import GraphQLEnumType, GraphQLObjectType, get_named_type
from tiny_ecosystem import tiny

from ecograph.graph.connection import Database
from ecograph.graph.load import load
from ecograph.graph.model import BY_LABEL, BY_TYPE, Property, ValueType
from ecograph.graph.model.measured import PARTNERS
from ecograph.graph.settings import Settings
from ecograph.graph.version import VersionReader
from ecograph.queries.run import measure
from ecograph.schema.compiler.context import spec_of
from ecograph.schema.execute import Executor
from ecograph.schema.sdl import graphql_schema
from ecograph.schema.spec import CallConnection, Connection

OWNERS = {"Partner": "bolt", "Account": "north", "Product": "core", "Integration": "flow-core", "Deal": "d1"}
HEADS = {
    "WhatIf": 'whatIf(withoutPartners: ["dune"])',
    "Overlap": 'overlap(partners: ["bolt"], withUs: false, populations: [PROSPECT])',
} | {owner: f'{owner.lower()}(id: "{key}")' for owner, key in OWNERS.items()}
ARGUMENTS = {
    "sharedAccounts": 'partners: ["bolt", "care"], ', "centrality": "measure: DEGREE, ",
    "whiteSpace": 'partner: "bolt", side: THEIRS, ', "coSell": 'partner: "bolt", ',
    "overlapEvents": 'since: "2020-01-01", ',
}  # fmt: skip
MATCHES = {
    "Partner.strengthens": "MATCH (<it>)-[<edge>:IMPLEMENTS_FOR]->(<that>:Account)",
    "Account.strengthenedBy": "MATCH (<it>)<-[<edge>:IMPLEMENTS_FOR]-(<that>:Partner)",
    "Query.centrality": "MATCH (<that>:Partner)",
    "Query.matches": "MATCH (<that>:MatchPair)",
    "Account.nextBestPartners": "MATCH (<it>)-[<edge>:SHARES_WITH]->(<that>:Partner)",
    "Query.lifts": "MATCH (<it>)-[<edge>:LIFTS]->(<that>:Partner)",
    "Partner.lifts": "MATCH (<it>)-[<edge>:LIFTS]->(<that>:Partner)",
    "Partner.liftedBy": "MATCH (<it>)<-[<edge>:LIFTS]-(<that>:Partner)",
    "WhatIf.accountsAffected": "MATCH (<it>)<-[<edge>:HAS_PARTNER]-(<that>:Account)",
    "WhatIf.accountsUncovered": "MATCH (<it>)<-[<edge>:HAS_PARTNER]-(<that>:Account)",
    "WhatIf.integrationsLost": "MATCH (<it>)-[<edge>:BUILDS]->(<that>:Integration)",
    "WhatIf.partnersWeakened": "MATCH (<it>)<-[<edge>:OFFERS]-(<that>:Partner)",
    "Query.sharedAccounts": "MATCH (<it>)<-[<edge>:HAS_PARTNER]-(<that>:Account)",
    "Query.whiteSpace": "MATCH (<it>)-[<edge>:KNOWS]->(<that>:Account)",
    "Query.coSell": "MATCH (<it>)-[<edge>:KNOWS]->(<that>:Account)",
    "Query.recruitCandidates": "MATCH (<it>)-[<edge>:USES]->(<that>:Product)",
    "Query.overlapEvents": "MATCH (<it>)-[<edge>:KNOWS]->(<that>:Account)",
    "Overlap.accounts": "MATCH (<it>)-[<edge>:KNOWS]->(<that>:Account)",
}
JOINED_TO = {
    "Query": ["partner:bolt", "partner:care"],
    "WhatIf": ["partner:dune"],
    "Overlap": ["partner:bolt"],
} | {owner: [f"{owner.lower()}:{key}"] for owner, key in OWNERS.items()}
ENDS = ("since", "until", "launchedOn", "retiredOn", "churnedOn", "leftOn")
JOINED_TO_OTHERS = {
    "WhatIf.partnersWeakened": ["product:flow"], "Account.nextBestPartners": ["partner:bolt"],
    "Query.coSell": ["partner:bolt", "company:acme"], "Query.recruitCandidates": ["account:north"],
}  # fmt: skip
MATCH = re.compile(r"MATCH \(<it>\)(<?)-\[<edge>:(\w+)[|\w]*\]-(>?)\(<that>:(\w+)\)")
KEYS: dict[ValueType, Any] = {
    ValueType.STRING: lambda draw: draw.choice(["Gold", "b", "é", "💥", "Z"]),
    ValueType.DATE: lambda draw: date(2020, 1, 1) + timedelta(days=draw.randrange(3000)),
    ValueType.INTEGER: lambda draw: draw.randrange(1, 6),
    ValueType.FLOAT: lambda draw: draw.random() * 10 ** draw.randrange(-20, 20),
    ValueType.BOOLEAN: lambda draw: draw.random() < 0.5,
    ValueType.MONEY: lambda draw: draw.randrange(10**9),
    ValueType.STRINGS: lambda draw: [],
}


def _lists() -> list[tuple[str, str, str | None]]:
    """Owner, field and key of every list of nodes with every key that it can be ordered by."""
    found: list[tuple[str, str, str | None]] = []
    for named in graphql_schema().type_map.values():
        for name, field in named.fields.items() if isinstance(named, GraphQLObjectType) else ():
            if not isinstance(spec_of(field), (Connection, CallConnection)) or name in ("search", "paths"):
                continue
            keys: list[str | None] = [None]
            if "orderBy" in field.args:
                order: Any = get_named_type(field.args["orderBy"].type)
                by: GraphQLEnumType = get_named_type(order.fields["by"].type)
                keys += list(by.values)
            found += [(named.name, name, key) for key in keys]
    return found


ALL = _lists()
LISTS = list(dict.fromkeys((owner, name) for owner, name, _ in ALL))
FEW = [
    random.Random(place).choice([case for case in ALL if case[:2] == one]) for place, one in enumerate(LISTS)
]  # fmt: skip


@pytest.fixture(scope="module")
async def busy(server: Database, settings: Settings) -> Database:
    """The tiny ecosystem, measured, for walks that change it."""
    await reset(server)
    await load(server, tiny())
    await measure(server, settings, grace_s=0)
    return server


def _lasting(values: dict[str, Any]) -> dict[str, Any]:
    """What holds today, as only that counts for what would change today."""
    return {name: value for name, value in values.items() if name not in ENDS}


class _World:
    """Rows that are added to a list and taken from it again."""

    def __init__(self, database: Database, owner: str, field: str, draw: random.Random) -> None:
        self.database, self.owner, self.field, self.draw = database, owner, field, draw
        self.added: list[str] = []
        spec = spec_of(graphql_schema().type_map[owner].fields[field])  # type: ignore[union-attr]
        self.match = MATCHES.get(f"{owner}.{field}") or spec.match  # type: ignore[union-attr]

    async def add(self) -> None:
        key = f"{self.draw.choice('abmz')}{self.draw.getrandbits(60):x}"
        joined = MATCH.fullmatch(self.match)
        label = joined[4] if joined else self.match.partition(":")[2].rstrip(")")
        node = {"id": f"{label.lower()}:{key}", "key": key, "name": f"{self.draw.choice('abz')} walk"}
        create = f"CREATE (that:{label}) SET that = $node"
        edge: dict[str, Any] = {}
        if joined:
            arrow = joined[3] or ("" if joined[1] else ">")
            edge = self._values(BY_TYPE[joined[2]].properties)
            create = (
                f"MATCH (it) WHERE it.id IN $owners AND NOT it:HistoryEntry WITH collect(it) AS its "
                f"CREATE (that:{label}) SET that = $node WITH its, that UNWIND range(0, size(its) - 1) AS at "
                f"WITH its[at] AS it, that, at "
                f"CREATE (it){joined[1]}-[e:{joined[2]} {{key: $key + toString(at)}}]-{arrow}(that) "
                "SET e += $edge"
            )
        if label == "MatchPair":
            node |= {"left": "account:north", "right": "account:south", "probability": self.draw.choice([0.3, 0.5])}
        else:
            node |= self._values(BY_LABEL[label].properties)
        if self.owner == "WhatIf":
            node, edge = _lasting(node), _lasting(edge)
            if label == "Account":
                node["customerSince"], edge["sources"] = date(2020, 1, 1), ["ROLE"]
        if self.field == "centrality":
            node |= await self._measured()
        await self.database.run_alone(
            create,
            {
                "node": node,
                "edge": edge,
                "key": key,
                "owners": JOINED_TO_OTHERS.get(f"{self.owner}.{self.field}", JOINED_TO[self.owner]),
            },
        )
        self.added.append(node["id"])

    async def remove(self) -> None:
        gone = self.added.pop(self.draw.randrange(len(self.added)))
        await self.database.run_alone("MATCH (n {id: $id}) DETACH DELETE n", {"id": gone})

    async def clean(self) -> None:
        await self.database.run_alone("MATCH (n) WHERE n.id IN $ids DETACH DELETE n", {"ids": self.added})

    async def _measured(self) -> dict[str, list[float]]:
        pointer = (await VersionReader(self.database).current()).pointers.of(PARTNERS)
        assert pointer is not None
        return {PARTNERS.property(pointer.slot): [self.draw.random() for _ in range(PARTNERS.width)]}

    def _values(self, properties: tuple[Property, ...]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for prop in properties:
            if prop.required or self.draw.random() < 0.6:
                values[prop.name] = KEYS[prop.type](self.draw)
                if prop.values is not None and prop.type is ValueType.STRING:
                    values[prop.name] = self.draw.choice([member.value for member in prop.values])
                if prop.type is ValueType.MONEY:
                    values[f"{prop.name}Currency"] = self.draw.choice(["EUR", "USD"])
        return values


async def _page(executor: Executor, owner: str, field: str, order: str, first: int, after: str | None) -> Any:
    arguments = f"{ARGUMENTS.get(field, '')}first: {first}, after: $after{order}"
    asked = f"{field}({arguments}) {{ pageInfo {{ hasNextPage endCursor }} edges {{ cursor }} }}"
    text = asked if owner == "Query" else f"{HEADS[owner]} {{ {asked} }}"
    answer = await executor.execute(f"query Q($after: String) {{ {text} }}", {"after": after})
    assert not answer.errors, answer.errors
    assert answer.data is not None
    if owner == "Query":
        return answer.data[field]
    made = next(iter(answer.data.values()))
    return (made[0] if isinstance(made, list) else made)[field]


async def _walk(database: Database, settings: Settings, owner: str, field: str, key: str | None) -> None:
    draw = random.Random(f"{owner}.{field} {key}")
    executor = Executor(database, settings)
    world = _World(database, owner, field, draw)
    asked = f"{{by: {key}, direction: {draw.choice(['ASC', 'DESC'])}, nulls: {draw.choice(['FIRST', 'LAST'])}}}"
    order = "" if key is None else f", orderBy: [{asked}]"
    for _ in range(4):
        await world.add()
    before = await _page(executor, owner, field, order, 100, None)
    met: Counter[str] = Counter()
    after = None
    while True:
        page = await _page(executor, owner, field, order, 2, after)
        met.update(edge["cursor"] for edge in page["edges"])
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
        await world.remove()
        if draw.random() < 0.7:
            await world.add()
        if not world.added:
            await world.add()
    left = await _page(executor, owner, field, order, 100, None)
    stayed = {edge["cursor"] for edge in before["edges"]} & {edge["cursor"] for edge in left["edges"]}
    assert {cursor: met[cursor] for cursor in stayed} == dict.fromkeys(stayed, 1)
    assert max(met.values()) == 1
    await world.clean()


@pytest.mark.parametrize(("owner", "field", "key"), FEW)
async def test_a_walk_beside_changes(
    busy: Database, settings: Settings, owner: str, field: str, key: str | None
) -> None:
    await _walk(busy, settings, owner, field, key)


@pytest.mark.verify
@pytest.mark.parametrize(("owner", "field"), LISTS)
async def test_every_order_beside_changes(busy: Database, settings: Settings, owner: str, field: str) -> None:
    for _, _, key in (case for case in ALL if case[:2] == (owner, field)):
        await _walk(busy, settings, owner, field, key)
