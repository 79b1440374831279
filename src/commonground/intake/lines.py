"""What a sheet says about one thing over time, laid over what is known of it. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from commonground.organization import timeline
from commonground.organization.timeline import EVER, FOREVER, Line, Span

V = TypeVar("V", bound=NamedTuple)


class Given(NamedTuple):
    """One row of a sheet: its days, and the values of the columns that the sheet has."""

    start: date | None
    end: date | None
    values: Mapping[str, Any]


def laid_over(old: Line[V], given: Sequence[Given], default: V, day: date) -> Line[V]:
    """The line of a thing after a sheet. default: what holds in columns that the sheet has not, for something new.

    Something new, or with several rows, or that ended before all that is known, is as its rows say. One row for something known is
    how it is now: what differs holds from `day` on, or from the row's own start where that is later than the last known change;
    before, it stays as it was. Laying the same row over it again changes nothing.
    """
    row = given[0]
    if not old or len(given) > 1 or (row.end is not None and row.end <= old[0].start):
        return timeline.joined(_span(old, one, default) for one in given)
    when = _day_of_change(old, row, day)
    held = timeline.at(old, when)
    if held is None:
        line = _again(old, row, when)
    else:
        changed = held.value._replace(**row.values)
        line = old if changed == held.value else timeline.changed(old, when, lambda _: changed)
    if row.end is None and timeline.at(line, max(day, when)) is None:
        line = _again(line, row, max(day, when))
    if row.start is not None and row.start < line[0].start:
        line = (Span(row.start, line[0].end, line[0].value), *line[1:])
    if row.end is not None and row.end != line[-1].end:
        line = _ended(line, row.end)
    return timeline.joined(line)


def _span(old: Line[V], row: Given, default: V) -> Span[V]:
    start = row.start or EVER
    held = timeline.at(old, start)
    return Span(start, row.end or FOREVER, (held.value if held else default)._replace(**row.values))


def _day_of_change(old: Line[V], row: Given, day: date) -> date:
    if row.start is not None and row.start > old[-1].start:
        return row.start
    if row.end is not None and day >= row.end:
        day = row.end - timedelta(days=1)
    return max(day, old[0].start, row.start or EVER)


def _again(old: Line[V], row: Given, when: date) -> Line[V]:
    """Somebody who had left and is there again, until what is known to come."""
    before = max((span for span in old if span.end <= when), key=lambda span: span.end)
    end = min([row.end or FOREVER, *(span.start for span in old if span.start > when)])
    return timeline.joined([*old, Span(when, end, before.value._replace(**row.values))])


def _ended(line: Line[V], end: date) -> Line[V]:
    """The line until a day, also when it was to end before."""
    kept = timeline.ended(line, end)
    if kept and kept[-1].end < end:
        kept = (*kept[:-1], Span(kept[-1].start, end, kept[-1].value))
    return kept
