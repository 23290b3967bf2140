"""Names in the form in which they are compared: without case, accents, punctuation, legal forms and fillers."""

from __future__ import annotations

import polars as pl

from .legal_forms import ADDED_WORDS, FILLERS, LEADING_FORMS, SAME_WORDS, TRAILING_FORMS

_LETTERS = {"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "&": " and "}
_WORDS = {f" {word} ": f" {kept} " for word, kept in SAME_WORDS.items()} | {f" {word} ": " " for word in FILLERS}


def core_names(names: pl.Series) -> pl.DataFrame:
    """For each name what is compared.

    Returns:
        `core`: its words with single spaces (empty where there is no name), `compact`: the same without spaces, `stem`:
        compact, without the words that tell only which part of a company it is, `initials`: the first letters of three
        or more words, else null.
    """
    unique = names.unique().drop_nulls().alias("name").to_frame()
    plain = pl.col("name").str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    plain = plain.str.replace_many(_LETTERS).str.replace_all(r"\s*[(（][^)）]*[)）]?\s*$", "")
    plain = plain.str.replace_all(r"\.(?:com|net|org)\b", "").str.replace_all(r"[.'’`´\x{ad}]", "")
    plain = plain.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    found = unique.with_columns(plain=plain).with_columns(bare=_without_forms(pl.col("plain")))
    found = found.with_columns(core=pl.when(pl.col("bare") == "").then("plain").otherwise("bare"))
    found = found.with_columns(core=pl.when(pl.col("core") == "").then(_marks()).otherwise("core"))
    found = found.with_columns(compact=_joined(pl.col("core")), initials=_initials(),
                               stem=_joined(pl.col("core").str.replace(ADDED_WORDS, "")))  # fmt: skip
    rows = names.alias("name").to_frame().join(found, on="name", how="left", maintain_order="left")
    return rows.select(pl.col("core", "compact", "stem").fill_null(""), "initials")


def _without_forms(plain: pl.Expr) -> pl.Expr:
    # Spaces are doubled so that each word has its own, and one replacement does not hide the next.
    spaced = pl.lit(" ") + plain.str.replace_all(" ", "  ", literal=True) + pl.lit(" ")
    words = spaced.str.replace_many(_WORDS).str.replace_all(r" +", " ").str.strip_chars()
    bare = words.str.replace(TRAILING_FORMS, "").str.replace(LEADING_FORMS, "")
    return bare.str.strip_chars()


def _joined(words: pl.Expr) -> pl.Expr:
    return words.str.replace_all(" ", "", literal=True)


def _marks() -> pl.Expr:
    """A name of punctuation alone stays as it is."""
    return pl.col("name").str.to_lowercase().str.strip_chars()


def _initials() -> pl.Expr:
    letters = pl.col("core").str.replace_all(r"(\S)\S* ?", "$1")
    return pl.when(letters.str.len_chars() >= 3).then(letters)
