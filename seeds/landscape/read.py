"""From landscape files to a dataset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path

import orjson
import polars as pl

from ...graph.errors import BadInput
from ...graph.load.tables import BadRow, Dataset, Records
from ...graph.progress import NoProgress, Progress
from .certificates import Certificates
from .companies import Companies
from .history import day_in, history_files
from .integrations import find_integrations
from .items import Item, LandscapeFile, read_items
from .listings import Listings
from .members import present_day
from .owners import Owners
from .products import Products
from .report import notes
from .roles import MembersAs, assign_roles
from .sections import Sections
from .story import Story
from .tables import Tables

SOURCE = "landscape"
_VERSION = b"2"
_RECORDS = {
    "row": pl.Int64(),
    "values": pl.String(),
    "node": pl.String(),
    "probability": pl.Float64(),
    "reason": pl.String(),
}


def read_landscape(
    files: Sequence[Path],
    *,
    history: Path | None = None,
    company: str | None = None,
    members_as: MembersAs = MembersAs.PARTNERS,
    progress: Progress | None = None,
) -> Dataset:
    """The ecosystem that landscape files show, and who joined and left by the files of earlier years.

    `company` names the platform company by company key, domain or name; by default it is the owner of most items
    that tell the maturity of a hosted project.

    Raises:
        BadInput: a file cannot be read or is no landscape, no date is in the name of a history file, or the
            platform company is unknown or cannot be told.
    """
    if not files:
        raise BadInput("No landscape file is given.")
    if len({path.resolve() for path in files}) < len(files):
        raise BadInput("The same landscape file is given twice.")
    present, earlier = _read(files, history, progress or NoProgress())
    sections = Sections([*present, *earlier])
    companies = Companies([*present, *earlier], sections)
    items = [item for file in present for item in file.items]
    shown = sections.products(items)
    owners = Owners(companies, shown, company)
    products = Products(shown, sections, owners)
    told = find_integrations(products)
    certificates = _certificates(sections, companies, products)
    valid_on = max((day for path in files if (day := day_in(path))), default=None)
    today = valid_on or present_day(present, date.today())
    days = [file.on for file in earlier if file.on]
    roles = assign_roles(companies, sections, products, owners.platform, members_as, days, today)
    known = frozenset([*roles.partners, *([owners.platform] if owners.platform else [])])
    listings = Listings(earlier, sections, owners, products, known, today)
    tables = Tables(", ".join(file.name for file in present), owners.platform, roles)
    story = Story(present, earlier, sections, companies, owners, products, roles, certificates, told, listings)
    return Dataset(
        SOURCE,
        (
            *tables.nodes(products, listings.former, told.integrations),
            *tables.edges(products, listings.former, told.integrations, certificates),
            *tables.tiers(),
        ),
        _fingerprint([*present, *earlier], company, members_as),
        _records(companies, products, tables),
        tuple(_bad([*present, *earlier], sections)),
        notes(story),
    )


def _read(
    files: Sequence[Path], history: Path | None, progress: Progress
) -> tuple[list[LandscapeFile], list[LandscapeFile]]:
    dated = history_files(history) if history else []
    progress.start("Reading", len(files) + len(dated))
    present, earlier = [], []
    has_namesakes = len({path.name for path in files}) < len(files)
    for path in files:
        present.append(read_items(path, name=str(path) if has_namesakes else path.name))
        progress.advance(1)
    for day, path in dated:
        earlier.append(read_items(path, day))
        progress.advance(1)
    progress.finish()
    return present, earlier


def _certificates(sections: Sections, companies: Companies, products: Products) -> Certificates:
    certificates = Certificates(product for product in products if product.is_platform)
    for card in companies.cards:
        if card.on is None:
            for section in sections.all_of(card.item):
                certificates.hold(companies.of_card(card), section, card.item.line)
    for product in products:
        for item in product.items:
            for section in sections.all_of(item):
                for owner in product.companies:
                    certificates.hold(owner, section, item.line)
    return certificates


def _bad(files: Iterable[LandscapeFile], sections: Sections) -> Iterable[BadRow]:
    """What is wrong, but for products of earlier years: such a card tells of nothing, and nothing stands on it."""
    for file in files:
        for path, bad in file.bad:
            if file.on is None or sections.at(path).is_company:
                yield bad


def _fingerprint(files: Iterable[LandscapeFile], company: str | None, members_as: MembersAs) -> str:
    digest = blake2b(_VERSION, digest_size=16)
    for file in files:
        for part in (file.name.encode(), str(file.on).encode(), blake2b(file.data).digest()):
            digest.update(part + b"\x1f")
    digest.update(f"{company}\x1f{members_as}".encode())
    return digest.hexdigest()


def _records(companies: Companies, products: Products, tables: Tables) -> tuple[Records, ...]:
    """The items that were taken for a company's by something other than its present key."""
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)

    def note(item: Item, node: str | None, probability: float, reason: str) -> None:
        if node is not None:
            values = orjson.dumps(item.raw).decode()
            row = {
                "row": item.line,
                "values": values,
                "node": node,
                "probability": probability,
                "reason": reason,
            }
            rows[item.file].append(row)

    newest = {card.token: card for card in reversed(companies.cards)}
    for token, link in companies.identity.links.items():
        card = newest[token]
        node = tables.company_id(companies.of_card(card))
        note(card.item, node, link.probability, link.reason)
    for item, owner in products.found:
        if owner.company is not None and owner.reason is not None:
            note(item, tables.owner_id(owner.company), owner.probability, owner.reason)
    return tuple(Records(pl.DataFrame(of_file, schema=_RECORDS), file) for file, of_file in rows.items())
