"""What is read of an account list from which column: said before it is loaded, and chosen by hand."""

from __future__ import annotations

from collections.abc import Mapping as Given
from dataclasses import dataclass

from ...graph.errors import BadInput
from ...graph.load.cast import text_of
from ...graph.load.tables import ROW
from .account_list import usual_columns
from .list_columns import present
from .mapping import Column, Mapping
from .reader import Sheet

_REFERENCES = {"name": "name", "website": "website", "duns": "external_id", "id": "id"}
OWNER = "owner"
FIELDS = (*_REFERENCES, OWNER)
"""What an account list can say of an account."""
_LONGEST = 200


@dataclass(frozen=True)
class Shown:
    """A file as it was read: its headers, the one that each of `FIELDS` is read from, and its first rows, each with
    its line."""

    headers: list[str]
    columns: dict[str, str | None]
    rows: int
    sample: list[tuple[int, list[str]]]


def by_hand(columns: Given[str, str]) -> Mapping:
    """The mapping in which these fields are read from these headers; an empty header says that the file has none.

    Raises:
        BadInput: a field is none of `FIELDS`, or nothing is left by which an account could be known.
    """
    unknown = sorted(set(columns) - set(FIELDS))
    if unknown:
        raise BadInput(f"{unknown[0]!r} is no field of an account list.", hint=f"Fields are {', '.join(FIELDS)}.")
    usual = usual_columns()
    to = usual.references["to"]
    said = {_REFERENCES[name]: _from(getattr(to, _REFERENCES[name]), header)
            for name, header in columns.items() if name in _REFERENCES}  # fmt: skip
    to = to.model_copy(update=said)
    if not dict(to.fields()):
        raise BadInput("Nothing is left by which an account could be known.", hint="Name the column of the websites.")
    owners = dict(usual.columns)
    if OWNER in columns:
        owner = _from(owners.pop("ownerKey"), columns[OWNER])
        owners |= {"ownerKey": owner} if owner is not None else {}
    return usual.model_copy(update={"references": {**usual.references, "to": to}, "columns": owners})


def _from(usual: Column, header: str) -> Column | None:
    return usual.model_copy(update={"column": [header]}) if header else None


def shown(sheet: Sheet, spec: Mapping, most: int) -> Shown:
    """What is read by this mapping, with so many rows at most."""
    to = spec.references["to"]
    read: dict[str, Column | None] = {name: getattr(to, field) for name, field in _REFERENCES.items()}
    read[OWNER] = spec.columns.get("ownerKey")
    first = sheet.rows.head(most)
    cells = [[(cell or "")[:_LONGEST] for cell in text_of(first[name])] for name in sheet.headers]
    return Shown(
        headers=sheet.headers,
        columns={
            name: next(iter(present(sheet, column.column)), None) if column is not None else None
            for name, column in read.items()
        },
        rows=sheet.rows.height + len(sheet.bad),
        sample=[(line, list(row)) for line, row in zip(first[ROW], zip(*cells, strict=True), strict=True)],
    )
