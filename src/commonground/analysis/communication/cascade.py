"""A cascade: who tells whom, from who begins it down to every team, and who has not heard yet. Pure.

Each person of the audience hears once, from their own line: from their manager, where none is known from who leads their unit or the
nearest one above it, at last from who begins. Whoever stands between them and the beginning hears too, so that they can pass it on.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

AFTER, BY_DAYS = "after", "days"
RULES: Final = {AFTER: "after the talk above was held", BY_DAYS: "on fixed days, level by level"}


class Member(NamedTuple):
    """Somebody who works here: in which unit, for whom."""

    person: int
    unit: int | None = None
    manager: int | None = None


class Talk(NamedTuple):
    """One talk. above: number of the talk in which its deliverer hears, None for who begins. hearers: of the audience; carriers: hear it
    only to pass it on. of_line: the deliverer is the manager of all who hear, and does not stand in where no manager is known."""

    number: int
    above: int | None
    depth: int
    unit: int | None
    deliverer: int
    hearers: tuple[int, ...]
    carriers: tuple[int, ...]
    of_line: bool


class Lines(NamedTuple):
    """What a proposal is built from. members: everybody who works here, by person. leads: unit → who leads it. above: unit → parent."""

    members: Mapping[int, Member]
    leads: Mapping[int, int]
    above: Mapping[int, int | None]


def superior(person: int, first: int, lines: Lines) -> int:
    """From whom somebody hears. The one who begins where the line ends."""
    member = lines.members.get(person)
    if member is None:
        return first
    if member.manager is not None and member.manager != person and member.manager in lines.members:
        return member.manager
    unit, seen = member.unit, set[int]()
    while unit is not None and unit not in seen:
        seen.add(unit)
        lead = lines.leads.get(unit)
        if lead is not None and lead != person and lead in lines.members:
            return lead
        unit = lines.above.get(unit)
    return first


def told_by(audience: Collection[int], first: int, lines: Lines) -> dict[int, int]:
    """Everybody who hears → from whom: the audience, and all between them and who begins. A line that runs in a circle is cut."""
    found: dict[int, int] = {}
    for person in audience:
        walked: set[int] = set()
        one = person
        while one != first and one not in found:
            walked.add(one)
            above = superior(one, first, lines)
            if above in walked:
                above = first
            found[one] = above
            one = above
    return found


def propose(audience: Collection[int], first: int, lines: Lines) -> tuple[Talk, ...]:
    """The talks that reach the audience, those above before those below. Empty when nobody but who begins is asked for.

    A deliverer holds one talk with their own unit and all who deliver further, and one with each other unit whose people they lead.
    """
    wanted = set(audience) - {first}
    teller = told_by(sorted(wanted), first, lines)
    delivers, people = set(teller.values()), dict[int, list[int]]()
    for person in sorted(teller):
        people.setdefault(teller[person], []).append(person)
    below = {deliverer: _groups(deliverer, told, delivers, lines) for deliverer, told in people.items()}
    talks: list[Talk] = []
    heard_in: dict[int, Talk] = {}
    waiting = [first] if first in below else []
    while waiting:
        following: list[int] = []
        for deliverer in waiting:
            for unit in _units_of(below[deliverer], deliverer, lines):
                talk = _talk(
                    len(talks), heard_in.get(deliverer), unit, deliverer, below[deliverer][unit], wanted, lines
                )
                talks.append(talk)
                for person in (*talk.hearers, *talk.carriers):
                    heard_in[person] = talk
                    if person in below:
                        following.append(person)
        waiting = following
    return tuple(talks)


def _groups(
    deliverer: int, people: Iterable[int], delivers: Collection[int], lines: Lines
) -> dict[int | None, list[int]]:
    """Unit → those whom a deliverer tells together. Who delivers further hears with the deliverer's own unit, or, where nobody of that
    hears and all of them are of one other unit, with that one."""
    units = {person: lines.members[person].unit if person in lines.members else None for person in people}
    own = lines.members[deliverer].unit if deliverer in lines.members else None
    close = {person for person, unit in units.items() if person in delivers or unit in (own, None)}
    others = {units[person] for person in close}
    together = (others.pop() if len(others) == 1 else own) or own
    found: dict[int | None, list[int]] = {}
    for person, unit in units.items():
        found.setdefault(together if person in close else unit, []).append(person)
    return found


def _units_of(groups: Mapping[int | None, object], deliverer: int, lines: Lines) -> list[int | None]:
    """A deliverer's units, their own first."""
    own = lines.members[deliverer].unit if deliverer in lines.members else None
    return sorted(groups, key=lambda unit: (unit != own, unit is None, unit or 0))


def _talk(
    number: int,
    above: Talk | None,
    unit: int | None,
    deliverer: int,
    people: Sequence[int],
    wanted: Collection[int],
    lines: Lines,
) -> Talk:
    hearers = tuple(person for person in people if person in wanted)
    carriers = tuple(person for person in people if person not in wanted)
    of_line = all(person in lines.members and lines.members[person].manager == deliverer for person in people)
    place, depth = (above.number, above.depth + 1) if above else (None, 0)
    return Talk(number, place, depth, unit, deliverer, hearers, carriers, of_line)


class Window(NamedTuple):
    """From the first day until before the last."""

    opens: date
    closes: date


def window_at(depth: int, opens: date, days: int) -> Window:
    """The window of a level when each takes its days in full: what is expected before anything was delivered."""
    start = opens + timedelta(days=depth * days)
    return Window(start, start + timedelta(days=days))


def holder_of(steps: Mapping[int, tuple[int | None, bool]]) -> dict[int, int]:
    """Step → the step in which its people hear: itself, or the nearest one above that is not left out.

    steps: id → the one above, and whether it is left out. One at the top is never left out.
    """
    found: dict[int, int] = {}
    for step in steps:
        walked, one = set[int](), step
        while steps[one][1]:
            above = steps[one][0]
            if above is None or above not in steps or above in walked:
                break
            walked.add(one)
            one = above
        found[step] = one
    return found


class Spread(NamedTuple):
    """When units heard the same news. first, median, last: None while no unit has heard; days: between first and last.

    waiting: units that have not heard. The median is the lower one of an even number.
    """

    units: int
    heard: int
    waiting: int
    first: date | None = None
    median: date | None = None
    last: date | None = None

    @property
    def days(self) -> int | None:
        return (self.last - self.first).days if self.first is not None and self.last is not None else None


def heard_on(talks: Iterable[tuple[str, date | None]]) -> dict[str, date | None]:
    """Unit → the day by which all its talks were held; None while one is to come."""
    found: dict[str, date | None] = {}
    for unit, day in talks:
        known = found.get(unit, date.min)
        found[unit] = None if known is None or day is None else max(known, day)
    return found


def spread(days: Iterable[date | None]) -> Spread:
    """How far apart units heard it. days: one a unit, None where it has not heard."""
    known: list[date] = []
    units = 0
    for day in days:
        units += 1
        if day is not None:
            known.append(day)
    if not known:
        return Spread(units, 0, units)
    known.sort()
    return Spread(units, len(known), units - len(known), known[0], known[(len(known) - 1) // 2], known[-1])


class Unheard(NamedTuple):
    """Who has not heard. people: of the audience; teams: talks that were not held; away: were not there when their team heard."""

    people: int
    teams: int
    away: int


def unheard(talks: Iterable[tuple[int, bool, int | None]]) -> Unheard:
    """talks: how many people of the audience hear in it, whether it was held, how many were there (None: all, nobody said otherwise)."""
    people = teams = away = 0
    for asked, held, there in talks:
        if not held:
            people, teams = people + asked, teams + 1
        elif there is not None:
            missed = max(asked - there, 0)
            people, away = people + missed, away + missed
    return Unheard(people, teams, away)
