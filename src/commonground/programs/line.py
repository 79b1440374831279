"""Milestones planned and reached, and whether their order is right. Pure; `plan.line_picture` draws the line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

BEFORE_TECHNOLOGY = ("strategy_agreed", "workflows_agreed")


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone as the picture needs it. `row`: the unit's name, empty for the whole."""

    kind: str
    label: str
    row: str = ""
    planned: date | None = None
    actual: date | None = None

    def state(self, today: date) -> str:
        """reached, late (its day has passed), planned, or undated."""
        if self.actual is not None and self.actual <= today:
            return "reached"
        if self.planned is None:
            return "undated"
        return "late" if self.planned < today else "planned"


@dataclass(frozen=True, slots=True)
class Break:
    """Technology came, or is to come, before something that should lead it."""

    first: str
    on: date
    before: str
    happened: bool


def breaks(points: Iterable[Point], today: date) -> tuple[Break, ...]:
    """What breaks “strategy, then workflows, then technology”, for the program as a whole.

    Days are the actual ones, else the planned ones. Technology that was chosen while strategy or workflows are not agreed breaks the
    order whatever is planned; a plan breaks it when the planned day of technology comes first, or the other has no day at all.
    """
    whole = {point.kind: point for point in points if not point.row}
    technology = whole.get("technology_chosen")
    on = _day(technology)
    if technology is None or on is None:
        return ()
    happened = technology.actual is not None and technology.actual <= today
    found = []
    for kind in BEFORE_TECHNOLOGY:
        other = whole.get(kind)
        day = (other.actual if other else None) if happened else _day(other)
        if day is None or day > on:
            found.append(Break(technology.label, on, kind, happened))
    return tuple(found)


def _day(point: Point | None) -> date | None:
    return (point.actual or point.planned) if point else None
