"""What champions' weeks add up to: hours and talks of the last weeks that were noted, and who met when. Never what was talked about."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Max, Window
from django.db.models.functions import RowNumber

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
    nth = Window(RowNumber(), partition_by="champion", order_by="-week")
    lately = rows.order_by().filter(week__gt=day - LATELY, week__lte=day).annotate(nth=nth)
    inner, given = lately.values("champion", "week", "hours", "contacts", "nth").query.sql_with_params()
    averages = "avg(hours), avg(contacts), max(week)"  # Django takes no average over a window
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT champion, {averages} FROM ({inner}) AS noted WHERE nth <= %s GROUP BY champion",  # noqa: S608 - Django's words
            (*given, WEEKS),
        )
        return {champion: Used(hours, contacts, _day(last)) for champion, hours, contacts, last in cursor.fetchall()}


def _day(given: date | str) -> date:
    """SQLite keeps days as text."""
    return date.fromisoformat(given) if isinstance(given, str) else given


def is_over(given: float | None, used: Used | None) -> bool:
    """Whether a champion's weeks take more than the hours that they gave."""
    return used is not None and given is not None and used.hours > given


def last_met(program: Program, people: Iterable[int], day: date) -> Mapping[int, date]:
    """Person → the last meeting at which they were."""
    there = Meeting.people.through._default_manager.filter(
        meeting__program=program, meeting__on__lte=day, person__in=list(people)
    )
    return dict(there.values_list("person").annotate(Max("meeting__on")).values_list("person", "meeting__on__max"))
