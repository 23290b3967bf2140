"""Runs the server's process and waits until it answers."""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from ..errors import ServerError
from .config import write_config
from .machine import environment, server_command
from .memory import Memory
from .password import USERNAME, read_password
from .places import Places
from .process import detach, listening_port
from .runtime import Runtime
from .watcher import is_alive, terminate

if TYPE_CHECKING:
    import neo4j

# Long, since a store that was not closed is recovered first; a server that dies is noticed at once.
READY_S = 600.0
_POLL_S = 0.05
_HANDSHAKE_S = 5.0
# The magic number, then up to four versions: 4.4 is enough.
_HANDSHAKE = bytes.fromhex("6060b017 00000404 00000000 00000000 00000000")


class EndedEarly(ServerError):
    """The server's process ended before it answered."""


@dataclass(frozen=True)
class ServerAddress:
    """Where the server listens, and the login."""

    uri: str
    username: str
    password: str
    version: str

    def __repr__(self) -> str:
        return f"ServerAddress(uri={self.uri!r}, version={self.version!r})"

    @classmethod
    def at(cls, places: Places, port: int) -> ServerAddress:
        """The address of the server of a home, on a port."""
        return cls(f"bolt://127.0.0.1:{port}", USERNAME, read_password(places), places.release.version)

    def driver(self) -> neo4j.Driver:
        """A driver for it."""
        # The driver takes a second to load: here, that passes while the server starts.
        import neo4j

        return neo4j.GraphDatabase.driver(self.uri, auth=(self.username, self.password))


def spawn(
    places: Places, runtime: Runtime, memory: Memory, *, port: int = 0, extra: Sequence[str] = ()
) -> psutil.Process:
    """Starts the server's process, detached."""
    write_config(places, memory, port)
    return detach(server_command(places, runtime, memory, extra), places.output, environment(places))


def wait_until_ready(places: Places, process: psutil.Process) -> ServerAddress:
    """Returns when the server answers a query.

    Raises:
        ServerError: it ended, or did not answer for a long time, and was ended.
    """
    deadline = time.monotonic() + READY_S
    while is_alive(process):
        if (port := listening_port(process)) is not None:
            address = ServerAddress.at(places, port)
            if _answers(places, address):
                return address
        if time.monotonic() > deadline:
            terminate(process)
            raise _not_started(ServerError, places, f"did not answer within {READY_S:.0f} s")
        time.sleep(_POLL_S)
    raise _not_started(EndedEarly, places, "ended while it was starting")


def speaks_bolt(port: int) -> bool:
    """True if a Bolt handshake succeeds: a process that is about to end may still be there, and its port open."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_HANDSHAKE_S) as connection:
            connection.sendall(_HANDSHAKE)
            return len(connection.recv(4)) == 4
    except OSError:
        return False


def _answers(places: Places, address: ServerAddress) -> bool:
    from neo4j.exceptions import AuthError, DriverError, Neo4jError, TransientError

    # Not `execute_query`: it would try for half a minute, and log each time.
    try:
        with address.driver() as driver:
            try:
                with driver.session(database="neo4j") as session:
                    session.run("RETURN 1").consume()
                    return True
            except TransientError as error:
                if _has_failed(driver):
                    raise _not_started(ServerError, places, "cannot open its data") from error
    except AuthError as error:
        raise ServerError(
            f"The server does not accept the password in {places.password}.",
            hint="Put the right password there, or start over with another ECOGRAPH_HOME.",
        ) from error
    except (Neo4jError, DriverError):
        pass
    return False


def _has_failed(driver: neo4j.Driver) -> bool:
    with driver.session(database="system") as session:
        found = session.run(
            "SHOW DATABASES YIELD name, currentStatus, statusMessage "
            "WHERE name = 'neo4j' AND currentStatus <> 'online' AND statusMessage STARTS WITH 'An error'"
        )
        return found.peek() is not None


def _not_started(kind: type[ServerError], places: Places, how: str) -> ServerError:
    return kind(
        f"Neo4j {places.release.version} {how}.",
        hint=f"Its last words are in {places.output} and {places.debug_log}. "
        "Or set NEO4J_URI to use a Neo4j server of your own.",
    )
