"""What one sheet says over time, laid over what is known."""

from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commonground.intake.lines import Given, laid_over
from commonground.organization import timeline
from commonground.organization.timeline import EVER, FOREVER, Line, Span


class Value(NamedTuple):
    unit: str = ""
    site: str = ""


FIRST, SECOND, THIRD = date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
DAY = date(2023, 1, 1)
A, B = Value("A"), Value("B")
Old = Line[Value]


@pytest.mark.parametrize(
    ("old", "row", "expected"),
    [
        # new: as the row says
        ((), (None, None, "A"), [(EVER, FOREVER, "A")]),
        ((), (FIRST, SECOND, "A"), [(FIRST, SECOND, "A")]),
        # known: what differs holds from the day, or from the row's own later start
        ([(FIRST, FOREVER, "A")], (None, None, "B"), [(FIRST, DAY, "A"), (DAY, FOREVER, "B")]),
        ([(FIRST, FOREVER, "A")], (FIRST, None, "B"), [(FIRST, DAY, "A"), (DAY, FOREVER, "B")]),
        ([(FIRST, FOREVER, "A")], (SECOND, None, "B"), [(FIRST, SECOND, "A"), (SECOND, FOREVER, "B")]),
        ([(FIRST, FOREVER, "A")], (THIRD, None, "B"), [(FIRST, THIRD, "A"), (THIRD, FOREVER, "B")]),
        ([(FIRST, FOREVER, "A")], (None, None, "A"), [(FIRST, FOREVER, "A")]),
        # began earlier than was known; ends; was to end earlier
        ([(SECOND, FOREVER, "A")], (FIRST, None, "A"), [(FIRST, FOREVER, "A")]),
        ([(FIRST, FOREVER, "A")], (None, THIRD, "A"), [(FIRST, THIRD, "A")]),
        ([(FIRST, FOREVER, "A")], (None, SECOND, "A"), [(FIRST, SECOND, "A")]),
        ([(FIRST, SECOND, "A")], (FIRST, SECOND, "A"), [(FIRST, SECOND, "A")]),
        # had left and is there again
        ([(FIRST, SECOND, "A")], (None, None, "B"), [(FIRST, SECOND, "A"), (DAY, FOREVER, "B")]),
        # begins later than the day: nothing is known before
        ([(THIRD, FOREVER, "A")], (None, None, "B"), [(THIRD, FOREVER, "B")]),
        # a change that is planned stays
        (
            [(FIRST, THIRD, "A"), (THIRD, FOREVER, "B")],
            (None, None, "C"),
            [(FIRST, DAY, "A"), (DAY, THIRD, "C"), (THIRD, FOREVER, "B")],
        ),
    ],
)
def test_one_row_for_one_thing(old: list, row: tuple, expected: list) -> None:
    known = tuple(Span(start, end, Value(unit)) for start, end, unit in old)
    line = laid_over(known, [Given(row[0], row[1], {"unit": row[2]})], Value(), DAY)
    assert [(span.start, span.end, span.value.unit) for span in line] == expected


def test_several_rows_are_the_history_and_keep_what_the_sheet_has_not() -> None:
    old = (Span(FIRST, FOREVER, Value("A", "Harbour")),)
    given_rows = [Given(FIRST, SECOND, {"unit": "B"}), Given(SECOND, None, {"unit": "C"})]
    line = laid_over(old, given_rows, Value(), DAY)
    assert line == (Span(FIRST, SECOND, Value("B", "Harbour")), Span(SECOND, FOREVER, Value("C", "Harbour")))


days = st.integers(0, 40).map(lambda number: date(2022, 6, 1) + timedelta(days=30 * number))


@st.composite
def lines(draw: st.DrawFn) -> Old:
    cuts = sorted(draw(st.sets(days, max_size=5)))
    if len(cuts) < 2:
        return ()
    spans = [Span(one, other, draw(st.sampled_from((A, B)))) for one, other in pairwise(cuts)]
    spans = [span for span in spans if draw(st.booleans())]
    if draw(st.booleans()):
        spans.append(Span(cuts[-1], FOREVER, B))
    return timeline.joined(spans)


@st.composite
def rows(draw: st.DrawFn) -> Given:
    start, end = draw(st.one_of(st.none(), days)), draw(st.one_of(st.none(), days))
    if start is not None and end is not None and end <= start:
        end = start + timedelta(days=15)
    return Given(start, end, {"unit": draw(st.sampled_from("AB"))})


@settings(max_examples=300)
@given(lines(), rows(), days)
@example((Span(EVER, FOREVER, A),), Given(date(2028, 8, 2), None, {"unit": "B"}), date(2025, 1, 1))
def test_the_same_row_again_changes_nothing(old: Old, row: Given, day: date) -> None:
    once = laid_over(old, [row], Value(), day)
    assert laid_over(once, [row], Value(), day) == once


@settings(max_examples=300)
@given(lines(), rows(), days)
def test_a_line_stays_a_line_and_says_what_the_row_says(old: Old, row: Given, day: date) -> None:
    line = laid_over(old, [row], Value(), day)
    assert line
    for one, other in pairwise(line):
        assert one.start < one.end <= other.start
    said = max(day, row.start or EVER, line[0].start)
    held = timeline.at(line, said)
    if row.end is None:
        assert held is not None
        assert held.value.unit == row.values["unit"]
