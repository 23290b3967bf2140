"""The one way from HTTP to the executor: limited by cost, measured, traced and written down."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from opentelemetry import trace
from opentelemetry.trace import Status, StatusCode

from ...graph.settings import Settings
from ...schema.execute import Executor
from ...schema.response import Response
from ...schema.tracing import span
from ...schema.viewer import LOCAL, Viewer
from ..safety import answers_introspection
from . import audit
from .limits import CostLimit, RateLimited
from .metrics import Metrics


class Gate:
    """Runs requests for viewers."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        """
        Raises:
            SettingsError: the audit log cannot be written.
        """
        self._limit = CostLimit(settings.rate_burst, settings.rate_refill)
        self._metrics = metrics
        self.introspects = answers_introspection(settings)
        audit.configure(settings.audit_log)

    async def execute(
        self, executor: Executor, viewer: Viewer, text: str, variables: Mapping[str, Any], operation_name: str | None,
        *, only_queries: bool = False, document: str | None = None,
    ) -> Response:  # fmt: skip
        """Answer a request; `document` is the one that was sent, where the text was made of it.

        Raises:
            RateLimited: the viewer has asked for too much.
        """
        began = time.perf_counter()
        response: Response | None = None
        self._metrics.began()
        with span("graphql", kind=trace.SpanKind.SERVER) as made:
            try:
                if viewer is not LOCAL:
                    self._limit.admit(viewer.name)
                response = await executor.execute(
                    text, variables, operation_name, only_queries=only_queries, viewer=viewer,
                    introspection=self.introspects,
                )  # fmt: skip
                self._limit.charge(viewer.name, response.cost)
                return response
            finally:
                self._note(
                    viewer, document or text, variables, operation_name, response, time.perf_counter() - began, made
                )

    def _note(
        self, viewer: Viewer, text: str, variables: Mapping[str, Any], operation_name: str | None,
        response: Response | None, seconds: float, made: trace.Span,
    ) -> None:  # fmt: skip
        codes = [RateLimited.code] if response is None else [e["extensions"]["code"] for e in response.errors]
        has_data = response is not None and response.data is not None
        status = "ok" if not codes else "partial" if has_data else "failed"
        cost = 0 if response is None else response.cost
        self._metrics.ended(status if status != "failed" else codes[0], seconds, cost)
        if not made.is_recording() and not audit.is_on():
            return
        document_id = audit.document_hash(text)
        made.set_attributes({"graphql.document.id": document_id, "ecograph.viewer": viewer.name, "ecograph.cost": cost})
        if operation_name:
            made.set_attribute("graphql.operation.name", operation_name)
        if codes:
            made.set_status(Status(StatusCode.ERROR, codes[0]))
        audit.write(
            audit.Entry(
                viewer.name,
                viewer.view,
                document_id,
                operation_name,
                list(variables),
                cost,
                seconds * 1e3,
                status,
                codes,
            )
        )
