"""How the word of the device went through the metering crews: who told whom, when, and which crew has not heard yet."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from commonground.analysis import facts
from commonground.analysis.communication.cascade import Lines, Member, Talk, propose, window_at
from commonground.analysis.facts import Row, in_force
from commonground.demo.days import Days

MESSAGE, UNIT, FIRST, WINDOW = "device-van", "me", "Joanna Achterberg", 5
OPENS: Final = -24
HELD_ON: Final = (-24, -21, -17, -12, -7)  # by level, in days from today
SILENT, LATE_CREW, LATE_ON = "me-south-night", "me-north-b", -2
QUESTIONS: Final = (
    "What on your round would the plan get wrong?\nWhat do you need in the van?\nWhat do you want to ask?"
)


class Told(NamedTuple):
    """A talk of the demo in ids of the sheets. hearers, carriers: whom it is for; heard: how many were there, None before it was held."""

    number: int
    above: int | None
    depth: int
    unit: str | None
    deliverer: str
    hearers: tuple[str, ...]
    carriers: tuple[str, ...]
    of_line: bool
    opens: date | None
    closes: date | None
    held: date | None
    heard: int | None


def talks(days: Days, organization: Mapping[str, Sequence[Row]], first: str) -> list[Told]:
    """The talks of the cascade as they stand today. first: the id of who begins."""
    people = [
        row
        for row in organization["people"]
        if isinstance(row, facts.Person) and in_force(row.start, row.end, days.today)
    ]
    above = {row.id: row.parent for row in organization["units"] if isinstance(row, facts.Unit)}
    person, unit = [row.id for row in people], list(above)
    number, place = {key: at for at, key in enumerate(person)}, {key: at for at, key in enumerate(unit)}
    members = {
        number[row.id]: Member(number[row.id], place.get(row.unit or ""), number.get(row.manager or ""))
        for row in people
    }
    wanted = {number[row.id] for row in people if row.unit is not None and _within(row.unit, above)}
    parents = {place[key]: place.get(parent or "") for key, parent in above.items()}
    found: list[Told] = []
    for talk in propose(wanted, number[first], Lines(members, {}, parents)):
        key = unit[talk.unit] if talk.unit is not None else None
        found.append(_told(days, talk, key, found, person))
    return found


def _within(unit: str | None, above: Mapping[str, str | None]) -> bool:
    while unit is not None and unit != UNIT:
        unit = above.get(unit)
    return unit == UNIT


def _told(days: Days, talk: Talk, unit: str | None, before: Sequence[Told], person: Sequence[str]) -> Told:
    start = days.on(OPENS) if talk.above is None else before[talk.above].held
    opens, closes = window_at(0, max(start, days.on(OPENS)), WINDOW) if start is not None else (None, None)
    held = _held(days, talk, unit, opens)
    people = len(talk.hearers) + len(talk.carriers)
    return Told(
        talk.number,
        talk.above,
        talk.depth,
        unit,
        person[talk.deliverer],
        tuple(person[one] for one in talk.hearers),
        tuple(person[one] for one in talk.carriers),
        talk.of_line,
        opens,
        closes,
        held,
        None if held is None else people - (talk.number % 3 == 0 and people > 5),
    )


def _held(days: Days, talk: Talk, unit: str | None, opens: date | None) -> date | None:
    """Level by level; one crew later than the others, and one of which nobody has heard anything."""
    if opens is None or unit == SILENT or talk.depth >= len(HELD_ON):
        return None
    if unit == LATE_CREW:
        day = days.on(LATE_ON)
        return day if talk.depth < len(HELD_ON) - 1 else None
    return max(opens, days.on(HELD_ON[talk.depth] + talk.number % 3))


def rows(days: Days, organization: Mapping[str, Sequence[Row]], by_name: Mapping[str, str]) -> list[Row]:
    """The sheet of the talks."""
    return [
        facts.Step(MESSAGE, one.unit, one.deliverer, one.opens, one.closes, one.held)
        for one in talks(days, organization, by_name[FIRST])
    ]
