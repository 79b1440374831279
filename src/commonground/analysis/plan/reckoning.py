"""From the plan and the people to the load: pages and the guideline use the same. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from commonground.analysis.facts import Activity, Blackout, Capacity, Milestone
from commonground.analysis.organization import rows_of
from commonground.analysis.plan import load as loads
from commonground.analysis.plan.audience import Groups, audience_of, groups_of
from commonground.analysis.plan.load import Load, Room, Task, free_between, gathered, minutes_of, told_by
from commonground.analysis.register import Register

LEAST: Final = 8  # people of whom load is told together
WEEKS: Final = 12  # by which something may be moved
GONE: Final = frozenset({"dropped", "cancelled", "canceled"})


class Planned(NamedTuple):
    """An activity of the plan. people: where it is known how many and not who. movable: neither under way nor delivered."""

    key: str
    start: date | None
    end: date | None
    hours_per_person: float | None
    unit: str | None = None
    audience: Mapping[str, str] = {}
    people: int | None = None
    movable: bool = False


@dataclass(frozen=True)
class Crowd:
    """Who can be asked. groups: people by what an audience can name. names: of units."""

    groups: Groups
    names: Mapping[str, str]

    @property
    def within(self) -> Mapping[str, Sequence[str]]:
        """Unit → itself and all units above it."""
        return self.groups.within

    @property
    def people(self) -> dict[str, int]:
        """Unit → the people who stand in it directly."""
        return self.groups.everybody

    def reached(self, planned: Planned) -> dict[str, int]:
        """Unit → how many of its people an activity is for."""
        found = self.groups.by_unit(self.groups.reached(planned.unit, planned.audience))
        whole = sum(found.values())
        if planned.people is None or planned.audience or not whole or planned.people >= whole:
            return found
        shares, before, so_far = dict[str, int](), 0, 0
        for unit in sorted(found):
            so_far += found[unit]
            until = planned.people * so_far // whole
            if until > before:
                shares[unit] = until - before
            before = until
        return shares


def crowd_of(register: Register) -> Crowd:
    """The people of a register, as an audience can name them."""
    organization = register.organization
    groups = groups_of(register)
    within: dict[str, list[str]] = {}
    for unit in {*organization.units, *(group.unit for group in groups)}:
        chain, above = [unit], organization.parent(unit)
        while above and above not in chain:
            chain.append(above)
            above = organization.parent(above)
        within[unit] = chain
    return Crowd(Groups.of(groups, within), {unit: organization.unit_name(unit) for unit in within})


def load_of(
    plan: Iterable[Planned],
    crowd: Crowd,
    rooms: Sequence[Room],
    blackouts: Sequence[loads.Blackout],
    *,
    today: date,
    cut_overs: Mapping[str | None, date] | None = None,
    least: int = LEAST,
) -> Load:
    """The load of a plan, told of groups of at least so many people. cut_overs: unit → the day before which it should be over."""
    told = gathered(crowd.people, crowd.within, least)
    heads = {unit: people for unit, people in told_by(crowd.people, told).items() if people >= least}
    tasks = []
    for one in plan:
        people = {unit: number for unit, number in told_by(crowd.reached(one), told).items() if unit in heads}
        task = Task(one.key, one.start, one.end, minutes_of(one.hours_per_person), people)
        if one.movable:
            task = free_between(task, today, _before(one, cut_overs or {}, crowd), WEEKS)
        tasks.append(task)
    return Load(tasks, heads, rooms, blackouts, crowd.within)


def _before(one: Planned, cut_overs: Mapping[str | None, date], crowd: Crowd) -> date | None:
    """The cut-over of its unit, of the nearest above it, or of the whole."""
    chain = crowd.within.get(one.unit, (one.unit,)) if one.unit else ()
    return next((cut_overs[unit] for unit in (*chain, None) if unit in cut_overs), None)


def load_in(register: Register) -> Load:
    """The load by the facts of a register."""
    facts = register.facts
    plan = [
        Planned(row.id, row.start, row.end, row.hours_per_person, row.unit, audience_of(row.audience), row.people)
        for row in rows_of(facts, "activities", Activity)
        if (row.state or "").casefold() not in GONE
    ]
    rooms = [Room(row.unit, minutes_of(row.hours), row.start, row.end) for row in rows_of(facts, "capacity", Capacity)]
    closed = [
        loads.Blackout(row.unit, row.start, row.end, row.why or "") for row in rows_of(facts, "blackouts", Blackout)
    ]
    return load_of(plan, crowd_of(register), rooms, closed, today=facts.as_of)


def cut_overs_of(rows: Iterable[Milestone]) -> dict[str | None, date]:
    """Unit, or None for the whole → the planned day of a cut-over that is ahead."""
    return {row.unit: row.planned for row in rows if row.kind == "cut_over" and row.planned and row.actual is None}
