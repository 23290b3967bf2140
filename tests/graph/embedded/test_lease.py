"""One server for many processes, for as long as one of them holds a lease."""

from __future__ import annotations

import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil
import pytest

from ecograph.graph import embedded
from ecograph.graph.embedded.lease import Lease
from ecograph.graph.embedded.places import Places
from ecograph.graph.errors import ServerError
from ecograph.graph.settings import Settings

Hold = Callable[[Settings], subprocess.Popen[str]]


@pytest.fixture(scope="module")
def lease(shared: Settings) -> Iterator[Lease]:
    with embedded.acquire(shared) as lease:
        yield lease


def test_processes_that_acquire_at_once_start_one_server(shared, hold: Hold) -> None:
    holders = [hold(shared) for _ in range(4)]
    answers = {holder.stdout.readline() for holder in holders}
    assert len(answers) == 1
    pid, uri = answers.pop().split()
    status = embedded.status(shared)
    assert (status.running, status.pid, status.uri, status.leases) == (True, int(pid), uri, True)


def test_the_server_has_graph_data_science(lease: Lease, query) -> None:
    assert query(lease.address, "RETURN gds.version() AS version") == [{"version": "2.26.0"}]
    [row] = query(lease.address, "CALL gds.list() YIELD name RETURN count(*) AS procedures")
    assert row["procedures"] > 400


def test_it_listens_on_loopback_only(shared: Settings, lease: Lease) -> None:
    process = psutil.Process(embedded.status(shared).pid)
    connections = [c for c in process.net_connections("inet") if c.status in ("LISTEN", "NONE")]
    assert [(c.laddr.ip, f"bolt://127.0.0.1:{c.laddr.port}") for c in connections] in (
        [("127.0.0.1", lease.address.uri)],
        [("::ffff:127.0.0.1", lease.address.uri)],
    )


def test_secrets_and_data_are_the_owners_alone(shared: Settings, lease: Lease) -> None:
    places = Places.of(shared)
    assert stat.S_IMODE(places.password.stat().st_mode) == 0o600
    assert stat.S_IMODE(places.root.stat().st_mode) == 0o700
    assert len(lease.address.password) >= 32
    assert lease.address.password not in repr(lease.address)
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            assert lease.address.password not in " ".join(process.cmdline())


def test_status_tells_what_runs(shared: Settings, lease: Lease) -> None:
    status = embedded.status(shared)
    assert status.version == lease.address.version == "2026.08.1"
    assert status.home == shared.home
    assert status.data_size_bytes > 100_000, "the data lie elsewhere"
    assert status.heap_mb >= 256
    assert status.pagecache_mb >= 64
    assert status.started_at is not None
    assert embedded.current_address(shared) == lease.address
    assert "Started." in embedded.logs_path(shared).read_text()
    assert embedded.debug_log_path(shared).stat().st_size > 0


def test_a_released_lease_has_no_address(shared: Settings, lease: Lease) -> None:
    second = embedded.acquire(shared)
    assert second.address == lease.address
    second.release()
    second.release()
    with pytest.raises(ServerError, match="released"):
        _ = second.address


def test_a_killed_user_gives_its_lease_back_and_the_server_stops(make_settings, hold: Hold, wait_for) -> None:
    settings = make_settings(linger_s=1)
    user = hold(settings)
    pid = int(user.stdout.readline().split()[0])
    assert not wait_for(lambda: not psutil.pid_exists(pid), 2.5), "a server in use was stopped"
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if str(Places.of(settings).root) in process.cmdline()[2:]:
                process.kill()
                psutil.wait_procs([process], timeout=5)
    with embedded.acquire(settings) as lease:
        assert lease.address.uri == embedded.status(settings).uri, "the server outlived its watcher"
    assert embedded.status(settings).leases
    user.kill()
    assert wait_for(lambda: not embedded.status(settings).running, 8), "nobody took the watcher's place"
    assert not embedded.status(settings).leases
    assert embedded.current_address(settings) is None
    assert embedded.stop(settings) is False


def test_a_killed_server_is_started_again_with_what_was_committed(make_settings, query) -> None:
    settings = make_settings()
    with embedded.acquire(settings) as lease:
        before = lease.address
        query(before, "UNWIND range(1, 1000) AS i CREATE (:Row {i: i})")
        psutil.Process(embedded.status(settings).pid).kill()
        assert lease.ensure() == before, "the port of before was free, and drivers know it"
        assert query(before, "MATCH (r:Row) RETURN count(*) AS rows") == [{"rows": 1000}]
        # A server that the state file does not know must not keep the data from the next.
        Places.of(settings).state.unlink()
        assert query(lease.ensure(), "MATCH (r:Row) RETURN count(*) AS rows") == [{"rows": 1000}]
        assert embedded.stop(settings) is True
        assert lease.address.uri
        assert not embedded.status(settings).running


def test_two_homes_run_side_by_side(make_settings, query) -> None:
    one, other = make_settings("one"), make_settings("other")
    with embedded.acquire(one) as first, embedded.acquire(other) as second:
        assert first.address.uri != second.address.uri
        assert first.address.password != second.address.password
        query(first.address, "CREATE (:Here)")
        assert query(second.address, "MATCH (n) RETURN count(*) AS nodes") == [{"nodes": 0}]
        assert embedded.stop(one)
        assert query(second.address, "RETURN 1 AS one") == [{"one": 1}]
