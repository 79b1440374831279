"""Shares of the new and the old way, week by week, for the whole and for units, levels and cohorts, as far as they may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commonground.analysis.pace.figures import Series, Week
from commonground.analysis.pace.observations import Codes, Observations, monday
from commonground.analysis.pace.showing import Counts, Mask, Parts, of_a_fixed_whole, of_a_loose_whole


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Occasions and different people of each group and week, all of shape (groups, weeks); 0 where they may not be shown.

    first: the week of the first column, as in `week_of`. shown: where the numbers stand. total: different people of each group in the
    whole period, shape (groups,). closed: groups that are shown nowhere, shape (groups,).
    """

    first: int
    new: Counts
    old: Counts
    neither: Counts
    people: Counts
    shown: Mask
    total: Counts
    closed: Mask

    @property
    def occasions(self) -> Counts:
        return self.new + self.old + self.neither

    @property
    def weeks(self) -> Codes:
        """Shape (weeks,): the number of each week."""
        return (np.arange(self.new.shape[1]) + self.first).astype(np.int32)

    def series(self, group: int, name: str) -> Series:
        """The weeks of one group, without a gap; of a closed group only that it is."""
        if self.closed[group]:
            return Series(name, (), None, suppressed=True)
        columns = zip(
            self.shown[group].tolist(),
            *(values[group].tolist() for values in (self.new, self.old, self.neither, self.people)),
            strict=True,
        )
        rows = (
            Week(monday(self.first + place).isoformat(), *(numbers if shown else (None,) * 4))
            for place, (shown, *numbers) in enumerate(columns)
        )
        return Series(name, tuple(rows), int(self.total[group]))


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What may be shown of observations. rows: those of the units that are shown; part: those in the whole of their week.

    unit: the group of each row, MISSING where no unit is told. whole has one group.
    """

    rows: Observations
    part: Mask
    whole: Cells
    units: Cells


def shared(obs: Observations, *, threshold: int) -> Shared:
    """The whole and its units. Units of fewer people than the threshold in the whole period are left out of the whole.

    In a week, a unit of fewer people is hidden, and left out of the whole too unless two such units are together of enough. Rows without
    a unit are a part of the whole that is not shown, by the same rules.
    """
    everyone = Parts(np.zeros_like(obs.week), obs.person, obs.unit, 1, len(obs.units))
    total = everyone.people()[:, 0]
    closed = total < threshold
    rows = obs.only(~closed[obs.unit])
    first, weeks = _span(rows)
    hidden, part = of_a_loose_whole(_by_week(rows, rows.unit, len(obs.units), first, weeks), threshold)
    units = _cells(rows, rows.unit, len(obs.units), (first, weeks), hidden, closed, threshold)
    inside = rows.only(part)
    nothing = np.zeros((2, weeks), dtype=np.bool_)
    alone = np.zeros(1, dtype=np.bool_)
    whole = _cells(inside, np.zeros_like(inside.unit), 1, (first, weeks), nothing, alone, threshold)
    whole.total[0] = len(np.unique(rows.person))
    whole.closed[0] = whole.total[0] < threshold
    return Shared(rows, part, whole, units)


def parted(
    known: Shared, code: Codes, groups: int, *, threshold: int, beside: Sequence[tuple[Codes, Cells]] = ()
) -> Cells:
    """Levels or cohorts of the people who are in the whole. code: of each person of the observations, MISSING where not known.

    The whole is fixed here, so that where one group is hidden the next smallest is too. beside: other groups that are shown already, as
    the code of each person and their cells; the units always are.
    """
    rows = known.rows.only(known.part)
    part = code[rows.person]
    total = Parts(np.zeros_like(rows.week), rows.person, part, 1, groups)
    closed = of_a_fixed_whole(total, threshold)[:, 0] | (total.people()[:, 0] == 0)
    first, weeks = known.whole.first, known.whole.new.shape[1]
    taken = [(rows.unit, known.units), *((other[rows.person], cells) for other, cells in beside)]
    shown = tuple(
        (
            _by_week(rows, other, len(cells.total), first, weeks),
            np.vstack([~cells.shown, np.ones((1, weeks), np.bool_)]),
        )
        for other, cells in taken
    )
    hidden = of_a_fixed_whole(_by_week(rows, part, groups, first, weeks), threshold, closed=closed, beside=shown)
    return _cells(rows, part, groups, (first, weeks), hidden, closed, threshold)


def _span(rows: Observations) -> tuple[int, int]:
    """The first week and how many there are."""
    if not len(rows):
        return 0, 0
    return int(rows.week.min()), int(rows.week.max() - rows.week.min()) + 1


def _by_week(rows: Observations, part: Codes, parts: int, first: int, weeks: int) -> Parts:
    return Parts(rows.week - first, rows.person, part, weeks, parts)


def _cells(
    rows: Observations, part: Codes, groups: int, span: tuple[int, int], hidden: Mask, closed: Mask, threshold: int
) -> Cells:
    """Counts of the rows by group and week, without those of rows that have no group."""
    first, weeks = span
    by_week = _by_week(rows, part, groups, first, weeks)
    cell = (part.astype(np.int64) % (groups + 1)) * weeks + (rows.week - first)
    people = by_week.people()[:-1]
    shown = ~hidden[:-1] & (people >= threshold)

    def counted(values: Codes) -> Counts:
        sums = np.bincount(cell, weights=values, minlength=(groups + 1) * weeks).reshape(groups + 1, weeks)[:-1]
        return np.where(shown, np.rint(sums), 0).astype(np.int64)

    total = by_week._replace(slot=np.zeros_like(rows.week), slots=1).people()[:-1, 0]
    return Cells(
        first, counted(rows.new), counted(rows.old), counted(rows.neither), np.where(shown, people, 0), shown,
        total, closed[:groups].copy(),
    )  # fmt: skip
