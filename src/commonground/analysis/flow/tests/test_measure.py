"""Every figure of a measured log is held against the slow and obvious answer, on random logs however they are cut and coded."""

import random
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commonground.analysis.events import Events, Names
from commonground.analysis.flow import people, sequences, side_by_side
from commonground.analysis.flow.between_people import directly_follows, doers, handed_over
from commonground.analysis.flow.counts import counts
from commonground.analysis.flow.figures import Flow, Passage, read, written
from commonground.analysis.flow.grouping import gathered, grouped, part_of
from commonground.analysis.flow.measure import measure
from commonground.analysis.flow.tests import slowly
from commonground.analysis.flow.tests.slowly import ACTIVITIES, BEGIN, LINES, MINUTE, PEOPLE, UNITS, Row, events, logs
from commonground.analysis.flow.working_time import WorkingWeek

WEEK = WorkingWeek(zone="Europe/Berlin")


def told(passages: tuple[Passage, ...]) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {
        (one.source, one.target): (
            *(one.n, one.cases, one.crossings, one.back),
            pytest.approx(one.calendar, abs=1e-9),
            pytest.approx(one.working, abs=1e-9),
            *(one.givers, one.receivers),
        )
        for one in passages
    }


def cut(rows: list[Row], seed: int) -> list[Events]:
    """The log in blocks of whole cases, cut at random."""
    chosen = random.Random(seed)
    blocks: list[list[Row]] = [[]]
    for case in slowly.cases(rows):
        if chosen.random() < 0.5:
            blocks.append([])
        blocks[-1] += case
    return [events(block) for block in blocks]


@given(logs(), st.booleans())
def test_counts_are_those_of_the_slow_way(rows: list[Row], as_unit: bool) -> None:
    found = counts([events(rows)], missing_unit="as-unit" if as_unit else "skip", product_line=True)
    assert found == slowly.counted(rows, as_unit=as_unit)


@given(logs(), st.integers(1, 4))
@settings(deadline=None, max_examples=60)
def test_measures_are_those_of_the_slow_way(rows: list[Row], threshold: int) -> None:
    flow = measure([events(rows)], week=WEEK, threshold=threshold)
    people_of = slowly.people_of(rows)
    shown = {unit for unit, n in people_of.items() if n >= threshold}
    assert dict(flow.people_of) == {unit: n or None for unit, n in people_of.items()}
    assert set(flow.withheld) == set(people_of) - shown
    assert told(flow.between_steps) == slowly.passages(rows, 2, threshold, WEEK)
    units = {key: row for key, row in slowly.passages(rows, 4, threshold, WEEK).items() if set(key) <= shown}
    assert told(flow.between_units) == units
    assert told(flow.between_lines) == slowly.passages(rows, 5, threshold, WEEK)
    assert flow.crossings == sum(row[0] for row in units.values())
    assert (flow.loops, flow.variants) == (slowly.loops(rows), len(slowly.variants(rows)))
    assert {one.activities: one.cases for one in flow.top_variants}.items() <= slowly.variants(rows).items()
    leads = [case[-1][1] - case[0][1] for case in slowly.cases(rows)]
    assert flow.lead_calendar == (pytest.approx(slowly.spread(leads)) if leads else (0, None, None))


@given(logs(), st.integers(1, 4))
@settings(deadline=None, max_examples=60)
def test_totals_count_the_cases_of_shown_units_alone(rows: list[Row], threshold: int) -> None:
    flow = measure([events(rows)], week=WEEK, threshold=threshold)
    shown = set(dict(flow.people_of)) - set(flow.withheld)
    crossing = back = 0
    for case in slowly.cases(rows):
        turns = [row[4] for row in case if row[4] is not None]
        turns = [unit for k, unit in enumerate(turns) if k == 0 or turns[k - 1] != unit]
        crossing += any({a, b} <= shown for a, b in pairwise(turns))
        back += any(a == c and {a, b} <= shown for a, b, c in zip(turns, turns[1:], turns[2:], strict=False))
    assert (flow.crossing_cases, flow.ping_pong_cases) == (crossing, back)


@given(logs(), st.integers(0, 9), st.integers(1, 3))
@settings(deadline=None, max_examples=60)
def test_blocks_of_whole_cases_give_the_answer_of_the_whole(rows: list[Row], seed: int, threshold: int) -> None:
    blocks = cut(rows, seed)
    assert counts(blocks) == counts([events(rows)])
    assert measure(blocks, week=WEEK, threshold=threshold) == measure([events(rows)], week=WEEK, threshold=threshold)
    assert np.array_equal(directly_follows(blocks), directly_follows([events(rows)]))
    assert doers(blocks) == doers([events(rows)])
    for one, other in zip(handed_over(blocks), handed_over([events(rows)]), strict=True):
        assert one.tolist() == other.tolist()


@given(logs(), st.permutations(PEOPLE), st.permutations(UNITS), st.permutations(ACTIVITIES))
@settings(deadline=None, max_examples=60)
def test_codes_do_not_matter(rows: list[Row], persons: list[str], units: list[str], activities: list[str]) -> None:
    coded = events(rows, (tuple(activities), tuple(persons), tuple(units), LINES))
    assert measure([coded], week=WEEK, threshold=2) == measure([events(rows)], week=WEEK, threshold=2)
    assert counts([coded]) == counts([events(rows)])


@given(logs())
@example([])
@settings(deadline=None, max_examples=60)
def test_small_pieces_and_small_tables_give_the_same(rows: list[Row]) -> None:
    """Everything that is only taken for large logs is taken for a small one."""
    whole, slowly_counted = measure([events(rows)], week=WEEK, threshold=2), counts([events(rows)])
    with pytest.MonkeyPatch.context() as change:
        change.setattr(side_by_side, "PIECE", 3)
        change.setattr(people, "CELLS", 8)
        assert measure([events(rows)], week=WEEK, threshold=2) == whole
        assert counts([events(rows)]) == slowly_counted
        change.setattr(people, "TABLE", 0)
        change.setattr(people, "TOGETHER", 2)
        assert measure([events(rows)], week=WEEK, threshold=2) == whole


@given(logs(), st.integers(1, 12))
def test_pieces_hold_whole_cases_and_lose_nothing(rows: list[Row], size: int) -> None:
    block = events(rows)
    parts = list(sequences.pieces([block], size))
    assert [len(part) for part in parts if not len(part)] == []
    assert np.concatenate([part.time for part in parts] or [block.time]).tolist() == block.time.tolist()
    seen = [set(part.case.tolist()) for part in parts]
    assert sum(map(len, seen)) == len({row[0] for row in rows})


def rows_of(*steps: tuple[str, str | None, str | None], case: int = 1) -> list[Row]:
    """A case with a step an hour, from Thursday 08:00 UTC on."""
    return [(case, BEGIN + (480 + 60 * k) * MINUTE, step, who, unit, None) for k, (step, who, unit) in enumerate(steps)]


def test_a_unit_whose_people_the_log_does_not_tell_stands_for_its_head_count() -> None:
    rows = rows_of(("open", None, "billing"), ("check", None, "field"), ("close", None, "billing"))
    for persons in ((), PEOPLE):  # a log without the column, and one that is empty throughout
        log = [events(rows, (ACTIVITIES, persons, UNITS, LINES))]
        assert measure(log, week=WEEK).withheld == ("billing", "field")
        flow = measure(log, week=WEEK, headcount={"billing": 8, "field": 9, "office": 2})
        assert (flow.crossings, flow.crossing_cases, flow.ping_pong_cases, flow.withheld) == (2, 1, 1, ())
        assert [(one.source, one.target, one.crossings, one.back) for one in flow.between_steps] == [
            ("check", "close", 1, 0),
            ("open", "check", 1, 1),
        ]
        assert measure(log, week=WEEK, headcount={"billing": 8, "field": 7}).crossings == 0


def test_units_are_taken_together_by_the_names_given() -> None:
    rows = rows_of(
        ("open", "p0", "billing"), ("check", "p1", "office"), ("decide", "p2", "field"), ("close", "p3", "billing")
    )
    flow = measure([events(rows)], week=WEEK, unit_names=("House", "", "House"), threshold=1)
    assert (flow.crossings, flow.people_of, flow.between_units) == (0, (("House", 3),), ())
    with pytest.raises(ValueError, match="2 names were given for 3 units"):
        measure([events(rows)], week=WEEK, unit_names=("a", "b"))


def test_a_wait_over_the_night_and_the_weekend_counts_working_hours() -> None:
    friday = BEGIN + (24 + 15) * 60 * MINUTE  # 15:00 UTC is 16:00 in Berlin: closed
    rows: list[Row] = [
        (1, friday - 60 * MINUTE, "open", "p0", "billing", None),
        (
            1,
            friday + 66 * 60 * MINUTE,
            "close",
            "p1",
            "field",
            None,
        ),  # Monday 09:00 UTC, after the clocks went on: 11:00
    ]
    flow = measure([events(rows)], week=WEEK, threshold=1)
    assert flow.between_units[0].calendar == (1, 67.0, 67.0)
    assert flow.between_units[0].working == (1, 4.0, 4.0)  # Friday 15:00 to 16:00, Monday 08:00 to 11:00
    assert flow.lead_working == flow.between_units[0].working


def test_figures_are_written_and_read_again() -> None:
    rows = rows_of(("open", "p0", "billing"), ("check", "p1", "field"), ("check", "p1", "field"))
    flow = measure([events(rows)], week=WEEK, threshold=1)
    assert read(written(flow)) == flow
    assert flow.repeats == 1


def test_an_empty_log_has_no_figures_and_says_so() -> None:
    nothing = measure([], week=WEEK)
    assert isinstance(nothing, Flow)
    assert (nothing.cases, nothing.people, nothing.first, nothing.lead_calendar.median) == (0, None, None, None)
    assert measure([events([])], week=WEEK) == nothing
    assert doers([]) == {}
    assert directly_follows([]).shape == (0, 0)


def test_who_mostly_does_an_activity() -> None:
    rows = rows_of(("open", "p1", "field"), ("open", "p2", "field"), ("open", "p1", None), ("close", None, "office"))
    found = doers([events(rows)])
    assert found[0] == (UNITS.index("field"), 1.0, PEOPLE.index("p1"), 2 / 3)
    assert found[3] == (UNITS.index("office"), 1.0, -1, 0.0)
    assert sorted(found) == [0, 3]


def test_orders_of_steps_are_told_apart_in_large_numbers() -> None:
    """A quarter of a million different orders of eight steps get as many hashes."""
    chosen = np.random.default_rng(1)
    orders = np.unique(chosen.integers(0, 9, (250_000, 8), dtype=np.int32), axis=0)
    n = orders.size
    case = np.repeat(np.arange(len(orders), dtype=np.uint64), 8)
    nowhere = np.full(n, -1, dtype=np.int32)
    log = Events(
        case, np.zeros(n, np.int64), orders.reshape(-1), nowhere, nowhere, nowhere, nowhere, Names(tuple("abcdefghi"))
    )
    assert counts([log])["variants"] == len(orders)


@given(st.lists(st.integers(0, 2**53), min_size=1), st.sampled_from((1, 1_000, 1_000_000)))
def test_durations_come_back_to_the_microsecond(values: list[int], unit: int) -> None:
    """However they are kept meanwhile: whole seconds, milliseconds, or as they are."""
    waits = np.array(values, dtype=np.int64) // unit * unit
    keys = np.zeros(len(waits), dtype=np.int64)
    parts = [part_of(grouped(keys, 1), waits)]
    assert gathered(parts, np.zeros(1, dtype=np.int64), np.array([len(waits)])).tolist() == waits.tolist()
