from __future__ import annotations

from collections.abc import Callable
from typing import Any

Landscape = Callable[..., Any]
GOLD = "Club Members / Gold"
PROVIDERS = "Special / Certified Service Provider"


def test_one_company_in_several_categories(landscape: Landscape) -> None:
    found = landscape(
        {
            GOLD: [{"name": "Acme (member)", "key": "acme", "site": "https://acme.com"}],
            PROVIDERS: [{"name": "Acme Consulting (CSP)", "key": "acme", "site": "https://acme.com/services"}],
            "Special / Training Partner": [{"name": "ACME", "site": "https://training.acme.com"}],
            "Tools / CI": [{"name": "Acme CI", "key": "acme", "site": "https://ci.com"}],
        }
    )
    assert found.keys("partner") == {"acme"}
    acme = found.row("partner", "acme")
    assert acme["types"] == ["SERVICE", "TECHNOLOGY"]
    assert acme["subtype"] == "Certified Service Provider; Training Partner"
    assert acme["domains"] == ["acme.com"]
    assert acme["name"] == "Acme"
    record = found.dataset.records[0]
    assert record.file == "landscape.yml"
    assert record.rows.select("node", "probability", "reason").rows() == [("partner:acme", 1.0, "domain acme.com")]


def test_owner_by_name_alone(landscape: Landscape) -> None:
    found = landscape(
        {
            GOLD: [{"name": "Acme Inc (member)"}, {"name": "Beta"}],
            "Tools / CI": [{"name": "Acme, Inc.", "site": "https://ci.com"}, {"name": "Other"}],
        }
    )
    assert found.edges("offers") == {("partner:acme-inc", "product:acme-inc")}
    assert found.dataset.records[0].rows["probability"].to_list() == [0.95]
    assert "1 by name; 1 without an owner" in found.notes


def test_a_replaced_key_is_a_rename(landscape: Landscape) -> None:
    old = {GOLD: [{"name": "Acme (member)", "key": "old-acme", "site": "https://acme.com"}]}
    new = {GOLD: [{"name": "ACME (member)", "key": "acme", "site": "https://acme.com/home"}]}
    found = landscape(new, {"2020-01-01.yml": old, "2021-01-01.yml": new})
    assert found.keys("partner") == {"acme"}
    assert found.row("partner", "acme")["externalIds"] == ["crunchbase:acme", "crunchbase:old-acme"]
    assert found.row("partner", "acme").get("leftOn") is None
    assert "old-acme = acme (same name and domain acme.com)" in found.notes
    assert [record.file for record in found.dataset.records] == ["2020-01-01.yml"]


def test_a_new_name_and_home_page_with_the_same_key(landscape: Landscape) -> None:
    old = {GOLD: [{"name": "Caterpillar (member)", "key": "x", "site": "https://caterpillar.com"}]}
    new = {GOLD: [{"name": "Butterfly (member)", "key": "x", "site": "https://butterfly.com"}]}
    found = landscape(new, {"2020-01-01.yml": old})
    assert [(r["name"], r["domains"]) for r in found.rows("partner")] == [
        ("Butterfly", ["butterfly.com", "caterpillar.com"])
    ]


def test_the_same_name_side_by_side_stays_two_companies(landscape: Landscape) -> None:
    found = landscape(
        {
            GOLD: [
                {"name": "Control", "key": "control-a", "site": "https://control.com"},
                {"name": "Control", "key": "control-b", "site": "https://control.net"},
            ]
        }
    )
    assert found.keys("partner") == {"control-a", "control-b"}


def test_the_same_name_in_turn_is_one_company(landscape: Landscape) -> None:
    old = {GOLD: [{"name": "Cloudy", "key": "cloudy-old", "site": "https://cloudy.com"}]}
    found = landscape(
        {GOLD: [{"name": "Cloudy", "key": "cloudy", "site": "https://cloudy.net"}]}, {"2020-01-01.yml": old}
    )
    assert found.keys("partner") == {"cloudy"}
    assert found.dataset.records[0].rows["probability"].to_list() == [0.95]


def test_subsidiaries_on_one_domain_stay_apart(landscape: Landscape) -> None:
    found = landscape(
        {
            GOLD: [
                {"name": "Mega Labs", "key": "mega-labs", "site": "https://labs.mega.com"},
                {"name": "Mega", "key": "mega", "site": "https://www.mega.com"},
            ],
            "Tools / CI": [{"name": "CI", "site": "https://ci.mega.com"}],
        }
    )
    assert {row["key"]: row["domains"] for row in found.rows("partner")} == {
        "mega-labs": None,
        "mega": ["mega.com"],
    }
    assert not found.edges("offers"), "a domain of two companies tells no owner"
    assert "1 domain on cards of several companies, which stay apart: mega.com" in found.notes


def test_a_domain_of_many_identifies_nobody(landscape: Landscape) -> None:
    sites = [{"name": f"Page {n}", "key": f"k{n}", "site": f"https://pages.com/{n}"} for n in range(3)]
    found = landscape({GOLD: [*sites, {"name": "Keyless", "site": "https://pages.com/x"}]})
    assert all(row.get("domains") is None for row in found.rows("partner"))
    assert len(found.keys("partner")) == 4
    assert "Domains that identify no company, for several share them: pages.com" in found.notes


def test_code_and_profile_hosts_identify_nobody(landscape: Landscape) -> None:
    found = landscape(
        {
            GOLD: [
                {"name": "Solo", "key": "solo", "site": "https://forge.com/solo-team"},
                {"name": "Forge", "key": "forge", "site": "https://forge.com"},
                {"name": "Quiet", "key": "quiet", "site": "https://social.com/company/quiet"},
            ],
            "Tools / CI": [
                {"name": "A", "key": "a", "repo": "https://forge.com/a/a"},
                {"name": "B", "key": "b", "repo": "https://forge.com/b/b"},
                {"name": "C", "site": "https://forge.com/c/c"},
                {"name": "D", "site": "https://social.com/d"},
            ],
        }
    )
    assert {row["key"]: row["domains"] for row in found.rows("partner") if row["domains"]} == {"forge": ["forge.com"]}
    assert {end for _, end in found.edges("offers")} == {"product:a", "product:b"}


def test_undisclosed_companies_have_no_domain(landscape: Landscape) -> None:
    hidden = {
        "name": "Non-Public Company A (member)",
        "site": "https://club.com",
        "unnamed_organization": True,
    }
    found = landscape({GOLD: [hidden, {"name": "Acme", "key": "acme", "site": "https://club.com"}]})
    assert found.row("partner", "non-public-company-a")["domains"] is None
    assert found.keys("partner") == {"non-public-company-a", "acme"}
    assert "1 item of members and end users does not disclose the company" in found.notes


def test_keys_do_not_collide(landscape: Landscape) -> None:
    found = landscape({GOLD: [{"name": "One", "key": "acme"}, {"name": "Acme"}, {"name": "株式会社"}]})
    assert len(found.keys("partner")) == 3
    assert {"acme", "acme-2"} < found.keys("partner")


def test_organization_names_the_owner(landscape: Landscape) -> None:
    found = landscape(
        {
            GOLD: [{"name": "Acme (member)", "key": "acme"}],
            "Tools / CI": [
                {"name": "A", "organization": {"name": "ACME"}},
                {"name": "B", "organization": {"name": "txn"}},
                {"name": "C", "organization": {"name": "txn"}},
                {"name": "D", "organization": "https://companies.com/organization/acme"},
            ],
        }
    )
    assert found.edges("offers") == {
        ("partner:acme", "product:a"),
        ("partner:txn", "product:b"),
        ("partner:txn", "product:c"),
        ("partner:acme", "product:d"),
    }
    assert found.row("partner", "txn")["name"] == "txn"


def test_names_of_owners_without_a_card(landscape: Landscape) -> None:
    found = landscape(
        {"Tools / CI": [{"name": "groundKEY", "key": "groundkey-8713"}, {"name": "X", "key": "big-iron"}]}
    )
    assert {row["key"]: row["name"] for row in found.rows("partner")} == {
        "groundkey-8713": "groundKEY",
        "big-iron": "Big Iron",
    }


def test_second_path_gives_further_roles(landscape: Landscape) -> None:
    card = {"name": "Acme", "key": "acme", "second_path": ["Help / Consultants", "Operation / API Customers"]}
    found = landscape({GOLD: [card]})
    assert found.row("partner", "acme")["types"] == ["SERVICE"]
    assert found.keys("account") == {"acme"}


def test_a_company_bears_the_name_that_its_key_spells(landscape: Landscape) -> None:
    found = landscape(
        {
            PROVIDERS: [{"name": "Acme Cloud", "key": "acme"}, {"name": "Beta Services", "key": "b-labs"}],
            GOLD: [
                {"name": "Acme", "key": "acme"},
                {"name": "Beta", "key": "b-labs", "site": "https://beta.com"},
            ],
        }
    )
    assert {row["key"]: row["name"] for row in found.rows("partner")} == {"acme": "Acme", "b-labs": "Beta"}
