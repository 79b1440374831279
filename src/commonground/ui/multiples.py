"""Small multiples: the same two lines of each group on one scale, so that they can be laid side by side. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commonground.ui.axes import Days, Shares, apart, area, line, runs, thinned
from commonground.ui.curves import HALF_WEEK, Weekly, month_said
from commonground.ui.words import percent
from commonground.ui.words_in_picture import Words


@dataclass(frozen=True, slots=True)
class Multiple:
    """One of them, in px."""

    width: float
    height: float
    right: float
    top: float
    bottom: float
    middle: float
    fills: tuple[str, ...]
    new: tuple[str, ...]
    old: tuple[str, ...]
    dots: tuple[tuple[float, float, str], ...]
    cut_over: float | None
    ring: tuple[float, float] | None
    words: tuple[Words, ...]


def multiple(
    weeks: Sequence[Weekly],
    span: tuple[date, date],
    *,
    cut_over: date | None = None,
    alarm: date | None = None,
    now: tuple[float, float] | None = None,
    width: float = 168,
    height: float = 114,
    written: bool = True,
) -> Multiple | None:
    """Two lines between the weeks of `span`, the same for all of them; None when no week is shown.

    cut_over: a dotted line. alarm: a ring around the old line in that week. now: shares to write at the
    right, where they are not those of the last week. written: with the last shares at the right and the two months
    below; without, only the lines, as for a row of a table.
    """
    first, last = span
    shown = [week for week in weeks if week.new is not None and week.old is not None]
    if not shown:
        return None
    right, bottom = (width - 42, height - 18) if written else (width - 4, height - 3)
    days, scale = Days(first, last + timedelta(days=6), 0, right), Shares(6 if written else 3, bottom)
    new = thinned([None if w.new is None else (days.x(w.day + HALF_WEEK), scale.y(w.new)) for w in weeks], 3.4)
    old = thinned([None if w.old is None else (days.x(w.day + HALF_WEEK), scale.y(w.old)) for w in weeks], 3.4)
    ring = _ring(shown, alarm, days, scale)
    alone = [(run[0], kind) for spots, kind in ((new, "new"), (old, "old")) for run in runs(spots) if len(run) == 1]
    return Multiple(
        width=width,
        height=height,
        right=right,
        top=scale.top,
        bottom=bottom,
        middle=scale.y(0.5),
        fills=tuple(area(run, [(x, bottom) for x, _ in run]) for run in runs(new) if len(run) > 1),
        new=tuple(line(run) for run in runs(new) if len(run) > 1),
        old=tuple(line(run) for run in runs(old) if len(run) > 1),
        dots=tuple((x, y, kind) for (x, y), kind in alone),
        cut_over=days.x(cut_over) if cut_over and days.holds(cut_over) else None,
        ring=ring,
        words=_words(now or (shown[-1].new, shown[-1].old), days, scale, span, beside=ring) if written else (),
    )


def _ring(shown: Sequence[Weekly], alarm: date | None, days: Days, scale: Shares) -> tuple[float, float] | None:
    week = next((one for one in shown if alarm is not None and one.day >= alarm), None)
    return None if week is None or week.old is None else (days.x(week.day + HALF_WEEK), scale.y(week.old))


def _words(
    now: tuple[float | None, float | None],
    days: Days,
    scale: Shares,
    span: tuple[date, date],
    *,
    beside: tuple[float, float] | None,
) -> tuple[Words, ...]:
    new, old = now
    off = 10 if beside and beside[0] > days.right - 8 else 5
    ys = apart([scale.y(new or 0), scale.y(old or 0)], 15, scale.top, scale.bottom)
    return (
        Words(percent(new), days.right + off, ys[0] + 4, "", "new"),
        Words(percent(old), days.right + off, ys[1] + 4, "", "old"),
        Words(_short(span[0]), 0, scale.bottom + 15),
        Words(_short(span[1]), days.right, scale.bottom + 15, "end"),
    )


def _short(day: date) -> str:
    """“Mar 25”."""
    month, year = month_said(day).split()
    return f"{month} {year[2:]}"
