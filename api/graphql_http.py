"""GraphQL over HTTP: GET and POST, `application/graphql-response+json` and `application/json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from ..graph.settings import Settings
from ..schema.execute import Executor
from ..schema.response import Response as Answer
from ..schema.viewer import LOCAL, Viewer
from .access.gate import Gate
from .access.guard import viewer_of
from .documents import TrustedDocuments, sha256_id
from .safety import error, passes_preflight
from .validators import cache_headers, entity_tag, is_known

MODERN = "application/graphql-response+json"
PLAIN = "application/json"
MAX_BODY = 1_000_000


@dataclass(frozen=True)
class Asked:
    """The parameters of a request."""

    query: str
    variables: Mapping[str, Any]
    operation_name: str | None


class Refusal(Exception):
    """Why a request is not run. Without a status it is a request error of GraphQL's own."""

    def __init__(
        self, message: str, status: int | None = 400, code: str = "BAD_REQUEST", hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.message, self.status, self.code, self.hint = message, status, code, hint

    def response(self, accepted: str) -> Response:
        refusal = error(self.status or _request_error(accepted), self.code, self.message, self.hint)
        refusal.headers["content-type"] = f"{accepted}; charset=utf-8"
        return refusal


class Endpoint:
    """Answers the requests to `/graphql`."""

    def __init__(self, settings: Settings, documents: TrustedDocuments, gate: Gate) -> None:
        self._documents = documents
        self._gate = gate
        self._meaning = f"{settings.active_within_days} {settings.reporting_currency}"

    async def answer(self, request: Request, executor: Executor) -> Response:
        """Answer one GraphQL request.

        Raises:
            RateLimited: who asks has asked for too much.
        """
        viewer = viewer_of(request)
        accepted = _accepted(request.headers.get("accept"))
        if accepted is None:
            return error(406, "NOT_ACCEPTABLE", f"Only {MODERN} and {PLAIN} can be given.", f"Send `Accept: {MODERN}`.")
        try:
            asked = checked(await parameters_of(request), self._documents)
        except Refusal as refusal:
            return refusal.response(accepted)
        if request.method == "POST":
            return _response(await self._run(asked, executor, viewer), accepted)
        version = executor.version_for(await executor.version.current(), viewer)
        today = datetime.now(UTC).date().isoformat()
        seen = None if viewer is LOCAL else repr(viewer.sight)
        tag = entity_tag(
            version, today, self._meaning, seen, accepted, asked.query, asked.operation_name, asked.variables
        )
        headers = cache_headers(tag, seen)
        if is_known(tag, request.headers.get("if-none-match")):
            return Response(status_code=304, headers={**headers, "Vary": f"{headers['Vary']}, Accept-Encoding"})
        result = await self._run(asked, executor, viewer, only_queries=True)
        if result.errors or result.extensions.get("graphVersion") != version:
            headers = {"Cache-Control": "no-store"}
        return _response(result, accepted, headers)

    async def _run(self, asked: Asked, executor: Executor, viewer: Viewer, *, only_queries: bool = False) -> Answer:
        return await self._gate.execute(
            executor, viewer, asked.query, asked.variables, asked.operation_name, only_queries=only_queries
        )


def _response(result: Answer, accepted: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(result.to_bytes(), _status(result, accepted), headers, f"{accepted}; charset=utf-8")


def _status(result: Answer, accepted: str) -> int:
    if not result.is_request_error:
        return 200
    codes = {e["extensions"]["code"] for e in result.errors}
    if "OPERATION_NOT_SUPPORTED" in codes:
        return 405
    return _request_error(accepted)


def _request_error(accepted: str) -> int:
    return 400 if accepted == MODERN else 200


@lru_cache(maxsize=64)
def _accepted(header: str | None) -> str | None:
    """The type to answer in; without a wish, the old one that every client reads."""
    if not header:
        return PLAIN
    wishes = []
    for at, part in enumerate(header.split(",")):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        wishes.append((-_number(quality), at, name))
    for worth, _, name in sorted(wishes):
        if worth == 0:
            continue
        if name == MODERN:
            return MODERN
        if name in (PLAIN, "application/*", "*/*"):
            return PLAIN
    return None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


async def parameters_of(request: Request) -> Any:
    """What a request sends, of a GET from its address, of a POST from its body.

    Raises:
        Refusal: it may have been sent by another site, or its body cannot be read.
    """
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != PLAIN:
            raise Refusal(f"The body must be {PLAIN}.", 415, "UNSUPPORTED_MEDIA_TYPE")
        return _json(await _body(request), "The body")
    if not passes_preflight(request.headers):
        raise Refusal(
            "A GET request must show that it is no plain cross-site request.",
            code="PREFLIGHT_REQUIRED",
            hint="Send the header X-Ecograph: 1.",
        )
    parameters: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _json(parameters[name].encode(), name) if parameters[name] else None
    return parameters


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise Refusal(f"The body is longer than {MAX_BODY:,} bytes.", 413, "BODY_TOO_LARGE")
    return bytes(body)


def _json(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as failure:
        raise Refusal(f"{what} is no JSON: {failure}.") from failure


def checked(parameters: Any, documents: TrustedDocuments) -> Asked:
    """The GraphQL request that the parameters make.

    Raises:
        Refusal: they are none, or this server does not answer the document.
    """
    if not isinstance(parameters, dict):
        raise Refusal("The body must be one JSON object; batches are not supported.")
    variables, name = parameters.get("variables"), parameters.get("operationName")
    extensions = parameters.get("extensions")
    if variables is not None and not isinstance(variables, dict):
        raise Refusal("`variables` must be an object.")
    if name is not None and not isinstance(name, str):
        raise Refusal("`operationName` must be a string.")
    if extensions is not None and not isinstance(extensions, dict):
        raise Refusal("`extensions` must be an object.")
    query = _document(parameters.get("query"), _identifier(parameters, extensions or {}), documents)
    return Asked(query, variables or {}, name or None)


def _identifier(parameters: Mapping[str, Any], extensions: Mapping[str, Any]) -> str | None:
    """The document identifier of the request: the specification's parameter, or Apollo's extension."""
    identifier = parameters.get("documentId")
    if identifier is not None:
        if not isinstance(identifier, str):
            raise Refusal("`documentId` must be a string.")
        return identifier
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return None
    if not isinstance(persisted, dict) or not isinstance(persisted.get("sha256Hash"), str):
        raise Refusal("`extensions.persistedQuery` must be an object with a string `sha256Hash`.")
    return f"sha256:{persisted['sha256Hash']}"


def _document(query: Any, identifier: str | None, documents: TrustedDocuments) -> str:
    if query is None and identifier is not None:
        found = documents.get(identifier)
        if found is None:
            raise Refusal(
                "There is no document of this identifier.", None, "PERSISTED_NOT_FOUND",
                "Send the document itself as `query`, or have it put into the folder that ECOGRAPH_DOCUMENTS names.",
            )  # fmt: skip
        return found
    if not isinstance(query, str):
        raise Refusal("`query` must be a string with a GraphQL document, or `documentId` must name one.")
    if identifier is not None and identifier != sha256_id(query) and query != documents.get(identifier):
        raise Refusal("`query` is not the document that its identifier names.")
    if not documents.admits(query):
        raise Refusal(
            "Only documents that this server knows are answered.", None, "PERSISTED_ONLY",
            "Have the document put into the folder that ECOGRAPH_DOCUMENTS names.",
        )  # fmt: skip
    return query
