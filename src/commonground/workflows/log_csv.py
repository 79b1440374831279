"""What the log tells of a workflow, as CSV: its hand-offs now, and its figures over time."""

from collections.abc import Sequence

from django.http import StreamingHttpResponse

from commonground.ui.csv_response import csv_response
from commonground.workflows.log_page import WorkflowLog, between_units, goes_back
from commonground.workflows.sheet import Crossing

HANDOFFS = (
    "from",
    "to",
    "steps",
    "carries",
    "crosses",
    "median_wait_working_hours",
    "p90_wait_working_hours",
    "median_wait_calendar_hours",
    "cases",
    "share_back",
    "in_register",
    "source",
    "first_day",
    "last_day",
)
TIMES = (
    "first_day",
    "last_day",
    "cases",
    "median_lead_working_hours",
    "p90_lead_working_hours",
    "median_lead_calendar_hours",
    "ping_pong_cases",
    "cases_with_loops",
    "crossings",
    "variants",
    "log",
    "computed",
)


def handoffs_csv(name: str, log: WorkflowLog, rows: Sequence[Crossing]) -> StreamingHttpResponse:
    """What the table of hand-offs shows; without figures where fewer people than the threshold stand behind them."""
    period = (log.newest.starts, log.newest.last_day) if log.newest else (None, None)
    return csv_response(
        name,
        HANDOFFS,
        (
            (
                row.source,
                row.target,
                row.steps,
                row.carries,
                " and ".join(row.crosses),
                _rounded(row.told.wait),
                _rounded(row.told.p90),
                _rounded(row.told.calendar),
                row.told.cases,
                _rounded(row.told.back, 4),
                not row.only_log,
                row.told.source_said,
                *(period if row.told.source == "log" else (None, None)),
            )
            for row in rows
        ),
    )


def times_csv(name: str, log: WorkflowLog) -> StreamingHttpResponse:
    """The figures of each time that is over."""
    return csv_response(
        name,
        TIMES,
        (
            (
                row.starts,
                row.last_day,
                flow.cases,
                _rounded(flow.lead_working.median),
                _rounded(flow.lead_working.p90),
                _rounded(flow.lead_calendar.median),
                flow.ping_pong_cases if goes_back(row, flow) else None,
                None if flow.withheld else flow.loops,
                flow.crossings if between_units(flow) else None,
                flow.variants,
                row.log.name,
                row.made_at.date(),
            )
            for row in log.rows
            if not row.data.get("few") and (flow := row.flow)
        ),
    )


def _rounded(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)
