"""Why a pair is thought the same company or not, in words."""

from __future__ import annotations

import polars as pl

from .compare import Agreement, Name, Rarity, Site
from .rows import Rows

_ALIKE = (Name.SLIP.value, Name.ALIKE.value)
HELD = "names alone do not decide where the domains differ"


def reasons(rows: Rows, pairs: pl.DataFrame) -> pl.Series:
    """A list of reasons for each pair, the weightiest kind first.

    Args:
        rows: as `read_rows` gives them.
        pairs: `left` and `right` (numbers of rows), the columns of `compare`, `is_held`.
    """
    side = rows.table.select(pl.col("name").fill_null("").str.strip_chars(), "own", "duns", "country")
    nobodys = rows.shared.group_by("at").agg(shared=pl.col("domain").sort())
    side = side.with_row_index("at").join(nobodys, on="at", how="left", maintain_order="left")
    left, right = (side.drop("at")[pairs[end].to_numpy()] for end in ("left", "right"))
    left, right = left.rename(lambda c: f"{c}_l"), right.rename(lambda c: f"{c}_r")
    table = pl.concat([pairs, left, right], how="horizontal")
    common = pl.col("own_l").list.set_intersection("own_r").list.sort().list.first()
    table = table.with_columns(domain=common)
    said = [
        _duns(),
        _domain(),
        _shared(),
        _name(),
        _rarity(),
        _label(),
        _country(),
        pl.when("is_held").then(pl.lit(HELD)),
    ]
    return table.select(reasons=pl.concat_list(said).list.drop_nulls()).to_series()


def _duns() -> pl.Expr:
    return (
        pl.when(pl.col("duns") == Agreement.SAME.value).then(pl.format("same DUNS {}", "duns_l"))
        .when(pl.col("duns") == Agreement.DIFFERENT.value).then(pl.format("different DUNS {} / {}", "duns_l", "duns_r"))
    )  # fmt: skip


def _domain() -> pl.Expr:
    theirs = (_list("own_l"), _list("own_r"))
    site = pl.col("site")
    return (
        pl.when(pl.col("domain").is_not_null()).then(pl.format("same domain {}", "domain"))
        .when(site == Site.ALIAS.value).then(pl.format("domains {} / {}, which other rows name together", *theirs))
        .when(site == Site.LABEL.value).then(pl.format("domains {} / {} differ in their endings", *theirs))
        .when(site == Site.DIFFERENT.value).then(pl.format("different domains {} / {}", *theirs))
        .when(pl.col("own_l").is_null() & pl.col("own_r").is_null()).then(pl.lit("neither has a domain of its own"))
        .otherwise(pl.lit("only one has a domain of its own"))
    )  # fmt: skip


def _shared() -> pl.Expr:
    both = pl.col("shared_l").list.set_intersection("shared_r").list.sort()
    return pl.when(both.list.len() > 0).then(pl.format("both at {}, which many share", both.list.first()))


def _name() -> pl.Expr:
    names = (pl.col("name_l"), pl.col("name_r"))
    level = pl.col("name")
    written_alike = pl.col("name_l") == pl.col("name_r")
    with_score = (*names, pl.col("similarity").round(2))
    return (
        pl.when((level == Name.SAME.value) & written_alike).then(pl.format("same name: {}", "name_l"))
        .when(level == Name.SAME.value).then(pl.format("same name but for its writing: {} / {}", *names))
        .when(level == Name.STEM.value).then(pl.format("same name but for its part: {} / {}", *names))
        .when(level == Name.PART.value).then(pl.format("one name begins or ends the other: {} / {} ({})", *with_score))
        .when(level == Name.INITIALS.value).then(pl.format("initials: {} / {}", *names))
        .when(level.is_in(_ALIKE)).then(pl.format("names alike: {} / {} ({})", *with_score))
        .when(level == Name.OTHER.value).then(pl.format("different names: {} / {} ({})", *with_score))
        .otherwise(pl.lit("a name is missing"))
    )  # fmt: skip


def _rarity() -> pl.Expr:
    is_common = pl.col("rarity").is_in([Rarity.FEW.value, Rarity.MANY.value]) & (pl.col("site") != Site.SAME.value)
    return pl.when(is_common).then(pl.format("{} websites have what the names share", "companies"))


def _label() -> pl.Expr:
    return pl.when(pl.col("by_label") & (pl.col("site") == Site.UNKNOWN.value)).then(
        pl.lit("the name of one is the domain of the other")
    )


def _country() -> pl.Expr:
    return (
        pl.when(pl.col("country") == Agreement.SAME.value).then(pl.format("same country {}", "country_l"))
        .when(pl.col("country") == Agreement.DIFFERENT.value)
        .then(pl.format("different countries {} / {}", "country_l", "country_r"))
    )  # fmt: skip


def _list(column: str) -> pl.Expr:
    return pl.col(column).list.head(3).list.join(", ")
