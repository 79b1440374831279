"""A curve that goes in steps, with its interval: how soon a new way becomes a habit, and whether it stays one. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from commonground.ui.axes import Shares, Spot
from commonground.ui.charts import Tick
from commonground.ui.words import percent
from commonground.ui.words_in_picture import Words

TOP, BELOW = 10.0, 26.0
STEPS = (1, 2, 3, 4, 6, 8, 12, 13, 26, 52, 104)


class Level(NamedTuple):
    """From this time on the share is so much, with its interval."""

    time: float
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Steps:
    """The picture, in px. band, line: `d` of paths."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    rows: tuple[tuple[float, str], ...]
    ticks: tuple[Tick, ...]
    band: str
    line: str
    end: tuple[float, float]
    half: tuple[float, float] | None
    words: tuple[Words, ...]


def steps(
    levels: Sequence[Level],
    *,
    start: float,
    unit: str = "weeks",
    half: float | None = None,
    width: float = 470,
    height: float = 186,
) -> Steps | None:
    """A curve from `start` (0 where a share grows, 1 where it falls) over the times of `levels`; None without any.

    unit: written at the last month or week below. half: the time at which half is reached, marked with a dot.
    """
    if not levels:
        return None
    left, right, bottom = 46.0, width - 58, height - BELOW
    levels = sorted(levels)
    last = max(levels[-1].time, 1.0)
    scale = Shares(TOP, bottom)
    at = [Level(0, start, start, start), *levels]

    def x(time: float) -> float:
        return round(left + (right - left) * time / last, 1)

    kept = _kept(at, x)
    step = next((one for one in STEPS if last / one * 52 <= right - left), 208)
    times = range(0, int(last) + 1, step)
    return Steps(
        width=width,
        height=height,
        left=left,
        right=right,
        bottom=bottom,
        rows=tuple((scale.y(row / 2), f"{row * 50}{' %' if row == 2 else ''}") for row in range(3)),
        ticks=tuple(Tick(x(time), f"{time} {unit}" if time == times[-1] else f"{time}") for time in times),
        band=_band([(x(one.time), scale.y(one.high), scale.y(one.low)) for one in kept], right),
        line=_stepped([(x(one.time), scale.y(one.share)) for one in kept], right),
        end=(right, scale.y(at[-1].share)),
        half=(x(half), scale.y(0.5)) if half is not None and half <= last else None,
        words=(
            Words(
                percent(at[-1].share), right + 9, round(min(max(scale.y(at[-1].share) + 4, 14), bottom), 1), "", "new"
            ),
        ),
    )


def _kept(levels: Sequence[Level], x: Callable[[float], float]) -> list[Level]:
    """One level for each place that can be told apart: the last of those that share it."""
    found: dict[float, Level] = {}
    for level in levels:
        found[round(x(level.time))] = level
    return [levels[0], *(level for level in found.values() if level is not levels[0])]


def _stepped(spots: Sequence[Spot], right: float) -> str:
    """A line that keeps its height until the next spot."""
    begin = f"M{spots[0][0]:g},{spots[0][1]:g}"
    return begin + "".join(f"H{x:g}V{y:g}" for x, y in spots[1:]) + f"H{right:g}"


def _band(spots: Sequence[tuple[float, float, float]], right: float) -> str:
    """The ground between the upper and the lower side, there along the one and back along the other."""
    there = _stepped([(x, high) for x, high, _ in spots], right)
    back, edge = "", right
    for x, _, low in reversed(spots):
        back += f"L{edge:g},{low:g}H{x:g}"
        edge = x
    return f"{there}{back}z"
