"""What is kept of requests: the audit log, metrics, traces."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from access_support import QUESTION, Serve, bearer
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families

from ecograph.api.access.audit import AUDIT
from ecograph.graph.connection import Database
from ecograph.graph.errors import SettingsError
from ecograph.graph.keys import create_key

SECRET = "a value that is in no log"
ASKED = {
    "query": "query Who($name: String!, $id: ID!) { search(text: $name) { totalCount } account(id: $id) { id } }",
    "variables": {"name": SECRET, "id": SECRET},
    "operationName": "Who",
}


@pytest.fixture
def _quiet() -> Iterator[None]:
    yield
    for handler in AUDIT.handlers[:]:
        AUDIT.removeHandler(handler)
        handler.close()
    AUDIT.propagate = True
    AUDIT.setLevel(logging.NOTSET)


@pytest.mark.usefixtures("_quiet")
async def test_one_line_per_request_without_text_or_values(serve: Serve, still: Database, tmp_path: Path) -> None:
    file = tmp_path / "audit.log"
    http = await serve(auth=("key",), audit_log=str(file))
    key = await create_key(still, "audited", ("read",), owners=("u1",))
    await http.post("/graphql", json=ASKED, headers=bearer(key))
    await http.post("/graphql", json={"query": "{ nothing }"}, headers=bearer(key))
    text = file.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == 2
    assert lines[0]["viewer"] == f"key:{key.split('_')[1]}"
    assert lines[0]["view"] == "owners"
    assert lines[0]["document"] == f"sha256:{sha256(ASKED['query'].encode()).hexdigest()}"  # type: ignore[attr-defined]
    assert lines[0]["operation"] == "Who"
    assert lines[0]["variables"] == ["id", "name"]
    assert (lines[0]["status"], lines[0]["codes"]) == ("ok", [])
    assert lines[0]["cost"] > 0
    assert lines[0]["durationMs"] > 0
    assert (lines[1]["status"], lines[1]["codes"]) == ("failed", ["GRAPHQL_VALIDATION_FAILED"])
    assert SECRET not in text
    assert key not in text
    assert "search" not in text


async def test_without_the_setting_nothing_is_written(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    http = await serve()
    await http.post("/graphql", json=QUESTION)
    assert not AUDIT.handlers


async def test_a_log_that_cannot_be_written_stops_the_start(serve: Serve, tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        await serve(audit_log=str(tmp_path))


async def test_metrics_count_requests_by_outcome(serve: Serve) -> None:
    http = await serve()
    await http.post("/graphql", json=QUESTION)
    await http.post("/graphql", json={"query": "{"})
    answer = await http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    samples = {
        (s.name, s.labels.get("outcome")): s.value
        for family in text_string_to_metric_families(answer.text)
        for s in family.samples
    }
    assert samples["ecograph_requests_total", "ok"] == 1
    assert samples["ecograph_requests_total", "GRAPHQL_PARSE_FAILED"] == 1
    assert samples["ecograph_request_seconds_count", None] == 2
    assert samples["ecograph_request_cost_rows_sum", None] > 0
    assert samples["ecograph_requests_running", None] == 0
    assert samples["ecograph_graph_version", None] >= 1
    assert samples["ecograph_graph_version_age_seconds", None] >= 0
    assert ("ecograph_plan_cache_total", None) in {(name, None) for name, _ in samples}


@pytest.fixture(scope="session")
def spans() -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return exporter


async def test_a_request_its_compilation_and_its_statements_are_one_trace(
    serve: Serve, spans: InMemorySpanExporter
) -> None:
    http = await serve()
    spans.clear()
    await http.post(
        "/graphql", json={"query": 'query T { partner(id: "bolt") { name } account(id: "north") { name } }'}
    )
    found = spans.get_finished_spans()
    (request,) = [span for span in found if span.name == "graphql"]
    assert request.attributes is not None
    assert request.attributes["graphql.document.id"].startswith("sha256:")  # type: ignore[union-attr]
    assert request.context is not None
    names = [span.name for span in found if span.context and span.context.trace_id == request.context.trace_id]
    assert sorted(names) == ["compile", "graphql", "statement", "statement"]
    for span in found:
        assert "bolt" not in str(span.attributes)
