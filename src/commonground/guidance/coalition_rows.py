"""Reads sponsors, visible acts, champions and their meetings as rows of facts. Who named whom is read by nobody."""

from datetime import date, timedelta
from statistics import fmean

from django.db.models import Count

from commonground.analysis import facts
from commonground.coalition.champions import ATTRIBUTES
from commonground.coalition.models import Act, Champion, HoursUsed, Meeting, Reaching, Sponsor
from commonground.guidance.reading import Reading
from commonground.programs.models import Program

TO_THEM_ALONE = timedelta(days=45)  # a silence is known to nobody but the sponsor as long as it is shorter
HEAD_START = timedelta(days=7)  # and for so many days after they were told
LATELY, WEEKS, NONE = timedelta(weeks=8), 4, (None, None)


def sponsors(reading: Reading) -> list[facts.Sponsor]:
    """Every sponsor. That they were told of a silence stands in it only once others may know of it too."""
    rows = Sponsor.objects.filter(program=reading.program).order_by("pk")
    columns = list(rows.values_list("person_id", "person__key", "unit__key", "start", "end", "told_on"))
    quiet = _quiet_since(reading, {person for person, *_, told_on in columns if told_on is not None})
    return [
        facts.Sponsor(key, unit, start, end, _told(told_on, quiet.get(person), reading.day))
        for person, key, unit, start, end, told_on in columns
    ]


def _told(told_on: date | None, since: date | None, day: date) -> date | None:
    if told_on is None or told_on > day - HEAD_START or (since is not None and since > day - TO_THEM_ALONE):
        return None
    return told_on


def _quiet_since(reading: Reading, people: set[int]) -> dict[int, date | None]:
    """Person → the day since which nothing of theirs was seen: their last act, else the day on which they became sponsor."""
    begun: dict[int, list[date | None]] = {}
    rows = Sponsor.objects.on(reading.day).filter(program=reading.program, person__in=people)
    for person, start in rows.values_list("person", "start"):
        begun.setdefault(person, []).append(start)
    last = _last_acts(reading, people)
    return {
        person: max((day for day in (last.get(person), min(days, key=_first)) if day is not None), default=None)
        for person, days in begun.items()
    }


def _first(start: date | None) -> date:
    return start or date.min


def _last_acts(reading: Reading, people: set[int]) -> dict[int, date]:
    if not people:
        return {}
    rows = Act.objects.filter(program=reading.program, person__in=people, planned=False, on__lte=reading.day)
    return dict(rows.order_by("on").values_list("person", "on"))


def acts(reading: Reading) -> list[facts.Act]:
    rows = Act.objects.filter(program=reading.program).order_by("pk")
    return [facts.Act._make(row) for row in rows.values_list("person__key", "on", "kind", "unit__key", "planned")]


def champions(reading: Reading) -> list[facts.Champion]:
    """Those who said yes. Who is only asked is known to nobody else."""
    weeks = _weeks(reading)
    rows = Champion.objects.filter(program=reading.program, consent=True).order_by("pk")
    columns = ("pk", "person__key", "cell", "hours_per_week", "start", "end")
    return [
        facts.Champion._make(
            (person, *(cell.get(name) or None for name in ATTRIBUTES), hours, *weeks.get(pk, NONE), start, end)
        )
        for pk, person, cell, hours, start, end in rows.values_list(*columns)
    ]


def _weeks(reading: Reading) -> dict[int, tuple[float | None, float | None]]:
    """Champion → hours used and contacts of a week, on the average of the last four that were noted in the last eight."""
    noted: dict[int, list[tuple[float, int]]] = {}
    rows = HoursUsed.objects.filter(champion__program=reading.program, champion__consent=True)
    rows = rows.filter(week__gt=reading.day - LATELY, week__lte=reading.day).order_by("-week")
    for champion, hours, contacts in rows.values_list("champion", "hours", "contacts"):
        noted.setdefault(champion, []).append((hours, contacts))
    return {
        champion: (fmean(hours for hours, _ in known[:WEEKS]), fmean(contacts for _, contacts in known[:WEEKS]))
        for champion, known in noted.items()
    }


def champion_meetings(reading: Reading) -> list[facts.ChampionMeeting]:
    rows = Meeting.objects.filter(program=reading.program).annotate(number=Count("people")).order_by("on", "pk")
    return [facts.ChampionMeeting._make(row) for row in rows.values_list("on", "number")]


def groups_of(program: Program) -> dict[str, dict[str, float]]:
    """By what a program tells groups apart, as the parameters of PEER-01; a parameter that somebody set wins over it."""
    chosen = Reaching.objects.of(program).attributes
    return {"PEER-01": {name: float(name in chosen) for name in ATTRIBUTES}}
