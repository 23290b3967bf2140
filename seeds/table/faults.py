"""What is wrong with which row; the first fault of a row stands for it."""

from __future__ import annotations

import polars as pl

from ...graph.load.tables import ROW, BadRow

_TEXT = pl.String()


class Faults:
    """Gathers reasons by row of a sheet."""

    def __init__(self, file: str, lines: pl.Series) -> None:
        self._file = file
        self._rows = pl.DataFrame({ROW: lines}).with_columns(
            pl.lit(None, _TEXT).alias(name) for name in ("column", "value", "reason")
        )

    def add(self, reasons: pl.Series, column: str | pl.Series | None, values: pl.Series | None) -> None:
        """Blames the rows that have a reason, each on this column and value."""
        if not reasons.is_not_null().any():
            return
        height = self._rows.height
        fresh = pl.DataFrame(
            {
                "new_reason": reasons,
                "new_column": _spread(column, height),
                "new_value": _spread(None, height) if values is None else _shown(values),
            }
        )
        take = pl.col("reason").is_null() & pl.col("new_reason").is_not_null()
        self._rows = (
            self._rows.hstack(fresh)
            .with_columns(
                pl.when(take).then(f"new_{name}").otherwise(name).alias(name) for name in ("column", "value", "reason")
            )
            .select(self._rows.columns)
        )

    @property
    def good(self) -> pl.Series:
        """A mask of the rows without a fault."""
        return self._rows["reason"].is_null()

    def bad_rows(self) -> list[BadRow]:
        """The rows with a fault."""
        found = self._rows.filter(pl.col("reason").is_not_null())
        return [BadRow(self._file, *row) for row in found.iter_rows()]


def _spread(text: str | pl.Series | None, height: int) -> pl.Series:
    if isinstance(text, pl.Series):
        return text
    return pl.Series([text], dtype=_TEXT).new_from_index(0, height)


def _shown(values: pl.Series) -> pl.Series:
    if isinstance(values.dtype, pl.List):
        return pl.Series([None if v is None else str(v.to_list()) for v in values], dtype=_TEXT)
    return values.cast(_TEXT, strict=False).replace("", None)
