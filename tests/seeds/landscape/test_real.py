"""The real landscape: its counts, and who strengthens whom. Nothing of it is kept here."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ecograph.graph.load.tables import Dataset
from ecograph.graph.load.validate import validate
from ecograph.graph.model import registrable_domain
from ecograph.seeds.landscape import MembersAs, read_landscape


def rows(dataset: Dataset, table: str) -> list[dict[str, Any]]:
    return [row for t in dataset.tables if t.kind.table == table for row in t.rows.to_dicts()]


@pytest.fixture(scope="module")
def real(real_data: Path) -> Dataset:
    started = time.monotonic()
    dataset = read_landscape([real_data / "landscape.yml"], history=real_data / "landscape-history")
    assert time.monotonic() - started < 20
    return dataset


def test_all_of_it_can_be_loaded(real: Dataset) -> None:
    assert not real.bad
    for table in real.tables:
        assert not validate(table)[1], table.kind.table


def test_counts_agree_with_the_file(real: Dataset) -> None:
    notes = "\n".join(real.notes)
    for said in (
        "720 items with a date of joining",
        "635 dated of members → 635 partners with joinedOn",
        "72 dated of end users → 1 partner with joinedOn, 71 accounts without a date",
        "13 dated in sections of products or services",
        "199 items of Kubernetes Certified Service Provider → 199 partners of type SERVICE",
        "46 items of Kubernetes and Cloud Native Training Partner → 46 partners of type SERVICE",
    ):
        assert said in notes
    partners = rows(real, "partner")
    present = [p for p in partners if p["tier"] and not p["leftOn"]]
    assert (len(present), sum(p["joinedOn"] is not None for p in present)) == (641, 635)
    certified = [c for c in rows(real, "certified_for") if c["level"] == "Service Provider"]
    assert len(certified) == 199
    assert {c["to"] for c in certified} == {"product:kubernetes"}


def test_the_foundation_is_the_company(real: Dataset) -> None:
    assert [c["key"] for c in rows(real, "company")] == ["cloud-native-computing-foundation"]
    assert "cloud-native-computing-foundation" not in {p["key"] for p in rows(real, "partner")}


def test_a_domain_identifies_at_most_one_partner_and_one_account(real: Dataset) -> None:
    for table in ("partner", "account"):
        domains = [domain for row in rows(real, table) for domain in row["domains"] or ()]
        assert len(domains) == len(set(domains))
        assert all(registrable_domain(domain) == domain for domain in domains)


def test_who_strengthens_an_account_that_uses_opentelemetry(real: Dataset) -> None:
    account = next(a for a in rows(real, "account") if "capitalone.com" in (a["domains"] or ()))
    assert account["key"] == "capital-one"
    joined = {c["from"] for c in rows(real, "connects") if c["to"] == "product:opentelemetry"}
    builders = {b["from"].partition(":")[2] for b in rows(real, "builds") if b["to"] in joined}
    assert builders == {
        "broadcom-software",
        "bronto-8713",
        "causely-509c",
        "dash0",
        "groundcover",
        "lf-artificial-intelligence-foundation",
        "okahu",
        "oodle-ai",
        "vmware",
        "yandex",
    }
    assert not {p["key"] for p in rows(real, "partner") if p["leftOn"]} & builders


def test_leaving_and_renaming(real: Dataset) -> None:
    partners = {p["key"]: p for p in rows(real, "partner")}
    assert "loodse-gmbh" not in partners
    assert "crunchbase:loodse-gmbh" in partners["kubermatic"]["externalIds"]
    assert partners["kubermatic"]["leftOn"] is None
    left = [p for p in partners.values() if p["leftOn"]]
    assert len(left) > 500
    assert all(p["leftOn"] > date(2019, 8, 8) for p in left)
    assert all(p["joinedOn"] < p["leftOn"] for p in left if p["joinedOn"])


@pytest.mark.parametrize("members_as", [MembersAs.ACCOUNTS, MembersAs.BOTH])
def test_members_as_accounts(real_data: Path, members_as: MembersAs) -> None:
    dataset = read_landscape(
        [real_data / "landscape.yml"], history=real_data / "landscape-history", members_as=members_as
    )
    present = [a for a in rows(dataset, "account") if not a["churnedOn"]]
    assert len(present) == 721
    assert sum(a["customerSince"] is not None for a in present) == 706
    assert "72 dated of end users → " in "\n".join(dataset.notes)
    assert not dataset.bad
