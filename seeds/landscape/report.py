"""What the import tells of itself: the counts of the files, and why those of the graph are other ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from . import report_members
from .certificates import Certificate
from .companies import Company
from .owners import Way
from .story import Story
from .wording import count, shown

_ALL = 300


def notes(story: Story) -> tuple[str, ...]:
    """The notes, from the whole to the details."""
    parts = (
        _sections,
        report_members.members,
        report_members.dates,
        report_members.services,
        report_members.history,
        report_members.identity,
        _products,
        _listings,
        _certificates,
        _integrations,
    )
    return tuple(note for part in parts for note in part(story))


def _sections(story: Story) -> Iterator[str]:
    sections, items = story.sections, story.items
    roles = [sections.of(item) for item in items]
    members = sum(s.is_member and not s.is_end_user for s in roles)
    users = sum(s.is_end_user for s in roles)
    services = sum(s.is_service for s in roles)
    products = sum(not s.is_company for s in roles)
    yield (
        f"{count(len(items), 'item')}: {members:,} in sections of members, {users:,} of end users, "
        f"{services:,} of service providers, {products:,} of products."
    )
    if (platform := story.platform) is None:
        yield "No item tells of a hosted project, so there is no platform company; --company KEY names one."
        return
    yield f"The platform company is {platform.name} ({platform.key})."
    if any(story.companies.of_card(card) is platform for card in story.cards):
        yield f"{platform.name} has a card of its own as well; it stays the company, and is no partner."


def _products(story: Story) -> Iterator[str]:
    products = story.products
    if not products.found:
        return
    more = len(products.found) - len(products.all)
    ours = sum(product.is_platform for product in products)
    yield (
        f"{count(len(products.found), 'item')} of products → {count(len(products.all), 'product')} ({more:,} further "
        f"cards of products listed already), {ours:,} of them the platform's."
    )
    ways = Counter(owner.way for _, owner in products.found)
    known = ", ".join(f"{ways[way]:,} by {way}" for way in Way if ways[way] and way is not Way.NONE)
    yield f"Owners of these items: {known or 'none'}; {ways[Way.NONE]:,} without an owner that is certain."
    given = [item.name for item, owner in products.found if item.project and owner.company is not story.platform]
    if story.platform and given:
        yield f"{count(len(given), 'hosted project')} with another owner by company key: {shown(given)}."


def _listings(story: Story) -> Iterator[str]:
    listings = story.listings
    if not listings.cards:
        return
    dated = sum(product.listed is not None and not product.is_platform for product in story.products)
    former = len(listings.former)
    yield (
        f"{count(listings.cards, 'item')} of products in the history files → {count(former, 'product')} no longer "
        f"listed, with delistedOn; {listings.unknown:,} more of companies that are nothing here, which are left out. "
        f"{count(dated, 'product')} of partners with listedOn, the day of the first file that has it."
    )


def _certificates(story: Story) -> Iterator[str]:
    items: Counter[str] = Counter()
    unclear: dict[str, None] = {}
    for item in story.items:
        for section in story.sections.all_of(item):
            if certificate := story.certificates.of(section):
                items[certificate.title] += 1
            elif section.is_certified:
                unclear[section.name] = None
    partners: dict[str, set[Company]] = defaultdict(set)
    for company, product, level in story.certificates.held:
        if company is not story.platform:
            partners[Certificate(product, level).title].add(company)
    for title, number in items.items():
        rest = " (the others: further items of these, the platform's, or without a known owner)"
        holders = len(partners[title])
        yield (
            f"{count(number, 'item')} certified for {title} → {count(holders, 'partner')} with the certificate"
            f"{rest if number > holders else ''}."
        )
    if unclear:
        yield f"Certified, but for no product that the section names: {shown(list(unclear))}."


def _integrations(story: Story) -> Iterator[str]:
    told = story.told
    if not told.texts:
        return
    built = sum(any(b is not story.platform for b in i.builders) for i in told.integrations)
    nobody = sum(not i.builders for i in told.integrations)
    ours = len(told.integrations) - built - nobody
    yield (
        f"{count(told.mentions, 'integration')} named by {count(told.texts, 'item')} → "
        f"{count(len(told.integrations), 'pair')} of products listed here: {built:,} partner-built, {ours:,} the "
        f"platform's own, {nobody:,} of products without a known owner, which credit nobody."
    )
    for names, why in (
        (told.ambiguous, "fit several products"),
        (told.unknown, "are of no product listed here"),
    ):
        if names:
            listed = [f"{name} ({number})" if number > 1 else name for name, number in names.most_common()]
            yield f"{count(names.total(), 'integration')} left, whose names {why}: {shown(listed, _ALL)}."
