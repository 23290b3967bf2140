"""The server's configuration file, written anew at each start."""

from __future__ import annotations

from .memory import Memory
from .places import Places

_COMMON = {
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "dbms.security.procedures.unrestricted": "gds.*",
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.retention_policy": "256M size",
    # Without these three, stopping takes 11 seconds.
    "internal.dbms.bolt.netty_server_shutdown_timeout": "2s",
    "internal.server.bolt.thread_pool_shutdown_wait_time": "1s",
}
_OF_RELEASE = {
    "current": {
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
        # On by default, and tells the local network about the server.
        "server.fleet_discovery.enabled": "false",
    },
    "lts": {"internal.dbms.bolt.netty_server_shutdown_quiet_period": "0"},
}


def write_config(places: Places, memory: Memory, port: int) -> None:
    """Writes `neo4j.conf`; port 0 lets the system choose a free one."""
    settings = {
        # Relative to the home, for Neo4j misreads letters beyond ASCII in this file.
        "server.directories.data": str(places.data.relative_to(places.root)),
        "server.directories.plugins": _plugins(places),
        "server.directories.logs": "logs",
        "server.directories.run": "run",
        "server.directories.import": "import",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.memory.pagecache.size": f"{memory.pagecache_mb}m",
        **_COMMON,
        **_OF_RELEASE[places.release.name],
    }
    places.conf.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}={value}\n" for name, value in settings.items()]
    (places.conf / "neo4j.conf").write_text("".join(lines), "ascii")


def _plugins(places: Places) -> str:
    link = places.root / "plugins"
    link.unlink(missing_ok=True)
    link.symlink_to(places.jars / "plugins")
    return link.name
