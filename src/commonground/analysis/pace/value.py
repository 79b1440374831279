"""What a change is worth, what waiting for it costs, and how far what was brought lies behind what was planned.

Curves are arrays of one value a period (a month, say), the last axis being time. A curve of worth tells how much is brought in each
period, in the benefit's own unit (minutes, avoided visits) or in money. For a benefit of a behaviour that is `worth_of`: occasions a
month × share new × what one occasion brings. Where the share is a forecast, its quantiles are given as rows, lowest first, and answers
come as a `Range`. A usual page: `realization` of the months so far, `cost_of_delay` and `worth_of_sooner` of the months to come, and
`months_late` between plan and forecast.

Formulas: discounted value as in any textbook of finance; cost of delay and CD3 after Reinertsen (2009); realised share and delay area
after Ward & Daniel (2006).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from commonground.analysis.intervals import Numbers


class Range(NamedTuple):
    """A worth with its interval: that of the middle curve, and the least and the most that any of the curves gives."""

    low: float
    mid: float
    high: float


class Delayed(NamedTuple):
    """The discounted value of an undertaking on time and late, and the difference: what the delay costs."""

    on_time: float
    late: float
    cost: float


class Realization(NamedTuple):
    """Planned against brought, up to the last period that is known.

    planned, realised: levels in that period. share: realised ÷ planned, None while nothing is planned. area: the sum of the gaps so far,
    in unit × periods; being ahead of the plan makes it less. behind: periods behind plan, negative when ahead. at_least: the plan
    never stood so low, or never gets so high, so that the distance is at least `behind`. n: periods that are known.
    """

    planned: float
    realised: float
    share: float | None
    area: float
    behind: float
    at_least: bool
    n: int


class JCurve(NamedTuple):
    """The dip after a change and its making good, against the level before: sums below and above it.

    net: regained − lost. back: first period at the level again after the deepest; recovered: first period from which all that was lost
    is made good. Both count from 0 and are None while it has not come to that.
    """

    lost: float
    regained: float
    net: float
    deepest: int | None
    back: int | None
    recovered: int | None


def worth_of(
    share: ArrayLike, occasions: ArrayLike, per_occasion: float, *, counter: bool = False, baseline: float = 0.0
) -> Numbers:
    """How much a benefit brings in each period: share new (0 to 1) × occasions in the period × what one of them brings.

    counter: it costs that much instead, and the answer is negative. baseline: what came in each period before the change, taken off.
    Shapes go together: quantiles of a share may be given as rows.
    """
    brought: Numbers = np.asarray(share, float) * np.asarray(occasions, float) * per_occasion - baseline
    return -brought if counter else brought


def together(worths: Sequence[ArrayLike]) -> Numbers:
    """The sum of several curves of worth in one unit, counter-benefits (negative) subtracting. All have one shape.

    Rows of one number are added to each other: the quantiles are taken to belong together, as they do for one behaviour.
    Raises ValueError without any.
    """
    if not len(worths):
        raise ValueError("There is no benefit yet: add one to say what the change brings.")
    total: Numbers = np.sum([np.asarray(worth, float) for worth in worths], axis=0)
    return total


def npv(flows: ArrayLike, rate: float) -> Numbers:
    """Net present value of flows a period, the first of which comes now; for rows, one value each.

    rate: interest a period (.01: 1 % a month); 0 adds up undiscounted, which is right for units that are not money.
    Raises ValueError for a rate of −100 % or less.
    """
    if rate <= -1:
        raise ValueError(f"An interest of {rate:.0%} a period leaves nothing to discount. Give .01 for 1 %.")
    flows = np.asarray(flows, float)
    value: Numbers = flows @ pure_shift(rate, np.arange(flows.shape[-1]))
    return value


def pure_shift(rate: float, periods: ArrayLike) -> Numbers:
    """What a value is multiplied by when all of it, costs too, comes so many periods later."""
    factor: Numbers = (1.0 + rate) ** -np.asarray(periods, float)
    return factor


def delayed(costs: ArrayLike, benefits: ArrayLike, periods: int, rate: float) -> Delayed:
    """What it costs when the benefits come so many periods late within the same horizon, the costs staying where they are.

    costs, benefits: one value a period, both positive; the benefits start from their first value. Raises ValueError for lengths that
    differ or negative periods.
    """
    costs, benefits = np.asarray(costs, float), np.asarray(benefits, float)
    if costs.shape != benefits.shape:
        raise ValueError("Costs and benefits cover the same periods: give as many of one as of the other.")
    on_time = float(npv(benefits - costs, rate))
    late = float(npv(later(benefits, periods) - costs, rate))
    return Delayed(on_time, late, on_time - late)


def later(worth: ArrayLike, periods: int, now: ArrayLike | None = None) -> Numbers:
    """The curve so many periods later within the same horizon; `now` (or each curve's first value) holds until then.

    Raises ValueError for a negative number of periods.
    """
    if periods < 0:
        raise ValueError("A delay is so many periods, 0 or more; for sooner there is `sooner`.")
    worth = np.asarray(worth, float)
    periods = min(periods, worth.shape[-1])
    level = worth[..., :1] if now is None else np.broadcast_to(np.asarray(now, float)[..., None], worth[..., :1].shape)
    return np.concatenate((np.repeat(level, periods, axis=-1), worth[..., : worth.shape[-1] - periods]), axis=-1)


def sooner(worth: ArrayLike, periods: int) -> Numbers:
    """The curve so many periods sooner; its last value holds on to the horizon. Raises ValueError for a negative number."""
    if periods < 0:
        raise ValueError("Sooner is so many periods, 0 or more; for a delay there is `later`.")
    worth = np.asarray(worth, float)
    periods = min(periods, worth.shape[-1])
    return np.concatenate((worth[..., periods:], np.repeat(worth[..., -1:], periods, axis=-1)), axis=-1)


def cost_of_delay(worth: ArrayLike, periods: int = 1, *, rate: float = 0.0, now: ArrayLike | None = None) -> Range:
    """What is lost over the horizon when everything to come comes so many periods later.

    worth: what is brought in each period to come, shape (periods,) or (quantiles, periods). now: the level of today, which holds on for
    as long as the delay; else the first value. In the unit of worth, discounted with `rate`. The answer for one curve has no width.
    """
    curves = _curves(worth)
    lost = npv(curves, rate) - npv(later(curves, periods, now), rate)
    return _range(lost)


def worth_of_sooner(worth: ArrayLike, periods: int = 1, *, rate: float = 0.0) -> Range:
    """What is won over the horizon when everything to come comes so many periods sooner. Arguments as `cost_of_delay`.

    Within a horizon it is not the same as what a delay costs: the first periods are left out here, the last ones there.
    """
    curves = _curves(worth)
    return _range(npv(sooner(curves, periods), rate) - npv(curves, rate))


def cost_of_each_month(
    worth: ArrayLike, months: int, *, rate: float = 0.0, now: ArrayLike | None = None
) -> tuple[Range, ...]:
    """What each further month of delay costs: the first, the second …, so many of them. Arguments as `cost_of_delay`."""
    curves = _curves(worth)
    values = [npv(later(curves, month, now), rate) for month in range(months + 1)]
    return tuple(_range(before - after) for before, after in pairwise(values))


def cd3(cost_of_delay: float, duration: float) -> float:
    """Cost of delay ÷ duration: of several pieces of work that each cost by waiting, the one with the most goes first.

    cost_of_delay: a period. duration: periods the work takes. Raises ValueError for a duration of 0 or less.
    """
    if duration <= 0:
        raise ValueError("Work takes some time: give a duration above 0.")
    return cost_of_delay / duration


def delay_area(planned: ArrayLike, realised: ArrayLike) -> float:
    """The area between the planned and the realised curve, in unit × periods; periods in which one is not known (NaN) are left out."""
    planned, realised = _beside(planned, realised)
    return float(np.nansum(planned - realised))


def realised_share(planned: ArrayLike, realised: ArrayLike, at: int = -1) -> float | None:
    """Realised ÷ planned level in one period, the last unless said; None where nothing is planned or one of them is not known."""
    planned, realised = _beside(planned, realised)
    share = realised[at] / planned[at] if planned[at] else float("nan")
    return None if np.isnan(share) else float(share)


def realization(planned: ArrayLike, realised: ArrayLike) -> Realization | None:
    """Where a benefit stands against its plan; None where no period is known of both.

    planned, realised: levels in each period from the same first one, the realised ones as many or fewer, NaN where not known. The plan
    may go on further: its later periods tell how far ahead one is.
    """
    planned, realised = np.asarray(planned, float), np.asarray(realised, float)
    planned_so_far, realised = _beside(planned[: len(realised)], realised)
    known = np.flatnonzero(np.isfinite(planned_so_far) & np.isfinite(realised))
    if not known.size:
        return None
    at = int(known[-1])
    behind, at_least = periods_behind(planned, float(realised[at]), at)
    return Realization(
        float(planned[at]), float(realised[at]), realised_share(planned_so_far, realised, at),
        delay_area(planned_so_far, realised), behind, at_least, int(known.size),
    )  # fmt: skip


def periods_behind(planned: ArrayLike, level: float, at: float) -> tuple[float, bool]:
    """How many periods ago the plan stood at this level (behind), or in how many it will (ahead: negative).

    planned: one level a period, NaN-free, straight in between; `at`: the period of today, counted from 0. The second value is True
    where the plan never stood so low or never gets so high: the distance is then at least the first. On a level stretch of the plan
    the nearest end counts. Raises ValueError for a period outside the plan.
    """
    plan = np.asarray(planned, float)
    if not 0 <= at <= len(plan) - 1:
        raise ValueError(f"Period {at} is outside the plan, which covers 0 to {len(plan) - 1}.")
    wanted = float(np.interp(at, np.arange(len(plan)), plan))
    if level == wanted:
        return 0.0, False
    if level < wanted:
        back = np.append(plan[: int(np.ceil(at))], wanted)[::-1]
        times = np.append(np.arange(int(np.ceil(at)), dtype=float), at)[::-1]
        found = _crossing(times, -back, -level)
        return (float(at), True) if found is None else (at - found, False)
    rest = np.append(wanted, plan[int(np.floor(at)) + 1 :])
    times = np.append(float(at), np.arange(int(np.floor(at)) + 1, len(plan)))
    found = _crossing(times, rest, level)
    return (float(at - (len(plan) - 1)), True) if found is None else (at - found, False)


def reached(curve: ArrayLike, level: float) -> float | None:
    """The period, counted from 0 and straight in between, in which a curve first comes to a level; None where it does not."""
    curve = np.asarray(curve, float)
    return _crossing(np.arange(len(curve), dtype=float), curve, level)


def months_late(planned: ArrayLike, expected: ArrayLike, level: float) -> Range | None:
    """By how many periods the expected curve comes to a level later than the planned one; negative: sooner.

    expected: shape (periods,) or quantiles as rows, lowest first. None where the plan or the middle curve never gets there; the high end
    is infinite where one of the curves does not.
    """
    due = reached(planned, level)
    if due is None:
        return None
    found = [reached(curve, level) for curve in _curves(expected)]
    late = np.array([np.inf if at is None else at - due for at in found])
    middle = late[len(late) // 2]
    return None if np.isinf(middle) else Range(float(late.min()), float(middle), float(late.max()))


def j_curve(values: ArrayLike, before: float) -> JCurve:
    """What was lost below the level before a change and regained above it since.

    values: one a period from the change on. Raises ValueError where a value is no number.
    """
    apart = np.asarray(values, float) - before
    if not np.isfinite(apart).all():
        raise ValueError("A period without a number has no place in the curve: leave it out or fill it in.")
    lost, regained = float(-apart[apart < 0].sum()), float(apart[apart > 0].sum())
    below = np.flatnonzero(apart < 0)
    if not below.size:
        return JCurve(lost, regained, regained - lost, None, None, None)
    deepest = int(np.argmin(apart))
    back = np.flatnonzero(apart[deepest:] >= 0)
    owed = np.cumsum(apart) < -1e-9 * max(1.0, abs(before))
    last = int(np.flatnonzero(owed)[-1]) if owed.any() else int(below[-1])
    recovered = last + 1 if last + 1 < len(apart) else None
    return JCurve(lost, regained, regained - lost, deepest, deepest + int(back[0]) if back.size else None, recovered)


def _curves(worth: ArrayLike) -> Numbers:
    curves = np.atleast_2d(np.asarray(worth, float))
    if not curves.size or not np.isfinite(curves).all():
        raise ValueError("A curve to come needs a number in each period, and at least one.")
    return curves


def _range(values: Numbers) -> Range:
    return Range(float(values.min()), float(values[len(values) // 2]), float(values.max()))


def _beside(planned: ArrayLike, realised: ArrayLike) -> tuple[Numbers, Numbers]:
    planned, realised = np.asarray(planned, float), np.asarray(realised, float)
    if planned.shape != realised.shape:
        raise ValueError(f"The plan covers {planned.size} periods and what was brought {realised.size}: give the same.")
    return planned, realised


def _crossing(times: Numbers, values: Numbers, level: float) -> float | None:
    """The first time at which values, straight in between, are at the level or above."""
    above = np.flatnonzero(values >= level)
    if not above.size:
        return None
    at = int(above[0])
    if at == 0 or values[at] == level:
        return float(times[at])
    share = (level - values[at - 1]) / (values[at] - values[at - 1])
    return float(times[at - 1] + share * (times[at] - times[at - 1]))
