"""The companies of the cloud-native landscape against those of the adopter lists."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from ecograph.graph.matching import Matches, match
from ecograph.graph.model import registrable_domain
from ecograph.seeds.landscape.items import Item, read_items
from ecograph.seeds.landscape.names import compact, name_of_key, split_remark

Side = tuple[str, str | None]


def _company(item: Item) -> str:
    """The company of a card: its own name if it is a member's or bears the company key, else what the key spells."""
    if item.key is None or "Member" in item.category or compact(item.key).startswith(compact(item.name)):
        return split_remark(item.name)[0]
    return name_of_key(item.key)


@pytest.fixture(scope="module")
def sides(real_data: Path) -> dict[str, dict[Side, str | None]]:
    """By list: (name, registrable domain) → the address as it is written."""
    landscape = {
        (_company(item), registrable_domain(item.homepage or "")): item.homepage
        for item in read_items(real_data / "landscape.yml").items
    }
    with (real_data / "adopters.csv").open(encoding="utf-8") as file:
        adopters = {
            (row["account_name"], registrable_domain(row["website"])): row["website"] or None
            for row in csv.DictReader(file)
        }
    return {"landscape": dict(landscape), "adopters": dict(adopters)}


@pytest.fixture(scope="module")
def found(sides: dict[str, dict[Side, str | None]]) -> Matches:
    rows = [
        (f"{name}|{domain or ''}|{of}", of, name, [address] if address else [], None)
        for of, known in sides.items()
        for (name, domain), address in known.items()
    ]
    schema = {"row": pl.String(), "list": pl.String(), "name": pl.String(), "domains": pl.List(pl.String())}
    return match(pl.DataFrame(rows, schema=schema | {"duns": pl.String()}, orient="row"))


@pytest.fixture(scope="module")
def pairs(found: Matches) -> dict[tuple[Side, Side], dict[str, Any]]:
    """(adopter, landscape) → the pair."""
    table = {}
    for pair in found.pairs.to_dicts():
        ends = {row.split("|")[2]: row.split("|")[:2] for row in (pair["left"], pair["right"])}
        (one, its), (other, others) = ends["adopters"], ends["landscape"]
        table[(one, its or None), (other, others or None)] = pair
    return table


NO_COMPANYS_OWN = {"cncf.io", "k8s.io"}
"""A foundation's site, on which Spotify's case study stands; and a project's, which is no company on either list."""
ELSEWHERE = {"anchore.com", "loom.com"}
"""Only an address other than the homepage of a card has it: Anchore's blog, and a video of a project at Loom."""

RIGHT: list[tuple[Side, Side]] = [
    (("Capital One", "capitalone.com"), ("Capital One", "capitalone.com")),
    (("Akamai Technologies", "akamai.com"), ("Akamai", "akamai.com")),
    (("Amadeus IT Group", "amadeus.com"), ("Amadeus", "amadeus.com")),
    (("Thales Group", "thalesgroup.com"), ("Thales", "thalesgroup.com")),
    (("Deutsche Telekom", "telekom.com"), ("Deutsche Telekom AG", "telekom.com")),
    (("Arrikto Inc.", "arrikto.com"), ("Arrikto", "arrikto.com")),
    (("Kong Inc.", "konghq.com"), ("Kong", "konghq.com")),
    (("B1 Systems GmbH", "b1-systems.de"), ("B1 Systems", "b1-systems.de")),
    (("VEXXHOST, Inc.", "vexxhost.com"), ("VEXXHOST", "vexxhost.com")),
    (("Puzzle ITC", "puzzle.ch"), ("Puzzle ITC AG", "puzzle.ch")),
    (("SAP SE", "sap.com"), ("SAP", "sap.com")),
    (("Previder BV", "previder.nl"), ("Previder", "previder.nl")),
    (("Platform9 Systems", "platform9.com"), ("Platform9", "platform9.com")),
    (("VSHN - The DevOps Company", "vshn.ch"), ("VSHN AG", "vshn.ch")),
    (("Salad Technologies", "salad.com"), ("Salad", "salad.com")),
    (("Wiz Security", "wiz.io"), ("Wiz", "wiz.io")),
    (("CoreWeave Cloud", "coreweave.com"), ("CoreWeave", "coreweave.com")),
    (("Wehkamp", "wehkamp.nl"), ("Wehkamp Retail Group", "wehkamp.nl")),
    (("Volvo Cars", "volvocars.com"), ("Volvo", "volvocars.com")),
    (("Ænix", "aenix.io"), ("Ænix", "aenix.io")),
    # Renamed: the company key still spells the former name.
    (("Kubermatic", "kubermatic.com"), ("Loodse GMBH", "kubermatic.com")),
    (("SingleStore", "singlestore.com"), ("Memsql", "singlestore.com")),
    (("Grafana Labs", "grafana.com"), ("Raintank", "grafana.com")),
    (("TraefikLabs", "traefik.io"), ("Containous", "traefik.io")),
    (("Ant Group", "antgroup.com"), ("Ant Financial", "antgroup.com")),
    # At a public host of their own, or at one of others.
    (("Docker", "docker.com"), ("Docker", "docker.com")),
    (("GitLab", "gitlab.com"), ("GitLab", "gitlab.com")),
    # By name alone: one of them has no site of its own on its list.
    (("Spotify", "cncf.io"), ("Spotify", "spotify.com")),
    (("Anchore", "anchore.com"), ("Anchore Inc", "github.com")),
    (("Red Hat", "redhat.com"), ("Red Hat", "quay.io")),
]

FOR_A_PERSON: list[tuple[Side, Side]] = [
    (("G-Research", "gresearch.com"), ("G-Research", "gresearch.co.uk")),
    (("T-Systems International GmbH", "t-cloud.com"), ("T-Systems", "t-systems.com")),
    (("Zalando", "zalando.com"), ("Zalando", "zalando.de")),
    (("Ebay", "ebay.co.uk"), ("eBay", "ebay.com")),
    (("Swisscom", "swisscom.ch"), ("Swisscom", "swisscom.com")),
]
"""One company each, which names and domains that differ do not prove."""

WRONG: list[tuple[Side, Side]] = [
    (("Control Plane", "control-plane.io"), ("Control Plane Corporation", "controlplane.com")),
    (("Yahoo! JAPAN", "yahoo.co.jp"), ("Yahoo", "yahoo.com")),
    (("LUNAR", "lunar.app"), ("Lunar.dev", "lunar.dev")),
    (("Clever", "clever.com"), ("Clever Cloud", "clever-cloud.com")),
    (("CLVR Cloud Ltd", "clvr.cloud"), ("Clever Cloud", "clever-cloud.com")),
    (("Luminar", "luminartech.com"), ("Luminal", "fugue.co")),
    (("Graviti", "graviti.com"), ("Gravitee.io", "gravitee.io")),
    (("Bucketplace", "bucketplace.co.kr"), ("Bucket", "bucket.co")),
    (("manager.cl", "manager.cl"), ("ManageIQ", "manageiq.org")),
    (("GoTo", "goto.com"), ("Goto Metrics", "zettaset.com")),
    (("GoTo Financial", "gotocompany.com"), ("Goto Metrics", "zettaset.com")),
    (("Cloud Scale", "cloudscaleinc.com"), ("cloudscale.ch", "cloudscale.ch")),
    (("Cloud Posse", "cloudposse.com"), ("Cloud", "infoscale.com")),
    (("OneSignal", "onesignal.com"), ("AppSignal", "appsignal.com")),
    (("Mercedes-Benz Tech Innovation", "mercedes-benz-techinnovation.com"), ("Airlock", "airlock.com")),
]
"""Companies that have nothing to do with each other, but like names."""


def test_the_domains_that_both_lists_have(
    sides: dict[str, dict[Side, str | None]], pairs: dict[tuple[Side, Side], dict[str, Any]]
) -> None:
    shared = _domains(sides["adopters"]) & _domains(sides["landscape"])
    found = {one[1] for (one, other), pair in pairs.items() if pair["verdict"] == "SAME" and one[1] == other[1]}
    assert len(shared) == 143
    assert shared - found == NO_COMPANYS_OWN


def test_the_count_is_that_of_the_files_themselves(real_data: Path, sides: dict[str, dict[Side, str | None]]) -> None:
    """Counted from the raw files, with nothing of ours but the public suffix list."""
    categories = yaml.load((real_data / "landscape.yml").read_text("utf-8"), yaml.CSafeLoader)["landscape"]
    cards = [item for one in categories for part in one["subcategories"] or () for item in part["items"] or ()]
    with (real_data / "adopters.csv").open(encoding="utf-8") as file:
        adopters = {registrable_domain(row["website"]) for row in csv.DictReader(file)} - {None}
    homepages = {registrable_domain(card.get("homepage_url") or "") for card in cards} - {None}
    everywhere = {registrable_domain(address) for card in cards for address in _addresses(card)} - {None}
    assert len(adopters & homepages) == 143
    assert adopters & homepages == _domains(sides["adopters"]) & _domains(sides["landscape"])
    assert adopters & everywhere == (adopters & homepages) | ELSEWHERE


def _domains(side: Iterable[Side]) -> set[str]:
    return {domain for _, domain in side if domain is not None}


def _addresses(card: Any) -> Iterator[str]:
    """Every address that stands anywhere on a card."""
    if isinstance(card, (dict, list)):
        for inner in card.values() if isinstance(card, dict) else card:
            yield from _addresses(inner)
    elif isinstance(card, str) and card.startswith("http"):
        yield card


@pytest.mark.parametrize(
    "pair",
    [(("Spotify", "cncf.io"), ("Spotify", "spotify.com")), (("Anchore", "anchore.com"), ("Anchore Inc", "github.com"))],
)
def test_companies_whose_domain_does_not_tell_are_found_by_name(
    pair: tuple[Side, Side], pairs: dict[tuple[Side, Side], dict[str, Any]]
) -> None:
    assert pairs[pair]["verdict"] == "SAME"
    assert any("name" in reason for reason in pairs[pair]["reasons"])


def test_what_is_no_company_of_the_landscape_is_tied_to_none(pairs: dict[tuple[Side, Side], dict[str, Any]]) -> None:
    assert [pair for pair in pairs if pair[0][1] in ("k8s.io", "loom.com")] == []


def test_some_are_told_by_name_or_company_key_alone(pairs: dict[tuple[Side, Side], dict[str, Any]]) -> None:
    by_name = [pair for (one, other), pair in pairs.items() if pair["verdict"] == "SAME" and one[1] != other[1]]
    assert len(by_name) >= 8
    assert all(any("name" in reason for reason in pair["reasons"]) for pair in by_name)


@pytest.mark.parametrize("pair", RIGHT, ids=lambda pair: f"{pair[0][0]} {pair[1][0]}")
def test_known_to_be_right(pair: tuple[Side, Side], pairs: dict[tuple[Side, Side], dict[str, Any]]) -> None:
    assert pairs[pair]["verdict"] == "SAME", pairs[pair]["reasons"]


@pytest.mark.parametrize("pair", FOR_A_PERSON, ids=lambda pair: f"{pair[0][0]} {pair[1][0]}")
def test_left_to_a_person(pair: tuple[Side, Side], pairs: dict[tuple[Side, Side], dict[str, Any]]) -> None:
    assert pairs[pair]["verdict"] == "REVIEW", pairs[pair]["reasons"]


@pytest.mark.parametrize("pair", WRONG, ids=lambda pair: f"{pair[0][0]} {pair[1][0]}")
def test_known_to_be_wrong(
    pair: tuple[Side, Side], sides: dict[str, dict[Side, str | None]], pairs: dict[tuple[Side, Side], dict[str, Any]]
) -> None:
    assert pair[0] in sides["adopters"]
    assert pair[1] in sides["landscape"]
    assert pairs.get(pair, {"verdict": "DIFFERENT"})["verdict"] != "SAME"
