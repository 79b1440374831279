"""Makes the columns of the demo's event log from the world: cases walk, people do the steps, habits choose the channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonground.analysis.facts import Does, Handoff, Person, Process, Row, Unit
from commonground.demo.events_clock import Whole, begin_of, clocks
from commonground.demo.events_habits import CHANNELS, CONTACTS, PAPER, PHONE, SPREADSHEET, Habits, channels, habits
from commonground.demo.events_people import Crowd, Doers, crowd
from commonground.demo.events_routes import routes
from commonground.demo.events_walk import Walk
from commonground.demo.tree import PRODUCT_LINES, business_unit
from commonground.demo.world import World

R = TypeVar("R")
CRM, DISPATCH = 0, 1
SOURCES = ("CRM", "Dispatch")
OF_DISPATCH = frozenset((
    "plan-meter-visit", "read-meter-on-site", "read-last-meter", "plan-the-round", "send-the-crews", "walk-the-round",
    "change-the-meter", "go-and-stop", "repair-the-line", "lay-power", "lay-water", "find-the-leak",
    "close-the-valve", "mend-the-main",
))  # fmt: skip
# What the systems call some steps; the others bear the names of the register.
CALLED = {
    "return-deposit": "Deposit refund",
    "guess-readings": "EST-RDG",
    "test-the-water": "Lab: water test",
    "order-stop": "Disconn. order",
    "set-connection-date": "NC date set",
    "walk-the-round": "Walk the round and read",
}
LINES = tuple(PRODUCT_LINES.values())
POWER_SHARE, UNIT_MISSING, PERSON_MISSING = 0.6, 0.004, 0.006
FIRST_CASE, SOMETIMES = 100_001, 0.6
PILOT, BESIDE_STEPS = 400, 1.09  # cases walked to learn the length of a case; what notes add to the steps


def called(step: str, names: Mapping[str, str], region: int = 1) -> str:
    """What the systems call a step in a region. names: of the register's steps."""
    own = CALLED.get(step) or names[step]
    return own if region == 1 else f"{own} (region {region})"


class Note(NamedTuple):
    """Something done beside a step that no register holds. share: of the steps on that channel (None: of all of them)."""

    name: str
    steps: frozenset[str]
    on: int | None
    channel: int
    share: float


NOTES = (
    Note("Note it in the shared spreadsheet", CONTACTS, SPREADSHEET, SPREADSHEET, 0.55),
    Note("Copy the order to the crew's list", frozenset({"plan-meter-visit", "send-the-crews"}), PAPER, PAPER, 0.85),
    Note("Ask the foreman", frozenset({"plan-meter-visit", "call-the-crew"}), None, PHONE, 0.06),
)


@dataclass(frozen=True, eq=False)
class Made:
    """n events in order of time. case: place in `cases`; the others: places in their names, −1 where a row does not tell."""

    time: Whole
    case: NDArray[np.int64]
    activity: NDArray[np.int32]
    person: NDArray[np.int32]
    unit: NDArray[np.int32]
    line: NDArray[np.int32]
    channel: NDArray[np.int32]
    source: NDArray[np.int8]
    cases: pa.Array
    activities: pa.Array
    people: pa.Array
    units: pa.Array
    lines: pa.Array
    channels: pa.Array

    def __len__(self) -> int:
        return len(self.time)


class _Columns(NamedTuple):
    time: Whole
    case: NDArray[np.int64]
    activity: NDArray[np.int32]
    person: NDArray[np.int32]
    unit: NDArray[np.int32]
    line: NDArray[np.int32]
    channel: NDArray[np.int32]
    source: NDArray[np.int8]


class _Walked(NamedTuple):
    """Steps of a route in one region, by case and time. day: counted from today."""

    walk: Walk
    region: int
    time: Whole
    day: Whole
    case: NDArray[np.int64]
    step: NDArray[np.int64]
    person: NDArray[np.int64]
    line: NDArray[np.int32]


def make(world: World, *, events: int, seed: int, zone: str) -> Made:
    """About so many events of the large program, up to the night before the world's day."""
    maker = _Maker(world, seed, zone)
    blocks = maker.blocks(events)
    columns = _Columns._make(np.concatenate(column) for column in zip(*blocks, strict=True))
    order = np.argsort(columns.time, kind="stable")
    order = order[: np.searchsorted(columns.time, begin_of(world.days.today, zone), sorter=order)]
    columns = _Columns._make(column[order] for column in columns)
    rng = maker.rng
    columns.unit[rng.random(len(order)) < UNIT_MISSING] = -1
    columns.person[rng.random(len(order)) < PERSON_MISSING] = -1
    cases = pa.concat_arrays(maker.cases) if maker.cases else pa.array([], pa.string())
    names = (tuple(maker.activities), maker.people.ids, maker.unit_names, LINES, CHANNELS)
    return Made(*columns, cases, *(pa.array(one, pa.string()) for one in names))


class _Maker:
    def __init__(self, world: World, seed: int, zone: str) -> None:
        plot, rows = world.programs[0]
        self.rng = np.random.default_rng([seed, world.days.today.toordinal()])
        self.office, self.round = clocks(world.days, zone)
        self.people: Crowd = crowd(_only(world.organization["people"], Person), world.days.today)
        self.doers = Doers(self.people, _only(rows["does"], Does), world.by_name, self.rng)
        processes = _only(rows["processes"], Process)
        self.names = {row.id: row.name for row in processes}
        self.regions = max(1, len(rows["workflows"]) // len(plot.flows))
        self.walks = [
            Walk(route, self.round if route.round else self.office)
            for route in routes(_only(rows["handoffs"], Handoff), {row.id: row.unit or "" for row in processes})
        ]
        units = {row.id: row.name for row in _only(world.organization["units"], Unit)}  # the latest name stands last
        self.unit_codes = {key: number for number, key in enumerate(units)}
        self.unit_names = tuple(units.values())
        self.activities: dict[str, int] = {}
        self.cases: list[pa.Array] = []
        self.number = 0

    def blocks(self, events: int) -> list[_Columns]:
        """The events of each route in each region, sorted by case and time."""
        natural = sum(
            walk.route.cases * walk.route.weight * walk.share_of_cases() * self._length(walk) for walk in self.walks
        )
        factor = events / natural / BESIDE_STEPS / self.regions
        walked = [
            self._walk(walk, walk.route.cases * walk.route.weight * factor, region)
            for walk in self.walks
            for region in range(1, self.regions + 1)
        ]
        load = np.zeros(len(self.people.ids), np.int64)
        for one in walked:
            load += np.bincount(one.person, minlength=len(load))
        habit = habits(self.people, load, self.rng)
        return [self._block(one, habit) for one in walked]

    def _length(self, walk: Walk) -> float:
        rng = np.random.default_rng(PILOT)
        begins = walk.arrivals(PILOT / walk.share_of_cases(), rng)
        return len(walk.go(begins, rng).case) / max(1, len(begins))

    def _walk(self, walk: Walk, cases: float, region: int) -> _Walked:
        """The steps of a route in a region, by case and time, and who does them."""
        begins = walk.arrivals(cases, self.rng)
        walked = walk.go(begins, self.rng)
        order = np.argsort(walked.case, kind="stable")
        case, step, hour = walked.case[order], walked.step[order], walked.hour[order]
        time, day = walk.clock.moment(hour), walk.clock.day(hour)
        person = np.zeros(len(case), np.int64)
        for number, name in enumerate(walk.steps):
            there = np.flatnonzero(step == number)
            person[there] = self.doers.draw(name, self.doers.of(name, region, self.regions), day[there], self.rng)
        line = self._line(walk, region, step, self.rng.random(len(begins))[case])
        case += self._name_cases(walk.route.prefix, region, len(begins))
        return _Walked(walk, region, time, day, case, step, person, line)

    def _block(self, one: _Walked, habit: Habits) -> _Columns:
        """Their columns, with the channels, and what is done beside them."""
        steps, step, person = one.walk.steps, one.step, one.person
        contact = np.array([name in CONTACTS for name in steps])[step]
        channel = channels(habit, self.people, person, one.day, contact, one.case, one.time, self.rng)
        codes = np.array([self._activity(name, one.region) for name in steps], np.int32)
        source = np.array([DISPATCH if name in OF_DISPATCH else CRM for name in steps], np.int8)
        unit = self.people.units_on(person, one.day, self.unit_codes).astype(np.int32)
        made = _Columns(
            one.time,
            one.case,
            codes[step],
            person.astype(np.int32),
            unit,
            one.line,
            channel.astype(np.int32),
            source[step],
        )
        notes = [self._note(note, made, np.isin(steps, list(note.steps))[step]) for note in NOTES]
        return _Columns._make(np.concatenate(column) for column in zip(made, *notes, strict=True))

    def _activity(self, step: str, region: int) -> int:
        return self.activities.setdefault(called(step, self.names, region), len(self.activities))

    def _name_cases(self, prefix: str, region: int, number: int) -> int:
        """Names the cases of a route; returns the place of the first."""
        first, begins = self.number, f"{prefix}-" if region == 1 else f"{prefix}{region}-"
        numbers = pc.cast(pa.array(np.arange(FIRST_CASE, FIRST_CASE + number)), pa.string())
        self.cases.append(pc.binary_join_element_wise(begins, numbers, ""))
        self.number += number
        return first

    def _line(self, walk: Walk, region: int, step: NDArray[np.int64], chance: NDArray[np.float64]) -> NDArray[np.int32]:
        """The product line of each step: that of its case, else of the unit that does it, else none."""
        if walk.route.line == "any":
            return np.where(chance < POWER_SHARE, 0, 1).astype(np.int32)
        if walk.route.line:
            return np.full(len(step), LINES.index(walk.route.line), np.int32)
        homes = [business_unit(self.people.unit[self.doers.of(name, region, self.regions)[0]]) for name in walk.steps]
        lines = [LINES.index(PRODUCT_LINES[home]) if home in PRODUCT_LINES else -1 for home in homes]
        return np.array(lines, np.int32)[step]

    def _note(self, note: Note, steps: _Columns, fits: NDArray[np.bool_]) -> _Columns:
        """What some do besides, a few minutes after the step."""
        if note.on is not None:
            fits = fits & (steps.channel == note.on)
        there = np.flatnonzero(fits & (self.rng.random(len(fits)) < note.share))
        own = _Columns._make(column[there] for column in steps)
        return own._replace(
            time=own.time + self.rng.integers(60, 900, len(there)) * 1_000_000,
            activity=np.full(len(there), self.activities.setdefault(note.name, len(self.activities)), np.int32),
            channel=np.full(len(there), note.channel, np.int32),
        )


def _only(rows: Sequence[Row], kind: type[R]) -> list[R]:
    return [row for row in rows if isinstance(row, kind)]
