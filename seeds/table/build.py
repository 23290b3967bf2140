"""From the raw rows of a sheet to the tables, source records, bad rows and notes of an import."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

import polars as pl

from ...graph.load.tables import ROW, BadRow, Kind, Records, Table
from ...graph.load.validate import validate
from ...graph.model import NODES, HistoryKind, NodeKind, node_id
from .cells import Cells, cast_values, resolve_html
from .faults import Faults
from .identity import Identity, identify
from .kinds import Reference, properties, references
from .layout import Layout, is_required, lay_out
from .links import AT, Links, blame, link, named_columns
from .mapping import Mapping
from .reader import Sheet
from .references import Space
from .resolver import InMemory, Layered, Resolver

Adjust = Callable[[pl.DataFrame], pl.DataFrame]
_SHOWN = 3


@dataclass
class Built:
    """What one sheet comes to: created nodes first, then its own table, then the edges of its inline columns."""

    tables: list[Table] = field(default_factory=list)
    records: list[Records] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def build(
    sheet: Sheet,
    kind: Kind,
    mapping: Mapping,
    resolver: Resolver,
    creates: Collection[str] = (),
    adjust: Adjust | None = None,
) -> Built:
    """Casts, resolves and splits a sheet.

    Args:
        sheet: the raw columns.
        kind: what a row is.
        mapping: which header is what.
        resolver: finds nodes of the graph.
        creates: tables of the kinds that a reference may create.
        adjust: changes the cast values before they are validated, as presets need it.

    Raises:
        BadInput: the headers do not give what the kind needs.
    """
    layout = lay_out(kind, mapping, sheet.headers, sheet.file)
    if mapping.html:
        sheet = replace(sheet, rows=resolve_html(sheet.rows))
    return _Build(sheet, layout, mapping, resolver, creates, adjust).run()


class _Build:
    def __init__(
        self,
        sheet: Sheet,
        layout: Layout,
        mapping: Mapping,
        resolver: Resolver,
        creates: Collection[str],
        adjust: Adjust | None,
    ) -> None:
        self._sheet = sheet
        self._layout = layout
        self._mapping = mapping
        self._resolver = resolver
        self._creates = creates
        self._adjust = adjust
        self._faults = Faults(sheet.file, sheet.rows[ROW])
        self._cells = Cells(sheet.rows, self._faults)
        self._made = InMemory()
        self._new: set[str] = set()
        self._built = Built(bad=list(sheet.bad), notes=[*sheet.notes, *layout.notes])

    def run(self) -> Built:
        kind = self._layout.kind
        values = cast_values(self._layout, self._cells)
        if self._adjust is not None:
            values = self._adjust(values)
        self._require(values)
        identity = None
        if isinstance(kind, NodeKind):
            identity = identify(kind, values, self._faults, self._resolver, self._mapping.generic)
            self._note_shared(identity.shared)
            values = identity.values
        links = self._links()
        own = self._own(values, identity, links)
        good = self._faults.good
        links = {name: self._known(found).keep(good) for name, found in links.items()}
        if identity is not None:
            identity = replace(identity, links=identity.links.keep(good))
        self._created(list(links.values()))
        self._finish(own.filter(good), identity, links)
        self._built.bad += self._faults.bad_rows()
        self._note_left_out()
        return self._built

    def _require(self, values: pl.DataFrame) -> None:
        for prop in properties(self._layout.kind):
            if prop.required and prop.name in values.columns:
                bound = self._layout.values.get(prop.name)
                missing = pl.when(values[prop.name].is_null()).then(pl.lit("is missing", pl.String()))
                self._faults.add(pl.select(missing).to_series(), bound.header if bound else prop.name, None)

    def _links(self) -> dict[str, Links]:
        """The references in order; one may name what an earlier one of the same kind has made."""
        places = [p for p in references(self._layout.kind) if p.name in self._layout.references]
        links: dict[str, Links] = {}
        for at, place in enumerate(places):
            links[place.name] = self._link(place)
            later = {kind.table for other in places[at + 1 :] for kind in other.kinds}
            for kind in place.kinds:
                if kind.table in later & set(self._creates):
                    self._remember(links[place.name].created(kind, self._sheet.rows[ROW], self._sheet.file))
        return links

    def _known(self, links: Links) -> Links:
        return links.knowing(self._new) if self._new else links

    def _remember(self, table: Table | None) -> None:
        if table is not None and isinstance(table.kind, NodeKind):
            self._made.add_table(table)
            self._new |= {node_id(table.kind, key) for key in table.rows["key"]}

    def _link(self, place: Reference) -> Links:
        fields = self._layout.references[place.name]
        spec = self._mapping.references.get(place.name)
        kinds = place.kinds
        if spec is not None and spec.kind is not None:
            kinds = tuple(k for k in kinds if k.table == spec.kind)
        pick_first = spec is not None and spec.pick == "first"
        generic = self._mapping.generic
        rows, shared, seen = named_columns(fields, self._cells, place, pick_first=pick_first, generic=generic)
        self._note_shared(seen)
        space = Space(kinds, [k for k in kinds if k.table in self._creates], shared)
        linked = link(rows, space, Layered(self._resolver, self._made))
        blame(linked, fields, self._cells, self._faults, is_required(self._layout.kind, place))
        return Links(linked)

    def _own(self, values: pl.DataFrame, identity: Identity | None, links: dict[str, Links]) -> pl.DataFrame:
        """The rows of the kind itself, as many as the sheet has; what the model refuses becomes a fault."""
        kind = self._layout.kind
        if identity is None:
            ends = {name: found.rows["node"] for name, found in links.items()}
            values = values.with_columns(column.alias(name) for name, column in ends.items())
        good = self._faults.good
        _, bad = validate(Table(kind, values.filter(good), self._sheet.file))
        if identity is not None:
            bad = [b for b in bad if b.line not in identity.merged_lines(values, good)]
        self._blame_bad(bad)
        return values

    def _blame_bad(self, bad: list[BadRow]) -> None:
        if not bad:
            return
        found = {b.line: b for b in bad}
        raw = {name: self._cells.of(bound) for name, bound in self._layout.values.items()}
        blamed: list[tuple[str | None, str | None, str | None]] = []
        for at, line in enumerate(self._sheet.rows[ROW]):
            row = found.get(line)
            if row is None:
                blamed.append((None, None, None))
            elif row.column in raw:
                cell = raw[row.column][at]
                header = self._layout.values[row.column].header or row.column
                blamed.append((row.reason, header, None if cell is None else str(cell)))
            else:
                blamed.append((row.reason, row.column, row.value))
        reasons, columns, cells = (pl.Series([b[at] for b in blamed], dtype=pl.String()) for at in range(3))
        self._faults.add(reasons, columns, cells)

    def _created(self, links: list[Links]) -> None:
        lines = self._sheet.rows[ROW]
        for kind in NODES:
            rows = [found.rows for found in links]
            table = Links(pl.concat(rows)).created(kind, lines, self._sheet.file) if rows else None
            if table is not None:
                self._built.tables.append(table)

    def _finish(self, own: pl.DataFrame, identity: Identity | None, links: dict[str, Links]) -> None:
        kind, file = self._layout.kind, self._sheet.file
        if identity is None:
            self._built.tables.append(Table(kind, own, file))
        elif isinstance(kind, NodeKind):
            merged, note = identity.merge(own, file)
            self._built.notes += [note] if note else []
            self._built.tables.append(Table(kind, merged, file))
            for place in references(kind):
                if place.name in links:
                    self._inline(place, identity, links[place.name])
        found = [*links.values(), *([identity.links] if identity else [])]
        self._record(found)

    def _inline(self, place: Reference, identity: Identity, links: Links) -> None:
        if place.edge is None:
            return
        own, other = ("from", "to") if place.is_outgoing else ("to", "from")
        edges = links.rows.select(
            self._sheet.rows[ROW].gather(links.rows[AT]).alias(ROW),
            identity.nodes.gather(links.rows[AT]).alias(own),
            pl.col("node").alias(other),
        ).select("from", "to", ROW)
        distinct = edges.unique(["from", "to"], keep="first", maintain_order=True)
        self._built.tables.append(Table(place.edge, distinct, self._sheet.file))

    def _record(self, links: list[Links]) -> None:
        """Only the columns that are read, and those that the mapping names, are kept: others may be personal."""
        if isinstance(self._layout.kind, HistoryKind) and self._layout.kind.of is None:
            return
        names = list(dict.fromkeys([*self._layout.headers(), *self._mapping.record]))
        names = [name for name in names if name in self._sheet.rows.columns]
        if not names:
            return
        values = self._sheet.rows.select(pl.struct(names).struct.json_encode()).to_series()
        parts = [found.records(self._sheet.rows[ROW], values) for found in links]
        rows = pl.concat(parts).sort("row", maintain_order=True) if parts else pl.DataFrame()
        if rows.height:
            self._built.records.append(Records(rows, self._sheet.file))

    def _note_shared(self, shared: Collection[str]) -> None:
        if shared:
            listed = ", ".join(sorted(shared))
            self._built.notes.append(f"{self._sheet.file}: shared websites, not taken as identity: {listed}.")

    def _note_left_out(self) -> None:
        lost = list(dict.fromkeys(self._cells.left_out))
        if lost:
            shown = "; ".join(f"line {line}, {header} {cell[:60]!r}" for line, header, cell in lost[:_SHOWN])
            more = f"; and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
            what = "1 website is" if len(lost) == 1 else f"{len(lost)} websites are"
            self._built.notes.append(f"{self._sheet.file}: {what} no company's own, and left out: {shown}{more}.")
