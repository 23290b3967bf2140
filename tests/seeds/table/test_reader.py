from __future__ import annotations

import codecs
import csv
import io
from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecograph.graph.errors import BadInput
from ecograph.graph.load.tables import ROW
from ecograph.seeds.table.reader import Format, Sheet, Source, read_sheet


def read(folder: Path, content: str | bytes, name: str = "t.csv", encoding: str | None = None) -> Sheet:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sheet(path, Source(encoding))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    sheet = read(tmp_path, f"a{mark}b\n1{mark}2,5\n")
    if mark == ",":
        assert [bad.reason for bad in sheet.bad] == ["the row has 3 cells, the header has 2"]
    else:
        assert sheet.rows.rows() == [(2, "1", "2,5")]


def test_one_column(tmp_path: Path) -> None:
    assert read(tmp_path, "name\nAcme\n").rows.rows() == [(2, "Acme")]


@pytest.mark.parametrize(
    "content",
    [
        "naïve,b\nü,✓\n".encode(),
        codecs.BOM_UTF8 + "naïve,b\nü,✓\n".encode(),
        "naïve,b\nü,✓\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "naïve,b\nü,✓\n".encode("utf-16-be"),
        "naïve,b\r\nü,✓\r\n".encode(),
    ],
)
def test_encodings_with_a_mark(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content).rows.to_dicts() == [{ROW: 2, "naïve": "ü", "b": "✓"}]


def test_an_encoding_is_named(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b\nü,1\n".encode("cp1252"), encoding="cp1252").rows["a"][0] == "ü"


def test_the_wrong_encoding_is_said_with_its_place(tmp_path: Path) -> None:
    start = "a,b\n" + "x,1\n" * 400_000
    with pytest.raises(BadInput) as caught:
        read(tmp_path, start.encode() + b"caf\xe9,1\n")
    assert f"byte {len(start) + 3} (line 400002) is not UTF-8" in caught.value.message
    assert "--encoding" in str(caught.value.hint)


def test_a_mark_before_wrong_bytes_counts(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"byte 7 \(line 2\)"):
        read(tmp_path, codecs.BOM_UTF8 + b"a,b\n\xe9,1\n")


def test_a_character_cut_off_at_the_end(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"byte 4 \(line 2\)"):
        read(tmp_path, b"a,b\n\xc3")


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"a,b\n1,\x002\n", "line 2 holds a NUL"),
        ("a,b\n1,2\n".encode("utf-16-le"), "line 1 holds a NUL"),
        (b"a,a\n1,2\n", "'a' more than once"),
        (b"a,_row\n1,2\n", "'_row', which Ecograph uses"),
        (b'a,b\n1,"open\n2,3\n', "lines 2 to 3: a cell begins with a quotation mark and none closes it"),
        (b'a,b\n1,"x"y\n', "line 2: a quoted cell goes on after its closing quotation mark"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\x1f\x8brest", "compressed"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, part: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, content)
    assert part in caught.value.message
    assert caught.value.exit_code == 2


def test_an_unknown_encoding(tmp_path: Path) -> None:
    for name in ("klingon", "base64"):
        with pytest.raises(BadInput, match="no encoding"):
            read(tmp_path, "a\n1\n", encoding=name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(BadInput, match="cannot be read"):
            read_sheet(path)


def test_lines_are_physical_lines(tmp_path: Path) -> None:
    sheet = read(tmp_path, 'a,b\n1,"two\nlines"\n\n2,x\n3\n4,"a ""q"", \r\n b"\n5,6,7\n6,y\n')
    assert sheet.rows[ROW].to_list() == [2, 5, 7, 10]
    assert sheet.rows["b"].to_list() == ["two\nlines", "x", 'a "q", \r\n b', "y"]
    assert [(bad.line, bad.reason) for bad in sheet.bad] == [
        (6, "the row has 1 cell, the header has 2"),
        (9, "the row has 3 cells, the header has 2"),
    ]


def test_a_quote_within_a_cell_is_a_quote(tmp_path: Path) -> None:
    assert read(tmp_path, 'a,b\n5" screen,1\nx,2\n').rows["a"].to_list() == ['5" screen', "x"]


def test_only_a_header(tmp_path: Path) -> None:
    sheet = read(tmp_path, "a,b\n")
    assert sheet.rows.height == 0
    assert sheet.headers == ["a", "b"]


def test_columns_without_a_name_and_those_of_rows_set_aside_are_passed_over(tmp_path: Path) -> None:
    assert read(tmp_path, "a,,_line,_reason,\n1,2,3,4,5\n").headers == ["a"]


def test_what_follows_a_footer_is_left_out_where_a_mapping_says_so(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,2\n3,4\n"",""\n"Report of Jane"\n"Copyright"\n')
    sheet = read_sheet(path, Source(has_footer=True))
    assert sheet.rows["a"].to_list() == ["1", "3"]
    assert not sheet.bad
    assert sheet.notes == (f"{path}: 2 lines after the first blank one (line 4) were left out.",)


def test_json_lines(tmp_path: Path) -> None:
    content = '{"a": 1.50, "b": [1, "x"]}\n\n{"a": true, "c": {"d": null}}\nnot json\n[1]\n{"a": null, "b": "é\\n"}\n'
    sheet = read(tmp_path, content, "t.jsonl")
    assert sheet.format is Format.JSON_LINES
    assert sheet.rows.to_dicts() == [
        {ROW: 1, "a": "1.5", "b": '[1,"x"]', "c": None},
        {ROW: 3, "a": "true", "b": None, "c": '{"d":null}'},
        {ROW: 6, "a": None, "b": "é\n", "c": None},
    ]
    assert [bad.line for bad in sheet.bad] == [4, 5]
    assert "is not JSON" in sheet.bad[0].reason
    assert "is not a JSON object" in sheet.bad[1].reason


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "day": [date(2024, 1, 2), None],
            "number": [1.5, 2.0],
            "list": [["a"], []],
            "kind": pl.Series(["x", "y"], dtype=pl.Categorical),
            "struct": [{"a": 1}, None],
            "price": pl.Series(["1.50", "2.25"]).cast(pl.Decimal(10, 2)),
        }
    )
    frame.write_parquet(tmp_path / "t.parquet")
    sheet = read_sheet(tmp_path / "t.parquet")
    assert sheet.rows[ROW].to_list() == [1, 2]
    assert sheet.rows.schema["day"] == pl.Date
    assert sheet.rows["price"].to_list() == ["1.50", "2.25"]
    assert sheet.rows["kind"].to_list() == ["x", "y"]


def test_what_is_no_parquet(tmp_path: Path) -> None:
    for content in (b"a,b\n1,2\n", b"PAR1 and then nothing"):
        with pytest.raises(BadInput, match="Parquet"):
            read(tmp_path, content, "t.parquet")


def test_the_format_follows_from_the_content_where_the_name_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, '{"a": 1}\n', "data").format is Format.JSON_LINES
    assert read(tmp_path, "a,b\n1,2\n", "data").format is Format.CSV


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    one, same, other = (read(tmp_path, text).digest for text in ("a,b\n1,2\n", "a,b\n1,2\n", "a,b\n1,3\n"))
    assert one == same != other


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=15)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=12), st.sampled_from(",;\t|"))
def test_any_text_comes_back_from_csv(tmp_path: Path, rows: list[tuple[str, str, str]], mark: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL)
    writer.writerow(["a", "b", "c"])
    starts = []
    for row in rows:
        starts.append(len(list(csv_lines(out.getvalue()))) + 1)
        writer.writerow(row)
    path = tmp_path / "t.csv"
    path.write_bytes(out.getvalue().encode())
    sheet = read_sheet(path, Source(delimiter=mark))
    assert [tuple(row) for row in sheet.rows.select("a", "b", "c").iter_rows()] == rows
    assert sheet.rows[ROW].to_list() == starts
    assert not sheet.bad


def csv_lines(text: str) -> list[str]:
    """Physical lines as an editor counts them: \\n, \\r and \\r\\n."""
    lines = io.StringIO(text, newline="").readlines()
    return [line for part in lines for line in io.StringIO(part, newline=None).readlines()] if lines else []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    for name in ("t.csv", "t.jsonl", "t.parquet", "t"):
        path = tmp_path / name
        path.write_bytes(content)
        with suppress(BadInput):
            assert ROW in read_sheet(path).rows.columns
