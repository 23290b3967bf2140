"""The embedded server: a real Neo4j Community with Graph Data Science, run as a private process.

It is downloaded once, started by the first command that needs it, shared by all commands of a home, and stopped ten
minutes after the last.
"""

from __future__ import annotations

from .install import install
from .launch import ServerAddress
from .lease import Lease, acquire, begin
from .offline import StoreCheck, dump, load, store_check
from .server import debug_log_path, logs_path, stop
from .status import Status, current_address, status

__all__ = [
    "Lease",
    "ServerAddress",
    "Status",
    "StoreCheck",
    "acquire",
    "begin",
    "current_address",
    "debug_log_path",
    "dump",
    "install",
    "load",
    "logs_path",
    "status",
    "stop",
    "store_check",
]
