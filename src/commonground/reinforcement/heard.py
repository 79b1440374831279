"""What the database knows of a program's reinforcement, counted there: last days by behaviour, place and kind; what is open this week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Max, Min

from commonground.access.actor import Actor
from commonground.analysis.reinforcement.silence import KEEPS_GOING, Done, last_heard
from commonground.analysis.reinforcement.thinning import Standing, standing
from commonground.programs.models import Program
from commonground.reinforcement.given import Reinforcement
from commonground.reinforcement.places import all_above
from commonground.reinforcement.schedules import Schedule


@dataclass(frozen=True)
class Planned:
    """A schedule with how it stands."""

    row: Schedule
    standing: Standing

    @property
    def is_due(self) -> bool:
        return self.standing.due is not None


class Heard:
    """Of a program as an actor may see it, up to a day. A handful of queries, however much was done."""

    def __init__(self, actor: Actor, program: Program, day: date) -> None:
        self.actor, self.program, self.day = actor, program, day

    @cached_property
    def _last(self) -> Sequence[tuple[int, int | None, str, date, date]]:
        rows = Reinforcement.objects.visible_to(self.actor).filter(program=self.program, on__lte=self.day).order_by()
        return list(rows.values_list("behaviour", "unit", "kind").annotate(Min("on"), Max("on")))

    @cached_property
    def above(self) -> Mapping[int, tuple[int, ...]]:
        """Unit → those above it."""
        return all_above(self.day)

    def done(self, behaviour: int) -> list[Done]:
        """The last day of each kind and place, as the pure functions ask for it."""
        return [Done(kind, last, _said(unit)) for of, unit, kind, _, last in self._last if of == behaviour]

    def first(self, behaviour: int) -> date | None:
        """The day of the first thing that was done."""
        return min((first for of, _, _, first, _ in self._last if of == behaviour), default=None)

    def last(self, behaviour: int, unit: int | None = None) -> date | None:
        """The last day on which something kept the new way going; anywhere, or so that a unit could meet it."""
        return last_heard(self.done(behaviour), _said(unit), self._above, self.day)

    def _above(self, unit: str) -> tuple[str, ...]:
        return tuple(str(one) for one in self.above.get(int(unit), ()))

    def units(self, behaviour: int) -> list[int]:
        """Units of which something was noted or is planned for a behaviour."""
        noted = {unit for of, unit, kind, _, _ in self._last if of == behaviour and unit and kind in KEEPS_GOING}
        planned = {one.row.unit_id for one in self.planned if one.row.behaviour_id == behaviour and one.row.unit_id}
        return sorted(noted | planned)

    def last_of_kinds(self, behaviour: int) -> dict[str, date]:
        """Kind → the last day it was done anywhere."""
        found: dict[str, date] = {}
        for of, _, kind, _, last in self._last:
            if of == behaviour:
                found[kind] = max(last, found.get(kind, last))
        return found

    @cached_property
    def planned(self) -> list[Planned]:
        """All schedules, what is open longest first."""
        rows = Schedule.objects.visible_to(self.actor).filter(program=self.program)
        found = [
            Planned(row, standing(row.thinning, self._days_of(row), self.day))
            for row in rows.select_related("behaviour", "owner")
        ]
        return sorted(found, key=lambda one: (one.standing.due or date.max, one.standing.next or date.max, one.row.pk))

    @property
    def due(self) -> list[Planned]:
        return [one for one in self.planned if one.is_due]

    def _days_of(self, row: Schedule) -> list[date]:
        """The last day of its kind where it is planned, or for everybody."""
        return [
            last
            for of, unit, kind, _, last in self._last
            if (of, kind) == (row.behaviour_id, row.kind) and unit in (None, row.unit_id)
        ]


def _said(unit: int | None) -> str | None:
    return None if unit is None else str(unit)
