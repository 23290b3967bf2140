from __future__ import annotations

import pytest

from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database


async def test_what_the_loader_wrote_agrees_with_the_model(graph: Database) -> None:
    assert await check_graph(graph) == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("CREATE (:Gadget {id: 'x'})", "Node with no label"),
        ("CREATE (:Partner {id: 'partner:z', key: 'z'})", "Partner without name"),
        ("CREATE (:Partner {id: 'z', key: 'z', name: 'Z'})", "Partner whose id is not partner:key"),
        ("MATCH (p:Partner {key: 'bolt'}) SET p.joinedOn = '2022-01-01'", "Partner whose joinedOn is no date"),
        ("MATCH (p:Partner {key: 'bolt'}) SET p.types = ['GURU']", "Partner whose types is none"),
        ("MATCH (p:Partner {key: 'bolt'}) SET p.phone = '1'", "Partner with a property"),
        ("MATCH (p:Partner {key: 'bolt'}) SET p.leftOn = date('2020-01-01')", "Partner with leftOn before joinedOn"),
        ("MATCH (i:Integration {key: 'flow-core'}) SET i.depth = 9", "Integration whose depth is > 5"),
        ("MATCH (a:Account {key: 'north'}) SET a.arrCurrency = 'dollars'", "Account whose arr has no currency"),
        ("MATCH (d:Deal {key: 'd1'}) SET d.status = null", "Deal without status"),
        ("MATCH (d:Deal {key: 'd1'})-[w:WITH]->() DELETE w", "Deal that is not with exactly one account"),
        (
            "MATCH (a:Account {key: 'north'}), (p:Partner {key: 'bolt'}) CREATE (a)-[:USES {key: 'k'}]->(p)",
            "USES between",
        ),
        ("MATCH ()-[u:USES]->() SET u.key = null", "USES without a key"),
        ("MATCH ()-[u:USES]->() SET u.until = date('1999-01-01')", "USES with until before since"),
        ("MATCH (a:Account), (b:Account) WHERE a.id < b.id CREATE (a)-[:LIKES]->(b)", "Edge of another type"),
        ("MATCH (i:Integration {key: 'flow-core'})-[c:CONNECTS]->() DELETE c", "Integration that connects fewer"),
        ("CREATE (:Company {id: 'company:two', key: 'two', name: 'Two'})", "More than one Company"),
        ("CREATE (:Domain {name: 'nobody.com'})", "Domain of nobody"),
        ("MATCH (a:Account {key: 'cold'}) CREATE (:SourceRecord {id: 'account:x', key: 'x'})-[:RESOLVES_TO]->(a)",
         "Merged account that no pair tells of"),
        ("MATCH (a:Account {key: 'cold'}) CREATE (:SourceRecord {id: a.id, key: a.key})-[:RESOLVES_TO]->(a)",
         "Merged account that stands beside itself"),
        ("CREATE (:MatchPair {id: 'p', merged: 'account:x', survivor: 'account:cold'})", "Pair of a merge"),
        ("CREATE (:MatchPair {id: 'p', decision: 'PERHAPS'})", "Pair whose decision"),
    ],
)  # fmt: skip
async def test_what_others_wrote_wrongly_is_found(graph: Database, statement: str, finding: str) -> None:
    await graph.run_alone(statement)
    found = await check_graph(graph)
    assert any(str(f).startswith(finding) for f in found), found
