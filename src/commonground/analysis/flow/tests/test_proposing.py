"""Which activities belong together, where and by whom each is mostly done: by hand on small logs, and what always holds."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.events import Events, Names
from commonground.analysis.flow.proposing import Follows, mostly_at, tally
from commonground.analysis.flow.together import common_of, grouped

Row = tuple[int, str, str | None, str | None]  # case, activity, person, unit


def made(rows: Sequence[Row]) -> Events:
    """Rows sorted by case, a minute apart each."""
    names = [tuple(dict.fromkeys(str(row[place]) for row in rows if row[place])) for place in (1, 2, 3)]

    def codes(place: int) -> np.ndarray:
        return np.array([names[place - 1].index(row[place]) if row[place] else -1 for row in rows], np.int32)

    nothing = np.full(len(rows), -1, np.int32)
    case, time = np.array([row[0] for row in rows], np.uint64), np.arange(len(rows), dtype=np.int64) * 60_000_000
    return Events(case, time, codes(1), codes(2), codes(3), nothing, nothing, Names(*names))


# two workflows, each of whose cases begin with a call and end with a note
CALLS: list[Row] = [
    *((1, "call", "ann", None), (1, "open", "bo", "Billing"), (1, "bill", "bo", "Billing"), (1, "note", "ann", None)),
    *((2, "call", "ann", None), (2, "open", "bo", "Billing"), (2, "bill", "cy", "Billing"), (2, "note", "ann", None)),
    *((3, "call", "di", None), (3, "visit", "ed", "Crews"), (3, "read", "ed", "Crews"), (3, "note", "di", None)),
    *((4, "call", "di", None), (4, "visit", "ed", "Crews"), (4, "note", "di", None), (4, "note", "di", None)),
]


def test_workflows_are_told_apart_though_every_case_begins_and_ends_alike() -> None:
    assert tally(lambda: [made(CALLS)]).groups == (("open", "bill"), ("visit", "read"))


def test_what_occurs_in_every_case_belongs_to_the_only_workflow_there_is() -> None:
    assert tally(lambda: [made(CALLS[:8])]).groups == (("call", "open", "bill", "note"),)
    one_more: list[Row] = [*CALLS[:8], *((5, name, None, None) for name in ("call", "open", "check", "bill", "note"))]
    assert tally(lambda: [made(one_more)]).groups == (("call", "open", "check", "bill", "note"),)


def test_where_and_by_whom_an_activity_is_mostly_done() -> None:
    found = {one.name: one for one in tally(lambda: [made(CALLS)], units={"Billing": 7}, homes={"ann": 9}).activities}
    assert (found["open"].unit, found["open"].person, found["open"].people) == (7, "bo", 1)
    assert (found["bill"].unit, found["bill"].person, found["bill"].people) == (
        7,
        None,
        2,
    )  # one each: nobody does it most
    assert found["visit"].unit == "Crews"  # a unit that is not known here keeps the log's word
    assert (found["call"].unit, found["call"].cases, found["call"].events) == (
        9,
        4,
        4,
    )  # where those work who are known
    assert (found["note"].person, found["note"].cases, found["note"].events) == ("di", 4, 5)
    assert (found["open"].first, found["open"].last) == (60_000_000, 300_000_000)


def test_units_that_share_a_work_are_the_unit_above_them() -> None:
    """Crews 3 and 4 stand below 2, as 2 and 5 below 1, which is left out as the whole."""
    above = {3: (2,), 4: (2,), 5: (), 2: ()}
    assert mostly_at({3: 5, 4: 5}, above) == 2
    assert mostly_at({3: 9, 4: 1}, above) == 3, "the lowest that has enough"
    assert mostly_at({3: 3, 4: 2, 5: 5}, above) is None
    assert mostly_at({"Post": 6, 3: 4}, above) == "Post"
    assert mostly_at({}, above) is None


def test_frequent_passages_tell_how_many_people_stand_on_either_side() -> None:
    follows = tally(lambda: [made(CALLS)]).follows
    assert Follows("open", "bill", 2, 1, 2) in follows
    assert Follows("visit", "read", 1, 1, 1) in follows
    assert ("note", "note") not in {(one.source, one.target) for one in follows}


def test_without_people_nobody_is_counted() -> None:
    rows: list[Row] = [(case, name, None, None) for case, name, _, _ in CALLS]
    found = tally(lambda: [made(rows)])
    assert {one.people for one in found.activities} == {None}
    assert {one.givers for one in found.follows} == {None}


cases = st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6), min_size=1, max_size=12)
EDGE = st.floats(0.05, 0.9)


@given(cases, st.integers(1, 3))
def test_blocks_make_no_difference(sequences: list[list[str]], parts: int) -> None:
    rows: list[Row] = [(case, name, f"p{case % 3}", "U") for case, steps in enumerate(sequences) for name in steps]
    whole = made(rows)
    cut = [whole.only(whole.case % parts == part) for part in range(parts)]
    assert tally(lambda: [whole]) == tally(lambda: cut)


@given(cases, EDGE)
def test_groups_share_no_activity_and_leave_out_only_what_is_common(sequences: list[list[str]], edge: float) -> None:
    counts, pairs = counted(sequences)
    common = common_of(counts, len(sequences))
    rest, without = counted([[name for name in steps if name not in common] for steps in sequences])
    found = grouped(counts, without, pairs, common=common, edge=edge)
    members = [name for group in found for name in group]
    assert len(members) == len(set(members))
    assert set(counts) - common <= set(members) <= set(counts)
    assert set(rest) == set(counts) - common
    of = {name: place for place, group in enumerate(found) for name in group}
    for (first, second), n in without.items():
        if n >= edge * max(counts[first], counts[second]):
            assert of[first] == of[second]


@given(cases)
def test_names_make_no_difference_to_groups(sequences: list[list[str]]) -> None:
    """Turning the alphabet round turns the groups round, and nothing else."""
    turned = str.maketrans("abcdefgh", "hgfedcba")
    other = [[name.translate(turned) for name in steps] for steps in sequences]
    mine = grouped(*both(sequences), common=frozenset())
    theirs = grouped(*both(other), common=frozenset())
    assert {frozenset(name.translate(turned) for name in group) for group in mine} == set(theirs)


def counted(sequences: list[list[str]]) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """The slow and plain way: cases of each activity and of each pair."""
    single: dict[str, int] = {}
    double: dict[tuple[str, str], int] = {}
    for steps in sequences:
        for name in set(steps):
            single[name] = single.get(name, 0) + 1
        for pair in set(pairwise(steps)):
            double[pair] = double.get(pair, 0) + 1
    return single, double


def both(
    sequences: list[list[str]],
) -> tuple[dict[str, int], dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    single, double = counted(sequences)
    return single, double, double
