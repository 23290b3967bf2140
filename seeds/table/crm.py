"""Exports of a CRM: accounts, opportunities and partner roles, recognised by their headers, as one dataset."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from ...graph.errors import BadInput
from ...graph.load.cast import cast
from ...graph.load.tables import Dataset, Table
from ...graph.model import ACCOUNT, BY_TYPE, PARTNER, DealStatus, Property, ValueType
from ...graph.progress import NoProgress, Progress
from .build import Adjust, Built, build
from .dataset import dataset
from .external_ids import external_id
from .headers import plain
from .kinds import creatable, kind_named
from .preset import Holds, Preset, fitted, presets, recognise
from .reader import Sheet, Source, read_sheet
from .resolver import InMemory, Layered, Resolver, unique

_FLAG = Property("", ValueType.BOOLEAN, "")


@dataclass(frozen=True)
class _Export:
    sheet: Sheet
    preset: Preset

    def header(self, *names: str) -> str | None:
        """The header of the file that one of these names stands for."""
        wanted = {plain(name): at for at, name in reversed(list(enumerate(names)))}
        found = [header for header in self.sheet.headers if plain(header) in wanted]
        return min(found, key=lambda header: wanted[plain(header)], default=None)

    def external_ids(self, names: Sequence[str], system: str) -> pl.Series:
        """The external ids in the first of these columns."""
        header = self.header(*names)
        if header is None:
            return pl.Series([None], dtype=pl.String()).new_from_index(0, self.sheet.rows.height)
        cells = self.sheet.rows[header].cast(pl.String()).str.strip_chars()
        known = {cell: external_id(cell, system) for cell in unique(cells) if cell}
        return cells.replace_strict(known, default=None, return_dtype=pl.String())


def read_crm(
    system: str,
    files: Sequence[Path],
    *,
    resolver: Resolver,
    progress: Progress | None = None,
    create: Collection[str] = (),
    currency: str | None = None,
    date_format: str | None = None,
    encoding: str | None = None,
) -> Dataset:
    """Exports of a CRM as one dataset: accounts first, then the deals with them, then the partners' part in these.

    An account that plays a partner's part becomes a partner as well, and both are tied by SAME_COMPANY_AS.

    Args:
        system: `salesforce` or `hubspot`.
        files: exports in any order; each is recognised by its headers.
        resolver: finds nodes of the graph.
        progress: told of the rows read.
        create: kinds whose missing nodes a reference creates (`accounts`, `partners`).
        currency: of the amounts, where an export names none.
        date_format: how dates are written, where that is neither ISO nor that of the United States.
        encoding: of the files, where they are not UTF-8 and have no byte order mark.

    Raises:
        BadInput: the system is unknown, or a file is no export that is known.
    """
    presets(system)
    if not files:
        raise BadInput("There is no file to import.")
    progress = progress or NoProgress()
    exports = []
    for file in files:
        sheet = _without_deleted(read_sheet(file, Source(encoding, None, system == "salesforce", progress)))
        preset = fitted(recognise(system, str(file), sheet.headers), sheet.headers, currency, date_format)
        exports.append(_Export(sheet, preset))
    order = list(Holds)
    exports.sort(key=lambda export: order.index(export.preset.holds))
    built = _Crm(system, exports, resolver, creatable(list(create))).run()
    said = [text for e in exports for text in (e.sheet.digest, e.preset.canonical())]
    return dataset(system, built, [system, *said, *sorted(create)])


class _Crm:
    def __init__(self, system: str, exports: Sequence[_Export], resolver: Resolver, creates: Collection[str]) -> None:
        self._system = system
        self._exports = exports
        self._creates = creates
        self._pending = InMemory()
        self._resolver = Layered(self._pending, resolver)
        self._built: list[Built] = []

    def run(self) -> list[Built]:
        for export in self._of(Holds.ACCOUNTS):
            self._add(export.sheet, export.preset)
        self._add_partners()
        for export in self._of(Holds.OPPORTUNITIES):
            self._add(export.sheet, export.preset, _deal_rules(export))
        for export in self._of(Holds.PARTNER_ROLES):
            self._add(export.sheet, export.preset)
        return self._built

    def _of(self, holds: Holds) -> list[_Export]:
        return [export for export in self._exports if export.preset.holds is holds]

    def _add(self, sheet: Sheet, preset: Preset, adjust: Adjust | None = None) -> Built:
        built = build(sheet, kind_named(preset.kind or ""), preset, self._resolver, self._creates, adjust)
        for table in built.tables:
            self._pending.add_table(table)
        self._built.append(built)
        return built

    def _add_partners(self) -> None:
        """The accounts that play a partner's part, as partners too."""
        wanted: set[str] = set()
        for export in self._of(Holds.PARTNER_ROLES):
            column = export.preset.references["from"].external_id
            wanted |= set(unique(export.external_ids(column.column if column else [], self._system)))
        if not wanted:
            return
        for export in self._of(Holds.ACCOUNTS):
            columns = export.preset.columns
            ids = export.external_ids(columns["externalIds"].column, self._system)
            sheet = replace(export.sheet, rows=export.sheet.rows.filter(ids.is_in(list(wanted))), bad=(), notes=())
            if sheet.rows.height:
                kept = {name: columns[name] for name in ("externalIds", "name", "domains")}
                preset = export.preset.model_copy(update={"kind": "partner", "columns": kept, "custom": {}})
                self._add(sheet, preset).bad.clear()  # the account's row says it already
        self._tie(sorted(wanted))

    def _tie(self, ids: Sequence[str]) -> None:
        partners = self._resolver.by_external_id(PARTNER, ids)
        accounts = self._resolver.by_external_id(ACCOUNT, ids)
        pairs = dict.fromkeys(
            (partner, account) for i in ids for partner in partners.get(i, ()) for account in accounts.get(i, ())
        )
        if pairs:
            rows = pl.DataFrame(list(pairs), schema={"from": pl.String, "to": pl.String}, orient="row")
            self._built.append(Built(tables=[Table(BY_TYPE["SAME_COMPANY_AS"], rows, self._system)]))


def _deal_rules(export: _Export) -> Adjust:
    """Flags say better than stages whether a deal is won; an open deal has no day on which it was closed."""
    flags: dict[str, pl.Series] = {}
    for name, headers in export.preset.flags.items():
        header = export.header(*headers)
        if header is not None:
            flags[name] = cast(export.sheet.rows[header], _FLAG).values

    def adjust(values: pl.DataFrame) -> pl.DataFrame:
        none = pl.Series([None], dtype=pl.Boolean()).new_from_index(0, values.height)
        said = pl.DataFrame({name: flags.get(name, none) for name in ("won", "lost", "closed")})
        stated = said.select(
            pl.when("won")
            .then(pl.lit(DealStatus.WON.value))
            .when(pl.col("lost") | (pl.col("closed") & pl.col("won").eq(False)))
            .then(pl.lit(DealStatus.LOST.value))
            .when(pl.col("closed").eq(False) | pl.col("won").eq(False) & pl.col("lost").eq(False))
            .then(pl.lit(DealStatus.OPEN.value))
        ).to_series()
        values = values.with_columns(stated.fill_null(values["status"]).alias("status"))
        if "closedOn" in values.columns:
            is_closed = pl.col("status") != DealStatus.OPEN.value
            values = values.with_columns(pl.when(is_closed).then("closedOn").alias("closedOn"))
        return values

    return adjust


def _without_deleted(sheet: Sheet) -> Sheet:
    header = next((h for h in sheet.headers if plain(h) in ("isdeleted", "deleted")), None)
    if header is None:
        return sheet
    deleted = cast(sheet.rows[header], _FLAG).values.fill_null(False)
    if not deleted.any():
        return sheet
    note = f"{sheet.file}: {deleted.sum()} deleted rows were left out."
    return replace(sheet, rows=sheet.rows.filter(~deleted), notes=(*sheet.notes, note))
