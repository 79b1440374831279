"""CUST: customers hear of the change, live with its hiccups, and in the third phase take part in it."""

from collections.abc import Iterator
from datetime import timedelta

from commonground.analysis.facts import Improvement, Message, Milestone, Panel, Phase, Workflow, in_force
from commonground.analysis.facts.messages import EVERY_UNIT
from commonground.analysis.facts.phases import LAST_PHASE
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.phases import Phases
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import cust as remedies
from commonground.guidance.guidelines.wording import absent, counted, spelled

GOING = frozenset({"agreed", "trying", "done"})
NEAR = 120  # days before a cut-over in which a message that names none is taken to be of it


@guideline(
    "CUST-01",
    "In the third phase customers take part: a panel meets, or something is made better together.",
    severity="warn",
    why="A phase that is called customer-collaborative and knows no customer is a plan about them, not with them.",
    source=(
        "Practice CUST: communicate the change to customers. Practice TRAIN: employees and customers come to collaborate, in panels and "
        "joint improvements. Practice PHAS: the third phase is customer-collaborative."
    ),
    do="Begin a panel with a few customers, or agree on one joint improvement and who has it in hand.",
    needs=("phases",),
    empty_means_none=("panels", "improvements"),
    also_reads=("units", "people"),
    parameters={"days": 90},
    remedy=remedies.begin_a_panel,
)
def without_customers(register: Register, parameters: Parameters) -> Iterator[Found]:
    soon = register.facts.as_of + timedelta(days=parameters["days"])
    phases = Phases(register)
    for (unit, number), row in phases.rows.items():
        begins = row.entered or row.start
        if number != LAST_PHASE or begins is None or begins > soon:
            continue
        if _panels(register, unit) or _improvements(register, unit):
            continue
        name = register.organization.unit_name(unit) if unit else "the whole program"
        yield Found(
            Subject("phase", f"{LAST_PHASE}/{unit}" if unit else str(LAST_PHASE)),
            f"Phase three of {name} {_begins(row, register)}, and no customer takes part in it yet",
            name,
            f"panels: {counted(len(register.facts.rows('panels')), 'panel')}, none that meets {'there' if unit else 'now'}; improvements: "
            f"{counted(len(register.facts.rows('improvements')), 'joint improvement')}, none agreed {'there' if unit else 'yet'}"
            f"{absent(register, 'panels', 'improvements')}",
        )


def _begins(row: Phase, register: Register) -> str:
    day = register.facts.as_of
    if row.entered is not None and row.entered <= day:
        return f"began on {spelled(row.entered)}"
    on = row.entered or row.start
    return f"is planned from {spelled(on)}" if on else "has no day"


def _is_of(register: Register, part: str | None, unit: str | None) -> bool:
    """Whether what belongs to a part counts for a unit: what is of all does, and what is of its business unit."""
    same = register.organization.business_unit
    return unit is None or part is None or same(part) == same(unit)


def _panels(register: Register, unit: str | None) -> bool:
    return any(
        in_force(row.start, row.end, register.facts.as_of) and _is_of(register, row.unit, unit)
        for row in rows_of(register.facts, "panels", Panel)
    )


def _improvements(register: Register, unit: str | None) -> bool:
    return any(
        row.state in GOING and _is_of(register, row.unit, unit)
        for row in rows_of(register.facts, "improvements", Improvement)
    )


@guideline(
    "CUST-03",
    "Customers hear of a change that touches them before it comes: a message precedes the cut-over.",
    severity="error",
    why="A customer who hears of it from a failed call has been told, too: that nobody thought of them.",
    source="Practice CUST: communicate the change to customers, and know how they will live with hiccups.",
    do="Plan a message to the customers whom it touches, on a channel that they have, and let it come before the cut-over.",
    needs=("milestones",),
    empty_means_none=("messages",),
    also_reads=("people", "processes", "does", "units", "roles", "role_changes", "paths", "workflows"),
    parameters={"days": 60},
    remedy=remedies.tell_customers_before,
)
def nobody_tells_customers(register: Register, parameters: Parameters) -> Iterator[Found]:
    day, last = register.facts.as_of, register.facts.as_of + timedelta(days=parameters["days"])
    sent = [row for row in rows_of(register.facts, "messages", Message) if _to_customers(row)]
    for row in rows_of(register.facts, "milestones", Milestone):
        if row.kind != "cut_over" or row.actual is not None or row.planned is None or not day <= row.planned <= last:
            continue
        touches = _touches(register, row.unit)
        if not touches or any(_precedes(register, one, row) for one in sent):
            continue
        name = register.organization.unit_name(row.unit) if row.unit else "the whole program"
        yield Found(
            Subject("milestone", f"cut_over/{row.unit}" if row.unit else "cut_over"),
            f"The cut-over of {name} on {spelled(row.planned)} touches customers, and no message to them precedes it",
            name,
            f"messages: {counted(len(sent), 'message')} to customers, none before this cut-over"
            f"{absent(register, 'messages')}; {touches}",
        )


def _to_customers(row: Message) -> bool:
    return row.side == "customers" and row.state != "dropped"


def _touches(register: Register, unit: str | None) -> str:
    """Why a cut-over touches customers, as evidence: work there is in question that answers a customer’s need, or those who meet
    customers are touched. Empty where neither is known."""
    needs = {row.id for row in rows_of(register.facts, "workflows", Workflow) if row.customer_need}
    works = [
        one
        for one in register.work.in_question
        if one.workflow in needs and (unit is None or _within(register, one.unit, unit))
    ]
    if works:
        return f"processes: “{works[0].name}” is in question, and answers a customer’s need"
    touched = register.touched & register.organization.front
    places = (register.organization.people[person].unit for person in touched)
    if any(unit is None or _within(register, place, unit) for place in places):
        return "people: some of the front office there are touched"
    return ""


def _within(register: Register, place: str | None, unit: str) -> bool:
    """Whether a place is the unit or stands below it."""
    while place is not None and place != unit:
        place = register.organization.parent(place)
    return place is not None


def _precedes(register: Register, message: Message, cut: Milestone) -> bool:
    """Whether customers hear a message before a cut-over: one that names it, or that names none and is of the unit or of all."""
    if message.start is None or cut.planned is None or message.start >= cut.planned:
        return False
    if message.cut_over is not None:
        return message.cut_over in ((EVERY_UNIT,) if cut.unit is None else (cut.unit, EVERY_UNIT))
    is_near = message.start >= cut.planned - timedelta(days=NEAR)
    return is_near and _is_of(register, message.unit, cut.unit)
