from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ecograph.graph.errors import BadInput

Landscape = Callable[..., Any]


def hosted(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "key": "the-foundation", "project": "sandbox", **more}


def test_the_platform_company_owns_most_hosted_projects(landscape: Landscape) -> None:
    found = landscape(
        {
            "Tools / CI": [
                hosted("Alpha", accepted="2020-01-02", archived="2024-05-06"),
                hosted("Beta"),
                {"name": "Gamma", "project": "sandbox"},
                {"name": "Delta", "key": "acme", "project": "sandbox", "accepted": "2021-01-01"},
                {"name": "Epsilon", "key": "acme"},
                {"name": "Zeta", "key": "acme"},
            ]
        }
    )
    assert [(row["key"], row["name"]) for row in found.rows("company")] == [("the-foundation", "The Foundation")]
    assert found.keys("partner") == {"acme"}
    assert found.row("product", "alpha") == {
        "key": "alpha",
        "name": "Alpha",
        "category": "CI",
        "isPlatform": True,
        "listedOn": date(2020, 1, 2),
        "delistedOn": date(2024, 5, 6),
        "_row": 6,
    }
    assert ("company:the-foundation", "product:gamma") in found.edges("offers")
    assert ("partner:acme", "product:delta") in found.edges("offers")
    assert found.row("product", "delta")["isPlatform"] is False
    assert found.row("product", "delta")["listedOn"] is None
    assert "1 hosted project with another owner by company key: Delta" in found.notes


@pytest.mark.parametrize("wanted", ["acme", "ACME", "acme.com", "Acme Inc"])
def test_the_platform_company_can_be_named(landscape: Landscape, wanted: str) -> None:
    items = {
        "Members / Gold": [{"name": "Acme Inc", "key": "acme", "site": "https://acme.com"}],
        "Tools / CI": [hosted("Alpha"), {"name": "Beta", "key": "acme"}],
    }
    found = landscape(items, company=wanted)
    assert [row["key"] for row in found.rows("company")] == ["acme"]
    assert found.rows("company")[0]["domains"] == ["acme.com"]
    assert found.keys("partner") == {"the-foundation"}
    assert found.row("product", "beta")["isPlatform"] is True
    assert "Acme Inc has a card of its own as well" in found.notes


def test_an_unknown_platform_company_is_refused(landscape: Landscape) -> None:
    with pytest.raises(BadInput, match="No card of the landscape is of a company 'nobody'") as caught:
        landscape({"Tools / CI": [hosted("Alpha")]}, company="nobody")
    assert caught.value.hint == "Give a company key, such as the-foundation."


def test_two_candidates_are_refused(landscape: Landscape) -> None:
    with pytest.raises(BadInput, match="own 1 hosted projects each") as caught:
        landscape({"Tools / CI": [hosted("Alpha"), {"name": "B", "key": "acme", "project": "core"}]})
    assert "--company" in str(caught.value.hint)


def test_cards_of_one_product_are_one(landscape: Landscape) -> None:
    code, page = "https://forge.com/acme/one", "https://one.com/"
    found = landscape(
        {
            "Tools / CI": [
                {"name": "One", "repo": code},
                {"name": "Two", "site": page},
                {"name": "Three", "key": "acme"},
            ],
            "Web / CI": [
                {"name": "ONE", "repo": code + ".git", "key": "acme"},
                {"name": "Two", "site": "http://www.one.com"},
                {"name": "Three", "key": "acme", "repo": code},
                {"name": "Three", "key": "other"},
            ],
        }
    )
    assert found.keys("product") == {"one", "two", "three", "three-ci"}
    assert found.row("product", "one")["name"] == "One"
    assert ("partner:acme", "product:one") in found.edges("offers")
    assert ("partner:other", "product:three-ci") in found.edges("offers")
    assert "7 items of products → 4 products (3 further cards" in found.notes


def test_recurring_remarks_mark_further_cards(landscape: Landscape) -> None:
    repos = {name: f"https://forge.com/{name}/{name}".lower() for name in ("One", "Two", "Solo")}
    found = landscape(
        {
            "Web / Wasm": [{"name": f"{name} (Wasm)", "repo": repo} for name, repo in repos.items()],
            "Tools / CI": [
                {"name": "One", "repo": repos["One"]},
                {"name": "Two", "repo": "https://forge.com/else/two"},
            ],
        }
    )
    assert {row["name"] for row in found.rows("product")} == {"One", "Two (Wasm)", "Two", "Solo (Wasm)"}


def test_names_that_make_one_key_stay_apart(landscape: Landscape) -> None:
    found = landscape({"Tools / Languages": [{"name": "C"}, {"name": "C++"}, {"name": "C#"}]})
    assert {row["key"]: row["name"] for row in found.rows("product")} == {
        "c": "C",
        "c-languages": "C++",
        "c-languages-2": "C#",
    }


def test_categories_of_one_name_are_told_apart(landscape: Landscape) -> None:
    found = landscape({"Serverless / Security": [{"name": "A"}], "Base / Security": [{"name": "B"}, {"name": "C"}]})
    assert [row["category"] for row in found.rows("product")] == [
        "Serverless / Security",
        "Security",
        "Security",
    ]


def test_certificates_follow_from_the_names_of_sections(landscape: Landscape) -> None:
    found = landscape(
        {
            "Tools / CI": [hosted("Kube"), hosted("Distribution")],
            "Platform / Certified Kube - Distribution": [
                {
                    "name": "Acme Kube",
                    "key": "acme",
                    "second_path": "Platform / Certified Kube - AI Platform",
                },
                {"name": "Acme Kube Two", "key": "acme"},
                hosted("Kube Zero"),
                {"name": "Nobody's Kube"},
            ],
            "Special / Kube Certified Service Provider": [{"name": "Serv (KCSP)", "key": "serv"}],
            "Special / Certified Widgets": [{"name": "Widget", "key": "acme"}],
        }
    )
    assert {(row["from"], row["to"], row["level"]) for row in found.rows("certified_for")} == {
        ("partner:acme", "product:kube", "Distribution"),
        ("partner:acme", "product:kube", "AI Platform"),
        ("partner:serv", "product:kube", "Service Provider"),
    }
    assert found.row("partner", "serv")["name"] == "Serv"
    assert "4 items certified for Kube, Distribution → 1 partner with the certificate (the others" in found.notes
    assert "Certified, but for no product that the section names: Certified Widgets" in found.notes
