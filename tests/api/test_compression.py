"""Compressed answers: for those who can read them, and from a size on."""

from __future__ import annotations

import httpx
import pytest

LARGE = {"query": "{ __schema { types { name description fields { name description } } } }"}
SMALL = {"query": "{ __typename }"}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip", "gzip"), ("br, gzip", "br"), ("gzip, br, zstd", "zstd"), ("identity", None), ("gzip;q=0", None)],
)
@pytest.mark.parametrize("kind", ["application/json", "application/graphql-response+json"])
def test_large_answers_are_compressed(served: str, accepted: str, encoding: str | None, kind: str) -> None:
    headers = {"accept-encoding": accepted, "accept": kind}
    with httpx.Client(base_url=served, headers=headers, timeout=60) as client:
        large = client.post("/graphql", json=LARGE)
        small = client.post("/graphql", json=SMALL)
    assert large.headers.get("content-encoding") == encoding
    assert "Accept-Encoding" in large.headers["vary"]
    assert {"name": "Partner"}.items() <= next(
        t for t in large.json()["data"]["__schema"]["types"] if t["name"] == "Partner"
    ).items()
    assert "content-encoding" not in small.headers
    assert small.json()["data"] == {"__typename": "Query"}
