from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from ecograph.graph.errors import BadInput
from ecograph.graph.load.tables import BadRow
from ecograph.seeds.table import InMemory, read_table, write_set_aside


def test_bad_rows_of_a_csv_are_written_as_they_were(tmp_path: Path, graph: InMemory) -> None:
    file, target = tmp_path / "t.csv", tmp_path / "bad.csv"
    file.write_text(
        'account;product;since\nacme;falco;2024-01-01\n"Nobody\nhere";falco;x\nacme;"a ""q""";\nacme\nacme;falco;;9\n'
    )
    data = read_table(file, kind="uses", resolver=graph)
    assert write_set_aside(file, data.bad, target) == 4
    with target.open(newline="") as opened:
        written = list(csv.reader(opened, delimiter=";"))
    assert written[0] == ["account", "product", "since", "_line", "_reason"]
    assert [row[:4] for row in written[1:]] == [
        ["Nobody\nhere", "falco", "x", "3"],
        ["acme", 'a "q"', "", "5"],
        ["acme", "", "", "6"],
        ["acme", "falco", "", "7"],
    ]
    assert written[1][4].startswith("since: is no date")
    assert written[3][4] == "the row has 1 cell, the header has 3"
    assert written[4][5:] == ["9"]


def test_what_was_set_aside_can_be_mended_and_imported(tmp_path: Path, graph: InMemory) -> None:
    file, target = tmp_path / "t.csv", tmp_path / "bad.csv"
    file.write_text("account,product\nacme,falko\n")
    write_set_aside(file, read_table(file, kind="uses", resolver=graph).bad, target)
    target.write_text(target.read_text().replace("acme,falko", "acme,falco"))
    data = read_table(target, kind="uses", resolver=graph)
    assert (data.bad, data.notes) == ((), ())
    assert data.tables[0].rows.height == 1


def test_bad_lines_of_json(tmp_path: Path, graph: InMemory) -> None:
    file, target = tmp_path / "t.jsonl", tmp_path / "bad.jsonl"
    file.write_text('{"account": "x", "product": "falco", "n": [1]}\noops\n{"account": "acme", "product": "falco"}\n')
    data = read_table(file, kind="uses", resolver=graph)
    assert write_set_aside(file, data.bad, target) == 2
    first, second = (json.loads(line) for line in target.read_text().splitlines())
    assert first["account"] == "x"
    assert first["n"] == [1]
    assert first["_line"] == 1
    assert second["_text"] == "oops\n"
    assert "is not JSON" in second["_reason"]


def test_bad_rows_of_parquet(tmp_path: Path, graph: InMemory) -> None:
    file, target = tmp_path / "t.parquet", tmp_path / "bad.parquet"
    pl.DataFrame({"account": ["acme", "x"], "product": ["falco"] * 2, "activity": [1.0, 2.0]}).write_parquet(file)
    data = read_table(file, kind="uses", resolver=graph)
    assert write_set_aside(file, data.bad, target) == 1
    (row,) = pl.read_parquet(target).to_dicts()
    assert row["_line"] == 2
    assert row["activity"] == 2.0
    assert row["_reason"].startswith("account: names no account")


def test_encoding_and_delimiter_are_those_of_the_import(tmp_path: Path) -> None:
    file, target, mapping = tmp_path / "t.csv", tmp_path / "bad.csv", tmp_path / "m.yml"
    file.write_bytes("a|b,c\nü|1\n".encode("cp1252"))
    mapping.write_text("encoding: cp1252\ndelimiter: '|'\n")
    bad = [BadRow(str(file), 2, "a", "ü", "is wrong"), BadRow("other.csv", 2, "a", "x", "is wrong too")]
    assert write_set_aside(file, bad, target, mapping=mapping) == 1
    assert target.read_text(encoding="utf-8") == "a|b,c|_line|_reason\nü|1|2|a: is wrong\n"


def test_the_file_itself_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="would overwrite"):
        write_set_aside(file, [], file)
    with pytest.raises(BadInput, match="cannot be written"):
        write_set_aside(file, [], tmp_path / "none" / "bad.csv")
