"""Columns of account lists before they are matched: websites, DUNS numbers, owners, populations."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b

import polars as pl

from ...graph.load.cast import text_of
from ...graph.model import Population
from .headers import plain
from .mapping import Mapping
from .reader import Sheet
from .resolver import unique

_SEPARATOR = re.compile(r"[;,|\n]")
_POPULATIONS = {
    Population.CUSTOMER: ("customer", "customers", "currentcustomers", "activecustomers", "allcustomers"),
    Population.OPPORTUNITY: (
        "opportunity", "opportunities", "openopportunity", "openopportunities", "openopps", "openopp", "opps",
    ),
    Population.PROSPECT: ("prospect", "prospects", "lead", "leads", "target", "targets", "targetaccounts"),
}  # fmt: skip
_NAMED = {word: population for population, words in _POPULATIONS.items() for word in words}


def prepared(sheet: Sheet, mapping: Mapping) -> Sheet:
    """The sheet with one website a row, DUNS numbers as nine digits, and owners without names."""
    rows = sheet.rows
    to = mapping.references["to"]
    if to.website is not None:
        websites = present(sheet, to.website.column)
        if len(websites) > 1:
            filled = pl.coalesce(_cell(rows[name]).alias(name) for name in websites).alias(websites[0])
            rows = rows.with_columns(filled)
    if to.external_id is not None and to.external_id.system == "duns":
        for name in present(sheet, to.external_id.column)[:1]:
            digits = _cell(rows[name]).str.replace_all(r"[\s.-]", "").str.zfill(9)
            rows = rows.with_columns(digits.alias(name))
    owner = mapping.columns.get("ownerKey")
    for name in present(sheet, owner.column)[:1] if owner is not None else ():
        if not plain(name).endswith("id"):
            rows = rows.with_columns(_hashed(_cell(rows[name])).alias(name))
    return replace(sheet, rows=rows)


def by_population(sheet: Sheet, mapping: Mapping) -> Sheet:
    """The sheet with a row for each population that a cell names; what is no population stays, to be refused."""
    found = present(sheet, mapping.columns["population"].column)
    if not found:
        return sheet
    name = found[0]
    cells = _cell(sheet.rows[name])
    known = {cell: populations_of(cell) for cell in unique(cells)}
    lists = cells.replace_strict(known, default=None, return_dtype=pl.List(pl.String()))
    return replace(sheet, rows=sheet.rows.with_columns(lists.alias(name)).explode(name))


def populations_of(text: str) -> list[str]:
    """The populations that a cell names, several with a mark between them."""
    parts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    return list(dict.fromkeys(str(_NAMED.get(plain(part), part)) for part in parts))


def present(sheet: Sheet, wanted: list[str]) -> list[str]:
    """The headers of the file that are among these, in their order."""
    headers = {plain(header): header for header in reversed(sheet.headers)}
    found = (name if name in sheet.headers else headers.get(plain(name)) for name in wanted)
    return list(dict.fromkeys(name for name in found if name is not None))


def _cell(column: pl.Series) -> pl.Series:
    text = text_of(column).str.strip_chars()
    return pl.select(pl.when(text != "").then(text)).to_series().alias(column.name)


def _hashed(column: pl.Series) -> pl.Series:
    def opaque(owner: str) -> str:
        return f"owner-{blake2b(owner.casefold().encode(), digest_size=8).hexdigest()}"

    known = {owner: opaque(owner) for owner in unique(column)}
    return column.replace_strict(known, default=None, return_dtype=pl.String())
