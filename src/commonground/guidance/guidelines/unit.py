"""UNIT: guidelines that apply to an organization of diverse business units."""

from collections.abc import Iterator

from commonground.analysis.facts import Activity, Milestone
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.load import Cell, Clash, month_of
from commonground.analysis.plan.phases import Dates, Phases
from commonground.analysis.plan.reckoning import load_in
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import unit as remedies
from commonground.guidance.guidelines.wording import spelled


@guideline(
    "UNIT-01",
    "Every unit that the change touches has an activity or a milestone of its own.",
    severity="warn",
    why="Units differ: what fits one is seldom right for the next without a date and a hand of its own.",
    source="Practice UNIT: an organization of diverse business units needs guidelines to apply, for the whole and for each unit.",
    do="Copy what works in another unit and adapt it with the people of this one.",
    needs=("people", "processes", "activities", "milestones"),
    also_reads=("units", "does", "roles", "role_changes", "paths"),
    remedy=remedies.one_of_its_own,
)
def nothing_of_its_own(register: Register, parameters: Parameters) -> Iterator[Found]:
    organization = register.organization
    planned = [row.unit for row in rows_of(register.facts, "activities", Activity)]
    planned += [row.unit for row in rows_of(register.facts, "milestones", Milestone)]
    own = {organization.business_unit(unit) for unit in planned if unit}
    for unit in register.touched_units:
        if unit not in own:
            name = organization.unit_name(unit)
            yield Found(
                Subject("unit", unit),
                f"{name} changes, and nothing in the plan is its own",
                name,
                f"activities: none for {name} or a unit within; milestones: none; touched by processes, roles or paths",
            )


@guideline(
    "UNIT-03",
    "No unit is asked for more hours than it has, nor on days on which it cannot.",
    severity="warn",
    why="People who are asked for more than they have do none of it well, and daily work pays for it.",
    source="Practice UNIT: an organization of diverse business units, each with its own busy time. Hours by unit and month: PEERS 3.10.",
    do="Move what can wait: the load page proposes what, and shows what it does to every month.",
    needs=("people", "activities"),
    also_reads=("units", "roles", "processes", "does", "role_changes", "paths", "capacity", "blackouts"),
    remedy=remedies.give_another_day,
)
def beyond_capacity(register: Register, parameters: Parameters) -> Iterator[Found]:
    facts = register.facts
    if not facts.has("capacity") and not facts.has("blackouts"):
        raise NotEnoughDataError("capacity.hours")
    if not any(row.hours_per_person for row in rows_of(facts, "activities", Activity)):
        raise NotEnoughDataError("activities.hours_per_person")
    load, first = load_in(register), month_of(facts.as_of)
    over: dict[str | None, list[Cell]] = {}
    for cell in load.overloads:
        if cell.month >= first:
            over.setdefault(cell.unit, []).append(cell)
    closed: dict[str | None, list[Clash]] = {}
    for clash in load.clashes:
        if clash.blackout.end > facts.as_of:
            closed.setdefault(clash.blackout.unit, []).append(clash)
    for unit in dict.fromkeys([*over, *closed]):
        yield _too_much(register, unit, over.get(unit, []), closed.get(unit, []))


def _too_much(register: Register, unit: str | None, over: list[Cell], closed: list[Clash]) -> Found:
    name = register.organization.unit_name(unit) if unit else "Every unit"
    said, seen = [], []
    if over:
        worst = over[0]
        room = f"{worst.room_hours or 0:g}"
        more = (
            f", and in {len(over) - 1} more {'month' if len(over) == 2 else 'months'} too much" if len(over) > 1 else ""
        )
        said.append(
            f"{worst.hours:.1f} hours are asked of each in {worst.month:%B %Y}, and there is room for {room}{more}"
        )
        seen.append(f"activities and capacity: {', '.join(worst.tasks)}; {worst.people} people")
    if closed:
        days = closed[0].blackout
        number = len({one.task for one in closed})
        said.append(f"{number} {'activity falls' if number == 1 else 'activities fall'} on days on which it cannot")
        seen.append(
            f"blackouts: {days.start} until before {days.end}{f', {days.why}' if days.why else ''}: {closed[0].task}"
        )
    return Found(
        Subject("unit", unit) if unit else Subject("program", "closed"),
        f"{name}: {'; '.join(said)}",
        name,
        "; ".join(seen),
    )


@guideline(
    "UNIT-02",
    "A unit that stands a phase behind has dates of its own.",
    severity="warn",
    why="Dates that were set for others are either missed, or kept by leaving people behind.",
    source="Practice UNIT: an organization of diverse business units. Practice PHAS: phases with dates, for the whole and per unit.",
    do="Set this unit's own dates for what comes next, with the people of the unit.",
    needs=("phases",),
    also_reads=("units", "people"),
    remedy=remedies.dates_of_its_own,
)
def behind_with_the_same_dates(register: Register, parameters: Parameters) -> Iterator[Found]:
    for one in Phases(register).behind():
        if one.same:
            name = register.organization.unit_name(one.unit)
            stands = f"stands in phase {one.stands}" if one.stands else "has not entered the first phase yet"
            yield Found(
                Subject("unit", one.unit),
                f"{name} {stands}, the others in phase {one.others}, with the same dates ahead",
                name,
                f"phases: phase {one.following} of {name} {_planned(one.dates)}, as for the others",
            )


def _planned(dates: Dates) -> str:
    start, end = dates
    if start is None and end is None:
        return "without a day of its own"
    until = f" until before {spelled(end)}" if end else ""
    return f"planned {f'from {spelled(start)}' if start else ''}{until}".rstrip()
