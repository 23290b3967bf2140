"""`/imports`: an account list is sent, looked at or loaded, and asked for until that is done."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..graph.errors import BadInput
from ..graph.jobs import JobKind
from ..graph.model import Population
from ..queries.jobs.reading import read_file, read_job
from .access import audit
from .access.guard import viewer_of
from .runtime import Runtime
from .safety import error, passes_preflight
from .uploads import Upload

_KINDS = {"preview": JobKind.IMPORT_PREVIEW, "commit": JobKind.IMPORT}
_MEGABYTE = 1_000_000


class _TooLong(Exception):
    pass


@dataclass(frozen=True)
class Imports:
    """Answers the requests to `/imports` and below; the guard lets in only who may write."""

    runtime: Runtime

    def routes(self) -> list[Route]:
        return [
            Route("/imports", self._begin, methods=["POST"]),
            Route("/imports/{id}", self._tell),
            Route("/imports/{id}/set-aside", self._set_aside),
        ]

    async def _begin(self, request: Request) -> Response:
        """Take a file, and answer with the job that looks at it or loads it."""
        if not passes_preflight(request.headers):
            return error(
                403, "PREFLIGHT_REQUIRED", "A web page could have sent this.", "Send the header `X-Ecograph: 1`."
            )
        database, executor = await self.runtime.open()
        try:
            upload, kind = _asked(request.query_params)
        except BadInput as failed:
            return error(400, failed.code, failed.message, failed.hint)
        upload = replace(upload, file=Path(tempfile.mkdtemp(prefix="ecograph-import-")) / upload.file)
        work = upload.commit if kind is JobKind.IMPORT else upload.preview
        viewer, most = viewer_of(request), self.runtime.settings.max_upload_mb
        try:
            await _receive(request, upload.file, most * _MEGABYTE)
            identity = await executor.jobs.start(database, kind, work, viewer.name, [upload.file.name], upload.forget)
        except _TooLong:
            upload.forget()
            return error(
                413, "BODY_TOO_LARGE", f"The file is longer than {most} MB.",
                "Load it with `ecograph import population`, or raise ECOGRAPH_MAX_UPLOAD_MB.",
            )  # fmt: skip
        except BaseException:
            upload.forget()
            raise
        audit.write(audit.Entry(viewer.name, viewer.view, "/imports", kind, list(request.query_params), 0, 0, "ok", ()))
        job = await self._job(identity)
        return JSONResponse(job, 202, {"Location": f"{request.scope.get('root_path', '')}/imports/{identity}"})

    async def _tell(self, request: Request) -> Response:
        job = await self._job(request.path_params["id"])
        if job is None:
            return error(404, "NOT_FOUND", "There is no such import.", "Imports are kept for 30 days.")
        return Response(orjson.dumps(job), media_type="application/json", headers={"Cache-Control": "no-store"})

    async def _set_aside(self, request: Request) -> Response:
        database, _ = await self.runtime.open()
        identity = request.path_params["id"]
        job = await self._job(identity)
        found = await read_file(database, identity, self.runtime.settings.query_timeout_s)
        if job is None or found is None:
            return error(404, "NOT_FOUND", "No rows were set aside by such an import.")
        name = f"set-aside-{job['result']['file']}"
        ascii_name = name.encode("ascii", "replace").decode().replace('"', "_").replace("?", "_")
        return Response(
            found,
            media_type="application/octet-stream",
            headers={
                "Content-Disposition": f'attachment; filename="{ascii_name}"',
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def _job(self, identity: str) -> dict[str, Any] | None:
        database, _ = await self.runtime.open()
        job = await read_job(database, identity, self.runtime.settings.query_timeout_s)
        return job if job is not None and job["kind"] in _KINDS.values() else None


def _asked(given: QueryParams) -> tuple[Upload, JobKind]:
    """What the parameters ask for, the file by its name only.

    Raises:
        BadInput: one of them is missing or cannot be used.
    """
    kind = _KINDS.get(given.get("mode", "preview"))
    if kind is None:
        raise BadInput(f"{given['mode']!r} is no mode.", hint="Use preview or commit.")
    try:
        population = Population(given.get("as", ""))
    except ValueError:
        raise BadInput("`as` is missing or unknown.", hint=f"Use one of {', '.join(Population)}.") from None
    try:
        on = date.fromisoformat(given["on"]) if given.get("on") else datetime.now(UTC).date()
    except ValueError:
        raise BadInput(f"{given['on']!r} is no day.", hint="Write it as 2026-01-31.") from None
    name = given.get("file", "").replace("\\", "/").rpartition("/")[2].strip()
    if not name or name in (".", "..") or not name.isprintable() or len(name.encode()) > 200:
        raise BadInput("`file` is missing or no name of a file.", hint="Give the name of the file, such as list.csv.")
    return (
        Upload(
            file=Path(name),
            population=population,
            on=on,
            partner=given.get("partner") or None,
            with_owners=given.get("owners") == "true",
            sets_aside=given.get("setAside") == "true",
            columns=_columns(given.get("columns")),
        ),
        kind,
    )


def _columns(given: str | None) -> Mapping[str, str] | None:
    if not given:
        return None
    try:
        columns = orjson.loads(given)
    except orjson.JSONDecodeError:
        columns = None
    if not isinstance(columns, dict) or not all(isinstance(header, str) for header in columns.values()):
        raise BadInput("`columns` is no object of headers.", hint='Write it as {"name": "Firma"}.')
    return columns


async def _receive(request: Request, target: Path, most: int) -> None:
    if int(request.headers.get("content-length") or 0) > most:
        raise _TooLong
    length = 0
    with target.open("wb") as file:
        async for piece in request.stream():
            length += len(piece)
            if length > most:
                raise _TooLong
            file.write(piece)
