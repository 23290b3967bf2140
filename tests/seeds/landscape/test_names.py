from __future__ import annotations

import pytest

from ecograph.seeds.landscape.names import (
    compact,
    is_abbreviation,
    name_of_key,
    recurring_remarks,
    split_remark,
    strip_remarks,
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Open Telemetry", "OpenTelemetry"),
        ("cert-manager", "CertManager"),
        ("Zoë & Co.", "zoe and co"),
        ("Ａ1", "a1"),
    ],
)
def test_spellings_of_one_name(first: str, second: str) -> None:
    assert compact(first) == compact(second)


def test_signs_tell_names_apart() -> None:
    assert len({compact(name) for name in ("C", "C++", "C#")}) == 3


def test_remarks() -> None:
    assert split_remark("Acme (member)") == ("Acme", "member")
    assert split_remark("Acme") == ("Acme", None)
    assert split_remark("(member)") == ("(member)", None)
    remarks = recurring_remarks(["A (member)", "B (Member)", "C (member)", "D (EU)"], least=3)
    assert remarks == {"member"}
    assert strip_remarks("Kube Service (KS) (Member)", remarks) == "Kube Service (KS)"


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("OPA", "Open Policy Agent", True),
        ("KCSP", "Kubernetes Certified Service Provider", True),
        ("KCNTP", "Kubernetes and Cloud Native Training Partner", True),
        ("TGI", "text-generation-inference", True),
        ("Cisco", "AppDynamics", False),
        ("A", "Acme", False),
    ],
)
def test_abbreviations(short: str, long: str, expected: bool) -> None:
    assert is_abbreviation(short, long) is expected


def test_names_of_keys() -> None:
    assert name_of_key("acme-labs-1d80") == "Acme Labs"
    assert name_of_key("bronto-8713") == "Bronto"
    assert name_of_key("lf-energy") == "LF Energy"
    assert name_of_key("the-cafe") == "The Cafe"
    assert name_of_key("-") == "-"
