"""The curve of a behaviour: new way and old way week by week, the forecast as a fan, lateness, and what happened when. Pure.

Numbers in, coordinates out, in px of the viewBox; `ui/charts/curves.svg` draws them. Shares are 0 to 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from commonground.ui.axes import Days, Shares, Spot, apart, area, line, runs, thinned
from commonground.ui.charts import Tick
from commonground.ui.lanes_below import Dated, Lane, lanes_below
from commonground.ui.words import MONTHS, percent
from commonground.ui.words_in_picture import Sheet, Words

TOP, PLOT, MONTHS_BELOW, LEAST_WEEKS = 14.0, 310.0, 34.0, 2
HALF_WEEK = timedelta(days=3)
Target = tuple[float, date | None]
Lanes = Sequence[tuple[str, Sequence[Dated]]]


class Weekly(NamedTuple):
    """The shares of the week that begins on `day`; None where the week is not shown."""

    day: date
    new: float | None
    old: float | None


class Fan(NamedTuple):
    """The share new in a week to come: quantiles of the forecast."""

    day: date
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float


class Says(NamedTuple):
    """Words of the picture: names of the new and the old way, the shares at the end of the lines (None: those of the last week), and what
    the day is called that the line of today stands for."""

    names: tuple[str, str] = ("New way", "Old way")
    now: tuple[float, float] | None = None
    today: str = "today"


PLAIN = Says()


class Due(NamedTuple):
    """A share and when: planned, and forecast with its interval; None: not planned, or not within what is forecast."""

    share: float
    planned: date | None
    low: date | None
    mid: date | None
    high: date | None


@dataclass(frozen=True, slots=True)
class Late:
    """A due share drawn. late_x: where a bar from planned to forecast ends, None when it is not late; low_x, high_x: its interval."""

    y: float
    late_x: float | None
    low_x: float | None
    high_x: float | None
    planned_x: float | None
    mid_x: float | None
    words: Words | None


@dataclass(frozen=True, slots=True)
class Curves:
    """The whole picture, in px. Lines are `points`, areas are `d`."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    rows: tuple[tuple[float, str], ...]
    ticks: tuple[Tick, ...]
    fills: tuple[str, ...]
    new: tuple[str, ...]
    old: tuple[str, ...]
    dots: tuple[tuple[float, float, str], ...]
    hidden: tuple[tuple[float, float], ...]
    ahead: str
    half: str
    wide: str
    today: float
    today_words: Words | None
    target: tuple[float, float, float] | None
    lates: tuple[Late, ...]
    words: tuple[Words, ...]
    lanes: tuple[Lane, ...]


def curves(
    weeks: Sequence[Weekly],
    ahead: Sequence[Fan] = (),
    says: Says = PLAIN,
    *,
    today: date,
    dues: Sequence[Due] = (),
    target: Target | None = None,
    lanes: Lanes = (),
    width: float = 796,
) -> Curves | None:
    """The picture of weeks and forecast; None with fewer than two weeks to show.

    target: the share wanted and its day. lanes: rows of dated things below the axis, each with its name; those outside of the days shown
    are left out. The axis ends where the last date that matters lies.
    """
    shown = [week for week in weeks if week.new is not None and week.old is not None]
    if len(shown) < LEAST_WEEKS:
        return None
    left, right = (46.0, width - 4) if width > 480 else (36.0, width - 2)
    wanted = [day for due in dues for day in (due.planned, due.mid, due.high) if day]
    wanted += [one.day for _, many in lanes for one in many] + ([target[1]] if target and target[1] else [])
    open_end = any(due.high is None for due in dues)
    days = Days(weeks[0].day, _last(weeks, ahead, today, wanted, open_end=open_end), left, right)
    scale = Shares(TOP, TOP + PLOT)
    new = thinned([None if w.new is None else (days.x(w.day + HALF_WEEK), scale.y(w.new)) for w in weeks])
    old = thinned([None if w.old is None else (days.x(w.day + HALF_WEEK), scale.y(w.old)) for w in weeks])
    fan = _fan(ahead, days, scale, next(spot for spot in reversed(new) if spot))
    drawn = _Drawn(days, scale, new, old, fan[0], width)
    placed = lanes_below(lanes, days, scale.bottom + MONTHS_BELOW, width, drawn.height_of)
    day_word = _today(says.today, days.x(today), right)
    words, lates = _words(drawn, shown[-1], says, day_word, today, target, dues)
    return Curves(
        width=width,
        height=placed.height,
        left=left,
        right=right,
        top=TOP,
        bottom=scale.bottom,
        rows=tuple((scale.y(row / 5), f"{row * 20}{' %' if row == 5 and width > 480 else ''}") for row in range(6)),
        ticks=days.months(),
        fills=tuple(area(run, [(x, scale.bottom) for x, _ in run]) for run in runs(new) if len(run) > 1),
        new=tuple(line(run) for run in runs(new) if len(run) > 1),
        old=tuple(line(run) for run in runs(old) if len(run) > 1),
        dots=_dots(new, old),
        hidden=_hidden(weeks, days),
        ahead=line(fan[0]),
        half=fan[1],
        wide=fan[2],
        today=days.x(today),
        today_words=day_word,
        target=_target(target, days, scale),
        lates=lates,
        words=words,
        lanes=placed.lanes,
    )


def _last(
    weeks: Sequence[Weekly], ahead: Sequence[Fan], today: date, wanted: Sequence[date], *, open_end: bool
) -> date:
    """Where the axis ends: behind the last date that matters, at most at the end of the forecast, or two years from now without one."""
    first, known = weeks[0].day, max(weeks[-1].day + timedelta(days=7), today)
    until = ahead[-1].day if ahead else known + timedelta(days=730)
    last = max([known, *wanted, *([until] if ahead and open_end else [])])
    room = max((known - first) // 12, timedelta(days=14))
    return max(min(last + room, until if ahead else until + room), known + room)


@dataclass(frozen=True, slots=True)
class _Drawn:
    days: Days
    scale: Shares
    new: list[Spot | None]
    old: list[Spot | None]
    ahead: tuple[Spot, ...]
    width: float

    def height_of(self, x: float) -> float | None:
        """Where the new line stands at a place, None where it is not drawn."""
        before: Spot | None = None
        for spot in self.new:
            if spot is not None and before is not None and before[0] <= x <= spot[0]:
                part = (x - before[0]) / ((spot[0] - before[0]) or 1)
                return round(before[1] + (spot[1] - before[1]) * part, 1)
            before = spot
        return None


def _fan(ahead: Sequence[Fan], days: Days, scale: Shares, now: Spot) -> tuple[tuple[Spot, ...], str, str]:
    """The middle line and the grounds of 50 and 80 %, all beginning where the known line ends."""
    inside = [week for week in ahead if days.holds(week.day)]
    if not inside:
        return (), "", ""
    at = [
        (now[0], [now[1]] * 5),
        *((days.x(week.day + HALF_WEEK), [scale.y(one) for one in week[1:]]) for week in inside),
    ]
    kept = at[:1] + at[1 : -1 : max(1, len(at) // 60)] + at[-1:]
    side = [[(x, ys[place]) for x, ys in kept] for place in range(5)]
    return tuple(side[2]), area(side[3], side[1]), area(side[4], side[0])


def _dots(new: Sequence[Spot | None], old: Sequence[Spot | None]) -> tuple[tuple[float, float, str], ...]:
    """Weeks that stand alone between two gaps."""
    alone = [(run[0], kind) for spots, kind in ((new, "new"), (old, "old")) for run in runs(spots) if len(run) == 1]
    return tuple((x, y, kind) for (x, y), kind in alone)


def _hidden(weeks: Sequence[Weekly], days: Days) -> tuple[tuple[float, float], ...]:
    """Stretches of weeks that are not shown, as x and width along the axis."""
    found: list[list[date]] = []
    for week in weeks:
        if week.new is not None:
            found.append([])
        elif not found or not found[-1]:
            found.append([week.day, week.day])
        else:
            found[-1][1] = week.day
    spans = [(days.x(one[0]), days.x(one[1] + timedelta(days=7))) for one in found if one]
    return tuple((x, round(max(to - x, 2.0), 1)) for x, to in spans)


def _target(target: Target | None, days: Days, scale: Shares) -> tuple[float, float, float] | None:
    if target is None:
        return None
    return days.left, days.right, scale.y(target[0])


def _today(word: str, x: float, right: float) -> Words:
    left = x + 44 > right
    return Words(word, x - 5 if left else x + 5, TOP + 7, "end" if left else "", "strong")


def _words(
    drawn: _Drawn,
    end: Weekly,
    says: Says,
    day_word: Words,
    today: date,
    target: Target | None,
    dues: Sequence[Due],
) -> tuple[tuple[Words, ...], tuple[Late, ...]]:
    """Every word that stands in the picture, none over another: first what is now, then what is due, then the names of the lines."""
    days, scale = drawn.days, drawn.scale
    upright = [(days.x(today), float(y)) for y in range(int(TOP), int(scale.bottom), 6)]
    found = _now(drawn, end, says.now or (end.new or 0, end.old or 0))
    sheet = Sheet(days.left, days.right, TOP + 10, scale.bottom - 4, [drawn.new, drawn.old, drawn.ahead, upright])
    sheet.taken += [day_word, *found]
    lates = []
    for due in sorted(dues, key=lambda one: one.share):
        late = _late(due, drawn, sheet.taken, today)
        lates.append(late)
        sheet.taken += [late.words] if late.words else []
        sheet.lines.append(_level(late, days))
    if target is not None:
        starts, level = _along(days, days.left, days.right), scale.y(target[0])
        goal = sheet.beside(_target_said(target), starts, [(x, level) for x in starts], "target")
        found += [goal] if goal else []
    until = max(days.x(end.day), days.left + 0.45 * (days.right - days.left))
    for place, spots in ((1, drawn.old), (0, drawn.new)):
        name, line_of = says.names[place], [spot for spot in spots if spot]
        starts, css = _along(days, days.left, until), ("new", "old")[place]
        word = sheet.beside(name, starts, line_of, css) or sheet.beside(name.partition(":")[0], starts, line_of, css)
        if word is None:  # no room along the line: its name stands before its value
            whole = found[place]._replace(text=f"{name}, {found[place].text}")
            others = [one for one in sheet.taken if one != found[place]]
            if whole.inside(0, drawn.width) and not any(whole.meets(one) for one in others):
                sheet.taken, found[place] = [*others, whole], whole
        else:
            found.append(word)
    return tuple(found), tuple(lates)


def _now(drawn: _Drawn, end: Weekly, now: tuple[float, float]) -> list[Words]:
    """The shares at the end of the new and of the old line."""
    days, scale, x = drawn.days, drawn.scale, drawn.days.x(end.day + HALF_WEEK)
    ys = apart([scale.y(end.new or 0), scale.y(end.old or 0)], 15, TOP + 22, scale.bottom - 4)
    room = days.right - x > 44
    return [
        Words(percent(share), x + 8 if room else x - 6, y + (4 if room else -8), "" if room else "end", css)
        for share, y, css in zip(now, ys, ("new", "old"), strict=True)
    ]


def _level(late: Late, days: Days) -> list[Spot]:
    """The bar and the interval of a due share as something to keep words off."""
    at = [x for x in (late.planned_x, late.low_x, late.high_x) if x is not None]
    cap = [(late.planned_x, late.y - 6)] if late.planned_x is not None else []
    return [*cap, *((float(x), late.y) for x in range(int(min(at)), int(max(at)), 6))] if at else []


def _along(days: Days, start: float, end: float) -> list[float]:
    return [round(start + (end - start) * part / 24, 1) for part in range(25)]


def _target_said(target: Target) -> str:
    by = f" by {month_said(target[1])}" if target[1] else ""
    return f"target {percent(target[0])}{by}"


def month_said(day: date) -> str:
    """“Oct 2027”."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def _late(due: Due, drawn: _Drawn, taken: Sequence[Words], today: date) -> Late:
    """A due share as it is drawn; what is not reached as far as the forecast looks goes to the right edge."""
    days, y = drawn.days, drawn.scale.y(due.share)
    planned = days.x(due.planned) if due.planned else None
    late = due.planned is not None and (due.mid is None or due.mid > due.planned)
    low = days.x(max(due.low, today)) if due.low else None
    high = days.right if due.high is None else days.x(due.high)
    middle = days.x(due.mid) if due.mid and days.holds(due.mid) else None
    text = f"{percent(due.share)} {month_said(due.mid)}" if due.mid else f"{percent(due.share)} later"
    at, css = days.right if middle is None else middle, "act" if late else "new"
    spots = [(at + 8, y + 19, ""), (at + 8, y - 10, ""), (at - 8, y - 10, "end"), (at - 8, y + 19, "end")]
    options = [Words(text, spot, height, anchor, css) for spot, height, anchor in spots]
    words = next((one for one in options if one.inside(0, drawn.width) and not any(one.meets(w) for w in taken)), None)
    until = at if late and planned is not None and at > planned else None
    return Late(y, until, low, high if low is not None else None, planned, middle, words)
