"""Posterior draws without a sampler's chain: weighted draws out of the prior and out of proposals fitted to what was found so far.

Adaptive multiple importance sampling with deterministic mixture weights (Cornuet, Marin, Mira & Robert, 2012, Scand. J. Stat.
39:798–812). The likelihood of every prefix of a series is kept, so that the same draws serve every rolling origin.
"""

from dataclasses import dataclass
from math import lgamma
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

FIRST = 1_200  # draws out of the prior
LATER = 320  # draws out of each round's proposal for the whole series, and half as many for a part of it
PARTS = (0.5, 0.25, 0.75, 0.5, 0.75)  # of the series, one a round
ENOUGH = 60.0  # effective draws that a proposal is fitted to
PLENTY = 250.0  # effective draws after which no further round is made
TAIL = 6.0  # degrees of freedom of proposals
WIDER = 1.1  # proposals are as many times as wide as what they are fitted to
LEAST = 40.0  # effective draws that a forecast is made of


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """Independent mixtures of normals, one for each parameter. Each array: (parameters, components); weights sum to 1 in each row."""

    mean: Numbers
    deviation: Numbers
    weight: Numbers

    @classmethod
    def of(cls, *parameters: tuple[tuple[float, float, float], ...]) -> "Prior":
        """Each parameter as its components (weight, mean, deviation)."""
        width = max(map(len, parameters))
        padded = np.array([one + ((0.0, 0.0, 1.0),) * (width - len(one)) for one in parameters])
        return cls(padded[..., 1], padded[..., 2], padded[..., 0])

    def draw(self, rng: np.random.Generator, count: int) -> Numbers:
        """Draws, (count, parameters)."""
        steps = np.cumsum(self.weight, axis=1)[None, :, :-1]
        which = (rng.random((count, len(self.mean), 1)) > steps).sum(axis=2)
        at = np.arange(len(self.mean))
        drawn: Numbers = self.mean[at, which] + self.deviation[at, which] * rng.standard_normal(which.shape)
        return drawn

    def log_density(self, theta: Numbers) -> Numbers:
        """(count,) for draws (count, parameters)."""
        away = (theta[..., None] - self.mean) / self.deviation
        density = (self.weight / self.deviation * np.exp(-0.5 * np.square(away))).sum(axis=2)
        log_density: Numbers = np.log(density + 1e-300).sum(axis=1) - 0.9189385332 * theta.shape[1]
        return log_density


class Proposal(NamedTuple):
    """A multivariate t distribution: its middle, the lower root of its scale, and how many draws come out of it."""

    middle: Numbers
    root: Numbers
    size: int

    def draw(self, rng: np.random.Generator) -> Numbers:
        stretch = np.sqrt(TAIL / rng.chisquare(TAIL, self.size))
        drawn: Numbers = (
            self.middle + (rng.standard_normal((self.size, len(self.middle))) @ self.root.T) * stretch[:, None]
        )
        return drawn

    def log_density(self, theta: Numbers) -> Numbers:
        k = len(self.middle)
        distance = np.square((theta - self.middle) @ np.linalg.inv(self.root).T).sum(axis=1)
        constant = lgamma((TAIL + k) / 2) - lgamma(TAIL / 2) - k / 2 * np.log(TAIL * np.pi)
        log_density: Numbers = constant - np.log(np.diag(self.root)).sum() - (TAIL + k) / 2 * np.log1p(distance / TAIL)
        return log_density


class Followed(NamedTuple):
    """What a model's filter made of a series, for many draws of its parameters.

    prefix: (times, draws), the log likelihood of the series up to and including each time. state: (times, draws, parts), what is known of
    the present at each time.
    """

    prefix: Numbers
    state: Numbers


class Paths(NamedTuple):
    """Paths to come, each (times, draws): the share itself, and as it would be observed."""

    level: Numbers
    seen: Numbers


class Model(Protocol):
    """One way to look at a series; it holds the series."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def prior(self) -> Prior:
        """The weak prior of its parameters."""

    @property
    def own(self) -> tuple[int, ...]:
        """Parameters that mean something else in another series, unless both tell when the change began."""

    def follow(self, theta: Numbers) -> Followed:
        """The series seen with each of the draws (draws, parameters)."""

    def ahead(self, theta: Numbers, state: Numbers, last: int, times: Numbers, rng: np.random.Generator) -> Paths:
        """One path for each draw, from what is known at position `last` on, at later times (in steps)."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Draws of one model with what they need to be weighted at every origin. offset: log prior less log proposal, (draws,)."""

    theta: Numbers
    offset: Numbers
    prefix: Numbers
    state: Numbers

    def weights(self, last: int, extra: Numbers | None = None) -> Numbers:
        """Weights of the draws given the series up to position `last`; extra: a log weight more for each draw."""
        return flattened(self.offset + self.prefix[last] + (0.0 if extra is None else extra), LEAST)


def explore(model: Model, seed: int) -> Draws:
    """Draws of a model's parameters that stand for its posterior at every origin of its series. The same input gives the same draws."""
    rng = np.random.default_rng(seed)
    theta = model.prior.draw(rng, FIRST)
    parts = [model.follow(theta)]
    prior, last = model.prior.log_density(theta), len(parts[0].prefix) - 1
    mixed = prior + np.log(FIRST)  # log of the number of draws times the density that they were drawn from
    proposals: list[Proposal] = []
    for part in PARTS:
        offset = prior - mixed
        targets = ((last, LATER), (max(round(last * part), min(4, last)), LATER // 2))
        new = [_proposal(theta, offset + _at(parts, at), count) for at, count in targets]
        drawn = np.concatenate([one.draw(rng) for one in new])
        parts.append(model.follow(drawn))
        proposals += new
        prior_of_new = model.prior.log_density(drawn)
        each = [one.log_density(drawn) + np.log(one.size) for one in proposals]
        of_old = [one.log_density(theta) + np.log(one.size) for one in new]
        mixed = np.concatenate(
            [np.logaddexp.reduce([mixed, *of_old]), np.logaddexp.reduce([prior_of_new + np.log(FIRST), *each])]
        )
        prior, theta = np.concatenate([prior, prior_of_new]), np.concatenate([theta, drawn])
        if effective(normed(prior - mixed + _at(parts, last))) > PLENTY:
            break
    prefix, state = (np.concatenate(one, axis=1) for one in zip(*parts, strict=True))
    return Draws(theta, prior - mixed, prefix, state)


def _at(parts: list[Followed], at: int) -> Numbers:
    """The log likelihood of the series up to a position, for all draws so far."""
    return np.concatenate([one.prefix[at] for one in parts])


def _proposal(theta: Numbers, log_weight: Numbers, count: int) -> Proposal:
    """A t distribution around the draws that count, the weights being flattened until enough of them do."""
    weight = flattened(log_weight, ENOUGH)
    middle = weight @ theta
    away = theta - middle
    scale = (away * weight[:, None]).T @ away + 1e-6 * np.eye(theta.shape[1])
    root: Numbers = np.asarray(np.linalg.cholesky(scale) * WIDER, np.float64)
    return Proposal(middle, root, count)


def flattened(log_weight: Numbers, enough: float) -> Numbers:
    """Weights that sum to 1, taken to a power below 1 where fewer than `enough` draws would count: rather too wide than too narrow."""
    weight = normed(log_weight)
    if effective(weight) >= enough:
        return weight
    low, high = 0.0, 1.0
    for _ in range(8):
        flat = (low + high) / 2
        weight = normed(log_weight * flat)
        low, high = (flat, high) if effective(weight) > enough else (low, flat)
    return weight


def effective(weight: Numbers) -> float:
    """How many equal draws weighted ones are worth (Kish)."""
    return float(1 / np.square(weight).sum())


def normed(log_weight: Numbers) -> Numbers:
    """Weights that sum to 1 out of log weights."""
    weight = np.exp(log_weight - log_weight.max())
    normed: Numbers = weight / weight.sum()
    return normed


def picked(weight: Numbers, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Positions of `count` draws, each as often as its weight asks (systematic resampling)."""
    edges = np.cumsum(weight)
    at = np.searchsorted(edges, (np.arange(count) + rng.random()) / count)
    return rng.permutation(np.minimum(at, len(weight) - 1))
