"""Who the people and units of a log are here: units by their name, people by the pseudonym that their number, e-mail or name would have.

Used behind the pages alone, to propose who could be asked to answer for an activity.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings

from commonground.analysis.flow.likeness import normalised, only_ones
from commonground.events.pseudonyms import Pseudonyms, instance_key
from commonground.organization.models import Assignment, Person, Unit, UnitPeriod


@dataclass(frozen=True)
class LogPeople:
    """units: unit of the log → id. people: person of the log → id of the person; homes: → id of the unit where they work today.

    away: persons of the log who work here no longer or never did on that day; paths: unit → its path in the tree.
    """

    units: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    homes: Mapping[str, int] = field(default_factory=dict)
    here: Mapping[int, int | None] = field(default_factory=dict)
    paths: Mapping[int, str] = field(default_factory=dict)

    def above(self) -> dict[int, tuple[int, ...]]:
        """Unit → the units above it, nearest first, without the whole organization, which says nothing."""
        steps = {unit: [int(step) for step in path.split("/") if step] for unit, path in self.paths.items()}
        return {unit: tuple(reversed(way[1:-1])) for unit, way in steps.items()}

    def one_line(self, one: int, two: int) -> bool:
        """Whether two units are the same, or one stands above the other."""
        first, second = self.paths.get(one, ""), self.paths.get(two, "")
        return one == two or bool(first and second and (first.startswith(second) or second.startswith(first)))


def people_of(persons: Collection[str], units: Collection[str], day: date) -> LogPeople:
    """Finds the persons and units of a log among those of the organization on a day."""
    periods = list(UnitPeriod.objects.on(day).values_list("unit", "name", "path"))
    by_name = only_ones((name, unit) for unit, name, _ in periods)
    standing = {unit for unit, _, _ in periods}
    by_key = only_ones((key, pk) for pk, key in Unit.objects.values_list("pk", "key") if pk in standing)
    places = {**by_key, **by_name}
    people = _people(frozenset(persons))
    here = dict(Assignment.objects.on(day).filter(person__in=set(people.values())).values_list("person", "unit"))
    return LogPeople(
        units={name: places[plain] for name in units if (plain := normalised(name)) in places},
        people=people,
        homes={one: unit for one, person in people.items() if (unit := here.get(person)) is not None},
        here=here,
        paths={unit: path for unit, _, path in periods},
    )


def _people(persons: frozenset[str]) -> dict[str, int]:
    """Person of the log → who that is. A pseudonym that could be that of two people is nobody's."""
    if not persons:
        return {}
    find = Pseudonyms(instance_key(Path(settings.DATA))).finder(persons)
    found: dict[str, set[int]] = {}
    for pk, key, email, name in Person.objects.values_list("pk", "key", "email", "name").iterator():
        for said in {key, email, name} - {""}:
            for one in find(said):
                found.setdefault(one, set()).add(pk)
    return {one: next(iter(people)) for one, people in found.items() if len(people) == 1}


def moved(person: int, then: date, people: LogPeople) -> bool:
    """Whether somebody worked in another unit on an earlier day than they do today."""
    before = Assignment.objects.on(then).filter(person=person).values_list("unit", flat=True).first()
    return before is not None and before != people.here.get(person)
