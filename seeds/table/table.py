"""One table file as a dataset."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ...graph.errors import BadInput
from ...graph.load.tables import Dataset
from ...graph.progress import NoProgress, Progress
from .build import build
from .dataset import dataset
from .kinds import KINDS, creatable, kind_named
from .mapping import Mapping, load_mapping
from .reader import Source, read_sheet
from .resolver import Resolver


def read_table(
    file: Path,
    *,
    kind: str | None,
    mapping: Path | None = None,
    create: Collection[str] = (),
    source: str | None = None,
    encoding: str | None = None,
    resolver: Resolver,
    progress: Progress | None = None,
) -> Dataset:
    """The rows of a CSV, JSON Lines or Parquet file as a dataset of one kind.

    Args:
        file: the table; its format follows from its name or its first bytes.
        kind: what a row is, as in `--as` (`uses`, `account`, `arr` …); may stand in the mapping instead.
        mapping: a mapping file, or the name of one that comes with Ecograph (`adopters.yml`).
        create: kinds whose missing nodes a reference creates, beside those of the mapping.
        source: what is stored as the source; by default the mapping's, else the name of the file.
        encoding: of a text file; by default UTF-8, or what its byte order mark says.
        resolver: finds nodes of the graph.
        progress: told of the rows read.

    Returns:
        The good rows as tables, and the bad ones each with line, column, value and reason.

    Raises:
        BadInput: the file, the mapping or the kind cannot be used at all.
    """
    progress = progress or NoProgress()
    spec = load_mapping(mapping) if mapping is not None else Mapping()
    if kind is None and spec.kind is None:
        raise BadInput(f"{file}: which kind of table is it?", hint=f"Say --as KIND, one of: {', '.join(KINDS)}.")
    what = kind_named(kind or spec.kind or "")
    if kind is not None and spec.kind is not None and kind_named(spec.kind) is not what:
        raise BadInput(f"{mapping}: is for tables of {spec.kind}, not of {what.table}.")
    creates = creatable([*spec.create, *create])
    sheet = read_sheet(file, Source(encoding or spec.encoding, spec.delimiter, spec.footer, progress))
    progress.start(f"Matching {file.name}", sheet.rows.height)
    built = build(sheet, what, spec, resolver, creates)
    progress.advance(sheet.rows.height)
    progress.finish()
    if sheet.rows.is_empty() and not built.bad:
        built.notes.append(f"{file}: has no rows.")
    name = source or spec.source or file.stem
    return dataset(name, [built], [sheet.digest, spec.canonical(), what.table, name, *sorted(creates)])
