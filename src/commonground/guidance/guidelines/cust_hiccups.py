"""CUST: how customers live with the hiccups of a cut-over."""

from collections.abc import Iterator
from datetime import timedelta

from commonground.analysis.facts import Hiccup, Milestone
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import cust as remedies
from commonground.guidance.guidelines.wording import absent, counted, spelled


@guideline(
    "CUST-02",
    "A cut-over that customers may notice has a hiccup plan: what we promise, what we do when it fails, who speaks.",
    severity="error",
    why="On the day itself nobody has time to agree on a remedy. Customers remember how a hiccup was met longer than the hiccup.",
    source="Practice CUST: communicate the change to customers, and know how they will live with hiccups.",
    do="Write the hiccup plan with those who will be on the phone, play it through once, and call it ready.",
    needs=("milestones",),
    empty_means_none=("hiccups",),
    also_reads=("units", "people", "roles"),
    parameters={"days": 60, "after": 14},
    remedy=remedies.write_the_plan,
)
def without_a_plan(register: Register, parameters: Parameters) -> Iterator[Found]:
    day = register.facts.as_of
    first, last = day - timedelta(days=parameters["after"]), day + timedelta(days=parameters["days"])
    plans = {row.unit: row for row in rows_of(register.facts, "hiccups", Hiccup)}
    for row in rows_of(register.facts, "milestones", Milestone):
        on = row.actual or row.planned
        if row.kind != "cut_over" or on is None or not first <= on <= last:
            continue
        plan = plans.get(row.unit)
        lacks = _lacks(register, row, plan)
        if not lacks:
            continue
        name = register.organization.unit_name(row.unit) if row.unit else "the whole program"
        yield Found(
            Subject("hiccup", f"cut_over/{row.unit}" if row.unit else "cut_over"),
            f"The cut-over of {name} {'came' if on <= day else 'comes'} on {spelled(on)}, and {lacks}",
            name,
            f"hiccups: {_said(plan)}{absent(register, 'hiccups')}",
        )


def _lacks(register: Register, row: Milestone, plan: Hiccup | None) -> str:
    """What is not there yet, as words; empty where nothing is asked for."""
    if plan is not None and plan.noticed == "no":
        return ""
    if plan is None or plan.noticed == "unknown":
        return "nobody has said whether customers notice it" if _meets_customers(register, row.unit) else ""
    if not plan.promises:
        return "customers may notice it and nothing is promised to them yet"
    return "" if plan.ready is not None else "customers may notice it and its hiccup plan is not ready"


def _said(plan: Hiccup | None) -> str:
    if plan is None:
        return "none for this cut-over"
    ready = f"ready since {spelled(plan.ready)}" if plan.ready else "not ready"
    return f"customers notice: {plan.noticed}; {counted(len(plan.promises), 'promise')}, {ready}"


def _meets_customers(register: Register, unit: str | None) -> bool:
    """Whether anybody of the unit, or below it, meets customers every day; of the whole program somebody always does."""
    if unit is None or not register.organization.front:
        return True
    return any(_within(register, register.organization.people[one].unit, unit) for one in register.organization.front)


def _within(register: Register, place: str | None, unit: str) -> bool:
    while place is not None and place != unit:
        place = register.organization.parent(place)
    return place is not None
