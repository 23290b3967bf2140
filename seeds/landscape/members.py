"""Who is and was a member: since when, at which tier, and until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .companies import Companies, Company
from .identity import Card
from .items import LandscapeFile
from .sections import Section, Sections


@dataclass(frozen=True)
class Membership:
    """One company's membership in the sections asked about.

    `joined` is what a card says, never the day of the first file. `left` is the day of the first file from which on
    it is missing, up to the present one; None for who is on the present file, also after years of absence.
    `tiers` are the tiers by day of file, one entry for each change.
    """

    card: Card
    tier: str
    joined: date | None
    left: date | None
    tiers: tuple[tuple[date, str], ...]
    was_away: bool = False
    """True when it was missing on some file between two that list it."""
    has_impossible_dates: bool = False

    @property
    def is_present(self) -> bool:
        return self.card.on is None


def memberships(
    companies: Companies,
    sections: Sections,
    days: Sequence[date],
    present_day: date | None,
    is_asked: Callable[[Section], bool],
) -> dict[Company, Membership]:
    """The memberships of all companies with a card, now or before, in a section that is asked about.

    `days` are those of the history files, `present_day` one on which the present file was valid.
    """
    cards: dict[Company, list[Card]] = defaultdict(list)
    for card in companies.cards:
        section = sections.of(card.item)
        if section.is_member and is_asked(section):
            cards[companies.of_card(card)].append(card)
    return {company: _membership(of_one, sorted(days), present_day) for company, of_one in cards.items()}


def _membership(cards: Sequence[Card], days: Sequence[date], present_day: date | None) -> Membership:
    """`cards` of one company, newest first."""
    newest = cards[0]
    same_day = [card for card in cards if card.on == newest.on]
    joined = min((card.item.joined for card in same_day if card.item.joined), default=None)
    if joined is None:
        joined = next((card.item.joined for card in cards if card.item.joined), None)
    left = None if newest.on is None else first_without(newest.on, days, present_day)
    is_wrong = joined is not None and left is not None and left <= joined
    seen = {card.on or date.max for card in cards}
    return Membership(
        newest,
        newest.item.subcategory,
        None if is_wrong else joined,
        left,
        _tiers(cards),
        was_away=any(min(seen) < day < max(seen) and day not in seen for day in days),
        has_impossible_dates=is_wrong,
    )


def first_without(last_seen: date, days: Sequence[date], present_day: date | None) -> date:
    """The first day known to be without what was seen last then: that of the next history file, else of the present."""
    after = next((day for day in days if day > last_seen), None)
    return after or max(present_day or date.min, last_seen + timedelta(days=1))


def _tiers(cards: Iterable[Card]) -> tuple[tuple[date, str], ...]:
    by_day: dict[date, str] = {}
    for card in cards:
        if card.on is not None:
            by_day.setdefault(card.on, card.item.subcategory)
    changes: list[tuple[date, str]] = []
    for day in sorted(by_day):
        if not changes or changes[-1][1] != by_day[day]:
            changes.append((day, by_day[day]))
    return tuple(changes)


def present_day(files: Sequence[LandscapeFile], today: date) -> date | None:
    """A day on which the present files were valid: the latest that they mention, so that it never lies ahead."""
    mentioned = (d for f in files for item in f.items for d in (item.joined, item.accepted, item.archived) if d)
    return max((day for day in mentioned if day <= today), default=None)
