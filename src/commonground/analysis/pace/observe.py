"""What a log shows of a behaviour: its occasions, each counted once, by person, week and unit."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import MISSING, Blocks, Codes, Events, Mask, Names
from commonground.analysis.pace.observations import Observations, monday, week_of
from commonground.analysis.pace.rule import KEYS, Match, Rule, plain

Ints = NDArray[np.int64]
HOUR = 3_600_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEITHER, OLD, NEW = 0, 1, 2
HELD = 4_000_000  # rows that are held before those of one person, week and unit are added up


class Observed(NamedTuple):
    """untold: occasions whose person the log does not tell; outside: those of people outside the population. Both are left out.

    first_time, last_time: of all events of the log, microseconds since 1970-01-01 UTC; None where it has none. outside_people: of how
    many different people those outside are: their number may be shown from the threshold on.
    """

    observations: Observations
    untold: int
    outside: int
    first_time: int | None
    last_time: int | None
    outside_people: int = 0


def observe(
    blocks: Blocks,
    rule: Rule,
    *,
    zone: str,
    units: Callable[[Events], Codes] | None = None,
    unit_names: Callable[[], tuple[str, ...]] | None = None,
    inside: Callable[[Events], Mask] | None = None,
) -> Observed:
    """The occasions of a rule, told by person, week and unit of the occasion's own event.

    zone: in which weeks begin, at Monday's midnight. units: which unit each event is of, shape (n,), MISSING where nothing tells it;
    unit_names: what those codes mean, asked after each block. Default: the log's own units. inside: whether each event is of the
    population, shape (n,), in place of the units of the rule's population, which are otherwise compared with unit_names.
    A person and a unit that had no occasion get no code. Blocks may cut the log anywhere between cases.
    Raises ValueError for units without unit_names, and ZoneInfoNotFoundError.
    """
    if units is not None and unit_names is None:
        raise ValueError("Units without names cannot be told apart: give unit_names with units.")
    reading = _Reading(rule, _Weeks(ZoneInfo(zone)), units, unit_names, inside)
    for block in blocks:
        if len(block):
            reading.take(block)
    return reading.answer()


class _Reading:
    """The counts of a log so far. Rows are (person, week, unit, new, old, neither) as columns of one array, shape (6, rows)."""

    def __init__(
        self,
        rule: Rule,
        weeks: "_Weeks",
        units: Callable[[Events], Codes] | None,
        unit_names: Callable[[], tuple[str, ...]] | None,
        inside: Callable[[Events], Mask] | None,
    ) -> None:
        self._rule, self._weeks, self._units, self._unit_names, self._inside = rule, weeks, units, unit_names, inside
        self._rows: list[Codes] = []
        self._held = 0
        self._names = Names()
        self._untold = self._outside = 0
        self._outsiders: Codes = np.empty(0, dtype=np.int32)
        self._first: int | None = None
        self._last: int | None = None

    def take(self, block: Events) -> None:
        first, last = int(block.time.min()), int(block.time.max())
        self._first = first if self._first is None else min(first, self._first)
        self._last = last if self._last is None else max(last, self._last)
        self._names = block.names
        occasions = np.flatnonzero(matching(block, self._rule.occasion))
        told = block.person[occasions] != MISSING
        self._untold += int(len(occasions) - told.sum())
        occasions = occasions[told]
        unit = block.unit if self._units is None else self._units(block)
        meant = self._meant(block, unit, occasions)
        self._outside += int(len(occasions) - meant.sum())
        self._outsiders = np.union1d(self._outsiders, block.person[occasions[~meant]])
        occasions = occasions[meant]
        if len(occasions):
            way = ways(block, occasions, self._rule)
            columns = (block.person[occasions], self._weeks.of(block.time[occasions]), unit[occasions])
            self._rows.append(_added_up(np.vstack([*columns, way == NEW, way == OLD, way == NEITHER]).astype(np.int32)))
            self._held += self._rows[-1].shape[1]
        if self._held > HELD and len(self._rows) > 1:
            self._compact()

    def _meant(self, block: Events, unit: Codes, occasions: NDArray[np.intp]) -> Mask:
        """Shape (occasions,): whether each is of the population."""
        wanted = self._rule.population
        found = np.ones(len(occasions), dtype=np.bool_)
        for key in KEYS:
            if not getattr(wanted, key):
                continue
            if key != "unit":
                names, codes = getattr(block.names, key), getattr(block, key)[occasions]
            elif self._inside is None:
                names, codes = self._named_units(), unit[occasions]
            else:
                continue
            found &= _table(names, getattr(wanted, key))[codes]
        return found & self._inside(block)[occasions] if self._inside is not None else found

    def _named_units(self) -> tuple[str, ...]:
        return self._names.unit if self._unit_names is None else self._unit_names()

    def _compact(self) -> None:
        self._rows = [_added_up(np.hstack(self._rows))]
        self._held = self._rows[0].shape[1]

    def answer(self) -> Observed:
        rows = _added_up(np.hstack(self._rows)) if self._rows else np.empty((6, 0), dtype=np.int32)
        person, persons = _only_used(rows[0], self._names.person)
        unit, units = _only_used(rows[2], self._named_units())
        observations = Observations(person, rows[1], unit, rows[3], rows[4], rows[5], persons, units)
        return Observed(observations, self._untold, self._outside, self._first, self._last, len(self._outsiders))


def joined(rows: Observations, person: Codes) -> Observations:
    """The observations by other codes of people, one for each of `rows.persons` and into them: what comes to be of one is added up."""
    columns = np.vstack([person[rows.person], rows.week, rows.unit, rows.new, rows.old, rows.neither])
    person, week, unit, new, old, neither = _added_up(columns.astype(np.int32))
    person, persons = _only_used(person, rows.persons)
    return Observations(person, week, unit, new, old, neither, persons, rows.units)


def matching(block: Events, match: Match) -> Mask:
    """Shape (n,): which events show what is looked for; none where nothing is."""
    found = np.full(len(block), bool(match), dtype=np.bool_)
    for key in KEYS:
        if getattr(match, key):
            found &= _table(getattr(block.names, key), getattr(match, key))[getattr(block, key)]
    return found


def _table(names: Sequence[str], wanted: Sequence[str]) -> Mask:
    """For each code whether its name is wanted; the last place is that of MISSING."""
    plainly = {plain(text) for text in wanted}
    return np.array([*(plain(name) in plainly for name in names), False], dtype=np.bool_)


def ways(block: Events, occasions: NDArray[np.intp], rule: Rule) -> NDArray[np.int8]:
    """Shape (occasions,): NEW, OLD or NEITHER for each place in the block. One that shows both ways is NEW."""
    found = np.full(len(occasions), NEITHER, dtype=np.int8)
    found[_shown(block, occasions, rule.old, rule.old_within)] = OLD
    found[_shown(block, occasions, rule.new, rule.new_within)] = NEW
    return found


def _shown(block: Events, occasions: NDArray[np.intp], match: Match, within: float | None) -> Mask:
    matches = matching(block, match)
    if within is None:
        return matches[occasions]
    places = np.flatnonzero(matches)
    if not len(places):
        return np.zeros(len(occasions), dtype=np.bool_)
    begins = block.first_of_case()
    begins[1:] |= block.time[1:] != block.time[:-1]
    same_time = np.maximum.accumulate(np.where(begins, np.arange(len(block)), 0))[occasions]
    nearest = np.searchsorted(places, same_time)
    there = nearest < len(places)
    first = places[np.minimum(nearest, len(places) - 1)]
    same_case = block.case[first] == block.case[occasions]
    soon: Mask = there & same_case & (block.time[first] - block.time[occasions] <= within * HOUR)
    return soon


class _Weeks:
    """Which week a moment lies in by the clock of a place. Midnights are worked out once for the years that are asked for."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._from = self._to = 0
        self._edges: Ints = np.empty(0, dtype=np.int64)

    def of(self, time: Ints) -> Codes:
        first, last = (_nearby_week(moment) for moment in (int(time.min()), int(time.max())))
        if not len(self._edges) or first - 1 < self._from or last + 2 > self._to:
            known = (self._from, self._to) if len(self._edges) else (first - 1, last + 2)
            self._from, self._to = min(first - 1, known[0]), max(last + 2, known[1])
            self._edges = np.array([self._midnight(week) for week in range(self._from, self._to)], dtype=np.int64)
        return (np.searchsorted(self._edges, time, side="right") - 1 + self._from).astype(np.int32)

    def _midnight(self, week: int) -> int:
        day = monday(week)
        return (datetime(day.year, day.month, day.day, tzinfo=self._zone) - EPOCH) // timedelta(microseconds=1)


FIRST_WEEK, LAST_WEEK = week_of(date(1, 1, 22)), week_of(date(9999, 12, 6))


def _nearby_week(moment: int) -> int:
    """The week in UTC; the local one is it or one beside it. Kept within what a calendar can name."""
    return min(max((moment // HOUR // 24 - 4) // 7, FIRST_WEEK), LAST_WEEK)


def _added_up(rows: Codes) -> Codes:
    """The rows sorted by person, week and unit, those of the same three added up."""
    if not rows.shape[1]:
        return rows
    person, week, unit = (rows[place].astype(np.int64) for place in range(3))
    weeks, units = int(week.max() - week.min()) + 1, int(unit.max()) + 2
    key = (person * weeks + (week - week.min())) * units + unit + 1
    order = np.argsort(key, kind="stable")
    key = key[order]
    begins = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    counted = [np.add.reduceat(rows[place][order], begins) for place in range(3, 6)]
    return np.vstack([rows[:3, order[begins]], *counted]).astype(np.int32)


def _only_used(codes: Codes, names: tuple[str, ...]) -> tuple[Codes, tuple[str, ...]]:
    """New codes for the names that occur, in the same order; MISSING stays."""
    used = np.zeros(len(names) + 1, dtype=np.bool_)
    used[codes] = True
    used[-1] = False
    table = np.cumsum(used).astype(np.int32) - 1
    table[-1] = MISSING
    return table[codes], tuple(name for name, here in zip(names, used[:-1], strict=True) if here)
