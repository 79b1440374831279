"""When will a share be reached? The general engine: a history in, quantiles of what is to come and times of reaching out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from commonground.analysis.curves.habit import ORGANIZATION, Clock
from commonground.analysis.forecast import adopting, levels
from commonground.analysis.forecast.combining import ADOPTERS, LEVELS, Combined, combine
from commonground.analysis.forecast.sampling import Draws, Model, Numbers, explore
from commonground.analysis.forecast.scoring import crps_ensemble, pinball
from commonground.analysis.forecast.shapes import logit
from commonground.analysis.forecast.shapes import share as from_logit
from commonground.analysis.intervals import normal_quantile

MINIMUM = 6
"""Times that a forecast needs at least."""
QUANTILES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
TARGETS = (0.5, 0.8, 0.9)
EDGE = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """What was observed so far.

    times: rising numbers of any unit. share: 0 to 1 at each time; or adopters: new ones in the period that ends there. n: occasions
    behind each share, if known. population: of which adopters are a part, if known. start: the time at which the change began, if known.
    per_month: how many units of time a month has, if time is that of a calendar. clock: how long an organization takes, as it is expected
    before anything was observed.
    """

    times: Numbers
    share: Numbers | None = None
    adopters: Numbers | None = None
    n: Numbers | None = None
    population: float | None = None
    start: float | None = None
    per_month: float | None = None
    clock: Clock = ORGANIZATION

    def step(self) -> float:
        """The median gap between two times."""
        return float(np.median(np.diff(self.times)))


class When(NamedTuple):
    """The time a share is reached: the 80 % interval and the middle; None: not within the horizon."""

    low: float | None
    mid: float | None
    high: float | None


class Outlook(NamedTuple):
    """A forecast. quantiles: (times, QUANTILES) of the share as it would be observed; members: (times, paths), the same as paths.

    reaches: target → when. weights: model → weight. population: what shares are of, when it had to be guessed. why: what is missing.
    """

    enough: bool
    why: str
    times: Numbers
    quantiles: Numbers
    members: Numbers
    reaches: Mapping[float, When]
    weights: Mapping[str, float]
    population: float | None = None
    combined: Combined | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A history on the models' scale, and each model's draws."""

    history: History
    models: Sequence[Model]
    draws: Sequence[Draws]

    def steps(self, times: Numbers) -> Numbers:
        """Times in steps since the first."""
        steps: Numbers = (times - self.history.times[0]) / self.history.step()
        return steps


def outlook(history: History, ahead: Numbers) -> Outlook:
    """The forecast at later times.

    Raises ValueError when neither or both of share and adopters are given, when times do not rise, or when a number is out of its range.
    """
    why = missing(history)
    if why:
        return nothing(why)
    prepared = prepare(history)
    return looked_ahead(prepared, ahead)


def missing(history: History) -> str:
    """Why there is not enough data yet, as a sentence; empty when there is."""
    check(history)
    count = len(history.times)
    if count < MINIMUM:
        return f"Not enough data yet: {count} {'time' if count == 1 else 'times'} of at least {MINIMUM} that a forecast needs."
    if history.adopters is not None and (history.adopters > 0).sum() < 3:
        return "Not enough data yet: fewer than 3 periods in which anybody took it up."
    return ""


class Score(NamedTuple):
    """How good a forecast was, over n times. crps, pinball: in shares, lower is better; coverage: how many of the times lay inside the
    interval of 50, 80, 95 %, as a share."""

    crps: float
    pinball: float
    coverage50: float
    coverage80: float
    coverage95: float
    n: int


def score(told: Outlook, came: Numbers) -> Score:
    """The score of a forecast against the shares that came at its times. crps: of all paths; pinball: mean of the quantiles 10 to 90 %."""
    crps = float(crps_ensemble(told.members, came).mean())
    return score_quantiles(told.quantiles, came)._replace(crps=crps)


def score_quantiles(quantiles: Numbers, came: Numbers) -> Score:
    """The score of quantiles (times, QUANTILES) alone.

    CRPS is that of 199 members at even probabilities, put between the quantiles along the normal distribution and beyond them as far as
    its tails go on: exact where quantiles are a normal distribution's (METHODS 4.6).
    """
    loss = pinball(quantiles[:, 1:6], came[:, None], np.array(QUANTILES[1:6]))
    low2, low10, low25, _, high25, high10, high2 = quantiles.T
    half, most, nearly_all = (
        float(((low <= came) & (came <= high)).mean())
        for low, high in ((low25, high25), (low10, high10), (low2, high2))
    )
    crps = float(crps_ensemble(quantiles @ BETWEEN, came).mean())
    return Score(crps, float(loss.mean()), half, most, nearly_all, len(came))


def _between() -> Numbers:
    """(QUANTILES, 199): how much of each quantile goes into each member."""
    knots = np.array([normal_quantile(level) for level in QUANTILES])
    at = np.array([normal_quantile(level) for level in (np.arange(199) + 0.5) / 199])
    segment = np.clip(np.searchsorted(knots, at) - 1, 0, len(knots) - 2)
    part = (at - knots[segment]) / (knots[segment + 1] - knots[segment])
    between, members = np.zeros((len(knots), len(at))), np.arange(len(at))
    between[segment, members], between[segment + 1, members] = 1 - part, part
    return between


BETWEEN = _between()


def check(history: History) -> None:
    """Raises ValueError with a sentence when a history cannot be one."""
    values = history.share if history.share is not None else history.adopters
    if values is None or (history.share is not None and history.adopters is not None):
        raise ValueError("A history holds either shares or new adopters.")
    if len(values) != len(history.times) or not np.isfinite(values).all() or not np.isfinite(history.times).all():
        raise ValueError("A history holds one number for each time.")
    if (np.diff(history.times) <= 0).any():
        raise ValueError("Times must rise from each to the next.")
    if history.share is not None and ((values < 0) | (values > 1)).any():
        raise ValueError("A share lies between 0 and 1.")
    if history.adopters is not None and (values < 0).any():
        raise ValueError("New adopters cannot be fewer than none.")
    if (
        history.adopters is not None
        and history.population is not None
        and values.sum() > history.population * (1 + 1e-9)
    ):
        raise ValueError("There cannot be more adopters than the population.")


def nothing(why: str) -> Outlook:
    """No forecast, and why."""
    empty = np.empty(0)
    return Outlook(
        False,
        why,
        empty,
        np.empty((0, len(QUANTILES))),
        np.empty((0, 0)),
        dict.fromkeys(TARGETS, When(None, None, None)),
        {},
    )


def prepare(history: History) -> Prepared:
    """Fits every model."""
    step = history.step()
    times = (history.times - history.times[0]) / step
    month = None if history.per_month is None else history.per_month / step
    models: Sequence[Model]
    if history.share is not None:
        start = None if history.start is None else (history.start - history.times[0]) / step
        models = levels.models(levels.Levels(times, history.share, history.n, start, month, history.clock))
    else:
        series = adopting.Adopters(times, _adopters(history), history.population, month, history.clock)
        models = adopting.models(series)
    return Prepared(history, models, [explore(model, 10 + at) for at, model in enumerate(models)])


def looked_ahead(prepared: Prepared, ahead: Numbers, extra: Sequence[Numbers] | None = None) -> Outlook:
    """The forecast out of what was prepared; extra: log weights more for each model's draws."""
    history = prepared.history
    past = _so_far(history)
    manner = LEVELS if history.adopters is None else ADOPTERS
    combined = combine(
        prepared.models, prepared.draws, past, prepared.steps(history.times), prepared.steps(ahead), extra, manner
    )
    level, seen, guessed = combined.level, combined.seen, None
    if history.adopters is not None and history.population is None:
        guessed = _population(prepared, combined.weights)
        smaller = float(history.adopters.sum()) / guessed
        level, seen, past = (np.minimum(one * smaller, 1.0) for one in (level, seen, past))
    spread = _spread_share if history.adopters is None else _spread_adopters
    level, seen = (spread(one, float(past[-1]), combined.spread) for one in (level, seen))
    return Outlook(
        True,
        "",
        ahead,
        np.quantile(seen, QUANTILES, axis=1).T,
        seen,
        {target: _when(history, past, ahead, level, target) for target in TARGETS},
        {model.name: float(weight) for model, weight in zip(prepared.models, combined.weights, strict=True)},
        guessed,
        combined,
    )


def _adopters(history: History) -> Numbers:
    return np.empty(0) if history.adopters is None else history.adopters


def _so_far(history: History) -> Numbers:
    """The share at each time; of all adopters so far while the population is not known."""
    if history.share is not None:
        return history.share
    total = np.cumsum(_adopters(history))
    so_far: Numbers = total / (history.population or total[-1])
    return so_far


def _population(prepared: Prepared, weights: Numbers) -> float:
    """The median of how many ever will, over all models' draws."""
    sizes, masses = [], []
    for model, draws, weight in zip(prepared.models, prepared.draws, weights, strict=True):
        if isinstance(model, adopting.Contagion):
            sizes.append(model.series.willing(draws.theta[:, 0]))
            masses.append(weight * draws.weights(len(draws.prefix) - 1))
    size, mass = np.concatenate(sizes), np.concatenate(masses)
    order = np.argsort(size)
    middle = float(size[order][np.searchsorted(np.cumsum(mass[order]), 0.5)])
    return max(middle, float(_adopters(prepared.history).sum()))


def _spread_share(paths: Numbers, _now: float, factor: float) -> Numbers:
    """Paths moved away from the middle of each time, on the logit scale."""
    odds = logit(np.clip(paths, EDGE, 1 - EDGE))
    middle = np.median(odds, axis=1, keepdims=True)
    return from_logit(middle + factor * (odds - middle))


def _spread_adopters(paths: Numbers, now: float, factor: float) -> Numbers:
    """Paths moved away from the middle by the logarithm of the hazard added up since now, so that they still rise."""
    left = np.clip((1 - paths) / max(1 - now, EDGE), EDGE, 1.0)
    added = np.log(np.maximum(-np.log(left), 1e-9))
    middle = np.median(added, axis=1, keepdims=True)
    moved = np.exp(np.minimum(middle + factor * (added - middle), 5.0))
    moved = np.maximum.accumulate(np.where(paths <= now, 0.0, moved), axis=0)
    return np.clip(1 - (1 - now) * np.exp(-moved), 0.0, 1.0)


def _when(history: History, past: Numbers, ahead: Numbers, level: Numbers, target: float) -> When:
    """When paths first reach the target; the time it was first reached if it stands there already."""
    if past[-3:].mean() >= target and past[-1] >= target:
        already = float(history.times[np.argmax(past >= target)])
        return When(already, already, already)
    before = np.vstack([np.full((1, level.shape[1]), min(past[-1], target)), level[:-1]])
    reached = level >= target
    at = np.argmax(reached, axis=0)
    paths = np.arange(level.shape[1])
    start = np.concatenate([history.times[-1:], ahead[:-1]])
    low, high = np.minimum(before[at, paths], target), level[at, paths]
    part = np.where(high > low, (target - low) / np.where(high > low, high - low, 1.0), 1.0)
    time = np.where(reached.any(axis=0), start[at] + part * (ahead - start)[at], np.inf)
    told = np.quantile(time, (0.1, 0.5, 0.9), method="higher")
    return When(*(None if np.isinf(one) else float(one) for one in told))
