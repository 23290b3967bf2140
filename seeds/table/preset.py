"""The presets for CRM exports: which export a file is, by its headers, and the mapping for it."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field

from ...graph.errors import BadInput
from .headers import plain
from .mapping import Column, Mapping, Strings, parse_mapping

SYSTEMS = ("salesforce", "hubspot")
_FOLDER = Path(__file__).parent / "presets"


class Holds(StrEnum):
    """What an export holds, in the order of loading."""

    ACCOUNTS = "accounts"
    OPPORTUNITIES = "opportunities"
    PARTNER_ROLES = "partner roles"


class Preset(Mapping):
    """A mapping for an export, with the headers by which the export is recognised.

    Of each list in `recognised_by` the file has a header, of `unless` it has none. `flags` are columns that say better
    than the stage whether a deal is won, lost or closed.
    """

    holds: Holds
    recognised_by: list[Strings] = Field(min_length=1)
    unless: Strings = Field(default_factory=list)
    flags: dict[str, Strings] = Field(default_factory=dict)

    def fits(self, headers: set[str]) -> bool:
        """True when a file with these plain headers is such an export."""
        has_all = all(any(plain(h) in headers for h in choice) for choice in self.recognised_by)
        return has_all and not any(plain(h) in headers for h in self.unless)


@cache
def presets(system: str) -> dict[str, Preset]:
    """The presets of a CRM by name.

    Raises:
        BadInput: the CRM is not known.
    """
    if system not in SYSTEMS:
        raise BadInput(f"There is no preset for {system!r}.", hint=f"There is one for {' and '.join(SYSTEMS)}.")
    files = sorted(_FOLDER.glob(f"{system}-*.yml"))
    return {file.stem: parse_mapping(file.read_text(encoding="utf-8"), file.name, Preset) for file in files}


def recognise(system: str, file: str, headers: list[str]) -> Preset:
    """The preset for a file: of those that fit, the one that asks for most.

    Raises:
        BadInput: none fits; the message says what each would need.
    """
    found = {plain(header) for header in headers}
    fitting = [preset for preset in presets(system).values() if preset.fits(found)]
    if fitting:
        return max(fitting, key=lambda preset: len(preset.recognised_by))
    needs = "; ".join(
        f"{name.removeprefix(f'{system}-')}: {', '.join(' or '.join(c) for c in preset.recognised_by)}"
        for name, preset in presets(system).items()
    )
    raise BadInput(
        f"{file}: is no export of {system} that is known by its headers: {', '.join(headers[:30])}.",
        hint=f"Known are {needs}. Contacts are not imported. For other tables: import table --as KIND --map FILE.",
    )


def fitted(preset: Preset, headers: list[str], currency: str | None, date_format: str | None) -> Preset:
    """The preset with one currency for files that name none, and with another form of dates."""
    found = {plain(header) for header in headers}
    columns: dict[str, Column] = {}
    for name, column in preset.columns.items():
        if name.endswith("Currency") and currency and not any(plain(h) in found for h in column.column):
            columns[name] = Column(value=currency)
        elif date_format and column.format:
            columns[name] = column.model_copy(update={"format": [date_format]})
        else:
            columns[name] = column
    record = [h for h in headers if plain(h) in {plain(r) for r in preset.record}]
    return preset.model_copy(update={"columns": columns, "record": record})
