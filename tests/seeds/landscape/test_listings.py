from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

Landscape = Callable[..., Any]
MEMBERS = [{"name": "Acme", "key": "acme"}, {"name": "Busy", "key": "busy"}]


def of(*tools: dict[str, Any]) -> dict[str, Any]:
    return {"Members / Silver": MEMBERS, "Tools / CI": list(tools)}


def acme(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "key": "acme", **more}


def test_a_product_is_listed_since_the_first_file_that_has_it(landscape: Landscape) -> None:
    old, new = acme("Old"), acme("New")
    found = landscape(of(old, new), {"2019-08-08.yml": of(old), "2020-08-08.yml": of(old, new)})
    assert found.row("product", "old").get("listedOn") is None
    assert found.row("product", "new")["listedOn"] == date(2020, 8, 8)
    assert "until" not in found.rows("offers")[0]


def test_what_its_card_says_goes_before_the_files(landscape: Landscape) -> None:
    hosted = {"name": "Alpha", "key": "club", "project": "sandbox", "accepted": "2019-10-01"}
    found = landscape(of(hosted), {"2019-08-08.yml": of(), "2020-08-08.yml": of(hosted)})
    assert found.row("product", "alpha")["listedOn"] == date(2019, 10, 1)


def test_a_product_that_left_is_there_until_the_first_file_without_it(landscape: Landscape) -> None:
    gone = acme("Gone")
    days = {"2019-08-08.yml": of(), "2020-08-08.yml": of(gone), "2021-08-08.yml": of(gone), "2022-08-08.yml": of()}
    found = landscape(of(), days)
    (product,) = found.rows("product")
    assert (product["key"], product["listedOn"], product["delistedOn"]) == (
        "gone-ci", date(2020, 8, 8), date(2022, 8, 8),
    )  # fmt: skip
    (offer,) = found.rows("offers")
    assert (offer["from"], offer["to"], offer["until"]) == ("partner:acme", "product:gone-ci", date(2022, 8, 8))
    assert "3 items of products in the history files" not in found.notes
    assert "2 items of products in the history files → 1 product no longer listed" in found.notes


def test_a_product_is_the_same_by_name_and_owner_by_page_or_by_code(landscape: Landscape) -> None:
    then = of(
        acme("One", site="https://one.example"),
        acme("Two", site="https://two.example", repo="https://code.example/acme/two"),
        acme("Three", repo="https://code.example/acme/three"),
    )
    now = of(
        acme("One", site="https://one.example/new"),
        acme("Two", key="busy", site="https://two.example"),
        acme("Third", repo="https://code.example/acme/three"),
    )
    found = landscape(now, {"2019-08-08.yml": then})
    assert {row["name"] for row in found.rows("product")} == {"One", "Two", "Third"}


def test_each_former_owner_has_its_own_end(landscape: Landscape) -> None:
    site = "https://pass.example"
    days = {
        "2019-08-08.yml": of(acme("Pass", site=site)),
        "2020-08-08.yml": of(acme("Pass", key="busy", site=site)),
        "2021-08-08.yml": of(),
    }
    found = landscape(of(), days)
    assert {(row["from"], row["until"]) for row in found.rows("offers")} == {
        ("partner:acme", date(2020, 8, 8)), ("partner:busy", date(2021, 8, 8)),
    }  # fmt: skip


def test_products_of_companies_that_are_nothing_here_are_counted_and_left_out(landscape: Landscape) -> None:
    strange = {"name": "Strange", "key": "nobody"}
    found = landscape(of(), {"2019-08-08.yml": of(strange)})
    assert found.rows("product") == []
    assert "nobody" not in found.keys("partner")
    assert "1 more of companies that are nothing here" in found.notes


def test_keys_of_present_products_do_not_depend_on_the_history(landscape: Landscape) -> None:
    now = of(acme("Tool"))
    alone = landscape(now).keys("product")
    old = of({"name": "Tool", "key": "busy", "homepage_url": "https://busy.example"})
    assert alone < landscape(now, {"2019-08-08.yml": old}).keys("product")
