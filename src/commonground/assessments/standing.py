"""What stands against the change on a day, side by side: the culture's gap, how far it departs, free hours, other changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Sum

from commonground.access.actor import Actor
from commonground.assessments.amount import RATERS, ConcurrentChange, DivergenceRating, Hours, median
from commonground.organization.models import UnitPeriod
from commonground.programs.models import Program
from commonground.realignment.models import Seat


class Gap(NamedTuple):
    """The culture's distance between now and wanted, of a round. low, high: 95 %. widest: the dimension with the widest gap."""

    round: int
    name: str
    on: date
    distance: float
    low: float | None
    high: float | None
    answered: int
    invited: int
    widest: str


class Side(NamedTuple):
    """Everything that is set side by side. seats: seats in force, seat_hours: what they take, unsaid: seats without hours."""

    gap: Gap | None
    ratings: tuple[DivergenceRating, ...]
    hours: tuple[tuple[Hours, str], ...]
    seats: int
    seat_hours: float
    unsaid: int
    others: tuple[tuple[ConcurrentChange, str], ...]
    running: int
    sees_seats: bool = True

    @property
    def divergence(self) -> float | None:
        return median([one.value for one in self.ratings])

    @property
    def raters(self) -> int:
        """People who rated: somebody who rated twice counts once."""
        return len({one.rater.strip().casefold() for one in self.ratings})

    @property
    def free(self) -> float | None:
        return sum(row.free for row, _ in self.hours) if self.hours else None

    @property
    def asked(self) -> float:
        return self.seat_hours + sum(row.asked for row, _ in self.hours)

    @property
    def above(self) -> bool:
        return self.free is not None and self.asked > self.free

    @property
    def above_units(self) -> tuple[str, ...]:
        """Units of which more is asked, beside seats, than they have free."""
        return tuple(name for row, name in self.hours if row.asked > row.free)

    @property
    def above_capacity(self) -> bool:
        return self.above or bool(self.above_units)

    def lacking(self) -> list[str]:
        """What asks for reasons before anything is decided, as parts of a sentence."""
        found = []
        if self.above:
            found.append(f"{self.asked:g} hours a week are asked and {self.free:g} are free")
        elif self.above_units:
            found.append(f"more is asked than is free in {', '.join(self.above_units)}")
        if self.free is None:
            found.append("free hours are not known")
        if self.raters < RATERS:
            who = "nobody has" if not self.raters else "one person has"
            found.append(f"{who} rated the divergence, and {RATERS} are asked for")
        if self.gap is None:
            found.append("the culture has not been assessed")
        return found

    def figures(self) -> dict[str, Any]:
        """As plain values, kept with a decision."""
        return {
            "gap": self.gap.distance if self.gap else None,
            "gap_low": self.gap.low if self.gap else None,
            "gap_high": self.gap.high if self.gap else None,
            "divergence": self.divergence,
            "raters": self.raters,
            "free_hours_per_week": self.free,
            "asked_hours_per_week": self.asked,
            "concurrent": self.running,
            "above_capacity": self.above_capacity,
            "lacking": self.lacking(),
        }


def side_of(actor: Actor, program: Program, day: date, gap: Gap | None) -> Side:
    """What stands on a day, of what the actor may see. gap: of the newest culture round that was published (`culture.gap_of`)."""
    seats = Seat.objects.visible_to(actor).filter(solution__workflow__program=program).on(day)
    total = seats.aggregate(seats=Count("pk"), hours=Sum("hours_per_week"), said=Count("hours_per_week"))
    names = dict(UnitPeriod.objects.visible_to(actor).on(day).values_list("unit__key", "name"))
    hours = Hours.objects.visible_to(actor).filter(program=program).select_related("unit")
    others = list(ConcurrentChange.objects.visible_to(actor).filter(program=program))
    return Side(
        gap=gap,
        ratings=tuple(DivergenceRating.objects.visible_to(actor).filter(program=program)),
        hours=tuple((row, names.get(row.unit.key, row.unit.key) if row.unit else "the whole") for row in hours),
        seats=total["seats"],
        seat_hours=total["hours"] or 0.0,
        unsaid=total["seats"] - total["said"],
        others=tuple((row, units_said(row.units, names)) for row in others),
        sees_seats=actor.may("solutions.view"),
        running=sum(row.overlaps(day, program.planned_end) for row in others),
    )


def units_said(keys: Sequence[str], names: Mapping[str, str]) -> str:
    """Names of units in a row, “all units” for none."""
    return ", ".join(names.get(key, key) for key in keys) or "all units"
