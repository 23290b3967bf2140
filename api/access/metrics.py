"""What Prometheus reads at `/metrics`."""

from __future__ import annotations

import time
from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector
from starlette.responses import Response

from ...graph.version import GraphVersion
from ...schema.planning import Planner

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_ROWS = (10, 100, 1_000, 10_000, 100_000, 250_000)


class _Plans(Collector):
    """How often a request's plan was kept from an earlier one."""

    planner: Planner | None = None

    def collect(self) -> Iterator[CounterMetricFamily]:
        """The counts, read where they are kept."""
        family = CounterMetricFamily("ecograph_plan_cache", "Plans that were kept or made.", labels=["result"])
        if self.planner is not None:
            family.add_metric(["hit"], self.planner.hits)
            family.add_metric(["miss"], self.planner.misses)
        yield family


class Metrics:
    """The measurements of one application, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "ecograph_requests", "GraphQL requests by outcome: ok, partial (data and errors), or the first error's "
            "code.", ["outcome"], registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "ecograph_request_seconds", "Time from request to answer.", buckets=_SECONDS, registry=self._registry
        )
        self._rows = Histogram(
            "ecograph_request_cost_rows", "Cost of requests in rows.", buckets=_ROWS, registry=self._registry
        )
        self._running = Gauge("ecograph_requests_running", "Requests being answered.", registry=self._registry)
        self._version = Gauge("ecograph_graph_version", "Counter of the graph version.", registry=self._registry)
        self._age = Gauge(
            "ecograph_graph_version_age_seconds", "Time since this process first saw the graph version.",
            registry=self._registry,
        )  # fmt: skip
        self._plans = _Plans()
        self._registry.register(self._plans)
        self._seen: tuple[str, float] | None = None

    def began(self) -> None:
        """A request has come."""
        self._running.inc()

    def ended(self, outcome: str, seconds: float, rows: int) -> None:
        """It has been answered."""
        self._running.dec()
        self._requests.labels(outcome).inc()
        self._seconds.observe(seconds)
        self._rows.observe(rows)

    def response(self, version: GraphVersion, planner: Planner) -> Response:
        """All measurements in Prometheus's text format."""
        self._plans.planner = planner
        now = time.monotonic()
        if self._seen is None or self._seen[0] != str(version):
            self._seen = str(version), now
        self._version.set(version.counter)
        self._age.set(now - self._seen[1])
        return Response(generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
