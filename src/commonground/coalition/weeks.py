"""What champions' weeks add up to: hours and talks of the last weeks that were noted, and who met when. Never what was talked about."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from statistics import fmean
from typing import Final, NamedTuple

from django.db.models import Max

from commonground.coalition.champions import Champion
from commonground.coalition.meetings import HoursUsed, HoursUsedQuerySet, Meeting
from commonground.programs.models import Program

WEEKS: Final = 4  # that are averaged, as facts do
LATELY: Final = timedelta(weeks=8)


class Used(NamedTuple):
    """hours, contacts: of a week, on the average of the last four that were noted lately. last: Monday of the last of these."""

    hours: float
    contacts: float
    last: date


def used_by(champions: Iterable[Champion], day: date) -> dict[int, Used]:
    """Champion → their weeks; who noted none in the last eight is left out."""
    return _averaged(HoursUsed.objects.filter(champion__in=[row.pk for row in champions]), day)


def used_in(program: Program, day: date) -> dict[int, Used]:
    """The same for all who serve in a program on the day."""
    return _averaged(HoursUsed.objects.filter(champion__in=Champion.objects.of(program).serving(day).values("pk")), day)


def _averaged(rows: HoursUsedQuerySet, day: date) -> dict[int, Used]:
    noted: dict[int, list[tuple[date, float, int]]] = {}
    rows = rows.filter(week__gt=day - LATELY, week__lte=day).order_by("-week")
    for champion, week, hours, contacts in rows.values_list("champion", "week", "hours", "contacts"):
        noted.setdefault(champion, []).append((week, hours, contacts))
    return {
        champion: Used(
            fmean(hours for _, hours, _ in weeks[:WEEKS]),
            fmean(contacts for *_, contacts in weeks[:WEEKS]),
            weeks[0][0],
        )
        for champion, weeks in noted.items()
    }


def is_over(row: Champion, used: Used | None) -> bool:
    """Whether a champion's weeks take more than they gave."""
    return used is not None and row.hours_per_week is not None and used.hours > row.hours_per_week


def last_met(program: Program, people: Iterable[int], day: date) -> Mapping[int, date]:
    """Person → the last meeting at which they were."""
    there = Meeting.people.through._default_manager.filter(
        meeting__program=program, meeting__on__lte=day, person__in=list(people)
    )
    return dict(there.values_list("person").annotate(Max("meeting__on")).values_list("person", "meeting__on__max"))
