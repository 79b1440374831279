"""Sustained use, whether it lasts, and where it settles, for many groups of people at once."""

from typing import NamedTuple

import numpy as np

from commonground.analysis.events import MISSING
from commonground.analysis.months import WEEKS_A_MONTH
from commonground.analysis.pace.figures import Lasting, Point, Relapse, Steady, Sustained
from commonground.analysis.pace.observations import Codes
from commonground.analysis.pace.steady import steady
from commonground.analysis.pace.sustained import LEFT, People, PersonWeeks
from commonground.analysis.survival.curves import Curves, OneCurve, cumulative_incidence, kaplan_meier

MONTHS = (6, 12, 24)


class Lives(NamedTuple):
    """What the people of one group came to; None where too few may be shown or too little is known."""

    sustained: Sustained | None = None
    lasting: tuple[Lasting, ...] = ()
    relapse: Relapse | None = None
    steady: Steady | None = None


def lives(weeks: PersonWeeks, people: People, group: Codes, came: Codes, groups: int, *, threshold: int) -> list[Lives]:
    """One for each group. group: that of each of the people, came: of those who came to sustained use; MISSING where none is shown.

    Time to sustained use: Aalen & Johansen's cumulative incidence with leaving as competing event. Lasting and relapse: Kaplan & Meier's
    curve from sustained use to relapse; who leaves is followed until then, so that it is the share of those who are still here.
    That curve ends where fewer than the threshold are still followed. Enough data: as many people as the threshold; for lasting, as many
    who were followed so long or relapsed before.
    """
    table = np.full(int(people.person.max(initial=-1)) + 1, MISSING, dtype=np.int32)
    table[people.person] = group
    settled = steady(weeks, table[weeks.person], groups, people=threshold)
    sustained = _sustained(people, group, groups)
    relapses, lasting = _kept(people, came, groups, threshold)
    return [
        Lives(sustained[one], lasting[one], relapses[one], settled[one] if sustained[one] else None)
        for one in range(groups)
    ]


def _sustained(people: People, group: Codes, groups: int) -> list[Sustained | None]:
    here = group >= 0
    if not here.any():
        return [None] * groups
    one = people.only(here)
    curves = cumulative_incidence(one.weeks, one.cause, group[here], groups, scale="loglog")
    events, left = (np.bincount(group[here][one.cause == cause], minlength=groups) for cause in (1, LEFT))
    return [
        Sustained(int(curves.n[g]), int(events[g]), int(left[g]), curves.of(g).median, _points(curves, g))
        if curves.n[g] else None
        for g in range(groups)
    ]  # fmt: skip


def _points(curves: Curves, group: int, followed: int = 1) -> tuple[Point, ...]:
    """The curve where it steps, and where its following ends: at the last time at which so many people are still followed."""
    curve: OneCurve = curves.of(group)
    enough = curve.at_risk >= followed
    keep = (curve.events > 0) & enough
    keep[np.flatnonzero(enough)[-1:]] = True
    columns = (curve.time, curve.share, curve.low, curve.high, curve.at_risk)
    return tuple(Point(*values) for values in zip(*(column[keep].tolist() for column in columns), strict=True))


def _kept(
    people: People, came: Codes, groups: int, threshold: int
) -> tuple[list[Relapse | None], list[tuple[Lasting, ...]]]:
    here = came >= 0
    if not here.any():
        why = f"Fewer than {threshold} people have come to sustained use: not enough data yet."
        return [None] * groups, [tuple(Lasting(months, 0, None, None, None, why) for months in MONTHS)] * groups
    one, group = people.only(here), came[here]
    curves = kaplan_meier(one.kept, one.relapsed, group, groups, scale="loglog")
    relapsed = np.bincount(group[one.relapsed], minlength=groups)
    relapses = [
        Relapse(int(curves.n[g]), int(relapsed[g]), _points(curves, g, threshold)) if curves.n[g] else None
        for g in range(groups)
    ]
    times = np.array([months * WEEKS_A_MONTH for months in MONTHS])
    at = curves.at(times)
    known = np.vstack([np.bincount(group[one.relapsed | (one.kept >= time)], minlength=groups) for time in times])
    lasting = [
        tuple(
            _lasting(months, int(known[place, g]), (at.share[g, place], at.low[g, place], at.high[g, place]), threshold)
            for place, months in enumerate(MONTHS)
        )
        for g in range(groups)
    ]
    return relapses, lasting


def _lasting(months: int, n: int, share: tuple[float, float, float], threshold: int) -> Lasting:
    if n < threshold or np.isnan(share[0]):
        why = f"Fewer than {threshold} people have been followed for {months} months since sustained use: not enough data yet."
        return Lasting(months, 0, None, None, None, why)
    return Lasting(months, n, float(share[0]), float(share[1]), float(share[2]))
