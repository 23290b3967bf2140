"""The references of a sheet's rows, resolved: which row names which node, and by what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from ...graph.domains import public_hosts, shared_domains
from ...graph.load.tables import ROW, Table
from ...graph.model import NodeKind, ValueType
from .cells import Cells
from .faults import Faults
from .kinds import Reference
from .layout import Bound
from .references import PROBABILITY, Named, Space, resolve
from .resolver import Resolver

_TEXT = pl.String()
AT = "at"
"""The number of the row in the sheet, from 0."""

_FIELDS = Named._fields
_OUTCOME = {
    "node": _TEXT,
    "by": _TEXT,
    "said": _TEXT,
    "is_new": pl.Boolean(),
    "problem": _TEXT,
    "blame": _TEXT,
}


@dataclass(frozen=True)
class Links:
    """One line for each reference: `at`, the fields of `Named`, `node`, `by`, `said`, `is_new`."""

    rows: pl.DataFrame

    def knowing(self, new: Collection[str]) -> Links:
        """With `is_new` for all of these nodes, wherever in the file they were made."""
        return Links(self.rows.with_columns((pl.col("is_new") | pl.col("node").is_in(list(new))).alias("is_new")))

    def keep(self, good: pl.Series) -> Links:
        """Those of the good rows only."""
        kept = pl.DataFrame({AT: pl.int_range(len(good), dtype=pl.Int64, eager=True).filter(good)})
        return Links(self.rows.join(kept, on=AT, how="semi", maintain_order="left"))

    def created(self, kind: NodeKind, lines: pl.Series, file: str) -> Table | None:
        """The new nodes of a kind: the most frequent name, every domain and external id, the first line."""
        new = self.rows.filter(pl.col("is_new") & pl.col("node").str.starts_with(f"{kind.prefix}:"))
        if new.is_empty():
            return None
        named = new.with_columns(
            pl.col("name").fill_null(pl.when(pl.col("by") == "name").then(pl.col("said"))).alias("name"),
            pl.col("domain").fill_null(pl.when(pl.col("by") == "domain").then(pl.col("said"))).alias("domain"),
            lines.gather(new[AT]).alias(ROW),
        )
        columns = {
            ROW: pl.col(ROW).first(),
            "name": most_frequent("name"),
        }
        if kind.has_domains:
            columns["domains"] = pl.col("domain").drop_nulls().unique(maintain_order=True)
        if kind.has_external_ids:
            columns["externalIds"] = pl.col("external_id").drop_nulls().unique(maintain_order=True)
        nodes = named.group_by("node", maintain_order=True).agg(e.alias(n) for n, e in columns.items())
        key = pl.col("node").str.strip_prefix(f"{kind.prefix}:").alias("key")
        return Table(kind, nodes.select(key, *columns), file)

    def records(self, lines: pl.Series, values: pl.Series) -> pl.DataFrame:
        """A source record for each reference that was resolved by a domain or a name."""
        found = self.rows.filter(pl.col("by").is_in([by.value for by in PROBABILITY]))
        return found.select(
            lines.gather(found[AT]).alias("row"),
            values.gather(found[AT]).alias("values"),
            "node",
            pl.col("by")
            .replace_strict({by.value: p for by, p in PROBABILITY.items()}, return_dtype=pl.Float64)
            .alias("probability"),
            pl.concat_str("by", pl.lit(" "), "said").alias("reason"),
        )


def most_frequent(name: str) -> pl.Expr:
    """The most frequent value of a column within a group, of several the first."""
    return pl.col(name).drop_nulls().mode(maintain_order=True).first()


def named_columns(
    fields: dict[str, Bound], cells: Cells, place: Reference, *, pick_first: bool, generic: Collection[str]
) -> tuple[pl.DataFrame, set[str], set[str]]:
    """What each row says of a node, one line for each reference; shared domains, and those of them that it names."""
    columns: dict[str, pl.Series] = {}
    for name, bound in fields.items():
        columns["domain" if name == "website" else name] = _column(name, bound, cells, place, pick_first=pick_first)
    numbers = pl.int_range(cells.rows.height, dtype=pl.Int64, eager=True)
    rows = pl.DataFrame({AT: numbers, **columns})
    good = cells.faults.good  # rows with a fault make no node, nor do they tell of one
    rows = rows.with_columns(pl.when(good).then(name).alias(name) for name in columns)
    if place.is_list:
        rows = pl.concat(
            [rows.select(AT, pl.col(name)).explode(name).drop_nulls() for name in columns], how="diagonal"
        ).sort(AT, maintain_order=True)
    rows = rows.with_columns(pl.lit(None, _TEXT).alias(name) for name in _FIELDS if name not in rows.columns)
    shared = shared_domains(rows["domain"], rows["name"], generic)
    is_public = public_hosts(rows["domain"], rows["name"])
    seen = (shared & set(rows["domain"])) | set(rows["domain"].filter(is_public))
    own = pl.when(~pl.col("domain").is_in(list(shared)) & ~is_public).then("domain").alias("domain")
    return rows.with_columns(own).select(AT, *_FIELDS), shared, seen


def _column(name: str, bound: Bound, cells: Cells, place: Reference, *, pick_first: bool) -> pl.Series:
    many = place.is_list or pick_first
    if name == "website":
        column = cells.websites(bound) if many else cells.website(bound)
    elif name == "external_id":
        column = cells.external_ids(bound) if many else cells.external_id(bound)
    else:
        column = cells.cast(bound, ValueType.STRINGS) if many else cells.text(bound)
    return column.list.first() if pick_first and not place.is_list else column


def link(rows: pl.DataFrame, space: Space, resolver: Resolver) -> pl.DataFrame:
    """The lines with their outcomes; each distinct reference is resolved once."""
    distinct = rows.select(_FIELDS).unique(maintain_order=True)
    references = [Named(*values) for values in distinct.iter_rows()]
    outcomes = resolve(references, space, resolver)
    found = pl.DataFrame([tuple(o) for o in outcomes], schema=_OUTCOME, orient="row")
    return rows.join(distinct.hstack(found), on=list(_FIELDS), how="left", nulls_equal=True, maintain_order="left")


def blame(links: pl.DataFrame, fields: dict[str, Bound], cells: Cells, faults: Faults, is_required: bool) -> None:
    """Turns the problems of a reference into faults of their rows."""
    bad = links.filter(pl.col("problem").is_not_null())
    if not is_required:
        bad = bad.filter(pl.col("problem") != "is missing")
    bad = bad.unique(AT, keep="first", maintain_order=True)
    if bad.is_empty():
        return
    height = cells.rows.height
    first = next(iter(fields.values()))
    website = fields.get("website")
    for (blamed,), part in bad.group_by("blame", maintain_order=True):
        bound = fields.get(str(blamed)) or first
        reasons = pl.DataFrame({AT: pl.int_range(height, dtype=pl.Int64, eager=True)}).join(
            part.select(AT, "problem"), on=AT, how="left", maintain_order="left"
        )["problem"]
        if blamed is None and website is not None:
            lost = cells.text(website).is_not_null()
            no_site = pl.lit("is no company's own website, and the row says no more", _TEXT)
            of_site = pl.select(pl.when(lost & reasons.is_not_null()).then(no_site)).to_series()
            faults.add(of_site, website.header, cells.of(website))
        faults.add(reasons, bound.header, cells.of(bound))
