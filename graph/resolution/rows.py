"""The accounts of the graph as `graph.matching` compares them: each as it was imported, merged ones too."""

from __future__ import annotations

from typing import Any

import polars as pl

from ..connection import Database
from ..duns import DUNS_NAMES, duns_of
from ..matching.rows import COLUMNS
from ..progress import Progress

_PAGE = 20_000
_LIST = "accounts"
COUNTRY_NAMES = ["custom.country", "custom.billingcountry", "custom.countrycode", "custom.billingcountrycode"]
"""Names of custom columns, without spaces, hyphens and underscores, in lower case."""

_NAMED = "[k IN keys(a) WHERE replace(replace(replace(toLower(k), ' ', ''), '_', ''), '-', '') IN $%s | toString(a[k])]"
DETAILS = f"""
COLLECT {{ MATCH (a)-[h:HAS_DOMAIN]->(d:Domain) WHERE h.mergedFrom IS NULL
  RETURN d.name ORDER BY h.isPrimary DESC, d.name }},
COLLECT {{ MATCH (a)-[h:HAS_EXTERNAL_ID]->(x:ExternalId) WHERE h.mergedFrom IS NULL RETURN x.id ORDER BY x.id }},
head({_NAMED % "duns"}), head({_NAMED % "country"})
"""
"""Columns of what an account itself brought: domains, external ids, and what custom columns say of DUNS and country."""

NAMES = {"duns": DUNS_NAMES, "country": COUNTRY_NAMES}


async def read_rows(database: Database, progress: Progress) -> pl.DataFrame:
    """One row per account and merged account, with the columns that `graph.matching.match` takes."""
    total = await database.value("MATCH (a:Account) RETURN count(a)")
    progress.start("Reading accounts", total)
    found: list[tuple[Any, ...]] = []
    for label, key in (("Account", "id"), ("SourceRecord", "key")):
        after = ""
        while rows := await database.rows(
            f"MATCH (a:{label}) WHERE a.{key} > $after WITH a ORDER BY a.{key} LIMIT $most "
            f"RETURN a.{key} AS at, a.id, a.name, {DETAILS}",
            {"after": after, "most": _PAGE, **NAMES},
        ):
            found += [
                (identity, _LIST, name, domains, duns or duns_of(external), country)
                for _, identity, name, domains, external, duns, country in rows
            ]
            after = rows[-1][0]
            progress.advance(len(rows))
    progress.finish()
    return pl.DataFrame(found, schema=COLUMNS, orient="row")
