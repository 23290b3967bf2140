"""How a row writes the name of its company."""

from __future__ import annotations

import numpy as np
import polars as pl

from ..synthetic.draws import Random, chance

_FORMS = {
    "US": ("Inc.", "Inc", "LLC", "Corp.", "Corporation", ", Inc.", "Co."),
    "DE": ("GmbH", "G.m.b.H.", "AG", "SE", "GmbH & Co. KG"),
    "GB": ("Ltd", "Ltd.", "Limited", "PLC", "plc"),
    "FR": ("SA", "S.A.", "SAS", "SARL"),
    "IN": ("Pvt Ltd", "Pvt. Ltd.", "Private Limited", "Ltd"),
    "JP": ("K.K.", "Co., Ltd.", "KK"),
    "BR": ("Ltda", "S.A.", "Ltda."),
    "NL": ("B.V.", "BV", "N.V."),
    "SE": ("AB", "Ab"),
    "ES": ("S.L.", "S.A.", "SL"),
}
_SHORT = {
    "Manufacturing": "Mfg", "Services": "Svcs", "Financial": "Fin", "International": "Intl", "National": "Natl",
    "University": "Univ", "Institute": "Inst", "Engineering": "Eng", "Holdings": "Hldgs", "Systems": "Sys",
}  # fmt: skip
_ADDED = ("Group", "Holdings", "International", "Global", "Europe", "Worldwide")
_ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ö", "u": "ü"}
_LETTERS = "aeinorstl"


def spelled(rng: Random, rows: pl.DataFrame) -> pl.Series:
    """A name for each row.

    Args:
        rng: draws the noise.
        rows: `name`, `other`, `is_other`, `is_regional`, `country`.
    """
    count = rows.height

    def some(share: float) -> pl.Series:
        return pl.Series(chance(rng, share, count))

    name = rows.select(
        pl.when("is_other").then("other")
        .when("is_regional").then(pl.concat_str("name", pl.lit(" "), "country"))
        .otherwise("name")
    ).to_series()  # fmt: skip
    words = name.str.split(" ")
    few = words.list.len() > 1
    initials = words.list.eval(pl.element().str.head(1)).list.join("")
    name = _where(few & some(0.05), name.str.replace(r" \S+$", ""), name)
    name = _where((words.list.len() > 2) & some(0.02), initials, name)
    name = _where(some(0.04), name + " " + pl.Series(_ADDED).gather(rng.integers(len(_ADDED), size=count)), name)
    name = _where(some(0.3), name.str.replace_many(_SHORT), name)
    name = _where(some(0.05), _slip(rng, name), name)
    name = _where(some(0.5), _with_form(rng, name, rows["country"]), name)
    name = _where(some(0.04), name.str.replace_many(_ACCENTS), name)
    name = _where(some(0.02), pl.lit("The ") + name, name)
    name = _where(some(0.05), name.str.replace(" ", "", literal=True), name)
    name = _where(some(0.08), name.str.to_uppercase(), name)
    return _where(some(0.03), name.str.to_lowercase(), name).alias("name")


def _slip(rng: Random, names: pl.Series) -> pl.Series:
    """One letter left out, doubled, taken for another, or changed with the next, the first letter aside."""
    count = len(names)
    lengths = names.str.len_chars().to_numpy()
    at = 1 + (rng.random(count) * np.maximum(lengths - 2, 1)).astype(np.int64)
    way = pl.Series(rng.integers(4, size=count))
    letter = pl.Series(list(_LETTERS)).gather(rng.integers(len(_LETTERS), size=count))
    parts = pl.DataFrame({"name": names, "at": at, "way": way, "letter": letter})
    head, here = pl.col("name").str.slice(0, pl.col("at")), pl.col("name").str.slice(pl.col("at"), 1)
    following, rest = pl.col("name").str.slice(pl.col("at") + 1, 1), pl.col("name").str.slice(pl.col("at") + 1)
    return parts.select(
        pl.when(pl.col("way") == 0).then(head + rest)
        .when(pl.col("way") == 1).then(head + here + here + rest)
        .when(pl.col("way") == 2).then(head + pl.col("letter") + rest)
        .otherwise(head + following + here + pl.col("name").str.slice(pl.col("at") + 2))
    ).to_series()  # fmt: skip


def _with_form(rng: Random, names: pl.Series, countries: pl.Series) -> pl.Series:
    drawn = rng.random(len(names))
    forms = pl.Series([None] * len(names), dtype=pl.String)
    for country, known in _FORMS.items():
        mine = pl.Series(known).gather((drawn * len(known)).astype(np.int64))
        forms = _where(countries == country, mine, forms)
    return (names + " " + forms).str.replace(" ,", ",", literal=True)


def _where(when: pl.Series, then: pl.Series | pl.Expr, otherwise: pl.Series) -> pl.Series:
    return pl.select(pl.when(when).then(then).otherwise(otherwise)).to_series()
