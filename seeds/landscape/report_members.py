"""The notes on companies: members, end users, service providers, and who they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from .identity import Card
from .story import Story
from .wording import count, shown


def members(story: Story) -> Iterator[str]:
    """How the items of members and end users became partners and accounts."""
    users = [card for card in story.cards if story.section(card).is_end_user]
    plain = [card for card in story.cards if story.section(card).is_member and not story.section(card).is_end_user]
    marked = [card for card in story.cards if card.item.is_end_user and not story.section(card).is_end_user]
    for cards, what in (
        (plain, "of members"),
        (users, "of end users"),
        (marked, "of members and others that are marked as end users"),
    ):
        if cards:
            yield f"{count(len(cards), 'item')} {what} → {_roles(story, cards)}{_several(story, cards)}."
    if unnamed := sum(card.item.is_unnamed for card in story.cards):
        verb = "does" if unnamed == 1 else "do"
        yield f"{count(unnamed, 'item')} of members and end users {verb} not disclose the company."


def dates(story: Story) -> Iterator[str]:
    """What became of each date of joining."""
    dated = [item for item in story.items if item.joined]
    if not dated:
        return
    yield f"{count(len(dated), 'item')} with a date of joining (`joined`):"
    cards = [card for card in story.cards if card.item.joined and story.section(card).is_member]
    users = [card for card in cards if story.section(card).is_end_user]
    plain = [card for card in cards if not story.section(card).is_end_user]
    for of_group, what in ((plain, "of members"), (users, "of end users")):
        if of_group:
            yield f"{len(of_group):,} dated {what} → {_dated(story, of_group)}{_several(story, of_group)}."
    taken = {id(card.item) for card in cards}
    if others := [item.name for item in dated if id(item) not in taken]:
        yield (
            f"{len(others):,} dated in sections of products or services, where the date is none of a membership and is "
            f"not taken: {shown(others)}."
        )
    for roles, what in ((story.roles.partners, "partner"), (story.roles.accounts, "account")):
        with_date = [m for m in roles.values() if m and m.joined]
        if former := sum(not m.is_present for m in with_date):
            yield f"With former members, {count(len(with_date), what)} with such a date, {former:,} of them former."


def services(story: Story) -> Iterator[str]:
    """How many partners each section of service providers gave."""
    by_section: dict[str, list[Card]] = defaultdict(list)
    for card in story.cards:
        for section in story.sections.all_of(card.item):
            if section.is_service:
                by_section[section.name].append(card)
    for name, cards in by_section.items():
        partners = count(len(story.companies_of(cards)), "partner")
        yield f"{count(len(cards), 'item')} of {name} → {partners} of type SERVICE{_several(story, cards)}."


def history(story: Story) -> Iterator[str]:
    """Who left and who came back."""
    days = sorted(file.on for file in story.history if file.on)
    if not days:
        return
    memberships = {
        company: membership
        for of_role in (story.roles.accounts, story.roles.partners)
        for company, membership in of_role.items()
        if membership
    }
    left = [company for company, membership in memberships.items() if membership.left]
    listed = [c for c in left if c in story.roles.partners and story.roles.is_listed(c)]
    users = [c.name for c in left if c in story.roles.end_users]
    yield f"{count(len(days), 'history file')}, {days[0]} to {days[-1]}: {count(len(left), 'former member')}."
    if listed:
        yield (
            f"{count(len(listed), 'former member')} still taking part by products or services: no leftOn; the end of "
            "the membership is in custom.memberUntil."
        )
    if users:
        yield f"{count(len(users), 'former member')} now listed as end users: {shown(users)}."
    if back := [company.name for company, m in memberships.items() if m.is_present and m.was_away]:
        yield f"{count(len(back), 'member')} came back after an absence: {shown(back)}."
    if wrong := [company.name for company, m in memberships.items() if m.has_impossible_dates]:
        yield f"Left before they joined, so that the date of joining is not taken: {shown(wrong)}."


def identity(story: Story) -> Iterator[str]:
    """Which companies were taken for one, and which were not."""
    found, companies = story.companies.identity, story.companies
    pairs = [f"{token[1]} = {found.root(token)[1]} ({link.reason})" for token, link in found.links.items()]
    if pairs:
        yield f"{count(len(pairs), 'company', 'companies')} known under another key or none: {shown(pairs, 40)}."
    apart = [domain for domain, claims in found.claims.items() if len(claims) > 1 and domain not in found.shared]
    if apart:
        domains = count(len(apart), "domain")
        yield f"{domains} on cards of several companies, which stay apart: {shown(sorted(apart), 40)}."
    if companies.contested:
        yield f"Domains that identify no company, for several share them: {shown(companies.contested)}."


def _roles(story: Story, cards: Sequence[Card]) -> str:
    companies = story.companies_of(cards)
    partners = companies & set(story.roles.partners)
    accounts = companies & set(story.roles.accounts)
    both = f" ({len(partners & accounts):,} of them both)" if partners & accounts else ""
    return f"{count(len(partners), 'partner')} and {count(len(accounts), 'account')}{both}"


def _dated(story: Story, cards: Sequence[Card]) -> str:
    """The nodes that got the dates of these cards."""
    companies = story.companies_of(cards)
    partners, customers = (
        {c for c in companies if (m := of_role.get(c)) and m.is_present and m.joined}
        for of_role in (story.roles.partners, story.roles.accounts)
    )
    rest = companies - partners - customers
    said = [
        f"{count(len(found), node)} with {column}"
        for found, node, column in (
            (partners, "partner", "joinedOn"),
            (customers, "account", "customerSince"),
        )
        if found
    ]
    if rest:
        said.append(f"{count(len(rest), 'account')} without a date: to join is not to buy (--members-as accounts)")
    return ", ".join(said)


def _several(story: Story, cards: Sequence[Card]) -> str:
    counts = Counter(map(story.companies.of_card, cards))
    several = [f"{company.name} ({number} items)" for company, number in counts.items() if number > 1]
    return f"; listed several times: {shown(several)}" if several else ""
