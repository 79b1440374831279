"""Voices and what is felt of the change, as rows: days and states, without a word of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from commonground.analysis.facts import AmountOfChange, Facts, Impact, Perception, Round, Row, Voice
from commonground.analysis.organization import Organization
from commonground.analysis.voices import THRESHOLD, Voices
from commonground.demo import assessments
from commonground.demo.days import Days
from commonground.demo.voices import MATTERS, SAID, Said
from commonground.demo.workforce import Workforce


class Felt(NamedTuple):
    """A change that is felt. person and reader: usernames of the story's sign-ins. role: the person's. answered: a day, or none yet."""

    day: int
    person: str
    role: str
    kind: str
    reader: str
    words: str
    answered: int | None = None


FELT = (
    Felt(-14, "samuel", "meter-reader", "diminished_role", "ilse", "I used to choose where the day begins.", -10),
    Felt(
        -8, "rosa", "phone-lead", "reassigned", "maren", "Planners come to my team, and I have never planned a visit."
    ),
)
# A talk that is offered, by username, and what it is about.
OFFERED = ((-7, "maren", "helen", "diminished_role"),)


def voices(days: Days, organization: Mapping[str, Sequence[Row]], by_name: Mapping[str, str]) -> Iterator[Voice]:
    """One row a voice. A unit that is too small is told by the one above it."""
    given = Facts(organization, days.today)
    told_by = Voices(given, Organization(given)).told_by
    for number, one in enumerate(SAID, start=1):
        yield _voice(f"V{number:02}", one, days, told_by(one.unit), by_name)


def _voice(key: str, one: Said, days: Days, unit: str | None, by_name: Mapping[str, str]) -> Voice:
    matter = MATTERS.get(one.topic)
    common = matter.answer if matter else None
    answer = one.answer or common
    answered = answer[0] if answer else one.taken  # a yes is an answer
    return Voice(
        id=key,
        kind=one.kind,
        raised=raised_on(one, days),
        unit=unit,
        state=state_of(one),
        owner=by_name[one.owner] if one.owner else None,
        due=days.maybe(one.due),
        accepted=days.maybe(one.taken),
        answered=days.maybe(answered),
        completed=days.on(one.done[0]) if one.done else None,
        public_answer=answer is not None,
        topic=one.topic or None,
        response=answer is not None,
        credit=by_name[one.by] if one.by and one.kind == "idea" else None,
    )


def raised_on(one: Said, days: Days) -> date:
    """The day; without a name the Monday of its week."""
    day = days.on(one.day)
    return day if one.by else day - timedelta(days=day.weekday())


def state_of(one: Said) -> str:
    """The state that a voice has come to."""
    matter = MATTERS.get(one.topic)
    come_to = (
        ("closed", one.closed),
        ("completed", one.done),
        ("accepted", one.taken),
        ("answered", one.answer or (matter and matter.answer)),
        ("assigned", one.owner),
    )
    return next((state for state, so in come_to if so), "open")


def perceptions(days: Days, force: Workforce) -> Iterator[Perception]:
    """Told of by week, and by the role where enough people hold it."""
    rows = []
    for one in FELT:
        day = days.on(one.day)
        role = one.role if len(force.holders(one.role)) >= THRESHOLD else None
        rows.append((day - timedelta(days=day.weekday()), one, role))
    for number, (monday, one, role) in enumerate(rows, start=1):
        yield Perception(str(number), one.kind, monday, role, None, days.maybe(one.answered))


def rounds(days: Days) -> Iterator[Round]:
    """What was asked when. How many answered is known to the server alone."""
    for number, one in enumerate(assessments.ROUNDS, start=1):
        yield Round(f"R{number}", one.instrument, one.purpose, days.on(one.opened), days.maybe(one.closed))


def amount_of_change(days: Days) -> AmountOfChange:
    """What was decided, on the figures that the story gives; the culture's gap is measured by the server."""
    ratings = sorted(value for _, _, value, _ in assessments.DIVERGENCE)
    return AmountOfChange(
        decided=days.on(assessments.DECIDED_ON),
        divergence=float(ratings[len(ratings) // 2]),
        raters=len(ratings),
        free_hours_per_week=float(sum(free for _, free, _ in assessments.HOURS)),
        asked_hours_per_week=float(sum(asked for _, _, asked in assessments.HOURS)),
        concurrent=len(assessments.CONCURRENT),
        above_capacity=any(asked > free for _, free, asked in assessments.HOURS),
        reasons=True,
    )


def impacts() -> Iterator[Impact]:
    """How strong a change is for a role, from both sides."""
    for number, (role, _, ours, _, theirs, _, _) in enumerate(assessments.IMPACTS, start=1):
        yield Impact(f"I{number}", "role", role, float(ours), float(theirs))
