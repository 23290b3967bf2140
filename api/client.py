"""The Python client: the same schema without HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

from anyio.from_thread import BlockingPortal, start_blocking_portal

from ..graph import embedded
from ..graph.connection import Database
from ..graph.errors import EcographError, SettingsError
from ..graph.progress import Progress
from ..graph.settings import Settings
from ..queries.work import Engine
from ..schema.execute import Executor
from ..schema.export import Table, open_table
from ..schema.response import Response
from .runtime import Runtime

if TYPE_CHECKING:
    import py2neo

    from ..queries.run import Outcome


class QueryFailed(EcographError):
    """A query came back with errors; `errors` has them all, `data` what was answered all the same."""

    code = "QUERY_FAILED"

    def __init__(self, response: Response) -> None:
        first = response.errors[0]
        super().__init__(str(first["message"]), hint=first.get("extensions", {}).get("hint"))
        self.errors = response.errors
        self.data = response.data


class AsyncEcosystem:
    """An ecosystem graph to ask, for asyncio. Get one from `AsyncEcosystem.open()`."""

    def __init__(self, database: Database, executor: Executor) -> None:
        self.database = database
        self._executor = executor

    @classmethod
    @asynccontextmanager
    async def open(
        cls, settings: Settings | None = None, *, progress: Progress | None = None, **flags: Any
    ) -> AsyncIterator[AsyncEcosystem]:
        """Connect, or start the embedded Neo4j.

        Args:
            settings: ready-made settings; otherwise from `flags`, the environment and the file.
            progress: told of downloads and starts.
            flags: settings by name, such as `home=Path("eco")`.
        """
        runtime = Runtime(settings or Settings.load(**flags), progress)
        try:
            database, executor = await runtime.open()
            yield cls(database, executor)
        finally:
            await runtime.close()

    async def execute(
        self, query: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None
    ) -> Response:
        """Answer a GraphQL query; errors are in the response."""
        return await self._executor.execute(query, variables, operation_name)

    async def measure(
        self, *, only: Sequence[str] = (), everything: bool = False, engine: Engine | None = None,
        progress: Progress | None = None,
    ) -> list[Outcome]:  # fmt: skip
        """Compute and store measures: those of which the data has changed, `everything`, or `only` some by name.

        Raises:
            Busy: another import or measure run is working on this graph.
            BadInput: there is no measure of such a name.
        """
        from ..queries.run import measure

        outcomes = await measure(
            self.database, self._executor.settings, only=only, everything=everything, engine=engine, progress=progress
        )
        self._executor.version.forget()
        return outcomes

    def table(
        self, query: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None,
        *, path: str | None = None,
    ) -> Table:  # fmt: skip
        """A connection of a query as a table: its columns, and all its pages.

        Args:
            query: the GraphQL document.
            variables: values of its variables.
            operation_name: which of several operations.
            path: which connection, where there are several, such as `partner.deals`.

        Raises:
            ExportFailed: the document is wrong.
            BadInput: it has no such connection.
        """
        return open_table(self._executor, query, variables, operation_name, path)

    async def query(self, query: str, /, **variables: Any) -> dict[str, Any]:
        """The data of a GraphQL query.

        Raises:
            QueryFailed: the response holds errors.
        """
        response = await self.execute(query, variables)
        if response.errors or response.data is None:
            raise QueryFailed(response)
        return response.data


class Ecosystem:
    """An ecosystem graph to ask, for plain Python and notebooks.

        with Ecosystem.open() as ecosystem:
            ecosystem.query("{ partners(first: 3) { nodes { name } } }")

    Use it as a context manager, or call `close()`.
    """

    def __init__(self, settings: Settings | None = None, *, progress: Progress | None = None, **flags: Any) -> None:
        self.settings = settings or Settings.load(**flags)
        self._portal_context = start_blocking_portal("asyncio")
        self._portal: BlockingPortal = self._portal_context.__enter__()
        self._runtime = Runtime(self.settings, progress)
        self._lease: embedded.Lease | None = None
        self._py2neo: list[Any] = []
        try:
            self.database, self._executor = self._portal.call(self._runtime.open)
        except BaseException:
            self.close()
            raise

    @classmethod
    @contextmanager
    def open(cls, settings: Settings | None = None, **flags: Any) -> Iterator[Ecosystem]:
        """Connect, or start the embedded Neo4j, for as long as the context lasts."""
        ecosystem = cls(settings, **flags)
        try:
            yield ecosystem
        finally:
            ecosystem.close()

    def close(self) -> None:
        """Close the connection, and those of py2neo."""
        while self._py2neo:
            self._py2neo.pop().service.connector.close()
        if self._lease is not None:
            self._lease.release()
            self._lease = None
        if self._portal_context is not None:
            try:
                self._portal.call(self._runtime.close)
            finally:
                self._portal_context.__exit__(None, None, None)

    def execute(
        self, query: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None
    ) -> Response:
        """Answer a GraphQL query; errors are in the response."""
        answer: Response = self._portal.call(self._executor.execute, query, variables, operation_name)
        return answer

    def query(self, query: str, /, **variables: Any) -> dict[str, Any]:
        """The data of a GraphQL query.

        Raises:
            QueryFailed: the response holds errors.
        """
        response = self.execute(query, variables)
        if response.errors or response.data is None:
            raise QueryFailed(response)
        return response.data

    def measure(
        self, *, only: Sequence[str] = (), everything: bool = False, engine: Engine | None = None,
        progress: Progress | None = None,
    ) -> list[Outcome]:  # fmt: skip
        """Compute and store measures: those of which the data has changed, `everything`, or `only` some by name.

        Raises:
            Busy: another import or measure run is working on this graph.
            BadInput: there is no measure of such a name.
        """
        return self._portal.call(
            lambda: AsyncEcosystem(self.database, self._executor).measure(
                only=only, everything=everything, engine=engine, progress=progress
            )
        )

    def py2neo(self) -> py2neo.Graph:
        """A connected py2neo `Graph` for scripts and notebooks that already use it (extra `ecograph[py2neo]`).

        What is written through it is checked by `ecograph check` like any other data. Its connections are closed with
        this one.

        Raises:
            SettingsError: the extra is not installed.
        """
        try:
            import py2neo
        except ImportError as error:
            raise SettingsError("py2neo is not installed.", hint="pip install 'ecograph[py2neo]'") from error
        graph: py2neo.Graph = self._graph_of(py2neo.Graph)
        self._py2neo.append(graph)
        return graph

    def _graph_of(self, make: Callable[..., Any]) -> Any:
        if self.settings.neo4j_uri is None:
            if self._lease is None:
                self._lease = embedded.acquire(self.settings)
            address = self._lease.address
            return make(address.uri, auth=(address.username, address.password))
        password = self.settings.neo4j_password
        return make(
            self.settings.neo4j_uri,
            auth=(self.settings.neo4j_username, password.get_secret_value() if password else ""),
            name=self.settings.neo4j_database,
        )
