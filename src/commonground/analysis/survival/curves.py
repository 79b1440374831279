"""Curves of what happens to people over time, for many groups at once: Kaplan–Meier, Nelson–Aalen and Aalen–Johansen."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.intervals import two_sided
from commonground.analysis.survival.steps import Numbers, Steps, Whole, before, followed, running

Scale = Literal["log", "loglog"]
SAME = 1e-9  # so near to a half, a share is a half: rounding leaves a crumb


class OneCurve(NamedTuple):
    """The curve of one group. time, share, low, high, at_risk, events: one value a row. n: people; median: None while not reached."""

    time: Numbers
    share: Numbers
    low: Numbers
    high: Numbers
    at_risk: Whole
    events: Whole
    n: int
    median: float | None


class Values(NamedTuple):
    """The curves at asked times, shape (groups, times). NaN after the last time at which a group was followed. at_risk: just before."""

    share: Numbers
    low: Numbers
    high: Numbers
    at_risk: Whole


@dataclass(frozen=True, eq=False)
class Curves:
    """Step curves of `groups` groups, rows one group after the other; group g has rows offsets[g] to offsets[g + 1].

    There is a row for each different time at which somebody's following ended, whether by the event or not: events may be 0. share holds
    from this time on; before the first row it is `begin`. deviation: standard error of share; low, high: its interval, z standard errors
    wide to either side on its scale. n: people a group. bounded: whether it is a share of people, 0 to 1.
    """

    offsets: Whole
    time: Numbers
    share: Numbers
    deviation: Numbers
    low: Numbers
    high: Numbers
    at_risk: Whole
    events: Whole
    n: Whole
    begin: float
    z: float
    bounded: bool = True

    def __len__(self) -> int:
        return len(self.n)

    @cached_property
    def medians(self) -> Numbers:
        """For each group the first time at which half have come to the event; NaN where fewer than half have.

        Where exactly half have, the middle between this time and the next event, as the median of a list and as R's survfit: it equals
        the plain median where everybody was followed to the event.
        """
        found = np.full(len(self), np.nan)
        if not (self.bounded and self.time.size):
            return found
        left = self.share if self.begin == 1 else 1 - self.share
        for reached in (left <= 0.5 + SAME, left < 0.5 - SAME):
            at = _first_rows(reached, self.offsets)
            there = at >= 0
            later = self.time[at]
            found = np.where(there, np.where(np.isnan(found), later, found + (later - found) / 2), found)
        return found

    def of(self, group: int) -> OneCurve:
        """The curve of one group."""
        rows = slice(self.offsets[group], self.offsets[group + 1])
        median = float(self.medians[group])
        return OneCurve(
            self.time[rows], self.share[rows], self.low[rows], self.high[rows], self.at_risk[rows], self.events[rows],
            int(self.n[group]), None if np.isnan(median) else median,
        )  # fmt: skip

    def at(self, times: ArrayLike) -> Values:
        """The curves at each of these times, such as 26, 52 and 104 weeks."""
        asked = np.atleast_1d(np.asarray(times, float))
        answers = np.full((3, len(self), asked.size), np.nan)
        at_risk = np.zeros((len(self), asked.size), np.int64)
        for group in np.flatnonzero(np.diff(self.offsets)):
            first, end = self.offsets[group], self.offsets[group + 1]
            time = self.time[first:end]
            row = first + np.searchsorted(time, asked, side="right") - 1
            known = asked <= time[-1]
            for which, values in enumerate((self.share, self.low, self.high)):
                start = self._start(int(self.n[group]))[which]
                answers[which, group] = np.where(known, np.where(row >= first, values[row], start), np.nan)
            coming = first + np.searchsorted(time, asked, side="left")
            at_risk[group] = np.where(known, self.at_risk[np.minimum(coming, end - 1)], 0)
        return Values(answers[0], answers[1], answers[2], at_risk)

    def _start(self, n: int) -> tuple[float, float, float]:
        """Share, low and high of n people before anything was seen."""
        if not self.bounded:
            return self.begin, self.begin, self.begin
        sure = _all_of(n, self.z)
        return (1.0, sure, 1.0) if self.begin == 1 else (0.0, 0.0, 1 - sure)


def kaplan_meier(
    duration: ArrayLike,
    event: ArrayLike,
    group: ArrayLike | None = None,
    groups: int | None = None,
    *,
    entry: ArrayLike | None = None,
    level: float = 0.95,
    scale: Scale = "log",
) -> Curves:
    """Share of people to whom the event has not happened yet, over time (Kaplan & Meier, 1958, JASA 53:457–481).

    duration: time until the event, or for how long a person was followed without it; any unit, 0 or more. event: 1 or true where it
    happened. group: code of each person's group from 0; groups: how many there are, empty ones included. entry: from when on a person
    was followed, if later than 0 (they count at times after it). Standard errors by Greenwood; intervals on the logarithm of the share,
    or with "loglog" on that of its negative logarithm, which holds its promise better in small groups. Before the first event the low
    end is Wilson's for all of those still followed; where nobody is left the interval reaches from 0 to the last upper end. Leaving is
    no censoring: pass those who left to `cumulative_incidence`.
    Raises ValueError when a duration is negative or no number, when lengths differ, or without people.
    """
    steps = followed(duration, event, group, groups, entry, 1)
    share, terms = _surviving(steps)
    relative = np.sqrt(np.maximum(running(terms, steps.offsets), 0))
    z = two_sided(level)
    low, high = _interval(share, relative * share, z, scale, steps)
    return Curves(
        steps.offsets, steps.time, share, relative * share, low, high, steps.at_risk, steps.any, steps.n, 1.0, z
    )  # fmt: skip


def nelson_aalen(
    duration: ArrayLike,
    event: ArrayLike,
    group: ArrayLike | None = None,
    groups: int | None = None,
    *,
    entry: ArrayLike | None = None,
    level: float = 0.95,
    one_by_one: bool = False,
) -> Curves:
    """Events so far that one person at risk all the time would have had: the cumulative hazard (Aalen, 1978, Ann. Statist. 6:701–726).

    As `kaplan_meier`. one_by_one: events of one time are taken as if one came after the other, each with one fewer at risk (Fleming &
    Harrington, 1984), for times that were only rounded to be equal. Intervals on the logarithm. There are no medians.
    """
    steps = followed(duration, event, group, groups, entry, 1)
    n, d = steps.at_risk, steps.any
    if one_by_one:
        whole = np.arange(1, int(n.max()) + 1, dtype=float)
        harmonic, squares = (np.concatenate(([0.0], np.cumsum(whole**-power))) for power in (1, 2))
        steps_up, terms = harmonic[n] - harmonic[n - d], squares[n] - squares[n - d]
    else:
        steps_up, terms = d / n, (n - d) * d / n.astype(float) ** 3
    hazard = running(steps_up, steps.offsets)
    deviation = np.sqrt(running(terms, steps.offsets))
    some = hazard > 0
    z = two_sided(level)
    reach = np.exp(z * deviation / np.where(some, hazard, 1))
    return Curves(
        steps.offsets, steps.time, hazard, deviation, hazard / reach, hazard * reach, n, d, steps.n, 0.0, z, bounded=False
    )  # fmt: skip


def cumulative_incidence(
    duration: ArrayLike,
    cause: ArrayLike,
    group: ArrayLike | None = None,
    groups: int | None = None,
    *,
    of: int = 1,
    causes: int = 2,
    level: float = 0.95,
    scale: Scale = "log",
) -> Curves:
    """Share of people who have come to one cause so far, others being able to keep them from it for good (Aalen & Johansen, 1978).

    cause: 0 where nothing had happened when the following ended, else 1 to `causes`; `of` names the one asked about: 1 for sustained
    use, say, and 2 for leaving. Other arguments as `kaplan_meier`; without another cause the answer is 1 less that curve, interval
    included. Variance by the delta method of Greenwood's kind (Marubini & Valsecchi, 1995, section 10.2). events: of the cause asked.
    Raises ValueError as `kaplan_meier`, and for a cause that is not there.
    """
    if not 1 <= of <= causes:
        raise ValueError(f"Causes are numbered 1 to {causes}; {of} is none of them.")
    steps = followed(duration, cause, group, groups, None, causes)
    d, n, rows = steps.happened[of - 1], steps.at_risk.astype(float), steps.offsets
    share, terms = _surviving(steps)
    free = before(share, rows, 1.0)
    met = np.clip(running(free * d / n, rows), 0.0, 1.0)
    cross = free * d / n**2
    total, first, second = (running(terms * met**power, rows) for power in (0, 1, 2))
    variance = (
        met**2 * total - 2 * met * first + second
        + running(free**2 * d * (n - d) / n**3, rows)
        - 2 * (met * running(cross, rows) - running(met * cross, rows))
    )  # fmt: skip
    deviation = np.sqrt(np.maximum(variance, 0))
    z = two_sided(level)
    low, high = _interval(1 - met, deviation, z, scale, steps)
    return Curves(rows, steps.time, met, deviation, 1 - high, 1 - low, steps.at_risk, d, steps.n, 0.0, z)


def _surviving(steps: Steps) -> tuple[Numbers, Numbers]:
    """The share to whom nothing has happened yet, and Greenwood's terms d ÷ (n (n − d)), 0 where nobody is left."""
    n, d = steps.at_risk.astype(float), steps.any.astype(float)
    last = d == n
    share = running(np.where(last, 0.0, 1 - d / n), steps.offsets, np.multiply)
    return share, np.where(last, 0.0, d / (n * np.where(last, 1.0, n - d)))


def _all_of(n: Any, z: float) -> Any:
    """The low end of Wilson's interval when all of n are still there."""
    return n / (n + z * z)


def _interval(share: Numbers, deviation: Numbers, z: float, scale: Scale, steps: Steps) -> tuple[Numbers, Numbers]:
    """The interval of a share that falls from 1; where it has come to 0, from 0 to the last upper end before."""
    inside = (share > SAME) & (share < 1 - SAME)
    held = np.where(share > SAME, share, 1.0)
    if scale == "log":
        reach = np.exp(z * deviation / held)
        low, high = held / reach, np.minimum(held * reach, 1.0)
    else:
        logs = np.where(inside, np.log(held), -1.0)
        reach = np.exp(z * deviation / held / -logs)
        low, high = np.exp(logs * reach), np.exp(logs / reach)
    low, high = np.where(inside, low, _all_of(steps.at_risk, z)), np.where(inside, high, 1.0)
    gone = share <= SAME
    if gone.any():
        kept = np.where(gone, -1, np.arange(len(share)))
        heads = np.repeat(steps.offsets[:-1], np.diff(steps.offsets))
        at = np.maximum.accumulate(kept)
        high = np.where(gone, np.where(at >= heads, high[at], 1.0), high)
        low = np.where(gone, 0.0, low)
    return low, high


def _first_rows(holds: NDArray[np.bool_], offsets: Whole) -> Whole:
    """For each group the first row where it holds; −1 where it never does."""
    rows = np.append(np.flatnonzero(holds), holds.size)
    at = rows[np.searchsorted(rows, offsets[:-1])]
    return np.where(at < offsets[1:], at, -1)
