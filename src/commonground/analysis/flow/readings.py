"""What is read out of pieces of a log, and added up at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import numpy as np

from commonground.analysis.events import MISSING, Codes, Events, Names
from commonground.analysis.flow.figures import Flow, Step
from commonground.analysis.flow.grouping import Ints, Mask, Sums, cases_of, distinct, grouped, spread
from commonground.analysis.flow.passages import Doubtful, Passages, Turns, turns_of
from commonground.analysis.flow.people import Met
from commonground.analysis.flow.sequences import distinct_runs, present
from commonground.analysis.flow.side_by_side import each
from commonground.analysis.flow.variants import Variants
from commonground.analysis.flow.working_time import WorkingWeek


class Setting(NamedTuple):
    """What a log is measured by. units: shape (codes + 1,), the unit taken for each code of the log, the last for MISSING."""

    names: Names
    unit_names: tuple[str, ...]
    units: Codes
    week: WorkingWeek
    threshold: int
    known_enough: Mask

    @classmethod
    def of(
        cls,
        names: Names,
        unit_names: tuple[str, ...] | None,
        week: WorkingWeek,
        threshold: int,
        headcount: Mapping[str, int],
    ) -> Self:
        """Raises ValueError when there are not as many unit names as units."""
        given = names.unit if unit_names is None else unit_names
        if len(given) != len(names.unit):
            raise ValueError(f"{len(given)} names were given for {len(names.unit)} units: give one for each code.")
        called = tuple(sorted({name for name in given if name}))
        place = {name: number for number, name in enumerate(called)}
        units = np.array([*(place.get(name, MISSING) for name in given), MISSING], dtype=np.int32)
        heads = [not names.person and headcount.get(name, 0) >= threshold for name in called]
        return cls(names, called, units, week, threshold, np.array(heads, dtype=np.bool_))


def readings(setting: Setting, workers: int) -> list["Reading"]:
    """One for each worker, with one memory of who stood where."""
    names = setting.names
    places = (len(names.activity), len(setting.unit_names), len(names.product_line))
    steps, units, lines = (Met(len(names.person), size) for size in places)
    return [Reading(setting, (steps, units, lines)) for _ in range(workers)]


class Times(NamedTuple):
    """The moments of n events, microseconds: of the calendar, and of working time."""

    calendar: Ints
    working: Ints


class _Piece(NamedTuple):
    """A piece as it is worked on. case: shape (n,), counted from 0 in the piece; same: shape (n - 1,), the next event is of the case."""

    number: int
    case: Codes
    same: Mask
    starts: Ints
    ends: Ints
    times: Times
    activity: Ints
    unit: Codes


@dataclass
class Reading:
    """What one worker has read. Several are joined by `extend`. met: who stood at steps, in units and in lines, of all workers."""

    setting: Setting
    met: tuple[Met, Met, Met]
    events: int = 0
    cases: int = 0
    loops: int = 0
    repeats: int = 0
    crossing_cases: int = 0
    ping_pong_cases: int = 0
    span: list[int] = field(default_factory=list)
    persons: list[Ints] = field(default_factory=list)
    lead_calendar: list[Ints] = field(default_factory=list)
    lead_working: list[Ints] = field(default_factory=list)
    step_events: Sums = field(default_factory=Sums)
    step_cases: Sums = field(default_factory=Sums)
    unit_events: list[Ints] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.variants = Variants(self.setting.names.activity)
        self.steps, self.units, self.lines = map(Passages, self.met)
        self.doubtful = {
            name: Doubtful(self.units.size) for name in ("crossings", "back", "crossing_cases", "ping_pong_cases")
        }

    def add(self, events: Events, number: int) -> None:
        """Reads a piece of whole cases; number: a different one for each piece."""
        first = events.first_of_case()
        starts = np.flatnonzero(first)
        piece = _Piece(
            number,
            np.cumsum(first, dtype=np.int32) - np.int32(1),
            ~first[1:],
            starts,
            np.append(starts[1:], len(first)) - 1,
            Times(events.time, self.setting.week.hours_since_epoch(events.time)),
            events.activity.astype(np.int64),
            self.setting.units.take(events.unit, mode="wrap"),
        )
        self.events += len(first)
        self.cases += len(starts)
        self.span += (int(events.time.min()), int(events.time.max()))
        self.persons.append(_told(events.person))
        self.unit_events.append(_told(piece.unit))
        for parts, moments in ((self.lead_calendar, piece.times.calendar), (self.lead_working, piece.times.working)):
            parts.append(moments[piece.ends] - moments[piece.starts])
        self.variants.add(first, events.activity)
        self._read_steps(piece, events.person)
        turns = self._read_units(piece, events.person)
        lines = None
        if self.lines.size:
            lines = self._read_turns(self.lines, piece, events.product_line, events.person)
        self._read_crossings(piece, turns, lines)

    def _read_steps(self, piece: _Piece, person: Codes) -> None:
        groups = grouped(piece.activity, self.steps.size)
        self.step_events.add(groups.keys, groups.rows)
        self.step_cases.add(groups.keys, cases_of(groups, piece.case))
        order = groups.order
        again = (piece.case[order][1:] == piece.case[order][:-1]) & (
            piece.activity[order][1:] == piece.activity[order][:-1]
        )
        later = again & (np.diff(order) > 1)
        self.loops += len(np.unique(piece.case[order[1:][later]]))
        at_once = (piece.activity[1:] == piece.activity[:-1]) & piece.same
        self.repeats += distinct_runs(piece.case[1:][at_once])
        giver = np.flatnonzero(piece.same)
        keys = piece.activity[:-1] * self.steps.size
        keys += piece.activity[1:]
        waits = (np.diff(moments).take(giver) for moments in piece.times)
        self.steps.add(keys.take(giver), piece.case.take(giver), *waits)
        self.steps.met.add(person, piece.activity, giver, giver + 1)

    def _read_turns(self, passages: Passages, piece: _Piece, holder: Codes, person: Codes) -> Turns:
        turns = turns_of(piece.case, holder)
        keys = turns.source.astype(np.int64)
        keys *= passages.size
        keys += turns.target
        case = piece.case.take(turns.giver)
        waits = (moments.take(turns.receiver) - moments.take(turns.giver) for moments in piece.times)
        passages.add(keys, case, *waits)
        passages.add_back(keys[turns.back], case[turns.back])
        passages.met.add(person, holder, turns.giver, turns.receiver)
        return turns

    def _read_units(self, piece: _Piece, person: Codes) -> Turns:
        turns = self._read_turns(self.units, piece, piece.unit, person)
        for name, which in (("crossing_cases", np.ones_like(turns.back)), ("ping_pong_cases", turns.back)):
            source, target, case = turns.source[which], turns.target[which], piece.case[turns.giver[which]]
            sure = self.enough()[source] & self.enough()[target]
            counted = np.zeros(len(piece.starts), dtype=np.bool_)
            counted[case[sure]] = True
            setattr(self, name, getattr(self, name) + int(np.count_nonzero(counted)))
            rest = ~counted[case]
            key = np.zeros(int(np.count_nonzero(rest)), dtype=np.int64)
            self.doubtful[name].add(source[rest], target[rest], key, _everywhere(piece, case[rest]))
        return turns

    def _read_crossings(self, piece: _Piece, turns: Turns, lines: Turns | None) -> None:
        """Where a step passes to the next one and the unit or the line changes."""
        crossed, back = np.zeros(len(piece.case), dtype=np.bool_), np.zeros(len(piece.case), dtype=np.bool_)
        next_to = turns.receiver == turns.giver + 1
        crossed[turns.giver[next_to]] = True
        back[turns.giver[next_to & turns.back]] = True
        if lines is not None:
            crossed[lines.giver[lines.receiver == lines.giver + 1]] = True
        enough = np.append(self.enough(), True)
        giver = np.flatnonzero(crossed)
        source, target = piece.unit[giver], piece.unit[giver + 1]
        sure = enough[source] & enough[target]
        key = piece.activity[giver] * self.steps.size + piece.activity[giver + 1]
        self.steps.add_crossings(key[sure])
        rest, case = ~sure, piece.case[giver]
        self.doubtful["crossings"].add(source[rest], target[rest], key[rest], _everywhere(piece, case[rest]))
        went_back = back[giver]
        self.steps.add_back(key[went_back & sure], case[went_back & sure])
        rest &= went_back
        once = case.astype(np.int64) * self.steps.top + key  # a case is counted once for a passage
        rest[rest] = ~np.isin(once[rest], once[went_back & sure])
        self.doubtful["back"].add(source[rest], target[rest], key[rest], _everywhere(piece, case[rest]))

    def enough(self) -> Mask:
        """Shape (units,): the units of which it is already sure that they are shown."""
        return (self.units.met.at_places() >= self.setting.threshold) | self.setting.known_enough

    def extend(self, other: "Reading") -> None:
        """Takes over what another worker has read."""
        for name in ("events", "cases", "loops", "repeats", "crossing_cases", "ping_pong_cases"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("span", "persons", "unit_events", "lead_calendar", "lead_working"):
            getattr(self, name).extend(getattr(other, name))
        for name in ("step_events", "step_cases", "variants", "steps", "units", "lines"):
            getattr(self, name).extend(getattr(other, name))
        for name, rows in other.doubtful.items():
            self.doubtful[name].extend(rows)

    def people_of(self, headcount: Mapping[str, int]) -> dict[str, int | None]:
        """Of each unit that occurs: people in the log; the head count where it tells nobody; None where that is not known."""
        told, names = self.units.met.at_places(), self.setting.unit_names
        occur = distinct(self.unit_events, max(len(names), 1)).tolist()
        return {names[unit]: int(told[unit]) or headcount.get(names[unit]) for unit in occur}

    def answer(self, headcount: Mapping[str, int], threshold: int) -> Flow:
        """The figures. See `measure`."""
        people_of = self.people_of(headcount)
        names = self.setting.unit_names
        shown = np.array([(people_of.get(name) or 0) >= threshold for name in names], dtype=np.bool_)
        more = self._settle(np.append(shown, True))
        people = len(distinct(self.persons, max(len(self.setting.names.person), 1)))
        between_steps, between_units, between_lines, variants, leads = each(
            lambda: self.steps.answer(self.setting.names.activity),
            lambda: self.units.answer(names, shown),
            lambda: self.lines.answer(self.setting.names.product_line, np.ones(self.lines.size, dtype=np.bool_)),
            lambda: self.variants.answer(self.setting.names.activity),
            lambda: [spread(_joined(parts)) for parts in (self.lead_calendar, self.lead_working)],
        )
        return Flow(
            cases=self.cases,
            events=self.events,
            pairs=self.events - self.cases,
            people=people or None,
            first=min(self.span, default=None),
            last=max(self.span, default=None),
            crossings=sum(one.n for one in between_units),
            crossing_cases=self.crossing_cases + more["crossing_cases"],
            ping_pong_cases=self.ping_pong_cases + more["ping_pong_cases"],
            lead_calendar=leads[0],
            lead_working=leads[1],
            variants=variants[0],
            loops=self.loops,
            repeats=self.repeats,
            top_variants=variants[1],
            steps=self._steps(),
            between_steps=between_steps,
            between_units=between_units,
            between_lines=between_lines,
            people_of=tuple(people_of.items()),
            withheld=tuple(name for name, people in people_of.items() if (people or 0) < threshold),
        )

    def _settle(self, shown: Mask) -> dict[str, int]:
        """Adds what had to wait until it is known which units are shown; answers the cases that come to the totals."""
        settled = {name: rows.shown(shown) for name, rows in self.doubtful.items()}
        self.steps.add_crossings(settled["crossings"][0])
        key, case = settled["back"]
        order = np.argsort(case, kind="stable")
        self.steps.add_back(key[order], case[order])
        return {name: len(np.unique(settled[name][1])) for name in ("crossing_cases", "ping_pong_cases")}

    def _steps(self) -> tuple[Step, ...]:
        wanted = distinct(self.step_events.keys, max(self.steps.size, 1))
        people = self.steps.met.at_places()[wanted]
        columns = (wanted, self.step_events.at(wanted), self.step_cases.at(wanted), people)
        rows = [
            Step(self.setting.names.activity[key], events, cases, people or None)
            for key, events, cases, people in zip(*(column.tolist() for column in columns), strict=True)
        ]
        return tuple(sorted(rows, key=lambda row: (-row.events, row.activity)))


def _everywhere(piece: _Piece, case: Codes) -> Ints:
    """Numbers of cases that no other piece has."""
    return case.astype(np.int64) + (piece.number << 32)


def _told(codes: Codes) -> Ints:
    """The codes that occur, rising."""
    return np.flatnonzero(present(codes))


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
