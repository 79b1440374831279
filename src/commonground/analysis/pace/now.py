"""Where a behaviour stands now: the shares of the last four weeks that can be shown."""

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.intervals import wilson
from commonground.analysis.pace.figures import Now
from commonground.analysis.pace.observations import Codes, Observations, monday
from commonground.analysis.pace.shares import Cells

RECENT = 4  # weeks
Numbers = NDArray[np.float64]


def now(rows: Observations, part: Codes, cells: Cells, *, until: int) -> list[Now | None]:
    """For each group the last four weeks up to `until` that can be shown; None without four.

    rows, part: the observations that the cells are counted from and the group of each, MISSING where none.
    The interval is Wilson's for an effective number of occasions: people do what they do again and again, so that a share varies more
    than its occasions would let it. The number is divided by the design effect, the variance of the share between people (a ratio's,
    linearised) over that of independent occasions, never below 1; where everybody does the same, each person counts once.
    """
    if not len(cells.shown):
        return []
    recent, before = _last(cells, until, 0), _last(cells, until, RECENT)
    full = recent.sum(axis=1) == RECENT
    sums = [np.where(recent, values, 0).sum(axis=1) for values in (cells.new, cells.old, cells.occasions)]
    new, old, occasions = (values.astype(float) for values in sums)
    share = new / np.maximum(occasions, 1)
    people, effective = _effective(rows, part, cells, recent, share)
    low, high = wilson(share * effective, effective)
    earlier = [np.where(before, values, 0).sum(axis=1) for values in (cells.new, cells.occasions)]
    change = share - earlier[0] / np.maximum(earlier[1], 1)
    known = before.sum(axis=1) == RECENT
    return [
        Now(
            float(share[group]), float(old[group] / occasions[group]), float(low[group]), float(high[group]),
            int(occasions[group]), int(people[group]), _end(cells.first + int(np.flatnonzero(recent[group])[-1])),
            float(change[group]) if known[group] else None,
        )
        if full[group] else None
        for group in range(len(full))
    ]  # fmt: skip


def _last(cells: Cells, until: int, skipped: int) -> NDArray[np.bool_]:
    """Shape (groups, weeks): the last four shown weeks after which that many are shown."""
    shown = cells.shown & (cells.weeks <= until)
    later = np.cumsum(shown[:, ::-1], axis=1)[:, ::-1]
    recent: NDArray[np.bool_] = shown & (later > skipped) & (later <= skipped + RECENT)
    return recent


def _effective(
    rows: Observations, part: Codes, cells: Cells, recent: NDArray[np.bool_], share: Numbers
) -> tuple[Numbers, Numbers]:
    """For each group how many people its occasions are of, and how many independent occasions they are worth."""
    groups = len(share)
    here = (part >= 0) & recent[part, rows.week - cells.first]
    group, person = part[here].astype(np.int64), rows.person[here]
    each, place = np.unique(group * (len(rows.persons) + 1) + person, return_inverse=True)
    of = each // (len(rows.persons) + 1)
    new = np.bincount(place, weights=rows.new[here], minlength=len(each))
    n = np.bincount(place, weights=rows.occasions[here], minlength=len(each))
    people = np.bincount(of, minlength=groups).astype(float)
    occasions = np.bincount(of, weights=n, minlength=groups)
    squares = np.bincount(of, weights=(new - share[of] * n) ** 2, minlength=groups)
    between = people / np.maximum(people - 1, 1) * squares
    alone = share * (1 - share) * occasions
    spread = (alone > 0) & (people > 1)
    effect = np.maximum(between / np.where(spread, alone, 1), 1)
    return people, np.where(spread, occasions / effect, people)


def _end(week: int) -> str:
    return (monday(week) + timedelta(days=6)).isoformat()
