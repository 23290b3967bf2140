from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.graph.model import (
    BY_TYPE,
    EDGES,
    NODES,
    edge_key,
    from_minor,
    key_problem,
    kind_of,
    node_id,
    registrable_domain,
    slug,
    to_minor,
)


@given(st.integers(-(10**15), 10**15), st.sampled_from(["USD", "EUR", "JPY", "KWD"]))
def test_money_survives_its_decimal_form(minor: int, currency: str) -> None:
    assert to_minor(from_minor(minor, currency), currency) == minor


@pytest.mark.parametrize("text", ["1,234.50", "$5", "", "1e3", "nan", "1.234", "9" * 20])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"decimal|digits|number|large"):
        to_minor(text, "USD")


def test_amounts_of_any_number_type() -> None:
    assert to_minor(Decimal("1.5"), "USD") == 150
    assert to_minor(3, "JPY") == 3
    assert from_minor(1234, "KWD") == "1.234"


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.capitalone.com/tech/", "capitalone.com"),
        ("WWW.Example.CO.UK", "example.co.uk"),
        ("someone@mail.example.org", "example.org"),
        ("acme.github.io", "acme.github.io"),
        ("https://bücher.example.de/x", "example.de"),
        ("192.168.0.1", None),
        ("com", None),
        ("not an address", None),
        ("", None),
    ],
)
def test_registrable_domains(address: str, domain: str | None) -> None:
    assert registrable_domain(address) == domain


def test_ids_name_their_kind() -> None:
    for kind in NODES:
        identity = node_id(kind, "a:b")
        assert kind_of(identity) is kind
    assert kind_of("acme") is None
    assert kind_of("partner:") is None


@pytest.mark.parametrize(
    ("key", "is_good"),
    [("acme", True), ("urn:acme:1", True), ("", False), (" a", False), ("partner:acme", False), ("a\nb", False),
     ("x" * 501, False)],
)  # fmt: skip
def test_keys(key: str, is_good: bool) -> None:
    assert (key_problem(key) is None) is is_good


@given(st.text(max_size=40))
def test_slugs_are_keys(text: str) -> None:
    assert key_problem(slug(text)) is None


def test_edge_keys_tell_apart_what_differs() -> None:
    uses, allied = BY_TYPE["USES"], BY_TYPE["ALLIED_WITH"]
    day = date(2025, 1, 1)
    keys = {
        edge_key("s", uses, "account:a", "product:b", None),
        edge_key("s", uses, "account:a", "product:b", day),
        edge_key("t", uses, "account:a", "product:b", day),
        edge_key("s", uses, "account:a", "product:c", day),
        edge_key("s", BY_TYPE["KNOWS"], "partner:a", "account:b", day, "CUSTOMER"),
        edge_key("s", BY_TYPE["KNOWS"], "partner:a", "account:b", day, "PROSPECT"),
    }
    assert len(keys) == 6
    assert edge_key("s", allied, "partner:a", "partner:b", day) == edge_key("s", allied, "partner:b", "partner:a", day)


def test_the_model_refers_to_itself_correctly() -> None:
    labels = {kind.label for kind in NODES}
    for edge in EDGES:
        assert {end for pair in edge.ends for end in pair} <= labels
        assert edge.discriminator is None or edge.discriminator in {p.name for p in edge.properties}
    for node in NODES:
        assert all(type_ in BY_TYPE for _, type_, _ in node.inline)
        assert {name for span in node.spans for name in span} <= {p.name for p in node.properties}
    tables = [kind.table for kind in (*NODES, *EDGES)]
    assert len(tables) == len(set(tables))
