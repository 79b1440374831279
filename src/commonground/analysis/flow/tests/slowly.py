"""The same questions answered slowly and obviously, row by row: what the fast answers are held against, and logs to hold them on."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from commonground.analysis.events import Events, Names
from commonground.analysis.flow.working_time import EPOCH, WorkingWeek

MINUTE = 60_000_000
ACTIVITIES = ("open", "check", "decide", "close")
PEOPLE = ("p0", "p1", "p2", "p3", "p4", "p5")
UNITS = ("billing", "field", "office")
LINES = ("gas", "power")
BEGIN = (
    int(datetime(2024, 3, 28, tzinfo=ZoneInfo("UTC")).timestamp()) * 1_000_000
)  # a Thursday, three days before clocks change

Row = tuple[int, int, str, str | None, str | None, str | None]
"""Case, time, activity, person, unit, line: sorted by case and time."""


def optional(values: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    return st.sampled_from((*values, None))


@st.composite
def logs(draw: st.DrawFn) -> list[Row]:
    """Small logs in which ties, single events, missing values and ways back are frequent."""
    rows: list[Row] = []
    minutes = st.integers(0, 6000)
    for case in range(draw(st.integers(0, 9))):
        times = sorted(draw(st.lists(minutes, min_size=1, max_size=9)))
        for minute in times:
            who = (draw(optional(PEOPLE)), draw(optional(UNITS)), draw(optional(LINES)))
            rows.append((case * 7, BEGIN + minute * MINUTE, draw(st.sampled_from(ACTIVITIES)), *who))
    return rows


def events(rows: list[Row], orders: tuple[tuple[str, ...], ...] = (ACTIVITIES, PEOPLE, UNITS, LINES)) -> Events:
    """The rows as a block, coded in the order of the names given."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    codes = [
        np.array([-1 if value is None else names.index(value) for value in column], dtype=np.int32)
        for names, column in zip(orders, columns[2:], strict=True)
    ]
    nowhere = np.full(len(rows), -1, dtype=np.int32)
    case, time = np.array(columns[0], dtype=np.uint64), np.array(columns[1], dtype=np.int64)
    return Events(case, time, *codes, nowhere, Names(*orders))


def cases(rows: list[Row]) -> list[list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return list(found.values())


def returns(holders: list[Any]) -> bool:
    """Whether a sequence of holders, repeats in a row removed, somewhere returns to the one before last."""
    turns = [holder for place, holder in enumerate(holders) if place == 0 or holders[place - 1] != holder]
    return any(turns[k] == turns[k + 2] for k in range(len(turns) - 2))


def counted(rows: list[Row], *, as_unit: bool = False) -> dict[str, Any]:
    """The answer of `counts`."""
    answer: dict[str, Any] = {
        "cases": len(cases(rows)),
        "events": len(rows),
        "activities": len({row[2] for row in rows}),
        "people": len({row[3] for row in rows} - {None}),
        "units": len({row[4] for row in rows} - {None}),
        "variants": len({tuple(row[2] for row in case) for case in cases(rows)}),
        "pairs": sum(len(case) - 1 for case in cases(rows)),
    }
    for name, column in (("person", 3), ("unit", 4), ("product_line", 5)):
        keep = as_unit and name != "person"
        held = [[row[column] for row in case if keep or row[column] is not None] for case in cases(rows)]
        handoffs = [sum(a != b for a, b in pairwise(one)) for one in held]
        answer[name] = {
            "pairs": sum(max(len(one) - 1, 0) for one in held),
            "handoffs": sum(handoffs),
            "cases": sum(n > 0 for n in handoffs),
            "ping_pong_cases": sum(map(returns, held)),
        }
    return answer


def spread(durations: list[int]) -> tuple[int, float | None, float | None]:
    """n, median and 90 % in hours, by numpy's own quantile of type 7."""
    if not durations:
        return 0, None, None
    median, p90 = np.quantile(np.array(durations, dtype=np.float64), (0.5, 0.9), method="linear") / 3.6e9
    return len(durations), float(median), float(p90)


def minutes_worked(week: WorkingWeek, since: int, until: int) -> int:
    """Working minutes between two whole minutes since 1970, one by one by the clock on the wall."""
    zone, worked = ZoneInfo(week.zone), 0
    for minute in range(since, until):
        local = (EPOCH + timedelta(minutes=minute)).astimezone(zone)
        is_open = week.opens <= local.hour * 60 + local.minute < week.closes
        worked += is_open and local.weekday() in set(week.days) and local.date() not in week.closed_on
    return worked


def people_of(rows: list[Row]) -> dict[str, int]:
    return {
        u: len({row[3] for row in rows if row[4] == u} - {None}) for u in sorted({row[4] for row in rows if row[4]})
    }


def passages(rows: list[Row], column: int, threshold: int, week: WorkingWeek) -> dict[tuple[str, str], tuple[Any, ...]]:
    """All but the names of each passage between the values of a column (2: steps, 4: units, 5: lines)."""
    shown = {unit for unit, n in people_of(rows).items() if n >= threshold}
    holder = 4 if column == 2 else column
    pairs: dict[tuple[str, str], list[tuple[Row, Row]]] = defaultdict(list)
    back: dict[tuple[str, str], set[int]] = defaultdict(set)
    for case in cases(rows):
        went_back = {id(a) for (a, _), (_, d) in pairwise(changes(case, holder)) if d[holder] == a[holder]}
        for a, b in pairwise(case) if column == 2 else changes(case, column):
            pairs[a[column], b[column]].append((a, b))
            if id(a) in went_back and (column != 2 or (a[4] != b[4] and {a[4], b[4]} <= shown)):
                back[a[column], b[column]].add(case[0][0])
    return {key: _passage(both, len(back[key]), column, shown, week) for key, both in pairs.items()}


def changes(case: list[Row], column: int) -> list[tuple[Row, Row]]:
    """The events on either side of each change of holder, those that tell none left out before pairing."""
    told = [row for row in case if row[column] is not None]
    return [(a, b) for a, b in pairwise(told) if a[column] != b[column]]


def _passage(
    both: list[tuple[Row, Row]], back: int, column: int, shown: set[str], week: WorkingWeek
) -> tuple[Any, ...]:
    worked = [week.hours_since_epoch(np.array([a[1], b[1]])) for a, b in both]
    return (
        len(both),
        len({a[0] for a, _ in both}),
        len(both) if column != 2 else sum(_crosses(a, b, shown) for a, b in both),
        back,
        spread([b[1] - a[1] for a, b in both]),
        spread([int(b - a) for a, b in worked]),
        len({a[3] for a, _ in both} - {None}) or None,
        len({b[3] for _, b in both} - {None}) or None,
    )


def _crosses(a: Row, b: Row, shown: set[str]) -> bool:
    differ = any(a[k] is not None and b[k] is not None and a[k] != b[k] for k in (4, 5))
    return differ and {a[4], b[4]} <= shown | {None}


def loops(rows: list[Row]) -> int:
    """Cases in which an activity comes again after another one."""
    names = [[row[2] for row in case] for case in cases(rows)]
    return sum(
        any(one[j] == one[k] and set(one[j:k]) != {one[j]} for k in range(len(one)) for j in range(k)) for one in names
    )


def variants(rows: list[Row]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row[2] for row in case) for case in cases(rows))
