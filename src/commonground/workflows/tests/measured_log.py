"""A log of half a year around a cut-over, with figures worked out by hand: 180 cases of one workflow over three business units.

Each case: a call (Customers, 9 people), the check of the supply (Grid, 9 people), the check of the water (Water, 7 people, too few),
the bill (Customers, 9 people). Thirty cases a month, January to June 2026, each within one month. Days are Mondays to Thursdays at nine,
so that a day later is eight working hours later.

    wait of Grid    16 working hours until March, 8 from April on
    wait of Water   8 hours (never shown)
    wait of Billing 4 hours
    every fifth case goes back from Grid to Customers and to Grid again, an hour each
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from tests.cast import AT, Cast

from commonground.analysis.events import Events, Names
from commonground.events.models import Log
from commonground.organization.models import Unit, UnitPeriod
from commonground.workflows.measuring import measure_log
from commonground.workflows.models import Handoff, Process
from commonground.workflows.seen import NAME, SeenActivity

MONTHS, CASES = 6, 30
CALL, SUPPLY, WATER, BILL, ASK = "Take the call", "Check the supply", "Check the water", "Write the first bill", "Ask"
UNITS = {"customers": "Customers", "grid": "Grid", "water": "Water"}
CREWS = {"customers": 9, "grid": 9, "water": 7}
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Row:
    """One event before it is coded."""

    case: int
    activity: str
    time: datetime
    person: str
    unit: str


def rows() -> list[Row]:
    """The events, in order of case and time."""
    found: list[Row] = []
    for number in range(MONTHS * CASES):
        month, place = divmod(number, CASES)
        first = date(2026, month + 1, 1)
        monday = first + timedelta(days=(7 - first.weekday()) % 7)
        day = datetime.combine(monday + timedelta(days=7 * (place % 3)), datetime.min.time(), UTC) + 9 * HOUR
        found += case(number, day, timedelta(days=2 if month < 3 else 1), returns=place % 5 == 0)
    return found


def case(number: int, start: datetime, wait: timedelta, *, returns: bool) -> list[Row]:
    def by(unit: str) -> str:
        return f"{unit}-{number % CREWS[unit]}"

    at = start
    found = [Row(number, CALL, at, by("customers"), "customers")]
    at += wait
    found.append(Row(number, SUPPLY, at, by("grid"), "grid"))
    if returns:
        found.append(Row(number, ASK, at + HOUR, by("customers"), "customers"))
        found.append(Row(number, SUPPLY, at + 2 * HOUR, by("grid"), "grid"))
    at += timedelta(days=1)
    found.append(Row(number, WATER, at, by("water"), "water"))
    found.append(Row(number, BILL, at + 4 * HOUR, by("customers"), "customers"))
    return found


def coded(given: Iterable[Row]) -> Events:
    """The events as the store gives them."""
    given = list(given)
    columns = [
        [row.activity for row in given],
        [row.person for row in given],
        [UNITS.get(row.unit, row.unit) for row in given],
    ]
    names = [tuple(dict.fromkeys(text for text in column if text)) for column in columns]
    codes = [
        np.array([known.index(text) if text else -1 for text in column], np.int32)
        for known, column in zip(names, columns, strict=True)
    ]
    time = np.array([int(row.time.timestamp()) * 1_000_000 for row in given], np.int64)
    number, nothing = np.array([row.case for row in given], np.uint64), np.full(len(given), -1, np.int32)
    return Events(number, time, codes[0], codes[1], codes[2], nothing, nothing, Names(*names))


class Store:
    """Stands for the event store of one log."""

    def __init__(self, block: Events) -> None:
        self.block = block

    def blocks(self, columns: Any = None) -> Iterable[Events]:
        return iter([self.block]) if len(self.block) else iter(())


@dataclass(frozen=True)
class Flowing:
    """The log, what it is about, and the cast around it."""

    cast: Cast
    log: Log
    steps: dict[str, Process]

    @property
    def program(self) -> Any:
        return self.cast.program


def set_up(cast: Cast, given: Iterable[Row] | None = None) -> Flowing:
    """The register of the workflow, and the log with its links; nothing is measured yet."""
    grid = Unit.objects.create(key="GRD")
    path = f"/{cast.units['root'].pk}/{grid.pk}/"
    UnitPeriod.objects.create(unit=grid, name="Grid", parent=cast.units["root"], business_unit=True, path=path)
    flow: Any = cast.things["workflow"]
    steps = {row.name: row for row in Process.objects.filter(workflow=flow)}
    for order, (name, unit) in enumerate(
        [(SUPPLY, grid), (WATER, cast.units["water"]), (ASK, cast.units["billing"])], 5
    ):
        steps[name] = Process.objects.create(
            program=cast.program, key=f"s{order}", name=name, workflow=flow, unit=unit, order=order
        )
    for one, two in ((CALL, SUPPLY), (SUPPLY, WATER), (WATER, BILL)):
        Handoff.objects.create(
            program=cast.program, workflow=flow, from_process=steps[one], to_process=steps[two], carries="a form"
        )
    given = rows() if given is None else list(given)
    log = Log.objects.create(
        key="crm", name="CRM", days=[0, 1, 2, 3, 4], generation=1, events=len(given), first=AT, last=AT
    )
    if given:
        log.first, log.last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 6, 30, tzinfo=UTC)
        log.save()
    for name, process in steps.items():
        SeenActivity.objects.create(
            program=cast.program, log=log, activity=name, process=process, how=NAME, events=1, at=AT
        )
    return Flowing(cast, log, steps)


@pytest.fixture
def unmeasured(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Flowing:
    found = set_up(cast)
    hold(monkeypatch, rows())
    return found


@pytest.fixture
def flowing(unmeasured: Flowing) -> Flowing:
    """The log, measured."""
    measure_log(unmeasured.log, at=AT)
    return unmeasured


def hold(monkeypatch: pytest.MonkeyPatch, given: Iterable[Row]) -> None:
    """Puts these events into the store of every log."""
    block = coded(given)
    monkeypatch.setattr(Log, "store", lambda log: Store(block))
