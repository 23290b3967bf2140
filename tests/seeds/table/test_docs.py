from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from ecograph.graph.load.tables import Dataset
from ecograph.seeds.table.docs import BEGIN, END, kinds_table
from ecograph.seeds.table.mapping import BUNDLED, Column, Mapping, ReferenceColumns, parse_mapping

GUIDE = (Path(__file__).parents[3] / "docs" / "import.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


def test_the_table_of_kinds_is_that_of_the_model() -> None:
    printed = GUIDE.partition(BEGIN)[2].partition(END)[0].strip()
    assert printed == kinds_table(), "run: python -m ecograph.seeds.table.docs docs/import.md"


def test_the_adopters_mapping_is_the_one_that_comes_with_ecograph() -> None:
    assert BLOCKS[0] == (BUNDLED / "adopters.yml").read_text(encoding="utf-8")


def test_every_example_is_a_mapping(imported: Callable[..., Dataset]) -> None:
    for block in BLOCKS:
        assert parse_mapping(block, "import.md", Mapping).kind
    text = 'key,Start,Amount,Phase,Account,Products,Seats\nd,31.12.2024,"1.234,50",Closed Won,1,falco|Argo CD,5\n'
    data = imported(text, None, BLOCKS[1])
    assert data.bad == ()
    assert {t.kind.table: t.rows.height for t in data.tables} == {"deal": 1, "with": 1, "includes": 2}


def test_every_entry_is_named() -> None:
    for model in (Mapping, Column, ReferenceColumns):
        for name, field in model.model_fields.items():
            entry = field.alias or name
            if entry != "optional":  # for presets alone
                assert re.search(rf"[`{{ ]{entry}[`,}}]", GUIDE), entry
