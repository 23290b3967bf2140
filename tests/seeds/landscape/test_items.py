from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ecograph.graph.errors import BadInput
from ecograph.seeds.landscape import read_landscape
from ecograph.seeds.landscape.items import read_items

Write = Callable[..., Path]
HEAD = "landscape:\n- name: Members\n  subcategories:\n  - name: Gold\n    items:\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"is no landscape file"),
        ("- a", r"is no landscape file"),
        ("categories: []", r"is no landscape file"),
        ("landscape: x", r":1: `landscape` is no list"),
        ("landscape: [x]", r"`landscape` holds something that is no mapping"),
        ("landscape:\n- subcategories: []", r":2: a category has no name"),
        ("landscape:\n- name: A\n  subcategories:\n  - items: []", r":4: a subcategory has no name"),
        ("landscape:\n- name: A\n  subcategories:\n  - name: B\n    items: x", r":5: `items` is no list"),
        ("landscape:\n- name: A\n  name: B\n  subcategories: []", r":3: the key `name` stands twice"),
    ],
)
def test_what_is_no_landscape_is_refused(write: Write, content: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read_landscape([write(content)])


@pytest.mark.parametrize(
    ("item", "line", "column", "reason"),
    [
        ("{homepage_url: https://acme.example}", 6, "name", "is missing"),
        ("{name: ' '}", 6, "name", "is missing"),
        ("{name: [A]}", 6, "name", "is no text"),
        ("{name: A, joined: 2023-02-31}", 6, "joined", "is a day that does not exist"),
        ("{name: A, joined: soon}", 6, "joined", "is no date such as 2024-03-31"),
        ("{name: A, joined: 2023-02}", 6, "joined", "is no date such as 2024-03-31"),
        (
            "\n      name: A\n      extra:\n        accepted: 2023-13-01",
            9,
            "accepted",
            "is a day that does not exist",
        ),
        ("\n      name: A\n      extra: x", 8, "extra", "is no mapping"),
        (
            "\n      name: A\n      joined: 2020-01-01\n      joined: 2021-01-01",
            9,
            "joined",
            "stands twice in one item",
        ),
        ("{name: A, crunchbase: 'https://[x'}", 6, "crunchbase", "is no address"),
        (
            "{name: A, crunchbase: 'https://x.example/organization/a%00b'}",
            6,
            "crunchbase",
            "names no company",
        ),
        (f"{{name: {'A' * 201}}}", 6, "name", "is longer than 200 characters"),
        (f"{{name: A, organization: {'A' * 201}}}", 6, "organization", "is longer than 200 characters"),
        ("just text", 5, "items", "is no item"),
    ],
)
def test_bad_items_are_named_and_left_out(write: Write, item: str, line: int, column: str, reason: str) -> None:
    path = write(f"{HEAD}    - {item}\n    - {{name: Good}}\n")
    dataset = read_landscape([path])
    assert [(bad.file, bad.line, bad.column, bad.reason) for bad in dataset.bad] == [(str(path), line, column, reason)]
    partners = next(t for t in dataset.tables if t.kind.table == "partner")
    assert partners.rows["key"].to_list() == ["good"]


def test_bad_products_of_earlier_years_do_not_matter(write: Write, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    bad_product = "- name: Tools\n  subcategories:\n  - {name: CI, items: [{repo_url: x}]}\n"
    write(f"{HEAD}    - {{name: Good}}\n{bad_product}", "old/2020-01-01.yml")
    write(f"{HEAD}    - {{joined: 2020-01-01}}\n", "old/2021-01-01.yml")
    dataset = read_landscape([write(f"{HEAD}    - {{name: Good}}\n")], history=tmp_path / "old")
    assert [(Path(bad.file).name, bad.line, bad.column) for bad in dataset.bad] == [("2021-01-01.yml", 6, "name")]


def test_fields(write: Write) -> None:
    path = write(
        HEAD
        + """    - name: "  Acme   Corp "
      crunchbase: https://www.companies.example/organization/Acme-Corp/?utm=1
      enduser: true
      unnamed_organization: no
      joined: 2021-3-1
      second_path: Tools / CI / CD
      extra:
        accepted: "2020-01-02T00:00:00Z"
        summary_integrations: [Helm, Flux]
        summary_integration: Argo
    - {name: B, organization: {name: B Inc}, second_path: [A / B, C / D]}
    - {name: C, organization: "https://www.companies.example/organization/c-labs"}
    - {name: D, crunchbase: https://www.foundation.example/}
    - {name: 2024, extra: }
    - name: E
      twitter: ~
"""
    )
    first, second, third, fourth, fifth, sixth = read_items(path).items
    assert (first.name, first.key, first.line, first.joined) == (
        "Acme Corp",
        "acme-corp",
        6,
        date(2021, 3, 1),
    )
    assert (first.is_end_user, first.is_unnamed, first.accepted) == (True, False, date(2020, 1, 2))
    assert first.other_paths == (("Tools", "CI / CD"),)
    assert first.integrations == ("Helm", "Flux", "Argo")
    assert (second.key, second.organization, second.other_paths) == (None, "B Inc", (("A", "B"), ("C", "D")))
    assert (third.key, third.organization) == ("c-labs", None)
    assert fourth.key is None
    assert fifth.name == "2024"
    assert sixth.name == "E"


def test_sections_without_items(write: Write) -> None:
    path = write("landscape:\n- name: A\n  subcategories:\n  - name: B\n    items:\n- name: C\n  subcategories:\n")
    assert read_landscape([path]).tables == ()
