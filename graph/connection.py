"""The one way to Neo4j: an async driver, READ access for reads, retries, time limits and our errors.

A read is one statement in a transaction of its own, which takes one round trip where a managed transaction takes three;
a write is a managed transaction.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import neo4j
from neo4j import AsyncGraphDatabase, AsyncManagedTransaction
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from . import embedded
from .bookmarks import OwnWrites
from .errors import (
    DatabaseError,
    EcographError,
    QueryTimeout,
    SettingsError,
    Unavailable,
    UnsupportedServer,
)
from .progress import Progress
from .settings import Settings

log = logging.getLogger("ecograph.graph")

LEAST_VERSION = (5, 26)
Parameters = Mapping[str, Any]
Rows = list[list[Any]]
_METADATA = {"app": "ecograph"}
_RETRIED_FOR_S = 15.0
_FIRST_PAUSE_S = 0.2
_ALL = -1
_TIMED_OUT = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "LockClientStopped")


def translate(error: Exception) -> EcographError:
    """Our error for one of the driver's. The database's own text goes to the log, not to the user."""
    if isinstance(error, EcographError):
        return error
    code = getattr(error, "code", None) or type(error).__name__
    if any(name in str(code) for name in _TIMED_OUT):
        return QueryTimeout(
            "The statement ran longer than the time allowed.",
            hint="Ask for less, or raise ECOGRAPH_QUERY_TIMEOUT_S.",
        )
    if isinstance(error, AuthError):
        return SettingsError("Neo4j refused the user name or password.", hint="Set NEO4J_USERNAME and NEO4J_PASSWORD.")
    if isinstance(error, ConfigurationError):
        return SettingsError(
            "NEO4J_URI is not an address that the driver understands.",
            hint="Use neo4j://HOST:7687, neo4j+s://, bolt:// or bolt+s://.",
        )
    if isinstance(error, (ServiceUnavailable, SessionExpired, TransientError, OSError)):
        return Unavailable(
            "Neo4j cannot be reached, or is busy.", hint="`ecograph neo4j status` tells more; try again."
        )
    log.error("neo4j: %s %s", code, str(error).partition("\n")[0][:500])
    if isinstance(error, ClientError) and "Database.DatabaseNotFound" in str(code):
        return SettingsError("There is no database of that name.", hint="Set NEO4J_DATABASE, or leave it out.")
    return DatabaseError("Neo4j refused a statement.", hint="The log has its words; please report this.")


class Transaction:
    """One managed write transaction: everything run in it commits, or nothing does."""

    def __init__(self, tx: AsyncManagedTransaction) -> None:
        self._tx = tx

    async def rows(self, statement: str, parameters: Parameters | None = None) -> list[list[Any]]:
        """Run one statement and return its rows, values in the order of its columns."""
        result = await self._tx.run(_literal(statement), dict(parameters or {}))
        return [list(record.values()) async for record in result]


class Database:
    """A connection to the graph. Get one from `open_database`."""

    def __init__(
        self, driver: neo4j.AsyncDriver, database: str | None, version: tuple[int, int], has_gds: bool,
        own_writes: OwnWrites | None = None,
    ) -> None:  # fmt: skip
        self._driver = driver
        self._database = database
        self._own_writes = own_writes
        self.version = version
        self.has_gds = has_gds

    async def rows(
        self, statement: str, parameters: Parameters | None = None, *, timeout: float | None = None
    ) -> list[list[Any]]:
        """Read: all rows of one statement, values in the order of its columns.

        Raises:
            QueryTimeout: it ran longer than `timeout` seconds.
            Unavailable: no connection after the driver's own retries.
        """

        query = neo4j.Query(_literal(statement), metadata=_METADATA, timeout=timeout)

        async def work() -> list[list[Any]]:
            async with self._session(neo4j.READ_ACCESS) as session:
                result = await session.run(query, dict(parameters or {}))
                return await result.values()

        return await _retried(work)

    async def value(self, statement: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> Any:
        """Read: the first value of the first row, or None."""
        rows = await self.rows(statement, parameters, timeout=timeout)
        return rows[0][0] if rows and rows[0] else None

    async def write(
        self, statements: Sequence[tuple[str, Parameters]], *, timeout: float | None = None
    ) -> list[list[list[Any]]]:
        """Write: all statements in one transaction. Retried as a whole, so each must be idempotent."""

        async def work(tx: AsyncManagedTransaction) -> list[list[list[Any]]]:
            wrapped = Transaction(tx)
            return [await wrapped.rows(statement, parameters) for statement, parameters in statements]

        limited = neo4j.unit_of_work(metadata=_METADATA, timeout=timeout)(work)
        try:
            async with self._session(neo4j.WRITE_ACCESS) as session:
                found = await session.execute_write(limited)
                await self._note(session)
                return found
        except (Neo4jError, DriverError, OSError) as error:
            raise translate(error) from error

    async def run_alone(self, statement: str, parameters: Parameters | None = None) -> list[list[Any]]:
        """Write: a statement that manages transactions itself (schema changes, CALL … IN TRANSACTIONS)."""
        try:
            async with self._session(neo4j.WRITE_ACCESS) as session:
                result = await session.run(_literal(statement), dict(parameters or {}))
                found = await result.values()
                await self._note(session)
                return found
        except (Neo4jError, DriverError, OSError) as error:
            raise translate(error) from error

    async def _note(self, session: neo4j.AsyncSession) -> None:
        if self._own_writes is not None:
            self._own_writes.add(await session.last_bookmarks())

    def _session(self, access: str) -> neo4j.AsyncSession:
        bookmarks = self._own_writes.bookmarks if self._own_writes is not None else None
        return self._driver.session(
            database=self._database, default_access_mode=access, fetch_size=_ALL, bookmarks=bookmarks
        )


async def _retried(work: Callable[[], Awaitable[Rows]]) -> Rows:
    """Run a read, and again after what the driver calls worth retrying, with growing pauses, for a quarter minute."""
    until: float | None = None
    pause = _FIRST_PAUSE_S
    while True:
        try:
            return await work()
        except (Neo4jError, DriverError) as error:
            until = until or time.monotonic() + _RETRIED_FOR_S
            if not error.is_retryable() or time.monotonic() + pause > until:
                raise translate(error) from error
            log.warning("a read failed and is tried again: %s", getattr(error, "code", None) or type(error).__name__)
        except OSError as error:
            raise translate(error) from error
        await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311
        pause *= 2


def _literal(statement: str) -> LiteralString:
    """Statements come from named files, from the model's own labels and types, or from the compiler; a test walks the
    code so that no other formatted string gets here."""
    return statement


@asynccontextmanager
async def open_database(
    settings: Settings, progress: Progress | None = None, starting: Future[embedded.Lease] | None = None
) -> AsyncIterator[Database]:
    """Connect to the user's own Neo4j, or start (or join) the embedded one, for as long as the context lasts.

    Args:
        settings: which of the two.
        progress: told of a download and the start.
        starting: the embedded one, where `embedded.begin` was called already.

    Raises:
        SettingsError: wrong address, login or database.
        UnsupportedServer: older than Neo4j 5.26.
        ServerError: the embedded server cannot be installed or started.
    """
    if settings.neo4j_uri is None:
        with await _leased(starting or embedded.begin(settings, progress)) as lease:
            address = lease.address
            login = (address.username, address.password)
            async with _driver(address.uri, login) as driver:
                yield Database(driver, None, _numbers(address.version), has_gds=True)
        return
    password = settings.neo4j_password.get_secret_value() if settings.neo4j_password else ""
    async with _driver(settings.neo4j_uri, (settings.neo4j_username, password)) as driver:
        try:
            version = await _server_version(driver, settings.neo4j_database)
            has_gds = await _has_gds(driver, settings.neo4j_database)
        except (Neo4jError, DriverError, OSError) as error:
            raise translate(error) from error
        is_routed = settings.neo4j_uri.startswith("neo4j")
        yield Database(driver, settings.neo4j_database, version, has_gds, OwnWrites() if is_routed else None)


async def _leased(starting: Future[embedded.Lease]) -> embedded.Lease:
    try:
        return await asyncio.wrap_future(starting)
    except asyncio.CancelledError:
        starting.add_done_callback(_give_back)
        raise


def _give_back(started: Future[embedded.Lease]) -> None:
    if started.exception() is None:
        started.result().release()


@asynccontextmanager
async def _driver(uri: str, login: tuple[str, str]) -> AsyncIterator[neo4j.AsyncDriver]:
    try:
        driver = AsyncGraphDatabase.driver(
            uri,
            auth=login,
            user_agent="ecograph",
            notifications_min_severity="OFF",
            max_transaction_retry_time=_RETRIED_FOR_S,
            telemetry_disabled=True,
            connection_acquisition_timeout=30,
        )
    except (ConfigurationError, ValueError) as error:
        raise translate(ConfigurationError(str(error))) from error
    async with driver:
        yield driver


async def _server_version(driver: neo4j.AsyncDriver, database: str | None) -> tuple[int, int]:
    result = await driver.execute_query(
        "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version",
        database_=database,
        routing_=neo4j.RoutingControl.READ,
    )
    text = str(result.records[0]["version"])
    version = _numbers(text)
    if version < LEAST_VERSION:
        least = ".".join(map(str, LEAST_VERSION))
        raise UnsupportedServer(
            f"This Neo4j is version {text}; Ecograph needs {least} or later.",
            hint="Upgrade it, or leave NEO4J_URI out to use the embedded server.",
        )
    return version


def _numbers(version: str) -> tuple[int, int]:
    major, minor = (int(part) for part in version.replace("-", ".").split(".")[:2])
    return major, minor


async def _has_gds(driver: neo4j.AsyncDriver, database: str | None) -> bool:
    result = await driver.execute_query(
        "SHOW PROCEDURES YIELD name WHERE name STARTS WITH 'gds.' RETURN count(*) > 0 AS found",
        database_=database,
        routing_=neo4j.RoutingControl.READ,
    )
    return bool(result.records[0]["found"])
