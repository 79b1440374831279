"""The made event log holds the story: its figures are those that `work.py` tells, measured by the product's own measuring."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from commonground.analysis.events import Events
from commonground.analysis.flow.figures import Flow, Passage
from commonground.analysis.flow.measure import measure
from commonground.analysis.flow.working_time import WorkingWeek
from commonground.demo.events import AGREEMENTS, demo_rows, one_log
from commonground.demo.events_clock import EPOCH, begin_of, clocks, closed_on
from commonground.demo.events_habits import CRM as SHARED
from commonground.demo.events_habits import DIP
from commonground.demo.events_made import CALLED, NOTES, SOURCES, Made, make
from commonground.demo.tree import business_unit
from commonground.demo.work import AS_IS, STEPS
from commonground.demo.world import World, build
from commonground.events.coding import code_rows

DAY = date(2026, 9, 14)
ZONE = "Europe/Amsterdam"
NUMBER = 300_000


@pytest.fixture(scope="module")
def world() -> World:
    return build(today=DAY)


@pytest.fixture(scope="module")
def made(world: World) -> Made:
    return make(world, events=NUMBER, seed=1, zone=ZONE)


@pytest.fixture(scope="module")
def log(made: Made) -> Events:
    return code_rows(one_log(made))


@pytest.fixture(scope="module")
def homes(world: World, made: Made) -> np.ndarray:
    """The business unit of each made event; empty where the row tells none."""
    of_name = {row.name: business_unit(row.id) for row in world.organization["units"]}
    return np.array([*(of_name[name] for name in made.units.to_pylist()), ""])[made.unit]


def names_of(flow: str) -> dict[str, str]:
    """Step → what the log calls it."""
    return {step.id: CALLED.get(step.id) or step.name for step in STEPS[flow]}


def measured(log: Events, world: World, flow: str, months: tuple[int, int] = (-3, 0)) -> Flow:
    """A workflow's cases whose last event lies in these months, its units taken together by business unit."""
    wanted = set(names_of(flow).values())
    own = np.array([name in wanted for name in log.names.activity])
    events = log.only(own[log.activity])
    begins = np.flatnonzero(events.first_of_case())
    last = events.time[np.append(begins[1:], len(events)) - 1]
    first, end = (begin_of(world.days.month(month), ZONE) for month in months)
    keep = np.repeat((last >= first) & (last < end), np.diff(np.append(begins, len(events))))
    of_name = {row.name: business_unit(row.id) for row in world.organization["units"]}
    week = WorkingWeek(closed_on=frozenset(closed_on(world.days)), zone=ZONE)
    return measure([events.only(keep)], week=week, unit_names=tuple(of_name[name] for name in log.names.unit))


def between(flow: Flow, told: str, source: str, target: str) -> Passage | None:
    names = names_of(told)
    found = (one for one in flow.between_steps if (one.source, one.target) == (names[source], names[target]))
    return next(found, None)


def test_about_as_many_as_asked_for(made: Made, world: World) -> None:
    assert abs(len(made) - NUMBER) < 0.04 * NUMBER
    assert abs(len(make(world, events=20_000, seed=1, zone=ZONE)) - 20_000) < 2_000


def test_the_same_for_the_same_seed_and_day(world: World) -> None:
    one, two, other = (make(world, events=5_000, seed=seed, zone=ZONE) for seed in (1, 1, 2))
    assert np.array_equal(one.time, two.time)
    assert np.array_equal(one.person, two.person)
    assert len(one) != len(other) or not np.array_equal(one.time, other.time)


@pytest.mark.parametrize(
    "flow", ["move-in", "move-out", "connection", "bill-query", "payment", "complaint", "meter-round"]
)
def test_waits_are_those_that_are_told(log: Events, world: World, flow: str) -> None:
    """Medians of the latest three full months, in working hours; the fewer cases, the wider the tolerance (three standard errors)."""
    figures = measured(log, world, flow)
    checked = 0
    for source, target, _, wait, _, _ in AS_IS[flow]:
        one = between(figures, flow, source, target)
        if one is None or one.n < 100:
            continue
        spread = 0.7 if wait < 2 else 0.55
        tolerance = 3 * 1.2533 * spread / one.n**0.5 + 0.03
        assert one.working.median == pytest.approx(wait, rel=tolerance), (source, target)
        checked += 1
    assert checked >= 2


def test_what_comes_back_is_what_is_told(made: Made, log: Events, world: World) -> None:
    """Share of cases in which a step is followed by the next one and then by itself again: 22 % of the readings among them."""
    for flow in ("move-in", "bill-query", "payment"):
        for source, target, _, _, cases, back in AS_IS[flow]:
            n, again = _returns(log, names_of(flow), source, target, begin_of(world.days.month(-3), ZONE))
            if n >= 200:
                assert again / n == pytest.approx(back / cases, abs=3 * (0.25 / n) ** 0.5 + 0.01), (source, target)


def _returns(log: Events, names: dict[str, str], source: str, target: str, since: int) -> tuple[int, int]:
    codes = {name: place for place, name in enumerate(log.names.activity)}
    here, there = codes[names[source]], codes[names[target]]
    own = np.isin(log.activity, [codes[name] for name in names.values() if name in codes])
    events = log.only(own & (log.time >= since))
    one, case = events.activity, events.case
    passed = (one[:-1] == here) & (one[1:] == there) & (case[:-1] == case[1:])
    back = passed[:-1] & (one[2:] == here) & (case[2:] == case[1:-1])
    return len(np.unique(case[:-1][passed])), len(np.unique(case[:-2][back]))


def test_power_to_water_waits_longest(log: Events, world: World) -> None:
    figures = measured(log, world, "move-in")
    waits = {(one.source, one.target): one.working.median or 0 for one in figures.between_units if one.n > 300}
    assert max(waits, key=lambda pair: waits[pair]) == ("el", "wa")
    assert waits["el", "wa"] / 8 == pytest.approx(4.8, abs=0.4)
    assert figures.ping_pong_cases > 0.3 * figures.cases
    assert figures.lead_working.median == pytest.approx(138.4, rel=0.06)


def test_shares_of_ways_are_those_of_the_register(log: Events, world: World) -> None:
    """484 of 2,180 sheets are followed by a chase for readings."""
    figures = measured(log, world, "move-in")
    chased = between(figures, "move-in", "type-in-sheet", "chase-readings")
    billed = between(figures, "move-in", "type-in-sheet", "make-first-bill")
    assert chased is not None
    assert billed is not None
    assert chased.cases / (chased.cases + billed.cases) == pytest.approx(484 / 2180, abs=0.04)


def test_two_workflows_became_shorter_and_one_crossing_longer(log: Events, world: World) -> None:
    def lead(flow: str, months: tuple[int, int]) -> float:
        return measured(log, world, flow, months).lead_working.median or 0.0

    assert lead("bill-query", (-3, 0)) < 0.6 * lead("bill-query", (-18, -12))
    assert lead("complaint", (-3, 0)) < 0.85 * lead("complaint", (-12, -6))
    before = between(measured(log, world, "move-in", (-12, -6)), "move-in", "read-meter-on-site", "type-in-sheet")
    now = between(measured(log, world, "move-in"), "move-in", "read-meter-on-site", "type-in-sheet")
    assert before is not None
    assert now is not None
    assert (now.working.median or 0) > 1.5 * (before.working.median or 0)


def test_a_leak_seldom_comes_back(log: Events, world: World) -> None:
    """One workflow stays below the ten of a hundred that FLOW-02 asks about, others do not."""
    leak, move_out = measured(log, world, "leak"), measured(log, world, "move-out")
    assert leak.ping_pong_cases < 0.1 * leak.cases
    assert move_out.ping_pong_cases > 0.1 * move_out.cases


def test_a_unit_of_few_people_is_withheld(log: Events, world: World) -> None:
    figures = measured(log, world, "key-year")
    assert "ka" in figures.withheld
    assert figures.between_units == ()


def test_some_of_it_is_in_no_register_and_some_under_another_name(made: Made) -> None:
    registered = {name for flow in STEPS for name in (step.name for step in STEPS[flow])}
    counts = np.bincount(made.activity, minlength=len(made.activities)) / len(made)
    share = dict(zip(made.activities.to_pylist(), counts.tolist(), strict=True))
    beside = {name for name in share if name not in registered and name not in CALLED.values()}
    assert beside == {note.name for note in NOTES}
    assert sum(1 for name in beside if share[name] > 0.01) == 2
    assert sum(1 for name in beside if share[name] < 0.01) == 1
    assert set(CALLED.values()) <= set(share)


def test_cases_are_open_at_the_end_and_nothing_lies_ahead(made: Made, log: Events, world: World) -> None:
    assert made.time[-1] < begin_of(DAY, ZONE)
    assert made.time[0] >= begin_of(world.days.month(-18), ZONE)
    names = log.names.activity
    last = np.append(np.flatnonzero(log.first_of_case())[1:], len(log)) - 1
    planned = np.array([name == "Check the power supply point" for name in names])
    assert planned[log.activity[last]].sum() >= 5


def test_a_few_rows_tell_no_unit_or_nobody(made: Made) -> None:
    for column in (made.unit, made.person):
        assert 0.001 < (column < 0).mean() < 0.01


def test_people_work_while_they_are_there(made: Made, world: World) -> None:
    """Nobody does anything before they came or after they left; those who have left did. A night's hour may be of the day before in UTC."""
    days = (made.time // 86_400_000_000).astype(int)
    there: dict[str, tuple[date, date]] = {}
    for row in world.organization["people"]:
        first, end = there.get(row.id, (date.max, date.min))
        there[row.id] = (min(first, row.start or date.min), max(end, row.end or date.max))
    ids, gone = made.people.to_pylist(), 0
    for code in np.unique(made.person[made.person >= 0]):
        own = days[made.person == code]
        start, end = there[ids[code]]
        assert EPOCH + timedelta(days=int(own.min()) + 1) >= start
        assert EPOCH + timedelta(days=int(own.max())) < end
        gone += end <= DAY
    assert gone >= 3


def test_office_work_is_done_in_office_hours(world: World) -> None:
    """On both sides of a change of the clock, by an independent way: datetime itself."""
    office, _ = clocks(world.days, ZONE)
    for moment in office.moment(np.linspace(0, office.end - 0.01, 500)):
        at = np.datetime64(int(moment), "us").astype("datetime64[us]").item().replace(tzinfo=ZoneInfo("UTC"))
        local = at.astimezone(ZoneInfo(ZONE))
        assert 8 <= local.hour < 16
        assert local.weekday() < 5


def test_the_new_way_spreads_and_not_everywhere(made: Made, homes: np.ndarray) -> None:
    """By business unit: rising after its cut-over, dipping soon after, flat in Water, turning back in Metering."""
    day = (made.time // 86_400_000_000).astype(int) - (DAY - EPOCH).days

    def share(home: str, first: int, end: int) -> float:
        there = (homes == home) & (day >= first) & (day < end)
        return float((made.channel[there] == SHARED).mean())

    for home in ("cc", "bi", "me", "el"):
        assert share(home, -530, -340) < 0.08
    assert share("cc", -28, 0) == pytest.approx(0.59, abs=0.11)
    assert share("bi", -28, 0) == pytest.approx(0.53, abs=0.13)
    assert share("cc", *DIP) < 0.8 * share("cc", DIP[0] - 14, DIP[0])
    assert share("cc", DIP[1] + 28, DIP[1] + 84) > 1.5 * share("cc", *DIP)
    assert share("me", -14, 0) < 0.8 * share("me", -49, -35)
    assert abs(share("wa", -56, 0) - share("wa", -168, -112)) < 0.08


def test_deliveries_of_two_sources_overlap_and_together_are_the_log(world: World, made: Made) -> None:
    parts = demo_rows(world, events=NUMBER, seed=1, zone=ZONE)
    assert [part.source for part in parts] == [source for source in SOURCES for _ in range(3)]
    assert all(part.agreement == AGREEMENTS[part.source] and part.agreed_on < DAY for part in parts)
    assert sum(part.events for part in parts) > len(made)
    ids: set[str] = set()
    dispatched: set[tuple[object, ...]] = set()
    for part in parts:
        assert part.events == sum(len(rows) for rows in part.pieces())
        for rows in part.pieces():
            if rows.id is not None:
                ids.update(rows.id.to_pylist())
            else:
                dispatched.update(
                    zip(rows.case.to_pylist(), rows.time.tolist(), rows.activity.to_pylist(), strict=True)
                )
    assert len(ids) == (made.source == 0).sum()
    assert len(dispatched) == pytest.approx((made.source == 1).sum(), abs=3)


def test_at_scale_each_region_has_its_own_work() -> None:
    large = build(today=DAY, people=5000)
    made = make(large, events=30_000, seed=1, zone=ZONE)
    names = made.activities.to_pylist()
    assert "Take the move-in call (region 2)" in names
    assert abs(len(made) - 30_000) < 3_000
