"""Our own Great Expectations expectation: a query that must find no row. Importing this imports Great Expectations.

Unlike the built-in UnexpectedRowsExpectation it runs its query once, for the count and the sample
together, and takes the SQL as it stands.
"""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

SAMPLE_ROWS = 20

METRIC = "table.rows_that_break_a_promise"


class RowsThatBreakAPromise(TableMetricProvider):
    """How many rows a query finds, and some of them."""

    metric_name = METRIC
    value_keys = ("query",)

    @metric_value(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(
        cls,  # noqa: N805 - the decorator makes it a class method
        execution_engine: SqlAlchemyExecutionEngine,
        metric_domain_kwargs: dict[str, Any],  # noqa: ARG002
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],  # noqa: ARG002
        runtime_configuration: dict[str, Any],  # noqa: ARG002
    ) -> dict[str, Any]:
        query = metric_value_kwargs["query"].replace(":", "\\:")  # text() takes :name for a parameter
        counted = f"SELECT count(*) OVER () AS broken_rows, * FROM ({query}) LIMIT {SAMPLE_ROWS}"
        found = execution_engine.execute_query(sa.text(counted))
        names = [name for name in found.keys() if name != "broken_rows"]  # noqa: SIM118 - a result, no mapping
        rows = found.fetchall()
        return {"count": rows[0][0] if rows else 0, "rows": [dict(zip(names, row[1:], strict=True)) for row in rows]}


class ExpectQueryToFindNoRows(BatchExpectation):
    """`query` finds the rows that break a promise: none is expected."""

    query: str

    metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
    success_keys: ClassVar[tuple[str, ...]] = ("query",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002
        execution_engine: Any = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        found = metrics[METRIC]
        return {
            "success": found["count"] == 0,
            "result": {"observed_value": found["count"], "details": {"rows": found["rows"]}},
        }
