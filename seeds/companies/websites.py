"""What a row gives as websites and e-mail domains of its company."""

from __future__ import annotations

import polars as pl

from ..synthetic.draws import Random, chance

_FREE_MAIL = ("gmail.com", "outlook.com", "yahoo.com", "gmx.de", "qq.com", "proton.me")
_PROFILES = (
    "https://www.facebook.com/", "https://www.linkedin.com/company/", "https://github.com/", "https://bit.ly/",
    "https://sites.google.com/view/", "https://x.com/",
)  # fmt: skip
_AGENCY = 12
"""Companies at one shared site, about."""


def websites(rng: Random, rows: pl.DataFrame) -> pl.Series:
    """Lists of addresses, one list a row, empty where nothing is known.

    Args:
        rng: draws the noise.
        rows: `domain`, `domains`, `former`, `is_former`, `is_other`, `regional`, `is_regional`.
    """
    count = rows.height

    def some(share: float) -> pl.Series:
        return pl.Series(chance(rng, share, count))

    lone = pl.concat_list("domain")
    some_of = pl.when(some(0.5)).then("domains").otherwise(lone)
    regional = pl.when(some(0.4)).then(pl.concat_list("regional", "domain")).otherwise(pl.concat_list("regional"))
    former = pl.when(some(0.4)).then(pl.concat_list("former", "domain")).otherwise(pl.concat_list("former"))
    own = (
        pl.when("is_regional").then(regional)
        .when(pl.col("is_other") & pl.col("is_former") & some(0.5)).then(former)
        .otherwise(some_of)
    )  # fmt: skip
    chosen = rows.select(own.alias("domains")).to_series()
    written = _written(rng, chosen)
    mail = pl.Series(_FREE_MAIL).gather(rng.integers(len(_FREE_MAIL), size=count))
    slug = rows["domain"].str.split(".").list.first()
    profile = pl.Series(_PROFILES).gather(rng.integers(len(_PROFILES), size=count)) + slug
    agency = pl.Series(rng.integers(max(1, count // 100 // _AGENCY + 1), size=count)).cast(pl.String)
    agency = "https://agency" + agency + ".home.arpa/" + slug
    wrong = rows["domain"].gather(rng.integers(count, size=count))
    table = pl.DataFrame({"written": written, "mail": mail, "profile": profile, "agency": agency, "wrong": wrong})
    with_mail = pl.concat_list("written", "mail")
    return table.select(
        pl.when(some(0.16)).then(pl.lit([], dtype=pl.List(pl.String)))
        .when(some(0.05)).then(pl.concat_list("mail"))
        .when(some(0.03)).then(pl.concat_list("profile"))
        .when(some(0.01)).then(pl.concat_list("agency"))
        .when(some(0.002)).then(pl.concat_list("wrong"))
        .when(some(0.06)).then(with_mail)
        .otherwise("written")
        .alias("domains")
    ).to_series()  # fmt: skip


def _written(rng: Random, domains: pl.Series) -> pl.Series:
    """The domains as people write them."""
    forms = pl.Series(("{}", "www.{}", "https://www.{}/", "http://{}", "https://{}/en/about", "info@{}"))
    form = forms.gather(rng.choice(len(forms), len(domains), p=(0.4, 0.12, 0.25, 0.08, 0.1, 0.05)))
    flat = pl.DataFrame({"at": range(len(domains)), "domain": domains, "form": form}).explode("domain")
    before, after = pl.col("form").str.split("{}").list.first(), pl.col("form").str.split("{}").list.last()
    written = flat.select("at", address=before + pl.col("domain") + after)
    return written.group_by("at", maintain_order=True).agg("address")["address"]
