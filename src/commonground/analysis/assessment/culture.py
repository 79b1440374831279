"""Culture now and wanted: points over dimensions that always come to 100, so that one rises only as others fall (compositions)."""

import math
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.intervals import student, two_sided

Numbers = NDArray[np.float64]

FEWEST: Final = 10  # people for a gap
DRAWS: Final = 2_000
SEED: Final = 20_261_122
NOTHING: Final = 0.005  # stands for a dimension without a point: half of the least that can be given


class Gap(NamedTuple):
    """now, wanted: mean points of each dimension, each of 100 together. change: wanted − now, with its interval. moved: points that would
    change dimension. distance: Aitchison's, with its interval; 0 where nothing is to change. n: people who gave both."""

    now: Numbers
    wanted: Numbers
    change: Numbers
    change_low: Numbers
    change_high: Numbers
    moved: float
    distance: float
    distance_low: float
    distance_high: float
    n: int


def closed(points: ArrayLike) -> Numbers:
    """Points as parts of 1, along the last axis. Raises ValueError for a negative part or where there is no point at all."""
    parts = np.asarray(points, float)
    total = parts.sum(axis=-1, keepdims=True)
    if (parts < 0).any() or not (total > 0).all():
        raise ValueError("Points are 0 or more, and at least one of the dimensions has some.")
    shares: Numbers = parts / total
    return shares


def clr(points: ArrayLike) -> Numbers:
    """Centred log-ratios (Aitchison, 1986): the logarithm of each part less their mean; they come to 0.

    A part without a point is taken as half a point of 100, and the others give way in proportion (Martín-Fernández et al., 2003).
    """
    parts = closed(points)
    none = parts == 0
    filled = np.where(none, NOTHING, parts * (1 - NOTHING * none.sum(axis=-1, keepdims=True)))
    logs = np.log(filled)
    ratios: Numbers = logs - logs.mean(axis=-1, keepdims=True)
    return ratios


def distance(one: ArrayLike, other: ArrayLike) -> Numbers:
    """Aitchison's distance between compositions, along the last axis: that of their centred log-ratios."""
    apart: Numbers = np.sqrt(((clr(one) - clr(other)) ** 2).sum(axis=-1))
    return apart


def moved(one: ArrayLike, other: ArrayLike) -> float:
    """How many of 100 points change their dimension between two compositions."""
    return float(np.abs(closed(other) - closed(one)).sum()) * 50


def gap(now: ArrayLike, wanted: ArrayLike, *, fewest: int = FEWEST, level: float = 0.95) -> Gap | None:
    """The culture as it is and as it is wanted, of people who gave their points for both.

    now, wanted: (people, dimensions), a row for the same person in both; rows with a missing value are left out. Profiles are mean points,
    as people know them. Intervals of the change: Student's, by pairs. Interval of the distance: the distances under which the one that was
    found would be neither among the farthest nor among the nearest 2.5 % of draws (a test turned about, since drawing people only ever adds
    distance; Davison & Hinkley, 1997, 5.6). 2,000 draws of people with replacement, always from the same seed, so that the same answers
    give the same interval. None, not enough data yet, for fewer people than `fewest`.
    """
    first, second = np.asarray(now, float), np.asarray(wanted, float)
    if first.shape != second.shape or first.ndim != 2:
        raise ValueError("Give points now and wanted of the same people, a column for each dimension.")
    whole = np.isfinite(first).all(axis=1) & np.isfinite(second).all(axis=1)
    first, second = closed(first[whole]), closed(second[whole])
    n = len(first)
    if n < max(fewest, 3):
        return None
    change = 100 * (second - first).mean(axis=0)
    reach = student(n - 1, level) * 100 * (second - first).std(axis=0, ddof=1) / math.sqrt(n)
    profiles = first.mean(axis=0), second.mean(axis=0)
    low, high = _distance_interval(first, second, level)
    return Gap(
        100 * profiles[0], 100 * profiles[1], change, change - reach, change + reach, moved(*profiles),
        float(distance(*profiles)), low, high, n,
    )  # fmt: skip


def _distance_interval(first: Numbers, second: Numbers, level: float) -> tuple[float, float]:
    n = len(first)
    found = clr(second.mean(axis=0)) - clr(first.mean(axis=0))
    apart = float(np.sqrt(found @ found))
    drawn = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), DRAWS) / n
    wider = math.sqrt(n / (n - 1)) * student(n - 1, level) / two_sided(level)
    strays = wider * (clr(drawn @ second) - clr(drawn @ first) - found)
    towards = found / apart if apart else np.eye(len(found))[0]
    along, square = strays @ towards, (strays**2).sum(axis=1)
    tail = (1 - level) / 2

    def nearer(true: float) -> float:
        """How often draws about a true distance lie nearer than what was found."""
        return float((true * true + 2 * true * along + square <= apart * apart).mean())

    most = apart + 2 * float(np.sqrt(square.max()))
    low = 0.0 if nearer(0.0) <= 1 - tail else _where(nearer, 1 - tail, most)
    return min(low, apart), max(_where(nearer, tail, most), apart)


def _where(falls: Callable[[float], float], to: float, most: float) -> float:
    """The value at which a falling function comes down to `to`, by halving."""
    low, high = 0.0, most
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if falls(middle) > to else (low, middle)
    return (low + high) / 2
