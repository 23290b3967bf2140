from __future__ import annotations

from pathlib import Path

import pytest

from ecograph.graph.errors import SettingsError
from ecograph.graph.settings import Settings


def test_flags_before_environment_before_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ecograph.toml").write_text('port = 1\nheap_mb = 300\nhost = "::1"\n')
    monkeypatch.setenv("ECOGRAPH_PORT", "2")
    monkeypatch.setenv("ECOGRAPH_HEAP_MB", "400")
    monkeypatch.setenv("NEO4J_URI", "bolt://graph.example.com")
    found = Settings.load(home=tmp_path, port=3)
    assert (found.port, found.heap_mb, found.host) == (3, 400, "::1")
    assert found.neo4j_uri == "bolt://graph.example.com"
    assert not found.is_embedded


def test_the_home_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ecograph.toml").write_text("port = 7\n")
    monkeypatch.setenv("ECOGRAPH_HOME", str(tmp_path))
    assert Settings.load().port == 7
    assert Settings.load().home == tmp_path


@pytest.mark.parametrize(
    ("content", "name"), [("nothing = 1\n", "nothing"), ("port = 'x'\n", "port"), ("heap_mb = 1\n", "heap_mb")]
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, content: str, name: str) -> None:
    (tmp_path / "ecograph.toml").write_text(content)
    with pytest.raises(SettingsError, match=name):
        Settings.load(home=tmp_path)


def test_passwords_are_not_shown(tmp_path: Path) -> None:
    assert "hunter2" not in repr(Settings.load(home=tmp_path, neo4j_password="hunter2"))
