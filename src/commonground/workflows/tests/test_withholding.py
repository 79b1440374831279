"""No figure that is kept tells of fewer people than the threshold, nor can it be had out of those that are."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.events import COLUMNS, MISSING, Events, Names
from commonground.analysis.flow.figures import Flow
from commonground.analysis.flow.measure import measure
from commonground.analysis.flow.working_time import WorkingWeek
from commonground.workflows.withholding import Kept, few_units, kept, left_out, masked

THRESHOLD = 3
UNITS = ("few", "one", "two")
CREW = 4  # people in a unit that has enough
WEEK = WorkingWeek()
HOUR = 3_600_000_000


@st.composite
def logs(draw: st.DrawFn) -> Events:
    """Cases that wander over three units, of which one has fewer people than the threshold."""
    cases = draw(
        st.lists(
            st.lists(st.tuples(st.integers(0, 2), st.integers(0, CREW - 1), st.integers(0, 2)), min_size=1, max_size=6),
            max_size=8,
        )
    )
    rows = [(case, *step) for case, steps in enumerate(cases) for step in steps]
    unit = np.array([row[1] for row in rows], np.int32)
    person = np.array([row[1] * CREW + (row[2] % (THRESHOLD - 1) if row[1] == 0 else row[2]) for row in rows], np.int32)
    nothing = np.full(len(rows), MISSING, np.int32)
    names = Names(("a", "b", "c"), tuple(f"p{n}" for n in range(3 * CREW)), UNITS)
    case = np.array([row[0] for row in rows], np.uint64)
    activity = np.array([row[3] for row in rows], np.int32)
    return Events(case, np.arange(len(rows), dtype=np.int64) * HOUR, activity, person, unit, nothing, nothing, names)


def figures(events: Events) -> tuple[Kept, frozenset[str]]:
    few = few_units(events, {}, THRESHOLD)
    flow = measure([masked(events, few)], week=WEEK, threshold=THRESHOLD)
    return kept(flow, left_out(events, few), threshold=THRESHOLD), few


def sure(events: Events) -> Events:
    """The same with every member of the large units once, so that these have enough people; each in a case of their own."""
    people = np.arange(CREW, 3 * CREW, dtype=np.int32)
    n = len(people)
    last = int(events.case.max(initial=0)) + 1
    added = {
        "case": np.arange(last, last + n, dtype=np.uint64),
        "time": np.full(n, 10**6 * HOUR),
        "activity": np.zeros(n, np.int32),
        "person": people,
        "unit": (people // CREW).astype(np.int32),
        "product_line": np.full(n, MISSING, np.int32),
        "channel": np.full(n, MISSING, np.int32),
    }
    return replace(events, **{name: np.concatenate([getattr(events, name), added[name]]) for name in COLUMNS})


@settings(deadline=None, max_examples=60)
@given(logs(), st.integers(2, 4))
def test_how_often_the_few_did_something_changes_nothing_that_is_kept(events: Events, times: int) -> None:
    """Each of their events `times` over, in its place: no figure that is kept is another, so none tells how many there were."""
    once = sure(events)
    count = np.where(once.unit == 0, times, 1)
    often = replace(once, **{name: np.repeat(getattr(once, name), count) for name in COLUMNS})
    one, two = figures(once)[0], figures(often)[0]
    assert one.flow._replace(variants=0) == two.flow._replace(variants=0)


@settings(deadline=None, max_examples=60)
@given(logs())
def test_no_unit_of_too_few_people_is_in_any_figure(events: Events) -> None:
    found, few = figures(sure(events))
    assert set(found.flow.withheld) == few
    assert few <= {"few"}
    for passage in (*found.flow.between_units, *found.flow.between_steps):
        assert passage.givers is not None
        assert passage.receivers is not None
        assert min(passage.givers, passage.receivers) >= THRESHOLD
        assert not few & {passage.source, passage.target}
    for one, two in found.apart:
        assert (one, two) not in {(way.source, way.target) for way in found.flow.between_units}
    assert found.flow.crossings == sum(one.n for one in found.flow.between_units)
    assert "few" not in dict(found.flow.people_of)


@settings(deadline=None, max_examples=60)
@given(logs())
def test_what_is_hidden_is_said_and_not_shown_as_well(events: Events) -> None:
    found, _ = figures(sure(events))
    shown = {(one.source, one.target) for one in found.flow.between_steps}
    assert not shown & set(found.hidden)


def test_where_every_unit_is_small_nothing_is_kept() -> None:
    """Two units of two people each: four together, who are not shown either, since both units would be."""
    unit = np.array([0, 1, 0, 1], np.int32)
    nothing = np.full(4, MISSING, np.int32)
    events = Events(
        np.zeros(4, np.uint64),
        np.arange(4, dtype=np.int64) * HOUR,
        np.array([0, 1, 0, 1], np.int32),
        np.array([0, 1, 2, 3], np.int32),
        unit,
        nothing,
        nothing,
        Names(("a", "b"), ("p", "q", "r", "s"), ("one", "two")),
    )
    found, _ = figures(events)
    assert found.few
    assert found.flow == Flow(
        0, 0, 0, None, None, None, 0, 0, 0, *[found.flow.lead_working] * 2, 0, 0, 0, withheld=("one", "two")
    )


def test_a_log_without_people_stands_for_the_head_count() -> None:
    unit = np.array([0, 1], np.int32)
    nothing = np.full(2, MISSING, np.int32)
    names = Names(("a", "b"), (), ("one", "two"))
    events = Events(np.zeros(2, np.uint64), np.array([0, 2 * HOUR]), unit, nothing, unit, nothing, nothing, names)
    assert few_units(events, {"one": 9}, 8) == {"two"}
    assert few_units(events, {"one": 9, "two": 8}, 8) == frozenset()
    flow = measure([events], week=WEEK, threshold=8, headcount={"one": 9, "two": 8})
    assert [one.n for one in kept(flow).flow.between_steps] == [1]
    assert kept(flow).flow.between_units
