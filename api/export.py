"""`/export`: a connection of a GraphQL document to its last page, as CSV, JSON Lines, Parquet or Arrow."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from ..graph.errors import BadInput, EcographError
from ..graph.export import Format, Row, encoded
from ..schema.execute import Executor
from ..schema.export import ExportFailed, Table, open_table
from ..schema.response import Response as Answer
from ..schema.viewer import Viewer
from .access.gate import Gate
from .access.guard import viewer_of
from .access.limits import RateLimited
from .documents import TrustedDocuments
from .graphql_http import PLAIN, Asked, Refusal, checked, parameters_of
from .safety import error

log = logging.getLogger("ecograph.export")


class Exports:
    """Answers the requests to `/export`."""

    def __init__(self, documents: TrustedDocuments, gate: Gate) -> None:
        self._documents, self._gate = documents, gate

    async def answer(self, request: Request, executor: Executor) -> Response:
        """Stream one table. What goes wrong before its first row is answered as an error; what goes wrong later cuts
        the stream, so that a client sees that it is not whole, and is in the log.

        Raises:
            RateLimited: who asks has asked for too much.
        """
        try:
            parameters = await parameters_of(request)
            if isinstance(parameters, dict) and "query" not in parameters and "document" in parameters:
                parameters = {**parameters, "query": parameters["document"]}
            asked = checked(parameters, self._documents)
            form, path = _format(parameters.get("format")), parameters.get("path")
            table = self._table(executor, viewer_of(request), asked, path and str(path))
            pieces = encoded(form, table.columns, _logged(table, await _begun(table)))
            first = await anext(pieces, b"")
        except Refusal as refusal:
            return error(refusal.status or 400, refusal.code, refusal.message, refusal.hint)
        except RateLimited:
            raise
        except ExportFailed as failed:
            return Response(orjson.dumps({"errors": failed.response.errors}), _status(failed), media_type=PLAIN)
        except EcographError as failed:
            return error(_status(failed), failed.code, failed.message, failed.hint)
        return StreamingResponse(
            _whole(first, pieces),
            media_type=form.media_type,
            headers={
                "Content-Disposition": f'attachment; filename="{table.name}.{form}"',
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
            },
        )

    def _table(self, executor: Executor, viewer: Viewer, asked: Asked, path: str | None) -> Table:
        pages = 0

        async def run(text: str, variables: Mapping[str, Any]) -> Answer:
            """One page through the gate. Once begun, an export waits for its login's limit rather than break off."""
            nonlocal pages
            while True:
                try:
                    answer = await self._gate.execute(executor, viewer, text, variables, None, document=asked.query)
                except RateLimited as limited:
                    if not pages:
                        raise
                    await asyncio.sleep(limited.retry_after)
                    continue
                pages += 1
                return answer

        return open_table(
            executor, asked.query, asked.variables, asked.operation_name, path,
            viewer=viewer, introspection=self._gate.introspects, run=run,
        )  # fmt: skip


Pages = AsyncGenerator[Sequence[Row], None]


async def _begun(table: Table) -> Pages:
    """The pages of the table, of which the first is there."""
    pages = table.pages()
    first = await anext(pages)

    async def all_pages() -> Pages:
        yield first
        async for page in pages:
            yield page

    return all_pages()


async def _logged(table: Table, pages: Pages) -> Pages:
    rows = 0
    try:
        async for page in pages:
            rows += len(page)
            yield page
    except EcographError as failed:
        log.error("export of %s cut after %d rows: %s %s", table.name, rows, failed.code, failed.message)
        raise


async def _whole(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    if first:
        yield first
    async for piece in rest:
        yield piece


def _format(given: Any) -> Format:
    try:
        return Format(given)
    except ValueError:
        names = ", ".join(Format)
        raise BadInput("`format` is missing or unknown.", hint=f"Use one of {names}.") from None


_STATUS = {
    "FORBIDDEN": 403, "UNKNOWN_ID": 404, "DATABASE": 500, "INTERNAL": 500, "BUSY": 503, "UNAVAILABLE": 503,
    "TIMEOUT": 504,
}  # fmt: skip


def _status(failed: EcographError) -> int:
    code = failed.response.errors[0]["extensions"]["code"] if isinstance(failed, ExportFailed) else failed.code
    return _STATUS.get(code, 400)
