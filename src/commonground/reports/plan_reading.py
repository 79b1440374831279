"""The plan as its load is reckoned from: activities as they stand, people as the reader may see them touched."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from commonground.access.actor import Actor
from commonground.analysis.plan import load as loads
from commonground.analysis.plan.load import Load, Room, minutes_of
from commonground.analysis.plan.reckoning import LEAST, Crowd, Planned, load_of
from commonground.disclosure.thresholds import OWNERSHIP, threshold_of
from commonground.guidance.crowd_results import CROWD, crowd_from
from commonground.guidance.models import Result
from commonground.guidance.results import results_for
from commonground.organization.models import Unit
from commonground.plan.models import Blackout, Capacity
from commonground.programs.models import Activity, Milestone, Program


@dataclass(frozen=True)
class Standing:
    """What the load of a program rests on, as the actor may see it. units: key → id. rows: activity by key."""

    stored: Result
    crowd: Crowd
    load: Load
    rows: Mapping[str, Activity]
    units: Mapping[str, int]
    day: date

    def name(self, unit: str) -> str:
        return self.crowd.names.get(unit, unit)


def stored_crowd(actor: Actor, program: Program) -> tuple[Result, Crowd] | None:
    """Who can be asked, in the deepest view that the actor may see; None until it was made."""
    stored = results_for(actor, program, CROWD).get(CROWD)
    return None if stored is None else (stored, crowd_from(stored.data))


def planned(row: Activity, units: Mapping[int, str], today: date) -> Planned:
    """An activity as the load needs it. units: id → key."""
    ahead = row.start is not None and row.start > today
    movable = ahead and row.state == "planned" and row.delivered_on is None
    unit = units.get(row.unit_id) if row.unit_id else None
    return Planned(row.key, row.start, row.end, row.hours_per_person, unit, row.audience or {}, movable=movable)


def standing(actor: Actor, program: Program, day: date) -> Standing | None:
    """The load as it stands; None until people were counted for it."""
    known = stored_crowd(actor, program)
    if known is None:
        return None
    stored, crowd = known
    keys = dict(Unit.objects.visible_to(actor).values_list("pk", "key"))
    found = Activity.objects.visible_to(actor).filter(program=program).exclude(state="dropped")
    rows = {row.key: row for row in found.select_related("owner", "deliverer")}
    rooms, closed = _room(actor, program, keys)
    load = load_of(
        [planned(row, keys, day) for row in rows.values()],
        crowd,
        rooms,
        closed,
        today=day,
        cut_overs=_cut_overs(actor, program, keys),
        least=max(LEAST, threshold_of(OWNERSHIP)),
    )
    return Standing(stored, crowd, load, rows, {key: pk for pk, key in keys.items()}, day)


def _room(actor: Actor, program: Program, keys: Mapping[int, str]) -> tuple[list[Room], list[loads.Blackout]]:
    capacity: Iterable[Capacity] = Capacity.objects.visible_to(actor).filter(program=program)
    rooms = [Room(keys.get(row.unit_id or 0), minutes_of(row.hours), row.start, row.end) for row in capacity]
    closed: Iterable[Blackout] = Blackout.objects.visible_to(actor).filter(program=program)
    return rooms, [loads.Blackout(keys.get(row.unit_id or 0), row.start, row.end, row.why) for row in closed]


def _cut_overs(actor: Actor, program: Program, keys: Mapping[int, str]) -> dict[str | None, date]:
    rows = Milestone.objects.visible_to(actor).filter(program=program, kind="cut_over", actual=None)
    return {keys.get(row.unit_id or 0): row.planned for row in rows if row.planned}


def people_words(people: Mapping[str, int], least: int = LEAST) -> tuple[int, bool]:
    """How many people, and whether they are too few to be counted on a screen."""
    whole = sum(people.values())
    return whole, 0 < whole < least


def told_units(load: Load, crowd: Crowd) -> Sequence[str]:
    """Units of the load in the order of their names."""
    return sorted(load.people, key=lambda unit: crowd.names.get(unit, unit))
