from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ecograph.graph.errors import BadInput
from ecograph.graph.load.validate import validate
from ecograph.graph.model import NodeKind, node_id
from ecograph.seeds.landscape import MembersAs, read_landscape
from ecograph.seeds.landscape.history import history_files

Landscape = Callable[..., Any]
ITEMS: Mapping[str, Any] = {
    "Members / Gold": [{"name": "Acme (member)", "key": "acme", "site": "https://acme.com", "joined": "2020-01-01"}],
    "Members / End Users": [{"name": "Shop", "site": "https://shop.com", "enduser": True}],
    "Help / Certified Alpha Service Provider": [{"name": "Serv", "key": "serv"}],
    "Tools / CI": [
        {"name": "Alpha", "key": "club", "project": "core", "accepted": "2020-01-01"},
        {"name": "Beta", "key": "acme", "summary_integrations": "Alpha"},
    ],
}
OLD: Mapping[str, Any] = {"Members / Gold": [{"name": "Left (member)", "key": "left", "joined": "2018-01-01"}]}


class Steps:
    """Notes the progress."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Any]] = []

    def start(self, what: str, total: int | None) -> None:
        self.seen.append((what, total))

    def advance(self, n: int) -> None:
        self.seen.append(("advance", n))

    def finish(self) -> None:
        self.seen.append(("finish", None))


@pytest.mark.parametrize("members_as", list(MembersAs))
def test_the_loader_takes_every_table(landscape: Landscape, members_as: MembersAs) -> None:
    found = landscape(ITEMS, {"2019-01-01.yml": OLD}, members_as=members_as)
    ids: set[str] = set()
    for table in found.dataset.tables:
        good, bad = validate(table)
        assert not bad
        assert good.rows.height > 0
        if isinstance(table.kind, NodeKind):
            ids |= {node_id(table.kind, key) for key in table.rows["key"]}
    for table in found.dataset.tables:
        for end in ("from", "to", "of"):
            if end in table.rows.columns:
                assert set(table.rows[end]) <= ids
    assert found.dataset.source == "landscape"
    assert not found.dataset.bad


def test_records_take_the_columns_of_the_loader(landscape: Landscape) -> None:
    found = landscape({**ITEMS, "Web / Sites": [{"name": "Page", "site": "https://www.acme.com/page"}]})
    (records,) = found.dataset.records
    assert dict(records.rows.schema) == {
        "row": pl.Int64(),
        "values": pl.String(),
        "node": pl.String(),
        "probability": pl.Float64(),
        "reason": pl.String(),
    }
    assert records.rows["values"].to_list() == ['{"name":"Page","homepage_url":"https://www.acme.com/page"}']
    assert records.rows["node"].to_list() == ["partner:acme"]


def test_the_fingerprint_tells_content_and_options_apart(landscape: Landscape) -> None:
    made = [
        landscape(ITEMS),
        landscape(ITEMS, members_as=MembersAs.BOTH),
        landscape(ITEMS, company="acme"),
        landscape(OLD),
        landscape(ITEMS, {"2019-01-01.yml": OLD}),
    ]
    prints = [found.dataset.fingerprint for found in made]
    assert len(set(prints)) == len(prints)
    assert landscape(ITEMS).dataset.fingerprint == prints[0]


def test_progress(landscape: Landscape) -> None:
    steps = Steps()
    landscape(ITEMS, {"2019-01-01.yml": OLD}, progress=steps)
    assert steps.seen == [("Reading", 2), ("advance", 1), ("advance", 1), ("finish", None)]


def test_several_files_are_one_landscape(write: Callable[..., Path]) -> None:
    head = "landscape:\n- name: Members\n  subcategories:\n  - name: Gold\n    items:\n    - "
    files = [write(f"{head}{{name: {name}}}", f"{name}.yml") for name in ("One", "Two")]
    dataset = read_landscape(files)
    assert dataset.tables[0].rows["key"].to_list() == ["one", "two"]
    assert dataset.tables[0].file == "One.yml, Two.yml"


def test_files_of_one_name(tmp_path: Path) -> None:
    text = "landscape:\n- name: Members\n  subcategories:\n  - name: Gold\n    items:\n    - "
    files = []
    for name in ("One", "Two"):
        (tmp_path / name).mkdir()
        files.append(tmp_path / name / "landscape.yml")
        files[-1].write_text(f"{text}{{name: {name}}}")
    assert read_landscape(files).tables[0].file == f"{files[0]}, {files[1]}"
    with pytest.raises(BadInput, match="given twice"):
        read_landscape([files[0], files[0]])


def test_no_file() -> None:
    with pytest.raises(BadInput, match="No landscape file"):
        read_landscape([])


def test_a_byte_order_mark_does_no_harm(write: Callable[..., Path]) -> None:
    text = "landscape:\n- name: Members\n  subcategories:\n  - name: Gold\n    items:\n    - {name: Zoë}\n"
    dataset = read_landscape([write(text.encode("utf-8-sig"))])
    assert dataset.tables[0].rows.select("key", "name").rows() == [("zoe", "Zoë")]
    with pytest.raises(BadInput, match=r":6: byte \d+ is not UTF-8"):
        read_landscape([write(text.encode("latin-1"))])


def test_history_files_are_named_by_their_days(tmp_path: Path) -> None:
    for name in ("landscape-20200131.yaml", "2019-08-08.yml", "README.md"):
        (tmp_path / name).touch()
    assert [(str(day), path.name) for day, path in history_files(tmp_path)] == [
        ("2019-08-08", "2019-08-08.yml"),
        ("2020-01-31", "landscape-20200131.yaml"),
    ]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ([], "holds no YAML file"),
        (["old.yml"], "has no date in its name"),
        (["2019-02-30.yml"], "the date in its name does not exist"),
        (["2019-08-08.yml", "a-2019-08-08.yml"], "tells of the same day"),
    ],
)
def test_history_files_that_tell_no_day(tmp_path: Path, names: list[str], message: str) -> None:
    for name in names:
        (tmp_path / name).touch()
    with pytest.raises(BadInput, match=message):
        history_files(tmp_path)
    with pytest.raises(BadInput, match="is no folder"):
        history_files(tmp_path / "none")
