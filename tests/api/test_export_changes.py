"""`ecograph export tables --since`, as it is typed."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from command_line import run

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.graph.version import read_version


def export(settings: Settings, *arguments: str, code: int = 0) -> str:
    done = run(settings, "export", "tables", *arguments)
    assert done.returncode == code, done.stderr
    return done.stderr


async def test_what_changed_since_an_export(graph: Database, settings: Settings, tmp_path: Path) -> None:
    folder = str(tmp_path / "out")
    export(settings, folder)
    then = str(await read_version(graph))
    await graph.write(
        [
            ("MATCH (:Account {id: 'account:north'})-[u:USES]->(:Product {id: 'product:flow'}) DELETE u", {}),
            ("MATCH (p:Partner {id: 'partner:bolt'}) SET p.tier = 'Diamond'", {}),
            ("CREATE (:Product {id: 'product:new', key: 'new', name: 'New', source: 'hand'})", {}),
            ("MATCH (:Company)-[o:OFFERS]->() WITH o LIMIT 1 REMOVE o.key SET o.source = 'hand'", {}),
        ]
    )
    now = str(await read_version(graph))
    assert now != then
    said = export(settings, folder, "--since", then)
    target = tmp_path / "out" / f"{then}-to-{now}"
    changed = {file.stem: pl.read_parquet(file) for file in target.glob("*.parquet")}
    assert changed["partner"]["id"].to_list() == ["partner:bolt"]
    assert changed["partner"]["tier"].to_list() == ["Diamond"]
    assert changed["product"]["id"].to_list() == ["product:new"]
    assert changed["offers"]["source"].to_list() == ["hand"]
    assert sum(frame.height for frame in changed.values()) == 5
    gone = changed["removed"]
    assert sorted(gone["table"]) == ["offers", "uses"]
    whole = pl.read_parquet(tmp_path / "out" / "uses.parquet").filter(pl.col("key").is_in(gone["row"].implode()))
    assert whole.select("from", "to").rows() == [("account:north", "product:flow")]
    assert "3 new or changed rows" in said
    assert "2 rows are gone" in said
    assert "0 new or changed rows" in export(settings, folder, "--since", now)
    assert f"It knows: {then}, {now}." in export(settings, folder, "--since", "9-ffffffff", code=2)


async def test_without_an_export_there_is_nothing_to_compare_with(
    graph: Database, settings: Settings, tmp_path: Path
) -> None:
    said = export(settings, str(tmp_path), "--since", "1-00000000", code=2)
    assert "without --since" in said
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "1-00000000.parquet").write_text("no digest")
    assert "is no digest of an export" in export(settings, str(tmp_path), "--since", "1-00000000", code=2)
