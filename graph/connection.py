"""The one way to Neo4j: an async driver, managed transactions, READ access for reads, time limits and our errors."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
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
        self, driver: neo4j.AsyncDriver, database: str | None, version: tuple[int, int], has_gds: bool
    ) -> None:
        self._driver = driver
        self._database = database
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

        async def work(tx: AsyncManagedTransaction) -> list[list[Any]]:
            result = await tx.run(_literal(statement), dict(parameters or {}))
            return [list(record.values()) async for record in result]

        found: list[list[Any]] = await self._managed(work, neo4j.READ_ACCESS, timeout)
        return found

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

        found: list[list[list[Any]]] = await self._managed(work, neo4j.WRITE_ACCESS, timeout)
        return found

    async def run_alone(self, statement: str, parameters: Parameters | None = None) -> list[list[Any]]:
        """Write: a statement that manages transactions itself (schema changes, CALL … IN TRANSACTIONS)."""
        try:
            async with self._session(neo4j.WRITE_ACCESS) as session:
                result = await session.run(_literal(statement), dict(parameters or {}))
                return [list(record.values()) async for record in result]
        except (Neo4jError, DriverError, OSError) as error:
            raise translate(error) from error

    async def _managed(self, work: Any, access: str, timeout: float | None) -> Any:
        limited = neo4j.unit_of_work(metadata={"app": "ecograph"}, timeout=timeout)(work)
        try:
            async with self._session(access) as session:
                execute = session.execute_read if access == neo4j.READ_ACCESS else session.execute_write
                return await execute(limited)
        except (Neo4jError, DriverError, OSError) as error:
            raise translate(error) from error

    def _session(self, access: str) -> neo4j.AsyncSession:
        return self._driver.session(database=self._database, default_access_mode=access)


def _literal(statement: str) -> LiteralString:
    """Statements come from named files, from the model's own labels and types, or from the compiler; a test walks the
    code so that no other formatted string gets here."""
    return statement


@asynccontextmanager
async def open_database(settings: Settings, progress: Progress | None = None) -> AsyncIterator[Database]:
    """Connect to the user's own Neo4j, or start (or join) the embedded one, for as long as the context lasts.

    Raises:
        SettingsError: wrong address, login or database.
        UnsupportedServer: older than Neo4j 5.26.
        ServerError: the embedded server cannot be installed or started.
    """
    if settings.neo4j_uri is None:
        with embedded.acquire(settings, progress) as lease:
            address = lease.address
            async with _connect(address.uri, address.username, address.password, None) as database:
                yield database
        return
    password = settings.neo4j_password.get_secret_value() if settings.neo4j_password else ""
    async with _connect(settings.neo4j_uri, settings.neo4j_username, password, settings.neo4j_database) as database:
        yield database


@asynccontextmanager
async def _connect(uri: str, user: str, password: str, database: str | None) -> AsyncIterator[Database]:
    try:
        driver = AsyncGraphDatabase.driver(
            uri,
            auth=(user, password),
            user_agent="ecograph",
            notifications_min_severity="OFF",
            max_transaction_retry_time=15,
            connection_acquisition_timeout=30,
        )
    except (ConfigurationError, ValueError) as error:
        raise translate(ConfigurationError(str(error))) from error
    async with driver:
        try:
            version = await _server_version(driver, database)
            has_gds = await _has_gds(driver, database)
        except (Neo4jError, DriverError, OSError) as error:
            raise translate(error) from error
        yield Database(driver, database, version, has_gds)


async def _server_version(driver: neo4j.AsyncDriver, database: str | None) -> tuple[int, int]:
    result = await driver.execute_query(
        "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version",
        database_=database,
        routing_=neo4j.RoutingControl.READ,
    )
    text = str(result.records[0]["version"])
    major, minor = (int(part) for part in text.replace("-", ".").split(".")[:2])
    if (major, minor) < LEAST_VERSION:
        least = ".".join(map(str, LEAST_VERSION))
        raise UnsupportedServer(
            f"This Neo4j is version {text}; Ecograph needs {least} or later.",
            hint="Upgrade it, or leave NEO4J_URI out to use the embedded server.",
        )
    return major, minor


async def _has_gds(driver: neo4j.AsyncDriver, database: str | None) -> bool:
    result = await driver.execute_query(
        "SHOW PROCEDURES YIELD name WHERE name STARTS WITH 'gds.' RETURN count(*) > 0 AS found",
        database_=database,
        routing_=neo4j.RoutingControl.READ,
    )
    return bool(result.records[0]["found"])
