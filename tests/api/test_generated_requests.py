"""Schemathesis against the running server: no generated query breaks it, and every answer holds on the schema."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.graphql import nodes
from schemathesis.graphql.checks import GraphQLServerError

REFUSALS = {"BAD_INPUT", "CURSOR_STALE", "LIMIT_EXCEEDED", "MIXED_CURRENCY", "UNKNOWN_ID"}
"""What a query that is valid may be told all the same: a cursor of no list, two identifiers, too many rows, amounts in
currencies that no rates of the day lead to one."""

schemathesis.graphql.scalar("Date", st.dates().map(lambda day: nodes.String(day.isoformat())))
schemathesis.graphql.scalar("DateTime", st.datetimes().map(lambda at: nodes.String(f"{at.isoformat()}Z")))
schemathesis.graphql.scalar(
    "Decimal", st.decimals(-(10**6), 10**6, places=2).map(lambda number: nodes.String(str(number)))
)
schemathesis.graphql.scalar("JSON", st.one_of(st.booleans().map(nodes.Boolean), st.integers(-9, 9).map(nodes.Int)))


@pytest.mark.parametrize("count", [40, pytest.param(2_000, marks=[pytest.mark.verify, pytest.mark.timeout(3_600)])])
def test_no_generated_query_breaks_the_server(served: str, count: int) -> None:
    schema = schemathesis.graphql.from_url(f"{served}/graphql")
    cases = st.one_of([operation.ok().as_strategy() for operation in schema.get_all_operations()])

    @examples(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
    @given(cases)
    def is_answered(case: schemathesis.Case) -> None:
        response = case.call(timeout=60)
        try:
            case.validate_response(response, checks=[not_a_server_error])
        except FailureGroup as found:
            codes = {error["extensions"]["code"] for error in response.json().get("errors", [])}
            refused = all(isinstance(failure, GraphQLServerError) for failure in found.exceptions)
            if not refused or response.status_code != 200 or not codes <= REFUSALS:
                raise

    is_answered()
