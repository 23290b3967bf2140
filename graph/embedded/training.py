"""Makes the archive of loaded classes: a run of the server on a throw-away home, at the lowest priority.

`python -m ecograph.graph.embedded.training`; started with the first server, and once more when it has ended.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
from neo4j.exceptions import DriverError, Neo4jError

from ..errors import EcographError
from ..settings import Settings
from .admin import Admin
from .archive import Archive
from .config import write_config
from .flock import FileLock
from .launch import wait_until_ready
from .machine import environment, server_command
from .memory import Memory
from .password import ensure_password
from .places import Places
from .process import detach_watcher
from .release import RELEASES
from .runtime import Runtime, find_runtime
from .watcher import terminate

# Writing the archive takes 17 s on a free machine, and this yields to everybody else.
_WRITING_S = 600.0
_ROUNDS = 3
# Whoever starts a server often stops it and starts it again: that shall not compete with this.
_SETTLE_S = 20.0
_HEAP_MB = 512
_LEASE_S = 10.0
# What nearly every statement needs: planning, both runtimes of projections, writing, an index, GDS.
_STATEMENTS = (
    "CREATE CONSTRAINT training IF NOT EXISTS FOR (p:Partner) REQUIRE p.id IS UNIQUE",
    "UNWIND range(1, 200) AS i MERGE (p:Partner {id: toString(i)}) SET p.name = 'n' + i, p.on = date()",
    "MATCH (a:Partner), (b:Partner) WHERE toInteger(a.id) + 1 = toInteger(b.id) MERGE (a)-[:ALLIED_WITH {w: 1}]->(b)",
    "MATCH (p:Partner) WHERE p.id > '1' WITH p ORDER BY p.id LIMIT 20 "
    "RETURN collect([p.id, p.name, COLLECT { MATCH (p)-[r:ALLIED_WITH]-(q) RETURN [q.id, r.w] LIMIT 5 }])",
    "MATCH path = shortestPath((a:Partner {id: '1'})-[:ALLIED_WITH*..6]-(b:Partner {id: '5'})) RETURN length(path)",
    "MATCH (p:Partner)-[:ALLIED_WITH]->(q) WITH gds.graph.project('training', p, q) AS g RETURN g.nodeCount",
    "CALL gds.pageRank.stream('training') YIELD nodeId, score RETURN count(*), sum(score)",
    "CALL gds.graph.drop('training') YIELD graphName RETURN graphName",
)


def train(settings: Settings, settle_s: float = _SETTLE_S) -> bool:
    """Makes the archive unless it exists, or another process is making it; true if it was made."""
    places = Places.of(settings)
    runtime = find_runtime(settings, places.release)
    archive = Archive.of(places, runtime)
    places.archives.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(archive.file.with_suffix(".lock"))
    if not lock.try_acquire():
        return False
    scratch = archive.file.with_suffix(".training")
    try:
        if not archive.is_wanted:
            return False
        time.sleep(settle_s)
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        output = scratch / "archive"
        _run(settings, replace(places, root=scratch, data=scratch / "data"), runtime, archive.train(output))
        archive.accept(output)
    except (EcographError, Neo4jError, DriverError, OSError):
        archive.give_up()
        return False
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        lock.release()
    return True


def _run(settings: Settings, places: Places, runtime: Runtime, extra: Sequence[str]) -> None:
    ensure_password(places, Admin(places, runtime, settings))
    memory = Memory(_HEAP_MB, _HEAP_MB)
    write_config(places, memory, port=0)
    places.logs.mkdir(parents=True, exist_ok=True)
    # Not detached: in a session of its own it would have a scheduling group of its own, of normal priority.
    with places.output.open("wb") as output:
        process = psutil.Popen(
            server_command(places, runtime, memory, extra),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment(places),
        )
    lease = FileLock(places.lease)
    try:
        # Should this process be killed, the watcher ends the server.
        lease.acquire(_LEASE_S, shared=True)
        detach_watcher(places, process.pid, _LEASE_S)
        with wait_until_ready(places, process).driver() as driver:
            for statement in _STATEMENTS * _ROUNDS:
                driver.execute_query(statement, database_="neo4j")
    finally:
        terminate(process, _WRITING_S)
        process.wait()
        lease.release()


def _yield_to_others() -> None:
    os.nice(19)
    # Where Linux schedules by session, the niceness of a process counts only within its session.
    with suppress(OSError), Path("/proc/self/autogroup").open("w") as group:
        group.write("19")


def main() -> None:
    """Makes the archive for the settings named on the command line."""
    parser = argparse.ArgumentParser(prog=f"python -m {__spec__.name}", description=__doc__)
    for name in ("home", "cache", "java"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--release", choices=sorted(RELEASES))
    parser.add_argument("--java-options", default="")
    options = parser.parse_args()
    _yield_to_others()
    train(
        Settings.load(
            home=options.home, cache=options.cache, java=options.java, neo4j_release=options.release,
            java_options=options.java_options,
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
