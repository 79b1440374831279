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
LATER = 320  # draws out of each proposal
ROUNDS = 2
ENOUGH = 60.0  # effective draws that a proposal is fitted to
TAIL = 6.0  # degrees of freedom of proposals
WIDER = 1.4  # proposals are as many times as wide as what they are fitted to


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
    """A multivariate t distribution: its middle, the lower root of its scale, and how many draws came out of it."""

    middle: Numbers
    root: Numbers
    count: int

    def draw(self, rng: np.random.Generator) -> Numbers:
        k = len(self.middle)
        stretch = np.sqrt(TAIL / rng.chisquare(TAIL, self.count))
        drawn: Numbers = self.middle + (rng.standard_normal((self.count, k)) @ self.root.T) * stretch[:, None]
        return drawn

    def log_density(self, theta: Numbers) -> Numbers:
        k = len(self.middle)
        away = np.linalg.solve(self.root, (theta - self.middle).T)
        constant = lgamma((TAIL + k) / 2) - lgamma(TAIL / 2) - k / 2 * np.log(TAIL * np.pi)
        distance = np.square(away).sum(axis=0)
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

    name: str
    prior: Prior
    own: tuple[
        int, ...
    ]  # parameters that mean something else in another series, unless both tell when the change began

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
        return normed(self.offset + self.prefix[last] + (0.0 if extra is None else extra))


def explore(model: Model, seed: int) -> Draws:
    """Draws of a model's parameters that stand for its posterior at every origin of its series. The same input gives the same draws."""
    rng = np.random.default_rng(seed)
    theta = model.prior.draw(rng, FIRST)
    followed = model.follow(theta)
    proposals: list[Proposal] = []
    last = len(followed.prefix) - 1
    for _ in range(ROUNDS):
        offset = _offset(model.prior, proposals, theta)
        new = [_proposal(theta, offset + followed.prefix[at]) for at in {last, max(last // 2, min(4, last))}]
        drawn = np.concatenate([theta, *(one.draw(rng) for one in new)])
        more = model.follow(drawn[len(theta) :])
        followed = Followed(
            np.concatenate([followed.prefix, more.prefix], axis=1), np.concatenate([followed.state, more.state], axis=1)
        )
        theta, proposals = drawn, proposals + new
    return Draws(theta, _offset(model.prior, proposals, theta), followed.prefix, followed.state)


def _offset(prior: Prior, proposals: list[Proposal], theta: Numbers) -> Numbers:
    log_prior = prior.log_density(theta)
    total = FIRST + sum(one.count for one in proposals)
    mixed = log_prior + np.log(FIRST / total)
    for one in proposals:
        mixed = np.logaddexp(mixed, one.log_density(theta) + np.log(one.count / total))
    offset: Numbers = log_prior - mixed
    return offset


def _proposal(theta: Numbers, log_weight: Numbers) -> Proposal:
    """A t distribution around the draws that count, the weights being flattened until enough of them do."""
    log_weight = log_weight - log_weight.max()
    low, high = 0.0, 1.0
    weight = normed(log_weight)
    if effective(weight) < ENOUGH:
        for _ in range(12):
            flat = (low + high) / 2
            weight = normed(log_weight * flat)
            low, high = (flat, high) if effective(weight) > ENOUGH else (low, flat)
    middle = weight @ theta
    away = theta - middle
    scale = (away * weight[:, None]).T @ away + 1e-6 * np.eye(theta.shape[1])
    return Proposal(middle, np.linalg.cholesky(scale) * WIDER, LATER)


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
