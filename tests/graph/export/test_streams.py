from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import date
from decimal import Decimal

import orjson
import polars as pl
import pyarrow.ipc
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ecograph.graph.export import (
    BOOLEAN,
    DATE,
    DECIMAL,
    FLOAT,
    INTEGER,
    JSON,
    TEXT,
    Column,
    Format,
    Many,
    Record,
    Row,
    encoded,
    streams,
)  # fmt: skip

COLUMNS = [
    Column("text", TEXT), Column("whole", INTEGER), Column("amount", DECIMAL), Column("day", DATE),
    Column("list", Many(TEXT)), Column("records", Many(Record({"score": FLOAT, "day": DATE}))), Column("is", BOOLEAN),
    Column("json", JSON),
]  # fmt: skip
ROWS: list[Row] = [
    ["=1+1", -5, "-12.50", "2024-01-01", ["x", "=y"], [{"score": 1, "day": "2024-01-02"}], True, {"k": 1}],
    ["", None, None, None, [], None, None, None],
    ['a,b"c\n', 2**40, "9007199254740993.25", None, None, [], False, [1]],
]


async def _pages(pages: Sequence[Sequence[Row]]) -> AsyncIterator[Sequence[Row]]:
    for page in pages:
        yield page


async def _file(form: Format, *pages: Sequence[Row], columns: Sequence[Column] = COLUMNS) -> bytes:
    return b"".join([piece async for piece in encoded(form, columns, _pages(pages))])


@pytest.mark.parametrize("pages", [(), (ROWS,), (ROWS[:1], [], ROWS[1:])])
async def test_arrow_and_parquet_hold_the_rows_with_their_types(
    pages: Sequence[Sequence[Row]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "GROUP_ROWS", 2)
    stream = await _file(Format.ARROW, *pages)
    arrow = pl.read_ipc_stream(io.BytesIO(stream))
    assert pyarrow.ipc.open_stream(stream).read_all().num_rows == arrow.height
    assert pl.read_parquet(io.BytesIO(await _file(Format.PARQUET, *pages))).equals(arrow)
    assert list(arrow.schema.items()) == [(column.name, column.kind.type) for column in COLUMNS]
    expected = [
        ("=1+1", -5, Decimal("-12.5"), date(2024, 1, 1), ["x", "=y"], [{"score": 1.0, "day": date(2024, 1, 2)}], True,
         '{"k":1}'),
        ("", None, None, None, [], None, None, None),
        ('a,b"c\n', 2**40, Decimal("9007199254740993.25"), None, None, [], False, "[1]"),
    ]  # fmt: skip
    assert arrow.rows() == (expected if pages else [])


async def test_json_lines_hold_the_values_as_they_are() -> None:
    lines = (await _file(Format.JSONL, ROWS[:1], ROWS[1:])).splitlines()
    names = [column.name for column in COLUMNS]
    assert [orjson.loads(line) for line in lines] == [dict(zip(names, row, strict=True)) for row in ROWS]


async def test_csv_tells_null_from_empty_and_leaves_numbers_alone() -> None:
    text = (await _file(Format.CSV, ROWS)).decode()
    assert text.splitlines()[:3] == [
        "text,whole,amount,day,list,records,is,json",
        '\'=1+1,-5,-12.50,2024-01-01,"[""x"",""=y""]","[{""score"":1,""day"":""2024-01-02""}]",true,"{""k"":1}"',
        '"",,,,[],,,',
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@given(st.lists(st.none() | TEXTS | st.tuples(st.sampled_from(FORMULAS), TEXTS).map("".join), max_size=6))
@hypothesis_settings(deadline=None)
async def test_no_text_in_csv_begins_like_a_formula(texts: list[str | None]) -> None:
    written = (await _file(Format.CSV, [[text] for text in texts], columns=[Column("t", TEXT)])).decode()
    cells = [cell for (cell,) in csv.reader(io.StringIO(written, newline=""))][1:]
    assert not any(cell.startswith(FORMULAS) for cell in cells)
    expected = [text or "" for text in texts]
    assert cells == [f"'{text}" if text.startswith(FORMULAS) else text for text in expected]
