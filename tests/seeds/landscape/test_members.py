from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ecograph.seeds.landscape import MembersAs

Landscape = Callable[..., Any]
ACME = {"name": "Acme (member)", "key": "acme", "site": "https://www.acme.com/en"}
BETA = {"name": "Beta (member)", "key": "beta", "site": "https://beta.com"}
GONE = {"name": "Gone (member)", "key": "gone", "site": "https://gone.com"}
DAYS = ("2019-08-08.yml", "2020-08-08.yml", "2021-08-08.yml")


def members(*cards: dict[str, Any], tier: str = "Gold") -> dict[str, Any]:
    return {f"Club Members / {tier}": list(cards)}


def test_members_are_partners_with_tier_and_date(landscape: Landscape) -> None:
    found = landscape(members({**ACME, "joined": "2020-05-01"}, BETA))
    assert found.row("partner", "acme") == {
        "key": "acme",
        "name": "Acme",
        "domains": ["acme.com"],
        "externalIds": ["crunchbase:acme"],
        "tier": "Gold",
        "joinedOn": date(2020, 5, 1),
        "_row": 6,
    }
    assert found.row("partner", "beta")["joinedOn"] is None
    assert "1 item with a date of joining" in found.notes


def test_leaving_is_the_first_file_without_it(landscape: Landscape) -> None:
    history = {
        DAYS[0]: members(ACME, {**GONE, "joined": "2018-01-01"}),
        DAYS[1]: members(ACME),
        DAYS[2]: members(ACME),
    }
    found = landscape(members(ACME), history)
    gone = found.row("partner", "gone")
    assert (gone["joinedOn"], gone["leftOn"], gone["tier"]) == (date(2018, 1, 1), date(2020, 8, 8), "Gold")
    assert found.row("partner", "acme")["leftOn"] is None
    assert found.row("partner", "gone")["_row"] is None


def test_leaving_after_the_last_history_file(landscape: Landscape) -> None:
    history = {DAYS[2]: members(ACME, GONE)}
    assert landscape(members(ACME), history).row("partner", "gone")["leftOn"] == date(2021, 8, 9)
    later = members(ACME, {**BETA, "joined": "2022-03-01"})
    assert landscape(later, history).row("partner", "gone")["leftOn"] == date(2022, 3, 1)


def test_a_member_that_came_back_has_not_left(landscape: Landscape) -> None:
    history = {DAYS[0]: members(ACME, BETA), DAYS[1]: members(BETA), DAYS[2]: members(ACME, BETA)}
    found = landscape(members({**ACME, "joined": "2021-01-01"}, BETA), history)
    acme = found.row("partner", "acme")
    assert acme["joinedOn"] == date(2021, 1, 1)
    assert acme.get("leftOn") is None
    assert "1 member came back after an absence: Acme" in found.notes


def test_a_member_that_came_back_and_left_again(landscape: Landscape) -> None:
    history = {
        DAYS[0]: members(ACME, GONE),
        DAYS[1]: members(ACME),
        DAYS[2]: members(ACME, GONE),
        "2022-08-08.yml": members(ACME),
    }
    assert landscape(members(ACME), history).row("partner", "gone")["leftOn"] == date(2022, 8, 8)


def test_history_of_tiers_holds_the_changes(landscape: Landscape) -> None:
    history = {
        DAYS[0]: members(ACME, tier="Silver"),
        DAYS[1]: members(ACME, tier="Silver"),
        DAYS[2]: members(ACME),
    }
    found = landscape(members(ACME), history)
    assert [(row["of"], row["on"], row["value"]) for row in found.rows("tier")] == [
        ("partner:acme", date(2019, 8, 8), "Silver"),
        ("partner:acme", date(2021, 8, 8), "Gold"),
    ]


def test_joining_after_leaving_is_not_taken(landscape: Landscape) -> None:
    history = {DAYS[0]: members(ACME, {**GONE, "joined": "2020-09-01"}), DAYS[1]: members(ACME)}
    found = landscape(members(ACME), history)
    gone = found.row("partner", "gone")
    assert (gone.get("joinedOn"), gone["leftOn"]) == (None, date(2020, 8, 8))
    assert "Left before they joined" in found.notes


def test_a_former_member_with_products_still_takes_part(landscape: Landscape) -> None:
    product = {"Tools / CI": [{"name": "Gone CI", "key": "gone", "site": "https://gone.com/ci"}]}
    found = landscape({**members(ACME), **product}, {DAYS[0]: members(ACME, GONE), DAYS[1]: members(ACME)})
    gone = found.row("partner", "gone")
    assert gone.get("leftOn") is None
    assert gone["tier"] is None
    assert gone["types"] == ["TECHNOLOGY"]
    assert gone["custom.memberUntil"] == date(2020, 8, 8)
    assert "1 former member still taking part" in found.notes


def test_end_users_are_accounts(landscape: Landscape) -> None:
    found = landscape(
        {
            "Club Members / Gold": [{**ACME, "enduser": True, "joined": "2020-01-01"}],
            "Club Members / End User Supporter": [{"name": "Shop (supporter)", "key": "shop", "joined": "2020-01-01"}],
            "Adopters / Case Studies": [{"name": "Bank", "site": "https://bank.com"}],
        }
    )
    assert found.keys("partner") == {"acme"}
    assert found.keys("account") == {"acme", "shop", "bank.com"}
    assert found.row("account", "shop").get("customerSince") is None
    assert found.row("account", "shop")["custom.tier"] == "End User Supporter"
    assert found.edges("same_company_as") == {("partner:acme", "account:acme")}
    assert "1 dated of members → 1 partner with joinedOn" in found.notes
    assert "1 dated of end users → 1 account without a date" in found.notes


def test_a_partner_that_became_an_end_user_left(landscape: Landscape) -> None:
    now = {**members(ACME), "Club Members / End Users": [GONE]}
    found = landscape(now, {DAYS[0]: members(ACME, GONE), DAYS[1]: now})
    assert found.row("partner", "gone")["leftOn"] == date(2020, 8, 8)
    assert found.keys("account") == {"gone"}
    assert "1 former member now listed as end users: Gone" in found.notes


HISTORY = {
    DAYS[0]: members(ACME, {**GONE, "joined": "2018-01-01"}),
    DAYS[1]: members(ACME),
    DAYS[2]: members(ACME),
}
NOW = {
    **members({**ACME, "joined": "2019-01-01"}),
    "Club Members / End Users": [{"name": "Shop", "key": "shop", "joined": "2020-02-02"}],
    "Tools / CI": [{"name": "Acme CI", "key": "acme"}],
}


def test_members_as_accounts(landscape: Landscape) -> None:
    found = landscape(NOW, HISTORY, members_as=MembersAs.ACCOUNTS)
    accounts = {row["key"]: (row["customerSince"], row["churnedOn"]) for row in found.rows("account")}
    assert accounts == {
        "acme": (date(2019, 1, 1), None),
        "gone": (date(2018, 1, 1), date(2020, 8, 8)),
        "shop": (date(2020, 2, 2), None),
    }
    assert found.keys("partner") == {"acme"}
    assert found.row("partner", "acme").get("tier") is None
    assert found.row("account", "gone")["custom.tier"] == "Gold"
    assert not found.rows("tier")
    assert found.edges("same_company_as") == {("partner:acme", "account:acme")}


def test_members_as_both(landscape: Landscape) -> None:
    found = landscape(NOW, HISTORY, members_as=MembersAs.BOTH)
    assert found.keys("partner") == found.keys("account") == {"acme", "gone", "shop"}
    assert len(found.edges("same_company_as")) == 3
    assert found.row("partner", "gone")["leftOn"] == found.row("account", "gone")["churnedOn"] == date(2020, 8, 8)
    assert found.row("partner", "shop")["tier"] == "End Users"


@pytest.mark.parametrize("members_as", list(MembersAs))
def test_a_landscape_without_members(landscape: Landscape, members_as: MembersAs) -> None:
    found = landscape({"Tools / CI": [{"name": "Build", "key": "acme"}]}, members_as=members_as)
    assert found.keys("partner") == {"acme"}
    assert not found.rows("account")
    assert not found.rows("company")
    assert "there is no platform company" in found.notes


def test_members_are_known_by_their_dates_too(landscape: Landscape) -> None:
    dated = {"name": "Acme", "key": "acme", "joined": "2020-01-01"}
    found = landscape({"Alliance / Tier One": [dated, {"name": "Beta", "key": "beta", "joined": "2020-01-01"}]})
    assert {row["key"]: row["tier"] for row in found.rows("partner")} == {
        "acme": "Tier One",
        "beta": "Tier One",
    }
    listed = landscape({"Tools / CI": [{**dated, "repo": "https://git.com/acme/ci"}]})
    assert listed.row("partner", "acme")["types"] == ["TECHNOLOGY"]
    assert listed.row("partner", "acme").get("joinedOn") is None
    assert "1 dated in sections of products or services" in listed.notes
