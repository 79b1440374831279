"""What ends the findings of UNIT."""

from datetime import timedelta

from commonground.analysis.facts import Activity, Facts, Phase
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.load import month_of
from commonground.analysis.plan.phases import Phases
from commonground.analysis.plan.reckoning import load_in
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows


def one_of_its_own(facts: Facts, finding: Finding) -> Facts:
    """An activity of the unit's own."""
    unit = finding.subject.id
    return with_rows(facts, "activities", Activity(f"workshop of {unit}", "workshop", unit))


def give_another_day(facts: Facts, finding: Finding) -> Facts:
    """What asks too much of the unit, or falls on days on which it cannot, waits for another day to be agreed."""
    unit = finding.subject.id if finding.subject.kind == "unit" else None
    load, first = load_in(Register(facts)), month_of(facts.as_of)
    waits = {task for cell in load.overloads if (cell.unit, True) == (unit, cell.month >= first) for task in cell.tasks}
    waits |= {one.task for one in load.clashes if one.blackout.unit == unit}
    return replaced(
        facts, "activities", Activity, lambda row: row._replace(start=None, end=None) if row.id in waits else row
    )


def dates_of_its_own(facts: Facts, finding: Finding) -> Facts:
    """The phase that the unit enters next gets a day that no other has."""
    unit = finding.subject.id
    number = next(one.following for one in Phases(Register(facts)).behind() if one.unit == unit)
    days = [day for row in rows_of(facts, "phases", Phase) for day in (row.start, row.end) if day]
    start = max([*days, facts.as_of]) + timedelta(days=30)
    if not any((row.unit, row.number) == (unit, number) for row in rows_of(facts, "phases", Phase)):
        return with_rows(facts, "phases", Phase(number, unit, start))

    def own(row: Phase) -> Phase:
        return row._replace(start=start, end=None) if (row.unit, row.number) == (unit, number) else row

    return replaced(facts, "phases", Phase, own)
