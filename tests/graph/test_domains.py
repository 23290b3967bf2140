from __future__ import annotations

import polars as pl
import pytest

from ecograph.graph.domains import domain_of, public_hosts, shared_domains


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.capitalone.com/tech/", "capitalone.com"),
        ("kubrix.io", "kubrix.io"),
        ("https://www.gov.uk/government/x", None),
        ("https://hmcts.service.gov.uk", "hmcts.service.gov.uk"),
        ("acme.github.io", "acme.github.io"),
        ("github.io", None),
        ("URL", None),
        ("Argo CD", None),
        ("10.0.0.1", None),
        ("", None),
    ],
)
def test_the_domain_of_an_address(address: str, domain: str | None) -> None:
    assert domain_of(address) == domain


def shared(pairs: list[tuple[str, str]], declared: tuple[str, ...] = ()) -> set[str]:
    return shared_domains(pl.Series([d for d, _ in pairs]), pl.Series([n for _, n in pairs]), declared)


def test_three_unrelated_companies_share_a_site() -> None:
    assert shared([("forge.com", name) for name in ("Kubrix", "Batumbu", "Polarpoint")]) == {"forge.com"}


def test_two_unrelated_names_may_be_a_renamed_company() -> None:
    assert shared([("daangnpay.com", "DaangnPay"), ("daangnpay.com", "KarrotPay")]) == set()


@pytest.mark.parametrize(
    ("domain", "names"),
    [
        ("sap.com", ["SAP", "SAP Hybris", "SAP SE", "Sap Labs"]),
        ("vshn.ch", ["VSHN", "VSHN - The DevOps Company", "VSHN AG - APPUiO Cloud"]),
        ("iits-consulting.de", ["IITS Consulting", "IITS-Consulting", "iits-consulting"]),
    ],
)
def test_names_that_are_related_are_one_company(domain: str, names: list[str]) -> None:
    assert shared([(domain, name) for name in names]) == set()


def test_common_words_relate_nobody() -> None:
    assert shared([("forge.com", name) for name in ("Kubrix Labs", "Batumbu Labs", "Polarpoint Labs")]) == {"forge.com"}


def test_what_a_mapping_declares_is_shared() -> None:
    assert shared([("cncf.io", "Spotify")], ("https://www.cncf.io",)) == {"cncf.io"}


def test_a_host_of_very_many_is_told_in_no_time() -> None:
    assert shared([("forge.com", f"Company{number}x") for number in range(50_000)]) == {"forge.com"}


@pytest.mark.parametrize(
    ("domain", "name", "is_public"),
    [
        ("gmail.com", "Mail Only", True),
        ("github.com", "Codefolk", True),
        ("github.com", "GitHub, Inc.", False),
        ("t-online.de", "T-Online", False),
        ("seznam.cz", "Seznam.cz", False),
        ("bit.ly", None, True),
        ("sky.com", "Skyline", True),
        ("kubrix.io", "Kubrix", False),
        (None, "Kubrix", False),
    ],
)
def test_a_public_host_is_its_owners_alone(domain: str | None, name: str | None, is_public: bool) -> None:
    columns = (pl.Series([value], dtype=pl.String) for value in (domain, name))
    assert public_hosts(*columns).to_list() == [is_public]
