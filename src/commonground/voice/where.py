"""By which unit a voice may be told on a day; the rule itself is `analysis.told_by`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.core.cache import cache

from commonground.analysis.told_by import tellable
from commonground.disclosure.thresholds import COMMENTS, threshold_of
from commonground.journal.models import Version
from commonground.organization.models import UnitPeriod
from commonground.organization.tree import groups_on

KEPT_FOR: Final = 60 * 60


class Told(NamedTuple):
    """A unit by which voices are told on a day. people: in it and below it, as one would count them."""

    unit: int
    name: str
    depth: int
    people: int


class Places(NamedTuple):
    """The units of a day by which voices are told, in the order of the tree, and for every unit the one it is told by. least: the
    threshold that held."""

    told: Sequence[Told]
    of: Mapping[int, int]
    names: Mapping[int, str]
    least: int

    def by(self, unit: int | None) -> int | None:
        """The unit by which a voice of this unit is told; None: by none."""
        return self.of.get(unit) if unit is not None else None

    def name(self, unit: int | None) -> str:
        """What the unit by which this one is told is called; empty for none."""
        return self.names.get(self.by(unit) or 0, "")


def places_on(day: date) -> Places:
    """The units by which voices are told on a day, under the threshold in force. Kept by the versions of units and people."""
    least, versions = threshold_of(COMMENTS), Version.objects.now()
    tables = ("people", "units", "roles")
    key = ":".join(["voice.places", day.isoformat(), str(least), *(str(versions.get(table, 0)) for table in tables)])
    found: Places | None = cache.get(key)
    if found is None:
        found = _places(day, least)
        cache.set(key, found, KEPT_FOR)
    return found


def _places(day: date, least: int) -> Places:
    rows = list(UnitPeriod.objects.on(day).values_list("unit", "parent", "name", "path"))
    parents = {unit: parent for unit, parent, _, _ in rows}
    names = {unit: name for unit, _, name, _ in rows}
    people: Counter[int | None] = Counter()
    for group in groups_on(day):
        people[group.unit] += group.people
    told = tellable(parents, people, least)
    of, total = {}, Counter[int]()
    paths = {unit: [int(one) for one in path.strip("/").split("/")] for unit, _, _, path in rows}
    for unit, path in paths.items():
        by = next((one for one in reversed(path) if one in told), None)
        if by is not None:
            of[unit] = by
        for one in path:
            total[one] += people[unit]

    def place(unit: int) -> list[str]:
        return [names.get(one, "").casefold() for one in paths[unit]]

    ordered = sorted(told, key=place)
    return Places([Told(unit, names[unit], len(paths[unit]) - 1, total[unit]) for unit in ordered], of, names, least)
