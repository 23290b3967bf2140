"""Dump, load and check; data of other releases."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from ecograph.graph import embedded
from ecograph.graph.embedded.places import Places
from ecograph.graph.errors import BadInput, ServerError
from ecograph.graph.settings import Settings

_COUNT = "MATCH (r:Row) RETURN count(*) AS rows"


def test_a_dump_brings_all_data_back(shared: Settings, make_settings, query, tmp_path: Path) -> None:
    file = tmp_path / "all data.dump"
    with embedded.acquire(shared) as lease:
        query(lease.address, "MATCH (r:Row) DETACH DELETE r")
        query(lease.address, "UNWIND range(1, 500) AS i CREATE (:Row {i: i})")
        assert embedded.dump(shared, file) == file
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        # In use, so it was started again, on the port that the users know.
        assert query(lease.address, _COUNT) == [{"rows": 500}]
        with pytest.raises(BadInput, match="holds data"):
            embedded.load(shared, file)
    elsewhere = make_settings("elsewhere")
    embedded.load(elsewhere, file)
    with embedded.acquire(elsewhere) as lease:
        assert query(lease.address, _COUNT) == [{"rows": 500}]


@pytest.mark.verify
def test_a_load_replaces_data_that_are_in_use_or_changes_nothing(shared: Settings, query, tmp_path: Path) -> None:
    file = tmp_path / "data.dump"
    with embedded.acquire(shared) as lease:
        before = lease.address
        query(before, "MATCH (r:Row) DETACH DELETE r")
        query(before, "UNWIND range(1, 500) AS i CREATE (:Row {i: i})")
        embedded.dump(shared, file)
        query(before, "MATCH (n) DETACH DELETE n")
        embedded.load(shared, file, overwrite=True)
        assert query(before, _COUNT) == [{"rows": 500}]

        garbage = tmp_path / "garbage"
        garbage.write_bytes(b"no dump")
        with pytest.raises(BadInput, match="not a dump"):
            embedded.load(shared, garbage, overwrite=True)
        assert query(before, _COUNT) == [{"rows": 500}], "a failed load changed the data"
    assert [path.name for path in Places.of(shared).stores.iterdir()] == ["2026.08"]
    embedded.stop(shared)
    assert embedded.store_check(shared).is_consistent
    assert not embedded.status(shared).running


def test_a_dump_overwrites_no_file_by_accident(shared: Settings, tmp_path: Path) -> None:
    file = tmp_path / "precious"
    file.write_text("precious")
    with pytest.raises(BadInput, match="exists"):
        embedded.dump(shared, file)
    with pytest.raises(BadInput, match="not the name of a file"):
        embedded.dump(shared, tmp_path)
    assert file.read_text() == "precious"


def test_what_is_not_there_cannot_be_dumped_loaded_or_checked(make_settings, tmp_path: Path) -> None:
    settings = make_settings()
    with pytest.raises(BadInput, match="no data"):
        embedded.dump(settings, tmp_path / "new")
    with pytest.raises(BadInput, match="no data"):
        embedded.store_check(settings)
    with pytest.raises(BadInput, match="no file"):
        embedded.load(settings, tmp_path / "absent")
    assert not (tmp_path / "new").exists()


def test_data_of_a_newer_release_are_refused_untouched(make_settings) -> None:
    settings = make_settings()
    newer = Places.of(settings).stores / "2031.02" / "databases" / "neo4j"
    newer.mkdir(parents=True)
    with pytest.raises(ServerError, match=r"Neo4j 2031\.02 wrote the data"):
        embedded.acquire(settings)
    assert newer.is_dir()
    assert not embedded.status(settings).leases


@pytest.mark.verify
def test_data_of_the_lts_release_are_taken_over(make_settings, query) -> None:
    if shutil.which("java") is None:
        pytest.skip("the LTS release needs Java 17, which is not here")
    old, new = make_settings(neo4j_release="lts"), make_settings()
    with embedded.acquire(old) as lease:
        assert lease.address.version == "5.26.19"
        assert query(lease.address, "RETURN gds.version() AS version") == [{"version": "2.13.9"}]
        query(lease.address, "UNWIND range(1, 500) AS i CREATE (:Row {i: i})")
        with pytest.raises(ServerError, match=r"5\.26\.19 is running"):
            embedded.acquire(new)
    with embedded.acquire(new) as lease:
        assert lease.address.version == "2026.08.1"
        assert query(lease.address, _COUNT) == [{"rows": 500}]
    places = Places.of(new)
    assert [path.name for path in places.stores.iterdir()] == ["2026.08"]
    assert [path.name[:10] for path in places.dumps.iterdir()] == ["neo4j-5.26"]
    with pytest.raises(ServerError, match=r"5\.26\.19 cannot read"):
        embedded.acquire(old)
