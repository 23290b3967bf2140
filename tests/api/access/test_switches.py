"""CORS, introspection and GraphiQL as they are set; addresses that are not loopback."""

from __future__ import annotations

import pytest
from access_support import QUESTION, Serve, code_of

from ecograph.graph.errors import SettingsError

ORIGIN = "https://intranet.example"


async def test_no_other_origin_may_read_unless_it_is_named(serve: Serve) -> None:
    for given, allowed in (((), None), ((ORIGIN,), ORIGIN)):
        http = await serve(cors_origins=given)
        asked = await http.options(
            "/graphql", headers={"origin": ORIGIN, "access-control-request-method": "POST",
                                 "access-control-request-headers": "authorization,content-type"},
        )  # fmt: skip
        assert asked.headers.get("access-control-allow-origin") == allowed
        answer = await http.post("/graphql", json=QUESTION, headers={"origin": ORIGIN})
        assert answer.headers.get("access-control-allow-origin") == allowed
        assert "access-control-allow-credentials" not in answer.headers
        other = await http.post("/graphql", json=QUESTION, headers={"origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize("origin", ["*", "intranet.example", "https://x.example/", "null", "https://*.example"])
async def test_an_origin_is_written_in_full(serve: Serve, origin: str) -> None:
    with pytest.raises(SettingsError):
        await (await serve(cors_origins=(origin,))).get("/healthz")


async def test_the_schema_is_told_only_where_it_may_be(serve: Serve) -> None:
    asked = ("{ __schema { queryType { name } } }", '{ ...S } fragment S on Query { __type(name: "Partner") { name } }')
    for given, answers in (({}, True), ({"introspection": False}, False),
                           ({"host": "0.0.0.0", "auth": ()}, False)):  # fmt: skip
        http = await serve(**given)
        for text in asked:
            answer = await http.post("/graphql", json={"query": text})
            assert ("data" in answer.json()) is answers
            if not answers:
                assert code_of(answer) == "INTROSPECTION_DISABLED"
        wrong = await http.post("/graphql", json={"query": "{ partner { nam } partnes { totalCount } }"})
        assert ("Did you mean" in wrong.text) is answers
        assert (await http.post("/graphql", json={"query": "{ __typename }"})).json()["data"] == {"__typename": "Query"}


async def test_graphiql_is_served_only_where_it_may_be(serve: Serve) -> None:
    for given, status in (({"graphiql": False}, 404), ({"host": "0.0.0.0", "auth": ("key",)}, 401)):
        answer = await (await serve(**given)).get("/graphiql")
        assert answer.status_code == status
