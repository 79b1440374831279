"""The four operations of a line against a brute-force table of days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.organization import timeline
from commonground.organization.timeline import FOREVER, Line, OverlapError, Span, TreeError

DAY0 = date(2026, 1, 1)
DAYS = 20
Table = list[str | None]


def day(number: int) -> date:
    return DAY0 + timedelta(days=number)


def table(line: Line[str]) -> Table:
    """The value of each day, one by one."""
    found = [timeline.at(line, day(number)) for number in range(DAYS)]
    return [span.value if span else None for span in found]


steps = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.integers(0, DAYS - 1), st.integers(1, DAYS), st.sampled_from("ab")),
        st.tuples(st.just("change"), st.integers(0, DAYS - 1), st.just(0), st.sampled_from("abc")),
        st.tuples(st.just("throughout"), st.integers(0, DAYS - 1), st.just(0), st.sampled_from("abc")),
        st.tuples(st.just("end"), st.integers(0, DAYS - 1), st.just(0), st.just("")),
    ),
    max_size=12,
)


def replay(known: Table, starts: set[int], kind: str, on: int, length: int, value: str) -> Table | None:
    """The same step on the table of days; None when it is to be refused. starts: days on which the line has a new span."""
    new = list(known)
    if kind == "open":
        if any(known[on : on + length]):
            return None
        new[on : on + length] = [value] * len(new[on : on + length])
    elif kind == "change":
        if known[on] is None:
            return None
        number = on
        while number < DAYS and known[number] == known[on] and (number == on or number not in starts):
            new[number] = value
            number += 1
    elif kind == "throughout":
        new[on:] = [value if held else None for held in known[on:]]
    else:
        new[on:] = [None] * (DAYS - on)
    return new


def applied(line: Line[str], kind: str, on: int, length: int, value: str) -> Line[str]:
    if kind == "open":
        return timeline.opened(line, day(on), day(min(on + length, DAYS)), value)
    if kind == "change":
        return timeline.changed(line, day(on), lambda _: value)
    if kind == "throughout":
        return timeline.changed_throughout(line, day(on), lambda _: value)
    return timeline.ended(line, day(on))


@given(steps)
def test_each_step_equals_the_brute_force_replay(taken: list[tuple[str, int, int, str]]) -> None:
    line: Line[str] = ()
    for kind, on, length, value in taken:
        before = table(line)
        starts = {(span.start - DAY0).days for span in line}
        expected = replay(before, starts, kind, on, length, value)
        try:
            line = applied(line, kind, on, length, value)
        except (OverlapError, KeyError):
            assert expected is None
            continue
        assert table(line) == expected
        assert table(line)[:on] == before[:on], "history before the day changed"
        assert all(one.end <= two.start for one, two in pairwise(line))
        assert all(span.start < span.end for span in line)


def test_neighbours_of_the_same_value_become_one() -> None:
    line = timeline.opened((), day(0), FOREVER, "a")
    line = timeline.changed(line, day(5), lambda _: "b")
    assert timeline.changed(line, day(5), lambda _: "a") == (Span(day(0), FOREVER, "a"),)


def test_a_unit_below_itself_is_refused_only_on_days_when_it_would_be() -> None:
    first = (Span(day(0), day(5), 2), Span(day(5), day(9), None))
    second = (Span(day(0), day(5), None), Span(day(5), day(9), 1))
    assert timeline.paths({1: first, 2: second})[1] == (Span(day(0), day(5), "/2/1/"), Span(day(5), day(9), "/1/"))
    with pytest.raises(TreeError) as refused:
        timeline.paths({1: first, 2: (Span(day(0), day(9), 1),)})
    assert refused.value.circle
    assert refused.value.day == day(0)


def test_a_parent_that_ends_earlier_is_named_with_its_first_missing_day() -> None:
    with pytest.raises(TreeError) as refused:
        timeline.paths({1: (Span(day(0), day(5), None),), 2: (Span(day(0), day(9), 1),)})
    assert (refused.value.day, refused.value.circle) == (day(5), False)
