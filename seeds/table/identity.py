"""Which node a row of a node table is: by its key, else by what else it says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from ...graph.domains import public_hosts, shared_domains
from ...graph.load.tables import ROW
from ...graph.model import NodeKind
from .faults import Faults
from .links import AT, Links, link, most_frequent
from .references import By, Named, Space
from .resolver import Resolver

_TEXT = pl.String()


@dataclass(frozen=True)
class Identity:
    """The values with their keys filled in, the whole ids of the rows, and how they were found."""

    kind: NodeKind
    values: pl.DataFrame
    nodes: pl.Series
    links: Links
    shared: set[str]

    @property
    def _has_own_key(self) -> pl.Series:
        return self.links.rows["by"] == By.ID.value

    def merged_lines(self, values: pl.DataFrame, good: pl.Series) -> set[int]:
        """The lines of rows that are merged with an earlier one rather than refused as its duplicate."""
        found = self.links.rows["by"].is_in([by.value for by in By if by is not By.ID]).fill_null(False)
        again = values["key"].is_duplicated() & ~values["key"].is_first_distinct()
        return set(values.filter(found & again & good)[ROW])

    def merge(self, rows: pl.DataFrame, file: str) -> tuple[pl.DataFrame, str | None]:
        """The rows with those of one node made one: the most frequent name, the first of other values, whole lists."""
        if not rows["key"].is_duplicated().any():
            return rows, None
        aggregated = []
        for name, dtype in rows.schema.items():
            if name == "name":
                aggregated.append(most_frequent(name).alias(name))
            elif dtype == pl.List(_TEXT):
                union = pl.col(name).explode().drop_nulls().unique(maintain_order=True)
                aggregated.append(pl.when(union.len() > 0).then(union.implode()).first().alias(name))
            elif name != "key":
                aggregated.append(pl.col(name).drop_nulls().first().alias(name))
        merged = rows.group_by("key", maintain_order=True).agg(aggregated).select(rows.columns)
        fewer = rows.height - merged.height
        rows_named = "1 row names" if fewer == 1 else f"{fewer} rows name"
        note = f"{file}: {rows_named} the same {self.kind.table} as an earlier one, by website, id or name; merged."
        return merged, note


def identify(
    kind: NodeKind, values: pl.DataFrame, faults: Faults, resolver: Resolver, generic: Collection[str]
) -> Identity:
    """Finds the node of each row, or the key of a new one."""
    shared: set[str] = set()
    if "domains" in values.columns:
        values, shared = _own_domains(values, generic)
    rows = pl.DataFrame(
        {
            AT: pl.int_range(values.height, dtype=pl.Int64, eager=True),
            "id": _text(values, "key"),
            "external_id": _first(values, "externalIds"),
            "domain": _first(values, "domains"),
            "name": _text(values, "name"),
            "any": pl.Series([None], dtype=_TEXT).new_from_index(0, values.height),
        }
    ).select(AT, *(pl.when(faults.good).then(name).alias(name) for name in Named._fields))
    # A key says which node it is, whatever else the row says.
    keyed = rows.with_columns(
        pl.when(pl.col("id").is_null()).then(name).alias(name) for name in ("external_id", "domain")
    )
    found = link(keyed, Space([kind], [kind], shared), resolver)
    reasons = found["problem"].replace("is missing", "says nothing that tells which node it is")
    blamed = found["blame"].replace_strict({"id": "key", "external_id": "externalIds", "name": "name"}, default=None)
    faults.add(reasons, blamed.cast(_TEXT), rows["id"].fill_null(rows["external_id"]).fill_null(rows["name"]))
    key = found["node"].str.strip_prefix(f"{kind.prefix}:").alias("key")
    with_key = values.select(key, pl.exclude("key"))
    return Identity(kind, with_key, found["node"], Links(found), shared)


def _own_domains(values: pl.DataFrame, generic: Collection[str]) -> tuple[pl.DataFrame, set[str]]:
    names = _text(values, "name")
    numbered = values.select(domain="domains").with_columns(names.alias("name")).with_row_index("row")
    pairs = numbered.explode("domain").drop_nulls("domain")
    shared = shared_domains(pairs["domain"], pairs["name"], generic) & set(pairs["domain"])
    is_nobodys = pairs["domain"].is_in(list(shared)) | public_hosts(pairs["domain"], pairs["name"])
    if not is_nobodys.any():
        return values, shared
    own = pairs.filter(~is_nobodys).group_by("row", maintain_order=True).agg(domains="domain")
    kept = numbered.select("row").join(own, on="row", how="left", maintain_order="left")["domains"]
    return values.with_columns(kept), set(pairs["domain"].filter(is_nobodys))


def _text(values: pl.DataFrame, name: str) -> pl.Series:
    if name in values.columns:
        return values[name]
    return pl.Series([None], dtype=_TEXT).new_from_index(0, values.height)


def _first(values: pl.DataFrame, name: str) -> pl.Series:
    return values[name].list.first() if name in values.columns else _text(values, name)
