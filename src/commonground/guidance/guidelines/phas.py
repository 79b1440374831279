"""PHAS: a phased plan, whose activities are delivered and said to be."""

from collections.abc import Iterator
from datetime import date, timedelta

from commonground.analysis.facts import Activity
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import phas as remedies

SOURCE = "Practice PHAS: a phased plan, with evidence of what was delivered, not of what was meant."
OPEN = frozenset({"planned", "running", ""})
DONE = frozenset({"done", "complete", "completed", "finished", "closed"})
DAY = timedelta(days=1)


@guideline(
    "PHAS-03",
    "What is planned for people begins and ends in its time, and whoever delivers it says so.",
    severity="note",
    why="A plan that nobody confirms says what was meant, not what people got.",
    source=SOURCE,
    do="Confirm the day on which it was delivered, give it another day, or drop it.",
    needs=("activities",),
    also_reads=("people", "units"),
    parameters={"days": 7},
    remedy=remedies.confirm,
)
def overdue_or_unconfirmed(register: Register, parameters: Parameters) -> Iterator[Found]:
    organization, today = register.organization, register.facts.as_of
    rows = rows_of(register.facts, "activities", Activity)
    confirmed = any(row.delivered for row in rows)
    for row in rows:
        what = _missing(row, today, timedelta(days=parameters["days"]), confirmed=confirmed)
        if not what:
            continue
        who = row.deliverer or row.owner
        by = organization.name(who) if who else "nobody is named who delivers it"
        yield Found(
            Subject("activity", row.id),
            f"{row.kind} {what}",
            organization.unit_name(row.unit) if row.unit else "the whole program",
            f"activities: {row.id}, {_days(row)}, {row.state or 'no state'}, delivered: not confirmed; in the hands of: {by}",
        )


def _missing(row: Activity, today: date, grace: timedelta, *, confirmed: bool) -> str:
    """What is wanting of an activity, in words; empty when nothing is. confirmed: whether anything is confirmed in this plan at all."""
    last = max(row.start or date.min, row.end - DAY if row.end else date.min)
    state = (row.state or "").casefold()
    if row.delivered is not None or (row.start is None and row.end is None):
        return ""
    if state in OPEN and last + grace < today:
        return "should be over, and nobody says that it was delivered"
    if state in ("planned", "") and row.start and row.start + grace < today:
        return "should have begun, and is still planned"
    if state in DONE and last + grace < today and (confirmed or row.deliverer):
        return "is done, and whoever delivered it has not confirmed it"
    return ""


def _days(row: Activity) -> str:
    if row.start and row.end and row.end - DAY > row.start:
        return f"{row.start} to {row.end - DAY}"
    return str(row.start or row.end)
