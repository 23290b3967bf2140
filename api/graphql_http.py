"""GraphQL over HTTP: GET and POST, `application/graphql-response+json` and `application/json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from ..schema.execute import Executor
from ..schema.execute import Response as Answer
from .safety import error, passes_preflight

MODERN = "application/graphql-response+json"
PLAIN = "application/json"
MAX_BODY = 1_000_000


@dataclass(frozen=True)
class Asked:
    """The parameters of a request."""

    query: str
    variables: Mapping[str, Any]
    operation_name: str | None


class _Malformed(Exception):
    def __init__(self, message: str, status: int = 400, code: str = "BAD_REQUEST") -> None:
        super().__init__(message)
        self.status = status
        self.code = code


async def answer(request: Request, executor: Executor) -> Response:
    """Answer one GraphQL request."""
    accepted = _accepted(request.headers.get("accept"))
    if accepted is None:
        return error(406, "NOT_ACCEPTABLE", f"Only {MODERN} and {PLAIN} can be given.", f"Send `Accept: {MODERN}`.")
    try:
        asked = await _asked(request)
    except _Malformed as malformed:
        return error(malformed.status, malformed.code, str(malformed))
    result = await executor.execute(
        asked.query, asked.variables, asked.operation_name, only_queries=request.method == "GET"
    )
    return Response(orjson.dumps(result.to_dict()), _status(result, accepted), media_type=f"{accepted}; charset=utf-8")


def _status(result: Answer, accepted: str) -> int:
    if not result.is_request_error:
        return 200
    codes = {e["extensions"]["code"] for e in result.errors}
    if "OPERATION_NOT_SUPPORTED" in codes:
        return 405
    return 400 if accepted == MODERN else 200


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


async def _asked(request: Request) -> Asked:
    if request.method == "GET":
        if not passes_preflight(request.headers):
            raise _Malformed(
                "A GET request must show that it is no plain cross-site request: send the header X-Ecograph: 1.",
                code="PREFLIGHT_REQUIRED",
            )
        parameters: dict[str, Any] = dict(request.query_params)
        for name in ("variables", "extensions"):
            if name in parameters:
                parameters[name] = _json(parameters[name].encode(), name) if parameters[name] else None
        return _checked(parameters)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != PLAIN:
        raise _Malformed(f"The body must be {PLAIN}.", 415, "UNSUPPORTED_MEDIA_TYPE")
    return _checked(_json(await _body(request), "The body"))


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise _Malformed(f"The body is longer than {MAX_BODY:,} bytes.", 413, "BODY_TOO_LARGE")
    return bytes(body)


def _json(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as failure:
        raise _Malformed(f"{what} is no JSON: {failure}.") from failure


def _checked(parameters: Any) -> Asked:
    if not isinstance(parameters, dict):
        raise _Malformed("The body must be one JSON object; batches are not supported.")
    query, variables = parameters.get("query"), parameters.get("variables")
    name, extensions = parameters.get("operationName"), parameters.get("extensions")
    if not isinstance(query, str):
        raise _Malformed("`query` must be a string with a GraphQL document.")
    if variables is not None and not isinstance(variables, dict):
        raise _Malformed("`variables` must be an object.")
    if name is not None and not isinstance(name, str):
        raise _Malformed("`operationName` must be a string.")
    if extensions is not None and not isinstance(extensions, dict):
        raise _Malformed("`extensions` must be an object.")
    return Asked(query, variables or {}, name or None)
