"""Puts what Northlight did about its findings into the database: activities that answer them, delivered weeks ago or under way."""

from datetime import timedelta
from typing import Final, NamedTuple

from commonground.access.actor import OPERATOR
from commonground.demo.days import Days
from commonground.demo.moments import moment
from commonground.demo.story import SLUG
from commonground.guidance.models import Finding
from commonground.guidance.states import ENDED
from commonground.guidance.techniques import CATALOGUE
from commonground.programs.models import Activity, Program

DAY: Final = timedelta(days=1)


class Taken(NamedTuple):
    """A finding of a guideline, told to all, and what was done. begins, delivered: days from today; not delivered: it is under way.

    ended: one that has ended by itself since.
    """

    code: str
    technique: str
    words: str
    begins: int
    ends: int
    delivered: int | None
    ended: bool = False


TAKEN: Final = (
    Taken(
        "PACE-01",
        "remove-obstacle",
        "Case number on the dispatch screen, so that no hand-over needs a call",
        -112,
        -84,
        -84,
    ),
    Taken(
        "PACE-05", "easier-new-path", "A charger in every van, and the paper sheets last in the drawer", -105, -77, -77
    ),
    Taken("PACE-04", "follow-up", "Sit beside the desks and count which calls are answered at once", -98, -70, -70),
    Taken("PEER-05", "line-story", "The night shift’s own team leader tells why devices come", -30, -14, -14),
    Taken(
        "LEAD-01",
        "two-key-leadership",
        "Manager and sponsor stand before the desks together, once a month",
        -40,
        -9,
        -9,
        ended=True,
    ),
    Taken("OWN-02", "co-design", "Water redraws the visit with its own crews", -10, 18, None),
)


def load_taken_up(program: Program, days: Days) -> int:
    """Links an activity to the worst told finding of each guideline of the story. After the guidelines ran. Answers how many."""
    if program.slug != SLUG:
        return 0
    made = 0
    for one in TAKEN:
        rows = Finding.objects.filter(program=program, view="told", code=one.code)
        finding = (rows.filter(state=ENDED) if one.ended else rows.live()).ranked().first()
        if finding is not None:
            _take(finding, one, days)
            made += 1
    return made


def _take(finding: Finding, one: Taken, days: Days) -> None:
    at = moment(days.on(one.begins))
    technique = CATALOGUE.get(one.technique)
    activity = Activity(
        key=f"answer-{one.code.lower()}",
        kind=technique.activity_kind if technique else "involve",
        technique=one.technique,
        words=one.words,
        unit=finding.unit,
        practice=finding.practice,
        start=days.on(one.begins),
        end=days.on(one.ends) + DAY,
        hours=technique.effort if technique else None,
        state="running" if one.delivered is None else "done",
        delivered_on=None if one.delivered is None else days.on(one.delivered),
    )
    finding.program.add(activity, by=OPERATOR, at=at)
    finding.plan(activity=activity, by=OPERATOR, at=at)
