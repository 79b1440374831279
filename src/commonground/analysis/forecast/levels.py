"""Models of a share that may rise and fall: growth curves between a floor and a ceiling with a wandering around them, and local trends.

All but one live on the logit scale, so that no path leaves 0 to 1. A curve goes from a floor to a ceiling: the ceiling is most likely
near but below 1 and may be anywhere, the floor may lie above it. How long it takes from 10 to 90 % of the way has a wide prior in steps
of the series and, where the calendar is known, the organization's clock beside it (`curves.habit.Clock`, a parameter).
"""

from dataclasses import dataclass, field
from math import log

import numpy as np

from commonground.analysis.curves.habit import ORGANIZATION, Clock
from commonground.analysis.forecast import filters, shapes
from commonground.analysis.forecast.sampling import Followed, Numbers, Paths, Prior

Components = tuple[tuple[float, float, float], ...]

MEMORY: Components = ((1.0, log(12), 1.0),)
LASTING: Components = ((1.0, log(30), 1.0),)
WANDER: Components = ((1.0, log(0.07), 0.9),)
SMALLEST = 1e-4
UNTURNED = 3.0  # how many times as long as it was observed a course goes on as it does, on average
STEEPER = 0.8  # a turn's slope against the steepness so far
FARTHEST = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """A share at several times.

    times: in steps of the series (the median gap) since the first. share: 0 to 1. n: occasions behind each share, None if not known.
    start: when the change began, in the same steps; None if not known. month: steps in a month, None if time has no calendar.
    clock: how long an organization takes, as it is expected beforehand.
    """

    times: Numbers
    share: Numbers
    n: Numbers | None = None
    start: float | None = None
    month: float | None = None
    clock: Clock = ORGANIZATION
    gaps: Numbers = field(init=False)
    inner: Numbers = field(init=False)
    base: Numbers = field(init=False)
    coming: float = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "gaps", np.diff(self.times, prepend=self.times[0]))
        put(self, "inner", _inner(self.share, self.n))
        put(self, "coming", 1.0 if self.n is None else float(np.median(self.n[-8:])))
        near = _trailing(self.inner)
        put(self, "base", 1 / (near * (1 - near) * (1.0 if self.n is None else np.maximum(self.n, 1))))

    @property
    def z(self) -> Numbers:
        """The share on the logit scale."""
        return shapes.logit(self.inner)

    @property
    def noise(self) -> Components:
        """Log of how many times the variance of a binomial share of n (of 1 where n is not known) an observation has."""
        if self.n is None:
            return ((0.6, -log(400), 1.8), (0.4, -log(2e4), 2.0))
        return ((0.7, 0.3, 0.4), (0.3, 1.2, 0.9))

    @property
    def duration(self) -> Components:
        """Log of steps from 10 to 90 % of the way."""
        if self.month is None:
            return ((1.0, log(22), 1.0),)
        return ((0.5, log(22), 1.0), (0.5, log(self.clock.median * self.month), self.clock.spread))

    def turns(self, last: int, times: Numbers, draws: int, rng: np.random.Generator) -> Numbers:
        """What a course that turns adds on the logit scale, (times, draws): nothing, or a rise or fall from some time on."""
        passed = self.times[last] + 1.0
        blocks = [block.mean() for block in np.array_split(self.z[: last + 1], 4) if len(block)]
        steepness = (max(blocks) - min(blocks)) / (0.75 * passed)
        begins = self.times[last] + rng.exponential(UNTURNED * passed, draws)
        slope = steepness * STEEPER * rng.standard_normal(draws)
        turned: Numbers = np.clip(slope * np.maximum(times[:, None] - begins, 0.0), -FARTHEST, FARTHEST)
        return turned

    def seen(self, level: Numbers, noise: Numbers, rng: np.random.Generator) -> Numbers:
        """Levels (times, draws) on the logit scale as shares that would be observed; noise: (draws,), the parameter."""
        share = np.clip(shapes.share(level), SMALLEST, 1 - SMALLEST)
        spread = np.sqrt(np.minimum(np.exp(noise) / (self.coming * share * (1 - share)), 4.0))
        return shapes.share(level + spread * rng.standard_normal(level.shape))


def _inner(share: Numbers, n: Numbers | None) -> Numbers:
    """Shares moved off 0 and 1: by half an occasion, or by half of the smallest distance from them that occurs."""
    if n is not None:
        inner: Numbers = (share * n + 0.5) / (n + 1)
        return np.clip(inner, SMALLEST, 1 - SMALLEST)
    away = np.concatenate([share, 1 - share])
    least = away[away > 0].min() / 2
    return np.clip(share, np.clip(least, SMALLEST, 0.01), 1 - np.clip(least, SMALLEST, 0.01))


def _trailing(share: Numbers) -> Numbers:
    smooth, now = np.empty_like(share), share[0]
    for at, one in enumerate(share):
        now = 0.65 * now + 0.35 * one
        smooth[at] = now
    return smooth


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A growth curve from floor to ceiling, and a wandering around it that comes back to it.

    Parameters: logit of floor and ceiling, log duration, place (in durations after the first time), form, then log noise, log deviation
    of the wandering gained in a step, log memory.
    """

    name: str
    series: Levels
    prior: Prior = field(init=False)
    own: tuple[int, ...] = (0, 3)

    def __post_init__(self) -> None:
        series, shape = self.series, shapes.SHAPES[self.name]
        first = float(series.z[:3].mean())
        place = shape.place if series.start is None else shape.after
        floor = ((0.5, first, 0.6), (0.5, shape.floor, 1.5))
        prior = Prior.of(floor, shape.ceiling, series.duration, place, shape.form, series.noise, WANDER, LASTING)
        object.__setattr__(self, "prior", prior)

    def curve(self, theta: Numbers, times: Numbers) -> Numbers:
        """The curve on the logit scale, (times, draws)."""
        floor, ceiling = shapes.share(theta[:, 0]), shapes.share(theta[:, 1])
        shape, start = shapes.SHAPES[self.name], self.series.start
        way = shape.way(times[:, None], theta[:, 2], theta[:, 3], theta[:, 4], start)
        return shapes.logit(np.clip(floor + (ceiling - floor) * way, SMALLEST, 1 - SMALLEST))

    def follow(self, theta: Numbers) -> Followed:
        series = self.series
        noise = np.minimum(series.base[:, None] * np.exp(theta[:, 5]), 9.0)
        away = series.z[:, None] - self.curve(theta, series.times)
        return filters.wandering(away, series.gaps, noise, np.exp(2 * theta[:, 6]), np.exp(theta[:, 7]))

    def ahead(self, theta: Numbers, state: Numbers, last: int, times: Numbers, rng: np.random.Generator) -> Paths:
        gaps = np.diff(times, prepend=self.series.times[last])
        level = self.curve(theta, times)
        level = level + filters.wander_on(state, gaps, np.exp(2 * theta[:, 6]), np.exp(theta[:, 7]), rng)
        level = level + self.series.turns(last, times, len(theta), rng)
        return Paths(shapes.share(level), self.series.seen(level, theta[:, 5], rng))


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """A level that drifts, with a slope that dies down, on the logit scale.

    Parameters: log deviation of the drift and of the bend in a step, log memory of the slope, log noise.
    """

    series: Levels
    name: str = "trend"
    prior: Prior = field(init=False)
    own: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        prior = Prior.of(((1.0, log(0.06), 1.0),), ((1.0, log(0.02), 1.0),), MEMORY, self.series.noise)
        object.__setattr__(self, "prior", prior)

    def follow(self, theta: Numbers) -> Followed:
        series, spread = self.series, np.exp(theta)
        noise = np.minimum(series.base[:, None] * spread[:, 3], 9.0)
        return filters.sloping(
            series.z, series.gaps, noise, np.square(spread[:, 0]), np.square(spread[:, 1]), spread[:, 2], 0.25
        )

    def ahead(self, theta: Numbers, state: Numbers, last: int, times: Numbers, rng: np.random.Generator) -> Paths:
        gaps, spread = np.diff(times, prepend=self.series.times[last]), np.exp(theta)
        level = filters.slope_on(state, gaps, np.square(spread[:, 0]), np.square(spread[:, 1]), spread[:, 2], rng)
        level = level + self.series.turns(last, times, len(theta), rng)
        return Paths(shapes.share(level), self.series.seen(level, theta[:, 3], rng))


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """As `Trend`, on the plain scale: a straight line that dies down, cut off at 0 and 1."""

    series: Levels
    name: str = "line"
    prior: Prior = field(init=False)
    own: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        prior = Prior.of(((1.0, log(0.01), 1.0),), ((1.0, log(0.004), 1.0),), MEMORY, self.series.noise)
        object.__setattr__(self, "prior", prior)

    def follow(self, theta: Numbers) -> Followed:
        series, spread = self.series, np.exp(theta)
        noise = self._noise(series.base)[:, None] * spread[:, 3] + 1e-8
        return filters.sloping(
            series.share, series.gaps, noise, np.square(spread[:, 0]), np.square(spread[:, 1]), spread[:, 2], 0.05
        )

    def _noise(self, base: Numbers) -> Numbers:
        """The variance of a binomial share on the plain scale, out of that on the logit scale."""
        n = 1.0 if self.series.n is None else np.maximum(self.series.n, 1)
        variance: Numbers = 1 / (base * np.square(n))
        return variance

    def ahead(self, theta: Numbers, state: Numbers, last: int, times: Numbers, rng: np.random.Generator) -> Paths:
        gaps, spread = np.diff(times, prepend=self.series.times[last]), np.exp(theta)
        level = filters.slope_on(state, gaps, np.square(spread[:, 0]), np.square(spread[:, 1]), spread[:, 2], rng)
        turned = self.series.turns(last, times, len(theta), rng)
        level = shapes.share(shapes.logit(np.clip(level, SMALLEST, 1 - SMALLEST)) + turned)
        inner = np.clip(level, 0.002, 0.998)
        odd = np.sqrt(spread[:, 3] * inner * (1 - inner) / self.series.coming) * rng.standard_normal(level.shape)
        return Paths(level, np.clip(level + odd, 0.0, 1.0))


def models(series: Levels) -> tuple[Curve | Trend | Line, ...]:
    """Every model of a share."""
    return (*(Curve(name, series) for name in shapes.SHAPES), Trend(series), Line(series))
