"""Who leads which part of the organization through the change, and what of it can be seen (GLOSSARY: led)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from commonground.analysis.facts import Act, Sponsor, in_force
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register

LED_DAYS = 30


class Led(NamedTuple):
    """A business unit with who leads it. sponsors: those whose part it lies in. sponsor: the one whose act in it was the last.

    A day is that of the last visible act in the unit; None where there was none.
    """

    unit: str
    manager: str | None
    manager_act: date | None
    sponsors: tuple[str, ...]
    sponsor: str | None
    sponsor_act: date | None

    def by_manager(self, day: date, days: float = LED_DAYS) -> bool:
        return is_recent(self.manager_act, day, days)

    def by_sponsor(self, day: date, days: float = LED_DAYS) -> bool:
        return is_recent(self.sponsor_act, day, days)

    def is_led(self, day: date, days: float = LED_DAYS) -> bool:
        """Whether both its manager and a sponsor have a visible act in that many days."""
        return self.by_manager(day, days) and self.by_sponsor(day, days)


class Silence(NamedTuple):
    """A sponsor without a visible act since a day; None: since ever. told: the day on which they were told of it."""

    person: str
    since: date | None
    told: date | None


@dataclass(frozen=True)
class Gone:
    """A part of the program that a sponsor left. part: the unit, None for the whole. left: they work here no longer; else it ended."""

    person: str
    part: str | None
    left: bool
    on: date | None


def is_recent(act: date | None, day: date, days: float) -> bool:
    return act is not None and day - act <= timedelta(days=days)


class Leading:
    """Sponsors, managers of business units and their visible acts as of the day. Linear in the rows, each answer built once."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.organization = register.organization
        self.day = register.facts.as_of

    @cached_property
    def rows(self) -> tuple[Sponsor, ...]:
        """Sponsorships that have begun, the ended ones included."""
        rows = rows_of(self.register.facts, "sponsors", Sponsor)
        return tuple(row for row in rows if row.start is None or row.start <= self.day)

    @cached_property
    def sponsors(self) -> tuple[Sponsor, ...]:
        """Sponsorships in force, of people who are here."""
        return tuple(row for row in self.rows if self._holds(row) and self.organization.is_here(row.person))

    def _holds(self, row: Sponsor) -> bool:
        return in_force(row.start, row.end, self.day)

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """What had been done by the day; what is planned is not there yet."""
        return tuple(row for row in rows_of(self.register.facts, "acts", Act) if not row.planned and row.on <= self.day)

    @cached_property
    def last_acts(self) -> Mapping[str, date]:
        """Person → the day of their last visible act, wherever it was."""
        found: dict[str, date] = {}
        for act in self.acts:
            found[act.person] = max(act.on, found.get(act.person, act.on))
        return found

    @cached_property
    def _in_part(self) -> Mapping[tuple[str, str | None], date]:
        """(person, business unit) → the day of their last visible act there; the unit None for acts for all."""
        found: dict[tuple[str, str | None], date] = {}
        for act in self.acts:
            key = (act.person, self.part(act.unit))
            found[key] = max(act.on, found.get(key, act.on))
        return found

    def part(self, unit: str | None) -> str | None:
        """The business unit that a unit belongs to; None for the whole, which the one unit above all others stands for too."""
        return None if unit is None or unit == self._root else self.organization.business_unit(unit)

    @cached_property
    def _root(self) -> str | None:
        tops = [unit for unit in self.organization.units if self.organization.parent(unit) is None]
        return tops[0] if len(tops) == 1 and len(self.organization.units) > 1 else None

    @cached_property
    def by_part(self) -> Mapping[str | None, tuple[str, ...]]:
        """Business unit, or None for the whole program → its sponsors."""
        found: dict[str | None, dict[str, None]] = {}
        for row in self.sponsors:
            found.setdefault(self.part(row.unit), {})[row.person] = None
        return {part: tuple(people) for part, people in found.items()}

    @cached_property
    def managers(self) -> Mapping[str, str]:
        """Business unit → who leads it, read off the reporting line; of one in which nobody works directly, off that of all in it."""
        inside: dict[str, list[str]] = {}
        for person, unit in self.organization.business_unit_of.items():
            if unit:
                inside.setdefault(unit, []).append(person)
        found: dict[str, str] = {}
        for unit, people in inside.items():
            leader = self.organization.unit_manager(unit) or self._leads(people)
            if leader is not None:
                found[unit] = leader
        return found

    def _leads(self, inside: list[str]) -> str | None:
        own, people = set(inside), self.organization.people
        tops = [person for person in inside if people[person].manager not in own]
        if len(tops) == 1 and (len(inside) == 1 or self.organization.reports.get(tops[0])):
            return tops[0]
        above = {people[person].manager for person in tops}
        leader = above.pop() if len(above) == 1 else None
        return leader if leader in people else None

    def led(self, unit: str) -> Led:
        """Who leads a business unit, and the last visible act of each: in it, or for all.

        Of its sponsors one who is also its manager counts as the manager, unless there is no other: two people lead a unit.
        """
        manager = self.managers.get(unit)
        sponsors = tuple(dict.fromkeys((*self.by_part.get(unit, ()), *self.by_part.get(None, ()))))
        others = [person for person in sponsors if person != manager] or sponsors
        seen = {person: act for person in others if (act := self._seen(person, unit)) is not None}
        sponsor = max(seen, key=lambda person: seen[person], default=None)
        acted = self._seen(manager, unit) if manager else None
        return Led(unit, manager, acted, sponsors, sponsor, seen[sponsor] if sponsor else None)

    def _seen(self, person: str, unit: str) -> date | None:
        return latest(self._in_part.get((person, unit)), self._in_part.get((person, None)))

    @cached_property
    def touched(self) -> tuple[Led, ...]:
        """Every touched business unit, in the order of names."""
        name = self.organization.unit_name
        return tuple(
            self.led(unit) for unit in sorted(self.register.touched_units, key=lambda unit: (name(unit), unit))
        )

    @cached_property
    def silences(self) -> tuple[Silence, ...]:
        """Each sponsor with the day since which nothing of theirs was seen: their last act, or the day on which they were named."""
        found = []
        for person in dict.fromkeys(row.person for row in self.sponsors):
            rows = [row for row in self.sponsors if row.person == person]
            begun = None if any(row.start is None for row in rows) else min(row.start for row in rows if row.start)
            since = latest(begun, self.last_acts.get(person))
            told = latest(*(row.told for row in rows if row.told and (since is None or row.told >= since)))
            found.append(Silence(person, since, told))
        return tuple(found)

    @cached_property
    def gone(self) -> tuple[Gone, ...]:
        """Parts that were left: by somebody who works here no longer, or ended with nobody in their place.

        In the place of one whose time ended stands also who stands for more than that part.
        """
        found: list[Gone] = []
        for part in dict.fromkeys(self.part(row.unit) for row in self.rows):
            if self.by_part.get(part) or (part is not None and part not in self.organization.units):
                continue
            rows = self._of(part)
            holding = [row for row in rows if self._holds(row)]
            found += [Gone(row.person, part, True, None) for row in holding]
            if not holding and not self.by_part.get(None):
                last = max(rows, key=lambda row: row.end or date.max)
                found.append(Gone(last.person, part, not self.organization.is_here(last.person), last.end))
        return tuple(found)

    def _of(self, part: str | None) -> tuple[Sponsor, ...]:
        return tuple(row for row in self.rows if self.part(row.unit) == part)


def latest(*days: date | None) -> date | None:
    """The latest of some days; None where none is known."""
    return max((day for day in days if day is not None), default=None)
