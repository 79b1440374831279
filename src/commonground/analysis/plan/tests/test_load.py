"""Against a table worked by hand: Office, 10 people. Course: 6 h each, Mon 26 Jan to Fri 6 Feb 2026, ten working days, five in January."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.plan.load import Blackout, Load, Room, Task, by_month, free_between, gathered, working_days
from commonground.analysis.plan.moving import what_to_move

TODAY = date(2026, 1, 1)
JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
COURSE = Task("course", date(2026, 1, 26), date(2026, 2, 7), 6 * 60, {"office": 10})


def test_hours_are_spread_over_working_days() -> None:
    assert len(working_days(COURSE)) == 10
    assert by_month(COURSE) == {("office", JAN): 30 * 60, ("office", FEB): 30 * 60}
    load = Load([COURSE], {"office": 10}, [Room("office", 2 * 60)])
    cell = load.cell("office", JAN)
    assert (cell.hours, cell.room_hours, cell.over) == (3.0, 2.0, 10 * 60)
    assert load.months == (JAN, FEB)
    assert [one.month for one in load.overloads] == [JAN, FEB]


def test_the_nearest_unit_says_what_room_there_is_and_only_while_it_holds() -> None:
    rooms = [Room(None, 600), Room("house", 300), Room("office", 120, None, date(2026, 1, 15))]
    load = Load([], {}, rooms, within={"office": ("office", "house")})
    assert load.room("office", JAN) == 120
    assert load.room("office", FEB) == 300
    assert load.room("elsewhere", FEB) == 600
    assert Load([], {}).room("office", JAN) is None


def test_days_on_which_a_unit_cannot_strike_all_units_within() -> None:
    closed = Blackout("house", date(2026, 1, 26), date(2026, 1, 28), "year end")
    load = Load([COURSE], {"office": 10}, (), [closed], {"office": ("office", "house")})
    assert [(one.task, one.unit, one.days, one.minutes) for one in load.clashes] == [("course", "office", 2, 720)]
    assert load.too_much(TODAY) == 720


def test_units_that_are_too_small_are_told_with_the_one_above() -> None:
    within = {"a": ("a", "h"), "b": ("b", "h"), "c": ("c", "h"), "h": ("h",)}
    assert gathered({"a": 9, "b": 3, "c": 4}, within, 8) == {"a": "a", "b": "h", "c": "h"}


def test_what_is_under_way_or_delivered_is_never_moved() -> None:
    load = Load([COURSE], {"office": 10}, [Room(None, 60)])
    assert what_to_move(load, TODAY) is None
    with pytest.raises(ValueError, match="cannot be moved"):
        load.moved({"course": MAR})


def test_two_moves_take_the_overload_away_and_one_does_not() -> None:
    def task(key: str, hours: int) -> Task:
        one = Task(key, date(2026, 2, 2), date(2026, 2, 3), hours * 60, {"office": 10})
        return free_between(one, TODAY, None, 8)

    load = Load([task("a", 4), task("b", 4), task("c", 4)], {"office": 10}, [Room(None, 4 * 60)])
    proposal = what_to_move(load, TODAY)
    assert proposal is not None
    assert len(proposal.moves) == 2
    assert proposal.fewest
    assert (proposal.before, proposal.after) == (8 * 60 * 10, 0)
    assert proposal.changes(load)


START = st.dates(date(2026, 1, 5), date(2026, 4, 30))
TASKS = st.lists(
    st.builds(
        lambda start, days, minutes, people, free: free_between(
            Task("", start, start + timedelta(days=days), minutes, people), TODAY, None, free
        ),
        START,
        st.integers(0, 70),
        st.integers(0, 900),
        st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(1, 40), min_size=1),
        st.integers(0, 4),
    ),
    max_size=4,
).map(lambda tasks: [task._replace(key=str(number)) for number, task in enumerate(tasks)])
PEOPLE = {"a": 10, "b": 20, "c": 5}
WITHIN = {"a": ("a", "top"), "b": ("b", "top"), "c": ("c",)}
ROOMS = st.lists(st.builds(Room, st.sampled_from([None, "a", "top"]), st.integers(0, 600)), max_size=3)
BLACKOUTS = st.lists(
    st.builds(
        lambda unit, day: Blackout(unit, day, day + timedelta(days=9)), st.sampled_from([None, "b", "top"]), START
    ),
    max_size=2,
)


@given(TASKS)
def test_every_schedules_hours_add_up(tasks: list[Task]) -> None:
    load = Load(tasks, PEOPLE)
    assert sum(cell.minutes for cell in load.cells) == sum(task.total for task in tasks)
    for task in tasks:
        assert sum(by_month(task).values()) == task.total


@settings(max_examples=40, deadline=None)
@given(TASKS, ROOMS, BLACKOUTS)
def test_moving_an_activity_never_hides_an_overload(
    tasks: list[Task], rooms: list[Room], blackouts: list[Blackout]
) -> None:
    load = Load(tasks, PEOPLE, rooms, blackouts, WITHIN)
    proposal = what_to_move(load, TODAY)
    if proposal is None:
        return
    moves = {move.task: move.to for move in proposal.moves}
    anew = [task.begun_on(moves[task.key]) if task.key in moves else task for task in tasks]
    whole = Load(anew, PEOPLE, rooms, blackouts, WITHIN)
    assert proposal.after == whole.too_much(TODAY) < proposal.before == load.too_much(TODAY)
    assert whole.overloads == proposal.load.overloads
    assert sum(cell.minutes for cell in whole.cells) == sum(task.total for task in tasks)
    assert all(
        task.earliest and task.earliest <= moves[task.key] <= (task.latest or TODAY)
        for task in tasks
        if task.key in moves
    )


@settings(max_examples=25, deadline=None)
@given(TASKS, ROOMS)
def test_no_fewer_moves_do_it_than_the_fewest(tasks: list[Task], rooms: list[Room]) -> None:
    """The oracle tries every day of every activity, one at a time."""
    load = Load(tasks, PEOPLE, rooms, (), WITHIN)
    proposal = what_to_move(load, TODAY)
    ways = [
        [task.start + timedelta(weeks=week) for week in range(-4, 5) if task.start and task.earliest and task.latest
         and task.earliest <= task.start + timedelta(weeks=week) <= task.latest]
        for task in tasks
    ]  # fmt: skip
    for task, days in zip(tasks, ways, strict=True):
        for day in days:
            left = load.moved({task.key: day}).too_much(TODAY)
            if left == 0 < load.too_much(TODAY):
                assert proposal is not None
                assert (len(proposal.moves), proposal.after, proposal.fewest) == (1, 0, True)
    if len(tasks) == 2 and proposal is not None and proposal.after:
        both = (dict(zip("01", days, strict=True)) for days in product(*ways))
        assert all(load.moved(moves).too_much(TODAY) for moves in both)
