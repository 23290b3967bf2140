from __future__ import annotations

from pathlib import Path

import pytest

from ecograph.graph.errors import BadInput
from ecograph.seeds.table.mapping import Mapping, load_mapping, parse_mapping


def parse(text: str) -> Mapping:
    return parse_mapping(text, "m.yml", Mapping)


def test_short_and_long_forms() -> None:
    mapping = parse(
        "as: uses\n"
        "columns: {since: {column: Start, format: '%m/%d/%Y'}, on: Day, currency: {value: EUR}}\n"
        "references: {from: {website: Site, name: [Name, Account]}, to: product}\n"
        "create: accounts\n"
    )
    assert mapping.kind == "uses"
    assert mapping.columns["since"].how.formats == ("%m/%d/%Y",)
    assert mapping.columns["on"].column == ["Day"]
    assert mapping.columns["currency"].constant == "EUR"
    assert mapping.references["from"].name is not None
    assert mapping.references["from"].name.column == ["Name", "Account"]
    assert mapping.references["to"].any is not None
    assert mapping.create == ["accounts"]


def test_a_decimal_comma_follows_from_points_for_thousands() -> None:
    assert parse("columns: {a: {column: x, thousands: .}}").columns["a"].how.decimal == ","


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("colums: {}", "`colums` is not known here; did you mean 'columns'?"),
        (
            "columns: {a: {column: x, formatt: y}}",
            "`columns.a.formatt` is not known here; did you mean 'format'?",
        ),
        ("references: {from: {websit: x}}", "did you mean 'website'?"),
        ("references: {from: {name: {column: x, sep: y}}}", "known are column,"),
        ("references: {from: {}}", "name at least one of"),
        ("columns: {a: {column: x, value: 3}}", "either `column` or `value`"),
        ("columns: {a: {format: '%Y'}}", "either `column` or `value`"),
        ("columns: {a: {column: x, format: '%Q'}}", "no date format"),
        ("columns: {a: {column: x, thousands: '.', decimal: '.'}}", "same mark"),
        ("custom: {a: {column: x, type: number}}", "`custom.a.type`"),
        ("columns: {a: 1}", "`columns.a`"),
        ("as: uses\nas: knows", "m.yml:2: is not YAML: 'as' stands here twice"),
        ("as: [", "m.yml:1: is not YAML"),
        ("just text", "is no mapping"),
        ("", "is no mapping"),
        ("!!python/object/apply:os.system ['x']", "is not YAML"),
    ],
)
def test_what_a_mapping_cannot_say(text: str, part: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text)
    assert part in caught.value.message
    assert caught.value.message.startswith("m.yml")


def test_a_bundled_mapping_is_found_by_its_name(tmp_path: Path) -> None:
    assert load_mapping(Path("adopters.yml")).kind == "uses"
    with pytest.raises(BadInput, match="no such mapping") as caught:
        load_mapping(tmp_path / "adopters.yml")
    assert "adopters.yml" in str(caught.value.hint)


def test_a_mapping_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "m.yml"
    path.write_bytes(b"as: \xff")
    with pytest.raises(BadInput, match="cannot be read"):
        load_mapping(path)


def test_the_canonical_form_is_of_the_content() -> None:
    assert parse("as: uses\ncreate: [accounts]").canonical() == parse("create: accounts\nas:   uses").canonical()
    assert parse("as: uses").canonical() != parse("as: knows").canonical()
