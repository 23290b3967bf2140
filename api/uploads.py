"""Account lists that come over HTTP: looked at first, then loaded, each as work that goes on after the request."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..graph.account_lists import GraphLists
from ..graph.connection import Database
from ..graph.errors import BadInput
from ..graph.jobs import Outcome, Told
from ..graph.load import BadRow, OnBad, Rejected, load, prepare
from ..graph.merged import waiting
from ..graph.model import ACCOUNT, Population
from ..graph.names import names_of
from ..graph.resolver import GraphResolver
from ..seeds.table import (
    OWNER,
    ListImport,
    Reading,
    Shown,
    by_hand,
    read_population,
    read_sheet,
    shown,
    usual_columns,
    write_set_aside,
)  # fmt: skip

SHOWN_ROWS = 20
SHOWN = 200
"""Most bad rows and most changes that a result tells one by one."""
LONGEST_SET_ASIDE = 16 << 20
"""Bytes of bad rows that are kept for who asks for them."""


_NOTHING: Mapping[str, Any] = {
    "owner": None, "badCount": 0, "bad": (), "changes": {"came": 0, "left": 0, "changed": 0}, "changed": (),
    "newAccounts": 0, "notes": (), "hasSetAside": False, "toReview": 0,
}  # fmt: skip
"""What a result says where it is not known what the rows mean."""


@dataclass(frozen=True)
class Upload:
    """A file that was sent, in a folder of its own that ends with it, and what is to be made of it.

    `columns` are chosen by hand, field by header; `sets_aside` loads the good rows of a file with bad ones.
    """

    file: Path
    population: Population
    on: date
    partner: str | None = None
    with_owners: bool = False
    sets_aside: bool = False
    columns: Mapping[str, str] | None = None

    async def preview(self, database: Database, told: Told) -> Outcome:
        """What loading it would do; nothing is written."""
        return await self._through(self._preview, database, told)

    async def commit(self, database: Database, told: Told) -> Outcome:
        """Load it."""
        return await self._through(self._commit, database, told)

    async def _through(self, step: Any, database: Database, told: Told) -> Outcome:
        """Without the folder in what is said: that is this machine's business."""
        try:
            made: Outcome = await step(database, told)
        except BadInput as error:
            raise BadInput(self._said(error.message), hint=error.hint) from None
        return Outcome(made.result, tuple(map(self._said, made.problems)), made.file)

    def forget(self) -> None:
        """Delete the file."""
        shutil.rmtree(self.file.parent, ignore_errors=True)

    async def _read(self, database: Database, told: Told) -> ListImport:
        resolver = GraphResolver(database)
        reading = Reading(resolver, GraphLists(database), self.on, self.with_owners, None, told)
        mapping = by_hand(self.columns) if self.columns else None
        return await resolver.run(
            lambda: read_population(
                self.file, reading, partner=self.partner, population=self.population, mapping=mapping
            )
        )

    async def _preview(self, database: Database, told: Told) -> Outcome:
        try:
            made = await self._read(database, told)
        except BadInput as error:
            return await self._unread(error)
        prepared = await prepare(database, made.dataset, told)
        return Outcome(await self._result(database, made, prepared.bad, prepared.notes))

    async def _unread(self, error: BadInput) -> Outcome:
        """What there is to choose from, where no column is known to name accounts; else the error."""
        sheet = await asyncio.to_thread(read_sheet, self.file)
        spec = by_hand(self.columns) if self.columns else usual_columns()
        seen = shown(sheet, spec, SHOWN_ROWS)
        self._check_columns(seen)
        if any(header for field, header in seen.columns.items() if field != OWNER):
            raise error
        problem = f"No column of {self.file.name} is known to name accounts. Choose which one does."
        return Outcome(self._seen(seen), (problem,))

    def _check_columns(self, seen: Shown) -> None:
        for field, header in (self.columns or {}).items():
            if header and seen.columns[field] is None:
                raise BadInput(f"The file has no column {header!r}.", hint=f"It has {', '.join(seen.headers)}.")

    def _seen(self, seen: Shown) -> dict[str, Any]:
        """What a result says of the file itself."""
        return {
            "file": self.file.name,
            "population": self.population.value,
            "on": self.on.isoformat(),
            "headers": seen.headers,
            "columns": seen.columns,
            "rows": seen.rows,
            "sample": [{"line": line, "cells": cells} for line, cells in seen.sample],
            **_NOTHING,
        }

    async def _commit(self, database: Database, told: Told) -> Outcome:
        made = await self._read(database, told)
        told_before = await self._result(database, made, made.dataset.bad, ())
        try:
            summary = await load(
                database, made.dataset, on_bad=OnBad.SET_ASIDE if self.sets_aside else OnBad.REJECT, progress=told
            )
        except Rejected as rejected:
            bad = rejected.bad
            told_before |= {"badCount": len(bad), "bad": self._bad(bad)}
            return Outcome(told_before, (rejected.said,))
        aside = self._set_aside(summary.bad)
        return Outcome(
            {
                **told_before,
                "badCount": len(summary.bad),
                "bad": self._bad(summary.bad),
                "newAccounts": summary.of(ACCOUNT.table).created,
                "notes": [self._said(note) for note in summary.notes],
                "hasSetAside": aside is not None,
                "toReview": await waiting(database),
            },
            file=aside,
        )

    async def _result(
        self, database: Database, made: ListImport, bad: Sequence[BadRow], notes: Sequence[str]
    ) -> dict[str, Any]:
        seen = shown(made.sheet, made.mapping, SHOWN_ROWS)
        self._check_columns(seen)
        names = await names_of(database, [made.owner, *(change.account for change in made.changes)])
        new = _new_names(made)
        return {
            **self._seen(seen),
            "owner": {"id": made.owner, "name": names[made.owner]},
            "badCount": len(bad),
            "bad": self._bad(bad),
            "changes": {
                what: sum(change.what == what for change in made.changes) for what in ("came", "left", "changed")
            },
            "changed": [
                {
                    "what": change.what,
                    "account": change.account,
                    "name": names.get(change.account) or new.get(change.account) or change.account,
                    "isNew": change.account not in names,
                }
                for change in made.changes[:SHOWN]
            ],
            "newAccounts": sum(identity not in names for identity in new),
            "notes": [self._said(note) for note in (*made.dataset.notes, *notes)],
        }

    def _bad(self, bad: Sequence[BadRow]) -> list[dict[str, Any]]:
        kept = ("line", "column", "value", "reason")
        return [{name: value for name, value in asdict(row).items() if name in kept} for row in bad[:SHOWN]]

    def _set_aside(self, bad: Sequence[BadRow]) -> bytes | None:
        if not bad:
            return None
        target = self.file.with_name(f"set-aside-{self.file.name}")
        write_set_aside(self.file, bad, target)
        content = target.read_bytes()
        return content if len(content) <= LONGEST_SET_ASIDE else None

    def _said(self, text: str) -> str:
        return text.replace(f"{self.file.parent}/", "")


def _new_names(made: ListImport) -> dict[str, str]:
    """The accounts that the file would create, by id, and what it calls them."""
    tables = [table.rows for table in made.dataset.tables if table.kind is ACCOUNT]
    return {
        f"{ACCOUNT.prefix}:{key}": name or key for rows in tables for key, name in rows.select("key", "name").rows()
    }
