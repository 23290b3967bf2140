"""Who sees what: every field of the schema, asked by viewers who see a part of the graph."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from graphql import GraphQLObjectType
from schema_walk import Walk

from ecograph.graph.connection import Database
from ecograph.graph.errors import BadInput
from ecograph.graph.settings import Settings
from ecograph.graph.sharing import SHAREABLE
from ecograph.queries import catalog
from ecograph.schema.compiler.context import spec_of
from ecograph.schema.execute import Executor
from ecograph.schema.partner_view import FIELDS, is_for_partners
from ecograph.schema.sdl import graphql_schema
from ecograph.schema.seen import seen
from ecograph.schema.viewer import LOCAL, Forbidden, Scope, Viewer, viewer
from ecograph.schema.visibility import guard

OWNER = viewer("owner", ["read"], owners=["u1"])
PARTNER = viewer("partner", ["read"], partner="bolt")
NOBODY = viewer("nobody", ["read"], owners=[])
KEPT = {
    OWNER: "NOT n:Account AND NOT n:Deal OR n.id IN ['account:north', 'deal:d1']",
    NOBODY: "NOT n:Account AND NOT n:Deal",
    PARTNER: "NOT n:Partner AND NOT n:Account AND NOT n:Product AND NOT n:Integration AND NOT n:Deal OR n.id IN "
    "['partner:bolt', 'product:core', 'product:flow', 'integration:flow-core', 'account:south']",
}
VIEWERS = pytest.mark.parametrize(
    "who",
    [pytest.param(PARTNER, id="partner"),
     pytest.param(OWNER, id="owner", marks=[pytest.mark.verify, pytest.mark.timeout(1_800)]),
     pytest.param(NOBODY, id="nobody", marks=[pytest.mark.verify, pytest.mark.timeout(1_800)])],
)  # fmt: skip
IDS = ["account:north", "account:south", "deal:d1", "deal:d2", "partner:bolt", "partner:dune", "product:view",
       "integration:view-flow", "account:none"]  # fmt: skip
BY_CORPUS = {("SearchHit", "score")}
"""What the full-text index computes over everything it holds."""
OF_THE_MOMENT = {("Provenance", "computedAt"), ("Provenance", "graphVersion")}
"""Of what is computed when asked for: the two graphs are asked one after the other, and are different versions."""


Query = tuple[str, dict[str, Any]]


def _queries(who: Viewer) -> list[Query]:
    def may(type_name: str, field: str) -> bool:
        if (type_name, field) in BY_CORPUS | OF_THE_MOMENT:
            return False
        return who is not PARTNER or (is_for_partners(type_name, field) and (type_name, field) != ("Query", "overlap"))

    return list(Walk(graphql_schema(), IDS, may).queries())


FILTERED = [
    ("{ partners(%s) { totalCount nodes { id } pageInfo { endCursor } } }" % argument, {})  # noqa: UP031
    for argument in (
        'where: {accounts: {some: {name: {eq: "South Retail"}}}}',
        'where: {accounts: {none: {name: {startsWith: "South"}}}}',
        "where: {accounts: {all: {region: {isNull: true}}}}",
        "where: {accounts: {count: {gte: 2}}}",
        'where: {deals: {some: {name: {contains: "South"}}}}',
        "where: {knownAccounts: {count: {eq: 0}}}",
        "first: 1, orderBy: [{by: ACCOUNTS_COUNT, direction: DESC}]",
        "where: {not: {accounts: {some: {products: {some: {isPlatform: {eq: true}}}}}}}",
    )
] + [
    ("{ accounts(%s) { totalCount nodes { id } } deals(first: 1) { totalCount nodes { id } } }" % argument, {})  # noqa: UP031
    for argument in (
        'where: {or: [{name: {contains: "o"}}, {deals: {count: {gt: 0}}}]}',
        "orderBy: [{by: CUSTOMER_SINCE}, {by: NAME, direction: DESC}]",
        'where: {domain: {eq: "south.com"}}',
    )
]


async def _answers(executor: Executor, who: Viewer, queries: list[Query]) -> list[Any]:
    found = []
    for text, variables in queries:
        answer = (await executor.execute(text, variables, viewer=who)).to_dict()
        answer.pop("extensions", None)
        found.append(answer)
    return found


@VIEWERS
async def test_every_field_answers_as_if_what_is_hidden_were_not_in_the_graph(
    graph: Database, settings: Settings, who: Viewer
) -> None:
    queries = [*_queries(who), *(FILTERED if who is not PARTNER else [])]
    seen = await _answers(Executor(graph, settings), who, queries)
    hidden = await graph.rows(f"MATCH (n) WHERE n.id IS NOT NULL AND NOT n:Ecograph AND NOT ({KEPT[who]}) RETURN n.id")
    assert hidden
    await graph.run_alone(f"MATCH (n) WHERE NOT ({KEPT[who]}) DETACH DELETE n")
    if who is PARTNER:  # nothing is shared; test_sharing has what is
        await graph.run_alone(f"MATCH (n:Account) REMOVE {', '.join(f'n.{name}' for name in SHAREABLE)}")
    without = await _answers(Executor(graph, settings), LOCAL, queries)
    for query, one, other in zip(queries, seen, without, strict=True):
        assert one == other, query
    told = json.dumps(seen)
    assert [identity for (identity,) in hidden if f'"{identity}"' in told] == []
    assert sum("errors" not in answer for answer in seen) > 0.7 * len(queries)


SECRETS = ("account:south", "south.com", "deal:d2", "South Retail")
UNKNOWN = ("account:none", "none.com", "deal:none", "No Body")


async def test_what_is_hidden_answers_exactly_as_what_is_not_there(executor: Executor) -> None:
    text = (
        "query Q($account: ID!, $domain: String!, $deal: ID!, $text: String!) { a: account(id: $account) { id } "
        "d: account(domain: $domain) { id } n: node(id: $account) { id } deal(id: $deal) { id account { id } } "
        "search(text: $text) { totalCount nodes { matched } } "
        "paths(from: $account, to: $deal) { truncated nodes { length } reason } }"
    )
    names = ("account", "domain", "deal", "text")
    hidden = await executor.execute(text, dict(zip(names, SECRETS, strict=True)), viewer=OWNER)
    unknown = await executor.execute(text, dict(zip(names, UNKNOWN, strict=True)), viewer=OWNER)
    assert hidden.to_dict() == unknown.to_dict()
    seen = await executor.execute(text, dict(zip(names, SECRETS, strict=True)))
    assert seen.data is not None
    assert seen.data["a"] == {"id": "account:south"}


async def test_a_partner_is_refused_what_is_not_for_partners(executor: Executor) -> None:
    for text, where in (
        ("{ ecosystem { signedPartners } }", "Query.ecosystem"),
        ("{ accounts { nodes { ownerKey } } }", "Account.ownerKey"),
        (
            '{ partner(id: "bolt") { ...P } } fragment P on Partner { strengthens { totalCount } }',
            "Partner.strengthens",
        ),
        ('{ account(externalId: {system: "crm", id: "1"}) { id } }', "externalId"),
        ('{ accounts(where: {name: {eq: "x"}}) { totalCount } }', "where"),
        ("{ accounts(orderBy: [{by: KEY}]) { totalCount } }", "orderBy"),
    ):
        answer = await executor.execute(text, viewer=PARTNER)
        (error,) = answer.errors
        assert error["extensions"]["code"] == "FORBIDDEN"
        assert where in error["message"]


async def test_what_a_computed_field_reads_is_what_is_seen(graph: Database) -> None:
    count = "MATCH (a:Account) RETURN count(a)"
    assert seen(graph, LOCAL) is graph
    assert await seen(graph, OWNER).value(count) == 1
    assert await seen(graph, NOBODY).rows(count) == [[0]]
    for write in (seen(graph, OWNER).write([(count, {})]), seen(graph, OWNER).run_alone(count)):
        with pytest.raises(Forbidden):
            await write


async def test_without_the_scope_nothing_is_answered(executor: Executor) -> None:
    answer = await executor.execute("{ __typename }", viewer=viewer("none", []))
    assert answer.is_request_error
    assert answer.errors[0]["extensions"]["code"] == "FORBIDDEN"


def test_what_partners_may_ask_for_is_in_the_schema() -> None:
    types = graphql_schema().type_map
    assert {(t, f) for t, fields in FIELDS.items() for f in fields if f not in types[t].fields} == set()  # type: ignore[attr-defined]


def test_a_viewer_is_narrow_or_may_write_not_both() -> None:
    assert viewer("x", ["admin"]).may(Scope.WRITE)
    assert viewer("x", ["read"], partner="bolt").partner == "partner:bolt"
    for given in ({"scopes": ["write"], "owners": ["u"]}, {"scopes": ["read"], "owners": ["u"], "partner": "bolt"},
                  {"scopes": ["root"]}):  # fmt: skip
        with pytest.raises(BadInput):
            viewer("x", **given)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        viewer("x", ["read"]).require(Scope.ADMIN)


A = "ownerKey IN $viewerOwners"
ALL = (
    "(NOT {0}:Account OR {0}.ownerKey IN $viewerOwners) AND (NOT {0}:Deal OR EXISTS {{ "
    "({0})-[:WITH]->(viewerAccount:Account) WHERE viewerAccount.ownerKey IN $viewerOwners }}) "
    "AND NOT {0}:ApiKey|SourceRecord|MatchPair|SharingRule|Job"
)


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("MATCH (a:Account) RETURN a", f"MATCH (a:Account WHERE a.{A}) RETURN a"),
        ("MATCH (a:Account {id: $p}) RETURN a", f"MATCH (a:Account {{id: $p}} WHERE a.{A}) RETURN a"),
        ("MATCH (a:Account WHERE a.x OR a.y)", f"MATCH (a:Account WHERE (a.x OR a.y) AND a.{A})"),
        ("MATCH (p:Partner)-[:R]->(:Account)", f"MATCH (p:Partner)-[:R]->(seen1:Account WHERE seen1.{A})"),
        ("MATCH (x) RETURN x", f"MATCH (x WHERE {ALL.format('x')}) RETURN x"),
        ("MATCH (p:Partner) RETURN COUNT { (p)-[:R]->() }",
         f"MATCH (p:Partner) RETURN COUNT {{ (p)-[:R]->(seen1 WHERE {ALL.format('seen1')}) }}"),
        ("MATCH (n:Partner|Account)", f"MATCH (n:Partner|Account WHERE (NOT n:Account OR n.{A}))"),
        ("MATCH (n:!Company)", f"MATCH (n:!Company WHERE {ALL.format('n')})"),
        ("MATCH (a:Account)-[:R]->(p:Partner) WHERE (a)-[:S]->(p)",
         f"MATCH (a:Account WHERE a.{A})-[:R]->(p:Partner) WHERE (a)-[:S]->(p)"),
        ("CALL (p) { MATCH (p)-[:R]->(a:Account) RETURN a UNION MATCH (p:Partner)--(a) RETURN a }",
         f"CALL (p) {{ MATCH (p WHERE {ALL.format('p')})-[:R]->(a:Account WHERE a.{A}) RETURN a "
         f"UNION MATCH (p:Partner)--(a WHERE {ALL.format('a')}) RETURN a }}"),
        ("MATCH (a:Account) CALL (a) { WITH a AS b MATCH (b)-[:R]->(c:Company) RETURN c } RETURN c",
         f"MATCH (a:Account WHERE a.{A}) CALL (a) {{ WITH a AS b MATCH (b)-[:R]->(c:Company) RETURN c }} RETURN c"),
        ("MATCH (a:Account) WITH count(a) AS n MATCH (a)-[:R]->(:Company)",
         f"MATCH (a:Account WHERE a.{A}) WITH count(a) AS n MATCH (a WHERE {ALL.format('a')})-[:R]->(:Company)"),
        ("MATCH (p:Partner) CALL () { MATCH (p)-[:R]->(:Company) RETURN 1 AS one }",
         f"MATCH (p:Partner) CALL () {{ MATCH (p WHERE {ALL.format('p')})-[:R]->(:Company) RETURN 1 AS one }}"),
        ("RETURN ['(a:Account)', \"(:Account)\", `(a:Account)`] // (a:Account)", None),
        ("CALL db.index.fulltext.queryNodes('i', $e) YIELD node, score WHERE score > 1 OR node.x RETURN node",
         f"CALL db.index.fulltext.queryNodes('i', $e) YIELD node, score WITH * WHERE {ALL.format('node')} WITH *\n"
         "WHERE score > 1 OR node.x RETURN node"),
        ("RETURN (COUNT { (:Company) } + 0), count(x), (x), datetime()", None),
        ("MATCH (p:Partner) WHERE p.name STARTS WITH 'a' AND (p)-[:R]->(:Company) RETURN (p)", None),
    ],
)  # fmt: skip
def test_every_node_pattern_gets_its_predicate(text: str, guarded: str | None) -> None:
    assert guard(text, OWNER) == (guarded or text)
    assert guard(text, LOCAL) == text


def _asked_for(field: Any) -> set[str]:
    """The named queries that a field of the schema runs."""
    spec = spec_of(field)
    calls = [getattr(spec, "call", None), getattr(spec, "why", None)]
    return {call.query for call in calls if call is not None} | {*getattr(spec, "queries", ())}


def test_procedures_that_know_no_viewer_answer_no_request() -> None:
    types = [named for named in graphql_schema().type_map.values() if isinstance(named, GraphQLObjectType)]
    asked = set().union(*(_asked_for(field) for named in types for field in named.fields.values()))
    assert "strengthened_by" in asked
    assert [name for name in sorted(asked) if "gds." in catalog()[name].text] == []


@pytest.mark.parametrize("query", [q for q in catalog().values() if "gds." not in q.text], ids=lambda q: q.name)
def test_a_procedure_yields_nodes_by_the_name_that_is_checked(query: Any) -> None:
    for yielded in re.findall(r"CALL db\.index\.\S+\(.*?\) YIELD ([^\n]*)", query.text):
        assert yielded.startswith("node,")
    assert len(re.findall(r"\bYIELD\b", query.text)) == len(re.findall(r"CALL db\.index\.", query.text))
