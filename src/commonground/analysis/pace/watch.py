"""A watch on the old way: does it return? A two-sided CUSUM of its weekly share, and how soon such a watch sees a rise.

How the reference follows improvement. An old way that is meant to die has no level to be held against for good: against the level at
the outset a return from 20 % to 30 % would never be seen where it began at 60 %, and against a trend line the end of a fall would look
like a return. So the reference is a level, the mean since the last change, and never a trend. Each week is compared with the mean of the
weeks since that change (a self-starting CUSUM, Hawkins, 1987: the standard error holds the reference's own, so that few weeks do not
make false alarms). When the lower sum signals that the share has fallen, the reference is set anew at the weeks since that fall began,
so that it comes down step by step behind a falling share, and a level stretch after a fall lies at or below it. After a rise it is set
anew likewise. Changes of one side that follow each other closely are one alarm, so that a long fall, or a return, is told once.

Shares are compared on Anscombe's angle scale, arcsin √((x + ⅜) ÷ (n + ¾)), where the variance of an independent count is 1 ÷ (4n + 2)
whatever the share. People repeat themselves, so that weeks vary by more: the overdispersion is the mean square of differences between
weeks that follow one another (which a trend hardly touches), over all weeks so far, capped so that a jump does not swell it, never below 1.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.intervals import normal_share_below
from commonground.analysis.pace.figures import Alarm, Watch
from commonground.analysis.pace.observations import monday

Numbers = NDArray[np.float64]
ALLOWANCE, LIMIT = 0.5, 4.0  # in standard deviations of a week: the usual k and h
SIZES = (0.5, 1.0, 1.5, 2.0, 3.0)
LEARN = 8  # weeks with which the reference begins
LEAST = LEARN + 4
RECENT = 4  # weeks that tell the share after a change
FEWEST = 20  # occasions a week, on average
GOES_ON = 4  # weeks within which a change of the same side is the same one
STATES = 80
MEDIAN, CAP = 0.4549, 9.0  # of a square of a standard normal value; squares are capped at so many times the usual one
UP, DOWN = "up", "down"


class Sums(NamedTuple):
    """The two sums of a CUSUM after each value, in standard deviations; signal: place of the first beyond the limit, None without."""

    up: Numbers
    down: Numbers
    signal: int | None


def cusum(values: ArrayLike, target: float, deviation: float, *, k: float = ALLOWANCE, h: float = LIMIT) -> Sums:
    """The sums of what values exceed the target by more than k standard deviations, and likewise below it (Page, 1954)."""
    apart = (np.asarray(values, float) - target) / deviation
    up, down = np.zeros(len(apart)), np.zeros(len(apart))
    high = low = 0.0
    for place, value in enumerate(apart.tolist()):
        up[place] = high = max(0.0, high + value - k)
        down[place] = low = max(0.0, low - value - k)
    beyond = np.flatnonzero((up > h) | (down > h))
    return Sums(up, down, int(beyond[0]) if len(beyond) else None)


@cache
def run_length(size: float, *, k: float = ALLOWANCE, h: float = LIMIT) -> float:
    """Weeks until a two-sided CUSUM signals on average, after the level has moved by `size` standard deviations; 0: false alarms.

    By Brook & Evans' Markov chain (1972, Biometrika 59:539–549) for each side, both starting at 0; of 80 and of 160 states, from which
    the limit of ever finer states is drawn, the error falling with the square of their width.
    """
    rise, fall = (_one_side(size, k, h), _one_side(-size, k, h))
    return 1 / (1 / rise + 1 / fall)


def _one_side(size: float, k: float, h: float) -> float:
    coarse, fine = (_chain(size, k, h, states) for states in (STATES, 2 * STATES))
    finer = ((4 * STATES - 1) / (2 * STATES - 1)) ** 2
    return fine + (fine - coarse) / (finer - 1)


def _chain(size: float, k: float, h: float, states: int) -> float:
    """Steps from the first state, a sum of 0, until the sum is beyond the limit; a state is a stretch of sums, 0 half a one."""
    width = 2 * h / (2 * states - 1)
    below = normal_share_below((np.arange(-states, states) + 0.5) * width + k - size)
    row, column = np.indices((states, states))
    moves = below[column - row + states] - below[column - row + states - 1]
    moves[:, 0] = below[states - row[:, 0]]
    return float(np.linalg.solve(np.eye(states) - moves, np.ones(states))[0])


class _Seen(NamedTuple):
    """Weeks that can be shown, one after another: their numbers, occasions, and the share old on the angle scale."""

    week: NDArray[np.int64]
    old: Numbers
    n: Numbers
    angle: Numbers
    weight: Numbers


def watch(week: Sequence[int] | NDArray[np.int32], old: ArrayLike, n: ArrayLike) -> Watch:
    """The alarms on the share old. week: numbers of the weeks that can be shown, rising; old, n: old ones and all occasions of each.

    k = ½ and h = 4 standard deviations. Enough data: 12 weeks with occasions, 20 of them a week on average; the watch begins after the
    first 8.
    """
    counted = np.asarray(n, float)
    some = counted > 0
    counted, olds = counted[some], np.asarray(old, float)[some]
    angle = np.arcsin(np.sqrt((olds + 0.375) / (counted + 0.75)))
    seen = _Seen(np.asarray(week, np.int64)[some], olds, counted, angle, 4 * counted + 2)
    sizes, false = tuple((size, run_length(size)) for size in SIZES), run_length(0.0)
    if len(counted) < LEAST:
        return Watch((), sizes, false, f"The watch needs {LEAST} weeks that can be shown; there are {len(counted)}.")
    if counted.mean() < FEWEST:
        return Watch(
            (), sizes, false, f"The watch needs {FEWEST} occasions a week on average; there are {counted.mean():.0f}."
        )
    return Watch(tuple(_alarms(seen)), sizes, false)


def overdispersion(angle: Numbers, weight: Numbers) -> float:
    """By how much weeks vary more than independent occasions would, from the differences between neighbours; at least 1.

    A little more than estimated where weeks are few, since the alarms fall with its inverse.
    """
    squares = np.diff(angle) ** 2 / (1 / weight[1:] + 1 / weight[:-1])
    usual = max(1.0, float(np.median(squares)) / MEDIAN)
    return max(1.0, float(np.minimum(squares, CAP * usual).mean()) * (1 + 2 / len(squares)))


class _Change(NamedTuple):
    """A change that was seen: from which place the old level held, when it ended, and up to where the new one is known."""

    side: str
    begin: int
    since: int
    seen: int
    until: int
    spread: float


def _changes(seen: _Seen) -> list[_Change]:
    found: list[_Change] = []
    spread = overdispersion(seen.angle, seen.weight)
    begin, place = 0, LEARN  # the reference holds the weeks from begin on
    up = down = 0.0
    since = {UP: place, DOWN: place}
    while place < len(seen.n):
        reference = slice(begin, place)
        weight = seen.weight[reference]
        middle = float((seen.angle[reference] * weight).sum() / weight.sum())
        error = (spread * (1 / seen.weight[place] + 1 / weight.sum())) ** 0.5
        apart = float(seen.angle[place] - middle) / error
        up, down = max(0.0, up + apart - ALLOWANCE), max(0.0, down - apart - ALLOWANCE)
        place += 1
        for side, total in ((UP, up), (DOWN, down)):
            if total == 0:
                since[side] = place
        side = UP if up > LIMIT else DOWN if down > LIMIT else ""
        if side:
            found.append(_Change(side, begin, since[side], place, place, spread))
            begin, up, down = since[side], 0.0, 0.0
            since = {UP: place, DOWN: place}
    return found


def _alarms(seen: _Seen) -> list[Alarm]:
    """The changes, those of one side that follow each other closely told as one that goes on."""
    found: list[_Change] = []
    for change in _changes(seen):
        if found and found[-1].side == change.side and change.since - found[-1].until <= GOES_ON:
            found[-1] = found[-1]._replace(until=change.until)
        else:
            found.append(change)
    return [_alarm(seen, change) for change in found]


def _alarm(seen: _Seen, change: _Change) -> Alarm:
    """What an alarm says: the shares on either side, and how many weeks the change that was seen takes to be seen on average."""
    before, first = slice(change.begin, change.since), slice(change.since, change.seen)
    levels = [float((seen.angle[part] * seen.weight[part]).sum() / seen.weight[part].sum()) for part in (before, first)]
    deviation = (change.spread / float(np.mean(seen.weight[first]))) ** 0.5
    size = round(abs(levels[1] - levels[0]) / deviation, 1)
    after = slice(max(change.since, change.until - RECENT), change.until)
    shares = [float(seen.old[part].sum() / seen.n[part].sum()) for part in (before, after)]
    week, since = monday(int(seen.week[change.seen - 1])), monday(int(seen.week[change.since]))
    return Alarm(change.side, week.isoformat(), since.isoformat(), shares[0], shares[1], run_length(min(size, 6.0)))
