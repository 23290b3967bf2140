"""The files of earlier years, named by their dates."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from ...graph.errors import BadInput

_DATE = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_SUFFIXES = (".yml", ".yaml")


def history_files(folder: Path) -> list[tuple[date, Path]]:
    """The YAML files of a folder and the days that their names tell, in order.

    Raises:
        BadInput: there is no such folder, a name tells no day or one that does not exist, or two tell the same.
    """
    if not folder.is_dir():
        raise BadInput(f"{folder}: is no folder.", hint="Give the folder of the earlier files to --history.")
    found: dict[date, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in _SUFFIXES or not path.is_file():
            continue
        day = day_in(path)
        if day is None:
            raise BadInput(f"{path}: has no date in its name.", hint="Name it by its day, such as 2024-08-08.yml.")
        if day in found:
            raise BadInput(f"{path}: tells of the same day as {found[day].name}.")
        found[day] = path
    if not found:
        raise BadInput(f"{folder}: holds no YAML file.")
    return sorted(found.items())


def day_in(path: Path) -> date | None:
    """The day in a file's name, or None.

    Raises:
        BadInput: it does not exist in the calendar.
    """
    match = _DATE.search(path.stem)
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        raise BadInput(f"{path}: the date in its name does not exist.") from None
