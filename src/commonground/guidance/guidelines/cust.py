"""CUST: customers hear of the change, live with its hiccups, and in the third phase take part in it."""

from collections.abc import Iterator
from datetime import timedelta

from commonground.analysis.facts import Improvement, Panel, Phase, in_force
from commonground.analysis.facts.phases import LAST_PHASE
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.phases import Phases
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.wording import absent, counted, spelled

GOING = frozenset({"agreed", "trying", "done"})


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
