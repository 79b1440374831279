"""Occasions of a log: against a slow reading of the definition, event by event, and wherever the log is cut between cases."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.events import MISSING, Events, Names
from commonground.analysis.pace.observations import monday, week_of
from commonground.analysis.pace.observe import Observed, observe
from commonground.analysis.pace.rule import KEYS, Match, Rule, plain

NAMES = Names(
    activity=("Visit", "call", "note", "bill"),
    person=("p0", "p1", "p2"),
    unit=("Metering ", "contact  centre", "billing"),
    product_line=("water", "power"),
    channel=("CRM", "paper", "sheet"),
)
HOUR = 3_600_000_000
START = int(datetime(2026, 10, 24, 20, tzinfo=UTC).timestamp()) * 1_000_000  # clocks go back on the night of 25 October


def events(rows: list[tuple[int, ...]]) -> Events:
    """Rows of case, hours, activity, person, unit, line, channel, in any order."""
    table = np.array(sorted(rows, key=lambda row: row[:2]), dtype=np.int64).reshape(-1, 7)
    codes = [table[:, place].astype(np.int32) for place in range(2, 7)]
    return Events(table[:, 0].astype(np.uint64), START + table[:, 1] * HOUR, *codes, names=NAMES)


def cut(block: Events, after: set[int]) -> list[Events]:
    """The block cut after those cases."""
    pieces, rest = [], block
    for case in sorted(after):
        pieces.append(rest.only(rest.case <= case))
        rest = rest.only(rest.case > case)
    return [*pieces, rest]


def shows(block: Events, place: int, match: Match) -> bool:
    if not match:
        return False
    for key in KEYS:
        wanted = getattr(match, key)
        code = getattr(block, key)[place]
        if wanted and (code == MISSING or plain(getattr(NAMES, key)[code]) not in {plain(text) for text in wanted}):
            return False
    return True


def handled(block: Events, place: int, match: Match, within: float | None) -> bool:
    if within is None:
        return shows(block, place, match)
    return any(
        block.case[other] == block.case[place]
        and 0 <= block.time[other] - block.time[place] <= within * HOUR
        and shows(block, other, match)
        for other in range(len(block))
    )


def by_the_definition(block: Events, rule: Rule, zone: str) -> tuple[Counter[Any], int, int]:
    """(person, week, unit, way) → occasions; untold; outside."""
    found: Counter[Any] = Counter()
    untold = outside = 0
    for place in range(len(block)):
        if not shows(block, place, rule.occasion):
            continue
        if block.person[place] == MISSING:
            untold += 1
        elif rule.population and not shows(block, place, rule.population):
            outside += 1
        else:
            new = handled(block, place, rule.new, rule.new_within)
            old = handled(block, place, rule.old, rule.old_within)
            moment = datetime.fromtimestamp(int(block.time[place]) / 1e6, ZoneInfo(zone))
            unit = NAMES.unit[block.unit[place]] if block.unit[place] != MISSING else None
            way = "new" if new else "old" if old else "neither"
            found[NAMES.person[block.person[place]], week_of(moment.date()), unit, way] += 1
    return found, untold, outside


def counted(observed: Observed) -> Counter[Any]:
    rows = observed.observations
    found: Counter[Any] = Counter()
    for place in range(len(rows)):
        unit = rows.units[rows.unit[place]] if rows.unit[place] != MISSING else None
        key = (rows.persons[rows.person[place]], int(rows.week[place]), unit)
        for way in ("new", "old", "neither"):
            if getattr(rows, way)[place]:
                found[*key, way] += int(getattr(rows, way)[place])
    return found


code = st.integers(-1, 2)
row = st.tuples(st.integers(1, 5), st.integers(0, 240), st.integers(0, 3), code, code, st.integers(-1, 1), code)
some = st.lists(st.sampled_from(["crm", " Paper", "SHEET", "fax"]), min_size=1, max_size=2).map(tuple)
ways = st.one_of(
    some.map(lambda texts: Match(channel=texts)),
    st.just(Match(activity=("NOTE",), channel=("crm",))),
    st.just(Match()),
    st.just(Match(product_line=("water",), unit=("contact centre",))),
)
rules = st.builds(
    Rule,
    st.just("log it"),
    st.sampled_from(
        [Match(activity=("visit", "CALL ")), Match(channel=("crm",)), Match(activity=("visit",), unit=("billing",))]
    ),
    ways,
    ways,
    st.sampled_from(
        [Match(), Match(unit=("metering",)), Match(unit=("metering", "Contact Centre"), channel=("crm", "paper"))]
    ),
    st.sampled_from([None, 1.0, 24.0]),
    st.sampled_from([None, 0.5, 24.0]),
)


@given(
    st.lists(row, max_size=40),
    rules,
    st.sets(st.integers(1, 5)),
    st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Auckland"]),
)
def test_occasions_are_those_of_the_definition_wherever_the_log_is_cut(
    rows: list[tuple[int, ...]], rule: Rule, cuts: set[int], zone: str
) -> None:
    block = events(rows)
    observed = observe(cut(block, cuts), rule, zone=zone)
    expected, untold, outside = by_the_definition(block, rule, zone)
    assert counted(observed) == expected
    assert (observed.untold, observed.outside) == (untold, outside)
    found = observed.observations
    keys = list(zip(found.person.tolist(), found.week.tolist(), found.unit.tolist(), strict=True))
    assert keys == sorted(set(keys))
    assert set(found.persons) == {key[0] for key in expected}
    assert set(found.units) == {key[2] for key in expected} - {None}


LATER = Rule("log it", Match(activity=("visit",)), Match(channel=("crm",)), Match(channel=("paper",)), new_within=24.0)


@pytest.mark.parametrize(
    ("rows", "way"),
    [
        ([(1, 10, 0, 0, 0, 0, -1), (1, 34, 2, 1, 1, 0, 0)], "new"),  # just within 24 hours, by somebody else
        ([(1, 10, 0, 0, 0, 0, -1), (1, 35, 2, 0, 0, 0, 0)], "neither"),
        ([(1, 10, 0, 0, 0, 0, -1), (1, 9, 2, 0, 0, 0, 0)], "neither"),  # before the occasion does not count
        ([(1, 10, 0, 0, 0, 0, -1), (1, 10, 2, 0, 0, 0, 0)], "new"),  # at its time counts, wherever it stands
        ([(1, 10, 2, 0, 0, 0, 0), (1, 10, 0, 0, 0, 0, -1)], "new"),
        ([(1, 10, 0, 0, 0, 0, -1), (2, 11, 2, 0, 0, 0, 0)], "neither"),  # another case
        ([(1, 10, 0, 0, 0, 0, 1), (1, 11, 2, 0, 0, 0, 0)], "new"),  # both ways: new
        ([(1, 10, 0, 0, 0, 0, 1), (1, 99, 2, 0, 0, 0, 0)], "old"),
        ([(1, 10, 0, 0, 0, 0, 2), (1, 11, 2, 0, 0, 0, 1)], "neither"),  # old has no hours: its own event must show it
    ],
)
def test_an_occasion_is_handled_by_an_event_of_its_case(rows: list[tuple[int, ...]], way: str) -> None:
    observed = observe([events(rows)], LATER, zone="UTC")
    assert [key[-1] for key in counted(observed)] == [way]


def test_units_and_population_may_come_from_elsewhere() -> None:
    block = events([(case, 5, 0, case % 3, -1, 0, 0) for case in range(1, 7)])
    rule = replace(LATER, population=Match(unit=("north",)))
    observed = observe(
        [block], rule, zone="UTC", units=lambda part: part.person % 2, unit_names=lambda: ("North", "south")
    )
    assert observed.outside == 2
    assert observed.observations.units == ("North",)
    mine = observe([block], rule, zone="UTC", inside=lambda part: part.person == 1)
    assert mine.outside == 4
    assert (mine.observations.persons, mine.observations.units) == (("p1",), ())
    with pytest.raises(ValueError, match="give unit_names"):
        observe([block], rule, zone="UTC", units=lambda part: part.unit)


def test_a_week_begins_at_the_monday_of_the_place() -> None:
    block = events([(1, 26, 0, 0, 0, 0, 0)])  # Sunday 25 October 22:00 UTC, which is Monday the 26th in Auckland
    weeks = [
        monday(int(observe([block], LATER, zone=zone).observations.week[0])) for zone in ("UTC", "Pacific/Auckland")
    ]
    assert weeks[1] - weeks[0] == timedelta(weeks=1)


def test_an_empty_log_answers_nothing() -> None:
    observed = observe([], LATER, zone="UTC")
    assert (len(observed.observations), observed.first_time, observed.last_time) == (0, None, None)
