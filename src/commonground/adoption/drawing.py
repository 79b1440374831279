"""Figures of a pace as pictures: which weeks, which forecast, which names. The geometry is that of `ui`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from commonground.adoption.models import Behaviour
from commonground.adoption.said import capital, group_name
from commonground.adoption.standing import COMING, REACHED, UNKNOWN, Due
from commonground.adoption.summary import stands
from commonground.analysis.pace.figures import Group, Pace, Point, Week
from commonground.ui import curves, multiples, steps
from commonground.ui.curves import Curves, Fan, Weekly
from commonground.ui.lanes_below import Dated
from commonground.ui.multiples import Multiple
from commonground.ui.steps import Level, Steps
from commonground.ui.words import percent

SIZES = {"large": 796.0, "middle": 620.0, "small": 358.0}
NEAR = 0.08  # shares closer than this to one another are not both written into the picture
Lanes = Sequence[tuple[str, Sequence[Dated]]]


def weekly(weeks: Iterable[Week]) -> list[Weekly]:
    """Weeks as shares; None where a week is not shown or had no occasion."""
    return [Weekly(date.fromisoformat(week.week), *_shares(week)) for week in weeks]


def _shares(week: Week) -> tuple[float | None, float | None]:
    if week.new is None or week.old is None:
        return None, None
    n = week.new + week.old + (week.neither or 0)
    return (week.new / n, week.old / n) if n else (None, None)


def big(
    behaviour: Behaviour, pace: Pace, dues: Sequence[Due], lanes: Lanes, today: date, word: str
) -> dict[str, Curves]:
    """The big picture for each width; empty with too few weeks to draw. today, word: the day that is asked about, and what it is called."""
    whole = pace.whole
    weeks = tuple(weekly(whole.series.weeks))
    forecast = whole.forecast
    ahead = (
        tuple(Fan(date.fromisoformat(a.week), a.p10, a.p25, a.p50, a.p75, a.p90) for a in forecast.path)
        if forecast and forecast.enough
        else ()
    )
    target = (behaviour.target_share, behaviour.target_on) if behaviour.target_share is not None else None
    drawn = tuple(curves.Due(one.share, one.planned, one.low, one.mid, one.high) for one in _drawn(dues, behaviour))
    now = (whole.now.new, whole.now.old) if whole.now else None
    dated = tuple((name, tuple(many)) for name, many in lanes)
    found = {}
    for size, width in SIZES.items():
        says = curves.Says(_names(behaviour, short=width < 480), now, word)
        picture = _curves(weeks, ahead, says, today, drawn, target, dated, width)
        if picture is not None:
            found[size] = picture
    return found


@lru_cache(maxsize=96)
def _curves(
    weeks: tuple[Weekly, ...],
    ahead: tuple[Fan, ...],
    says: curves.Says,
    today: date,
    dues: tuple[curves.Due, ...],
    target: curves.Target | None,
    lanes: tuple[tuple[str, tuple[Dated, ...]], ...],
    width: float,
) -> Curves | None:
    """The picture of these numbers, kept: placing its words is a fifth of the page."""
    return curves.curves(weeks, ahead, says, today=today, dues=dues, target=target, lanes=lanes, width=width)


def _names(behaviour: Behaviour, *, short: bool) -> tuple[str, str]:
    if short:
        return "New way", "Old way"
    new = f"New way: {behaviour.new_words}" if behaviour.new_words else "New way"
    return new, f"Old way: {behaviour.old_words}" if behaviour.old_words else "Old way"


def _drawn(dues: Sequence[Due], behaviour: Behaviour) -> list[Due]:
    """The target first, then those that are far enough from what stands there; what is reached or unknown is not drawn."""
    found: list[Due] = []
    for one in sorted(dues, key=lambda due: (due.share != behaviour.target_share, due.share)):
        if one.state in (REACHED, UNKNOWN) or any(abs(one.share - other.share) < NEAR for other in found):
            continue
        found.append(one)
    return found


def big_said(behaviour: Behaviour, pace: Pace, dues: Sequence[Due]) -> str:
    """What the big picture shows, for those who do not see it."""
    now = pace.whole.now
    told = f"New way {percent(now.new)}, old way {percent(now.old)}" if now else "New way and old way by week"
    reached = [
        f"{percent(one.share)} in {curves.month_said(one.mid)}" for one in dues if one.state == COMING and one.mid
    ]
    return f"{told}; the forecast reaches {', '.join(reached)}" if reached else told


@dataclass(frozen=True, slots=True)
class Small:
    """One group of the small multiples; picture is None where it is not shown."""

    group: Group
    name: str
    picture: Multiple | None
    alarm: bool
    suppressed: bool
    said: str


def small(groups: Sequence[Group], pace: Pace) -> list[Small]:
    """The groups in the order given, all on one scale and the same time."""
    if pace.first is None or pace.last is None:
        return []
    first, last = date.fromisoformat(pace.first), date.fromisoformat(pace.last)
    return [_one(group, (first, last)) for group in groups]


def _one(group: Group, span: tuple[date, date]) -> Small:
    series = group.series
    if series.suppressed:
        return Small(group, group_name(group), None, alarm=False, suppressed=True, said="")
    back = stands(group)
    alarm = date.fromisoformat(group.watch.alarms[-1].week) if back and group.watch else None
    cut_over = date.fromisoformat(group.cut_over) if group.cut_over else None
    now = group.now
    ends = (now.new, now.old) if now else None
    picture = multiples.multiple(weekly(series.weeks), span, cut_over=cut_over, alarm=alarm, now=ends)
    told = f"new way {percent(now.new)}, old way {percent(now.old)}" if now else "new way and old way by week"
    return Small(
        group, group_name(group), picture, alarm=back, suppressed=False, said=f"{capital(group_name(group))}: {told}"
    )


def spark(pace: Pace) -> Multiple | None:
    """Both lines of the whole, small, for a row of a list."""
    if pace.first is None or pace.last is None:
        return None
    first, last = date.fromisoformat(pace.first), date.fromisoformat(pace.last)
    weeks = weekly(pace.whole.series.weeks)
    return multiples.multiple(weeks, (first, last), width=156, height=40, written=False)


def stepped(curve: Sequence[Point], *, start: float, half: float | None = None) -> dict[str, Steps]:
    """A curve of people for two widths; empty without one."""
    levels = [Level(point.time, point.share, point.low, point.high) for point in curve]
    found = {}
    for size, width in (("large", 470.0), ("small", 358.0)):
        picture = steps.steps(levels, start=start, half=half, width=width)
        if picture is not None:
            found[size] = picture
    return found
