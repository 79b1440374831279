"""Which business unit and product line each event of a log belongs to: the log's own unit, else that of whoever did it on that day.

A unit of the log is one of the organization by its id or by a name that it has or had; a name that passed from one unit to another means
the one that bore it on the day. A name that two units bear at one time says nothing, then the person decides. What the organization does
not know stays what the log calls it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import Count
from numpy.typing import NDArray

from commonground.analysis.events import MISSING, Events, Names
from commonground.analysis.facts import Facts
from commonground.analysis.facts import Unit as UnitRow
from commonground.analysis.organization import Organization
from commonground.events.pseudonyms import Pseudonyms
from commonground.organization.models import Assignment, Person, Unit, UnitPeriod
from commonground.organization.timeline import EVER, FOREVER
from commonground.workflows.windows import micros

Codes = NDArray[np.int32]
OUTSIDE = "x:"  # before the words of a log for a unit that the organization does not know


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit is from a day on: its business unit and its product line (empty: none)."""

    since: date
    business: int
    line: str


@dataclass(frozen=True, slots=True)
class Stay:
    """In which unit a text or a person is from a day on; None: in none."""

    since: date
    unit: int | None


def plain(text: str) -> str:
    """A name as it is compared: without regard to case and spaces."""
    return " ".join(text.split()).casefold()


class Directory:
    """The organization over time, read once: where units stand, what they are called, and where people work."""

    def __init__(self, first: date, last: date) -> None:
        self.periods = [
            (unit, start or EVER, end or FOREVER, name, parent, business, line)
            for unit, start, end, name, parent, business, line in UnitPeriod.objects.order_by("pk").values_list(
                "unit_id", "start", "end", "name", "parent_id", "business_unit", "product_line"
            )
        ]
        self.standings = self._standings(first, last)
        self._heads: dict[date, Mapping[str, int]] = {}

    def _standings(self, first: date, last: date) -> Mapping[int, list[Standing]]:
        """Unit → where it stands over time. Before it begins it stands as at first, after its end as at last."""
        changes = {day for _, start, end, *_ in self.periods for day in (start, end) if first < day <= last}
        over = {start for _, start, end, *_ in self.periods if end <= first}
        to_come = {start for _, start, *_ in self.periods if start > last}
        found: dict[int, list[Standing]] = defaultdict(list)
        for day in sorted({first, *changes, *over, *to_come}):
            rows = [row for row in self.periods if row[1] <= day < row[2]]
            tree = Organization(Facts({"units": [_unit_row(row) for row in rows]}, day))
            for unit, *_, line in rows:
                stands = Standing(day, int(tree.business_unit(str(unit)) or unit), line)
                known = found[unit]
                if not known or (known[-1].business, known[-1].line) != (stands.business, stands.line):
                    known.append(stands)
        for unit, start, *_ in self.periods:
            found.setdefault(unit, [Standing(start, unit, "")])
        return found

    def named(self) -> Mapping[str, list[Stay]]:
        """Text → which unit it means over time: an id always, a name the unit that bears it, or the one that bore it last."""
        bearers: dict[str, list[tuple[date, date, int]]] = defaultdict(list)
        for unit, start, end, name, *_ in self.periods:
            bearers[plain(name)].append((start, end, unit))
        found = {text: stays for text, spans in bearers.items() if (stays := _one_after_another(spans))}
        found.update({plain(key): [Stay(EVER, pk)] for pk, key in Unit.objects.values_list("pk", "key")})
        return found

    def persons(self, pseudonyms: Pseudonyms, wanted: Iterable[str]) -> Mapping[str, int]:
        """Pseudonym → person, for those the organization knows by number, e-mail or a name nobody shares."""
        find = pseudonyms.finder(wanted)
        rows = list(Person.objects.values_list("pk", "key", "email", "name"))
        same = Counter(plain(name) for *_, name in rows)
        means: dict[str, set[int]] = defaultdict(set)
        for pk, key, email, name in rows:
            for text in (key, email, name if same[plain(name)] == 1 else ""):
                for pseudonym in find(text) if text else ():
                    means[pseudonym].add(pk)
        return {pseudonym: found.pop() for pseudonym, found in means.items() if len(found) == 1}

    def people(self, pseudonyms: Pseudonyms, wanted: Iterable[str]) -> Mapping[str, list[Stay]]:
        """Pseudonym → where that person works over time, of those who are known (`persons`)."""
        known = self.persons(pseudonyms, wanted)
        stays = self._stays(set(known.values()))
        return {pseudonym: stays[pk] for pseudonym, pk in known.items() if pk in stays}

    def _stays(self, people: set[int]) -> Mapping[int, list[Stay]]:
        spans: dict[int, list[tuple[date, date, int | None]]] = defaultdict(list)
        for person, start, end, unit in Assignment.objects.values_list("person_id", "start", "end", "unit_id"):
            if person in people:
                spans[person].append((start or EVER, end or FOREVER, unit))
        return {person: _with_gaps(sorted(found, key=lambda one: one[:2])) for person, found in spans.items()}

    def headcount(self, day: date) -> Mapping[str, int]:
        """Business unit, by its id as text → how many people work in it on a day. Kept, since each workflow asks for the same days."""
        if day not in self._heads:
            self._heads[day] = self._counted(day)
        return self._heads[day]

    def _counted(self, day: date) -> Mapping[str, int]:
        rows = Assignment.objects.on(day).filter(unit__isnull=False).values("unit")
        found: Counter[str] = Counter()
        for unit, people in rows.annotate(n=Count("person", distinct=True)).values_list("unit", "n"):
            stands = [one for one in self.standings.get(unit, ()) if one.since <= day]
            found[str(stands[-1].business if stands else unit)] += people
        return found


def _unit_row(row: tuple[int, date, date, str, int | None, bool, str]) -> UnitRow:
    unit, _, _, name, parent, business, line = row
    return UnitRow(str(unit), name, str(parent) if parent else None, business or None, line or None)


def _one_after_another(spans: list[tuple[date, date, int]]) -> list[Stay]:
    """Who bears a name over time; nothing where two bear it at once."""
    ordered = sorted(spans)
    if any(two[0] < one[1] and one[2] != two[2] for one, two in pairwise(ordered)):
        return []
    return [Stay(EVER if place == 0 else start, unit) for place, (start, _, unit) in enumerate(ordered)]


def _with_gaps(spans: list[tuple[date, date, int | None]]) -> list[Stay]:
    found: list[Stay] = []
    until = EVER
    for start, end, unit in spans:
        if start > until:
            found.append(Stay(until, None))
        found.append(Stay(start, unit))
        until = end
    return found if until == FOREVER else [*found, Stay(until, None)]


class Table:
    """Code and moment → unit and line, for many events at once: the stretches of all codes in one sorted column."""

    def __init__(self, days: list[date], zone: ZoneInfo, stretches: Mapping[int, list[tuple[date, int, int]]]) -> None:
        self._edges = np.array([micros(day, zone) for day in days if day > EVER], dtype=np.int64)
        rank = {day: place for place, day in enumerate([EVER, *(day for day in days if day > EVER)])}
        self._span = len(rank) + 1
        rows = sorted(
            (code * self._span + rank[day], unit, line)
            for code, spans in stretches.items()
            for day, unit, line in spans
        )
        columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
        self._key, self._unit, self._line = (
            columns[:, 0],
            columns[:, 1].astype(np.int32),
            columns[:, 2].astype(np.int32),
        )

    def find(self, codes: Codes, time: NDArray[np.int64]) -> tuple[Codes, Codes]:
        """Shape (n,) each: unit and line; MISSING where a code is in no unit then."""
        unit, line = np.full(len(codes), MISSING, np.int32), np.full(len(codes), MISSING, np.int32)
        if not len(self._key):
            return unit, line
        wanted = codes.astype(np.int64) * self._span + np.searchsorted(self._edges, time, side="right")
        place = np.searchsorted(self._key, wanted, side="right") - 1
        found = (place >= 0) & (codes != MISSING)
        found &= self._key[place] // self._span == codes
        unit[found], line[found] = self._unit[place[found]], self._line[place[found]]
        return unit, line


class Places:
    """Gives the events of one log their business units and lines. units, lines: what the codes it gives mean."""

    def __init__(self, names: Names, directory: Directory, pseudonyms: Pseudonyms, zone: ZoneInfo) -> None:
        self._units: dict[str, int] = {}
        self._lines: dict[str, int] = {}
        texts, people = directory.named(), directory.people(pseudonyms, names.person)
        by_text = {
            code: self._stretches(texts[plain(text)], directory)
            for code, text in enumerate(names.unit)
            if plain(text) in texts
        }
        by_person = {
            code: self._stretches(people[name], directory) for code, name in enumerate(names.person) if name in people
        }
        days = sorted({day for found in (by_text, by_person) for spans in found.values() for day, *_ in spans})
        self._by_text, self._by_person = Table(days, zone, by_text), Table(days, zone, by_person)
        self._outside = np.array([self._code(self._units, OUTSIDE + text) for text in names.unit], dtype=np.int32)
        self._told_line = np.array([self._line_code(text) for text in names.product_line], dtype=np.int32)

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(self._units)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self._lines)

    def of(self, events: Events) -> tuple[Codes, Codes]:
        """Shape (n,) each: the business unit and the product line of each event, MISSING where nothing tells it."""
        unit, line = self._by_text.find(events.unit, events.time)
        other, other_line = self._by_person.find(events.person, events.time)
        open_ = unit == MISSING
        unit[open_], line[open_] = other[open_], other_line[open_]
        open_ = (unit == MISSING) & (events.unit != MISSING)
        unit[open_] = self._outside[events.unit[open_]]
        told = events.product_line != MISSING
        line[told] = self._told_line[events.product_line[told]]
        return unit, line

    def _stretches(self, stays: list[Stay], directory: Directory) -> list[tuple[date, int, int]]:
        """In which business unit and line somebody is from which day on, the changes of their unit among them."""
        found: list[tuple[date, int, int]] = []
        for stay, following in zip(stays, [*stays[1:], Stay(FOREVER, None)], strict=True):
            if stay.unit is None:
                found.append((stay.since, MISSING, MISSING))
                continue
            for place, stands in enumerate(directory.standings[stay.unit]):
                since = stay.since if place == 0 else max(stands.since, stay.since)
                if since < following.since:
                    found.append((since, self._code(self._units, str(stands.business)), self._line_code(stands.line)))
        return list({day: (day, unit, line) for day, unit, line in found}.values())

    def _line_code(self, text: str) -> int:
        return self._code(self._lines, text) if text else MISSING

    @staticmethod
    def _code(known: dict[str, int], text: str) -> int:
        return known.setdefault(text, len(known))
