"""All that is known of one behaviour, out of its observations: the whole, its units, levels and cohorts, as far as they may be shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.curves.habit import ORGANIZATION, Clock
from commonground.analysis.events import MISSING
from commonground.analysis.forecast.weekly import Weekly
from commonground.analysis.forecast.weekly import forecasts as made_of
from commonground.analysis.pace.dip import dip
from commonground.analysis.pace.figures import Dip, Forecast, Group, Now, Pace, Series, Watch
from commonground.analysis.pace.flat import flat
from commonground.analysis.pace.groups import Lives, lives
from commonground.analysis.pace.now import now
from commonground.analysis.pace.observations import NEVER, Codes, Followed, Observations, monday
from commonground.analysis.pace.shares import Cells, Shared, parted, shared
from commonground.analysis.pace.showing import Parts, of_a_fixed_whole, of_a_loose_whole
from commonground.analysis.pace.sustained import person_weeks, sustained_use
from commonground.analysis.pace.watch import watch

THRESHOLD = 8
WHOLE, UNIT, LEVEL, COHORT = "whole", "unit", "level", "cohort"
KINDS = (WHOLE, UNIT, LEVEL, COHORT)
EVERYBODY = ""  # the key of the whole, and of the cut-over of units that have none of their own


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a measurement beside the observations, see `measure`."""

    threshold: int
    until: int
    cut_overs: Mapping[str, int]
    target: float | None
    forecasts: frozenset[str]
    clock: Clock


def measure(  # noqa: PLR0913 - what is known of people and units beside the observations
    obs: Observations,
    followed: Followed,
    *,
    threshold: int = THRESHOLD,
    levels: Codes | None = None,
    level_names: Sequence[str] = (),
    cut_overs: Mapping[str, int] | None = None,
    as_of_week: int | None = None,
    target: float | None = None,
    names: Mapping[str, str] | None = None,
    untold: int = 0,
    outside: int = 0,
    forecasts: bool | Collection[str] = True,
    clock: Clock = ORGANIZATION,
) -> Pace:
    """The pace of a behaviour.

    levels: code of each person of the observations into level_names, MISSING where not known. cut_overs: unit → the week in which it
    went over, "" → that of the whole and of units without their own. as_of_week: the last week to look at, by default the last that was
    observed whole. target: the share new that is wanted, 0 to 1. names: unit → what to call it. Cohorts are people whose clock started
    in one quarter. forecasts: for which kinds of groups, all or none for True and False; they take most of the time. clock: how long an
    organization takes, as forecasts expect it beforehand. Nothing
    stands for fewer people than the threshold, see `showing`; units of fewer are left out of everything.
    Raises ValueError for a threshold below 8: it can only be raised.
    """
    if threshold < THRESHOLD:
        raise ValueError(
            f"The threshold is {threshold}, but results stand for at least {THRESHOLD} people. It can only be raised."
        )
    until = followed.until if as_of_week is None else min(as_of_week, followed.until)
    rows = obs.only(obs.week <= until)
    kinds = (KINDS if forecasts else ()) if isinstance(forecasts, bool) else forecasts
    wanted = Wanted(threshold, until, cut_overs or {}, target, frozenset(kinds), clock)
    known = shared(rows, threshold=threshold)
    parts = _parts(known, followed, levels, tuple(level_names), threshold)
    told = _lived(known, Followed(followed.start, followed.left, until), parts, threshold)
    whole, *groups = _groups(known, parts, told, wanted, names or {})
    weeks = known.whole.weeks
    return Pace(
        whole,
        tuple(groups),
        tuple((part.kind, int((part.cells.closed & part.there).sum())) for part in parts if part.kind != WHOLE),
        monday(weeks[0]).isoformat() if len(weeks) else None,
        monday(weeks[-1]).isoformat() if len(weeks) else None,
        untold,
        outside,
    )


class Part(NamedTuple):
    """The whole, or all groups of one kind. rows: the group of each row; person: of each person; there: which groups have anybody."""

    kind: str
    keys: tuple[str, ...]
    rows: Codes
    person: Codes
    cells: Cells
    there: NDArray[np.bool_]


def _parts(
    known: Shared, followed: Followed, levels: Codes | None, level_names: tuple[str, ...], threshold: int
) -> list[Part]:
    people, rows = len(known.rows.persons), known.rows
    whole = np.where(known.part, 0, MISSING).astype(np.int32)
    parts = [
        Part(WHOLE, (EVERYBODY,), whole, np.zeros(people, np.int32), known.whole, np.ones(1, np.bool_)),
        Part(UNIT, rows.units, rows.unit, _main_unit(rows), known.units, np.ones(len(rows.units), np.bool_)),
    ]
    cohorts, quarters = _cohorts(followed.start, rows)
    beside: list[tuple[Codes, Cells]] = []
    kinds = ((LEVEL, level_names, levels), (COHORT, quarters, cohorts))
    for kind, keys, code in kinds:
        if code is not None and keys:
            cells = parted(known, code, len(keys), threshold=threshold, beside=beside)
            beside.append((code, cells))
            group = np.where(known.part, code[rows.person], MISSING).astype(np.int32)
            there = np.bincount(group[group >= 0], minlength=len(keys)) > 0
            parts.append(Part(kind, keys, group, code, cells, there))
    return parts


def _main_unit(rows: Observations) -> Codes:
    """The unit of each person: where they had most occasions; of two, the first. MISSING where nothing tells one."""
    key = rows.person.astype(np.int64) * (len(rows.units) + 1) + rows.unit + 1
    each, place = np.unique(key, return_inverse=True)
    occasions = np.bincount(place, weights=rows.occasions, minlength=len(each))
    person, unit = np.divmod(each, len(rows.units) + 1)
    order = np.lexsort((-unit, occasions, person))  # the one given last stays
    found = np.full(len(rows.persons), MISSING, dtype=np.int32)
    found[person[order]] = unit[order] - 1
    return found


def _cohorts(start: Codes, rows: Observations) -> tuple[Codes, tuple[str, ...]]:
    """The quarter in which the clock of each person who has an occasion started, as 2026-Q3; nothing where it is one for all."""
    here = np.zeros(len(start), dtype=np.bool_)
    here[rows.person] = True
    weeks = np.unique(start[here & (start != NEVER)])
    quarters = {int(week): f"{(day := monday(week)).year}-Q{(day.month + 2) // 3}" for week in weeks}
    keys = tuple(sorted(set(quarters.values())))
    if len(keys) < 2:
        return np.full(len(start), MISSING, dtype=np.int32), ()
    table = np.array([*(keys.index(quarters[int(week)]) for week in weeks), MISSING], dtype=np.int32)
    place = np.searchsorted(weeks, start)
    known = here & np.isin(start, weeks)
    return table[np.where(known, place, len(weeks))], keys


def _lived(known: Shared, followed: Followed, parts: list[Part], threshold: int) -> list[list[Lives]]:
    """Sustained use, relapse and the steady level of each group of each part."""
    weeks = person_weeks(known.rows, followed)
    people = sustained_use(weeks, followed)
    unit = parts[1].person

    def shown(mask: NDArray[np.bool_]) -> list[Codes]:
        """The group of these people in each part, MISSING where the group may not be shown."""
        return _grouped(people.person, mask, unit, parts, threshold)

    everybody, came = shown(np.ones(len(people), dtype=np.bool_)), shown(people.came)
    return [
        lives(weeks, people, group, reached, len(part.keys), threshold=threshold)
        for part, group, reached in zip(parts, everybody, came, strict=True)
    ]


def _grouped(person: Codes, mask: NDArray[np.bool_], unit: Codes, parts: list[Part], threshold: int) -> list[Codes]:
    here = person[mask]
    units = Parts(np.zeros_like(here), here, unit[here], 1, len(parts[1].keys))
    hidden, stays = of_a_loose_whole(units, threshold)
    whole = units.only(stays)._replace(part=np.zeros(int(stays.sum()), np.int32), parts=1)
    enough = int(stays.sum()) >= threshold
    answers = [np.where(stays & enough, 0, MISSING), np.where(hidden[unit[here], 0], MISSING, unit[here])]
    beside = [(units.only(stays), hidden)]
    for part in parts[2:]:
        rows = whole._replace(part=part.person[whole.person], parts=len(part.keys))
        closed = np.append(part.cells.closed, True)
        concealed = of_a_fixed_whole(rows, threshold, closed=closed, beside=tuple(beside))
        beside.append((rows, concealed))
        code = part.person[here]
        answers.append(np.where(stays & ~concealed[code, 0], code, MISSING))
    return [_spread_out(answer, mask) for answer in answers]


def _spread_out(values: NDArray[np.integer], mask: NDArray[np.bool_]) -> Codes:
    found = np.full(len(mask), MISSING, dtype=np.int32)
    found[mask] = values
    return found


def _groups(
    known: Shared, parts: list[Part], told: list[list[Lives]], wanted: Wanted, names: Mapping[str, str]
) -> list[Group]:
    places = [(part, group) for part in parts for group in range(len(part.keys)) if part.there[group]]
    lived = [
        one
        for part, each in zip(parts, told, strict=True)
        for one, there in zip(each, part.there, strict=True)
        if there
    ]
    standing = [
        one
        for part in parts
        for one, there in zip(now(known.rows, part.rows, part.cells, until=wanted.until), part.there, strict=True)
        if there
    ]
    ahead = _forecasts(places, wanted)
    return [
        _group(part, group, one, stands, coming, wanted, names)
        for (part, group), one, stands, coming in zip(places, lived, standing, ahead, strict=True)
    ]


def _group(
    part: Part, group: int, lived: Lives, stands: Now | None, coming: Forecast | None, wanted: Wanted, names: Mapping[str, str]
) -> Group:  # fmt: skip
    key = part.keys[group]
    series: Series = part.cells.series(group, names.get(key, key))
    if series.suppressed:
        return Group(part.kind, key, series)
    cut_over = _cut_over(part, key, wanted)
    seen = _Seen.of(part.cells, group)
    return Group(
        part.kind, key, series, stands,
        lived.sustained, lived.lasting, lived.relapse, lived.steady,
        seen.watch(), seen.dip(cut_over, wanted.until), coming,
        None if cut_over is None else monday(cut_over).isoformat(),
        seen.flat(cut_over, wanted.target),
    )  # fmt: skip


def _cut_over(part: Part, key: str, wanted: Wanted) -> int | None:
    """That of the unit, else that of the whole, which is the first where none is given."""
    if part.kind == UNIT and key in wanted.cut_overs:
        return wanted.cut_overs[key]
    return wanted.cut_overs.get(EVERYBODY, min(wanted.cut_overs.values(), default=None))


class _Seen(NamedTuple):
    """The weeks of one group that can be shown."""

    week: Codes
    new: NDArray[np.int64]
    old: NDArray[np.int64]
    occasions: NDArray[np.int64]
    people: NDArray[np.int64]

    @classmethod
    def of(cls, cells: Cells, group: int) -> "_Seen":
        shown = cells.shown[group]
        columns = (cells.new, cells.old, cells.occasions, cells.people)
        return cls(cells.weeks[shown], *(values[group][shown] for values in columns))

    def watch(self) -> Watch:
        return watch(self.week, self.old, self.occasions)

    def dip(self, cut_over: int | None, until: int) -> Dip | None:
        return None if cut_over is None else dip(self.week, self.occasions, self.people, cut_over=cut_over, until=until)

    def flat(self, cut_over: int | None, target: float | None) -> int | None:
        since = self.week >= (self.week.min(initial=0) if cut_over is None else cut_over)
        return flat(self.week[since], self.new[since], self.occasions[since], target=target)


def _forecasts(places: Iterable[tuple[Part, int]], wanted: Wanted) -> list[Forecast | None]:
    """One for each group that is shown; units, which learn from each other, and other kinds each on their own."""
    found: dict[tuple[str, int], Forecast] = {}
    kinds: dict[str, list[tuple[Part, int]]] = {}
    for part, group in places:
        if not part.cells.closed[group] and part.kind in wanted.forecasts:
            kinds.setdefault(part.kind, []).append((part, group))
    for kind, each in kinds.items():
        rows = []
        for part, group in each:
            seen = _Seen.of(part.cells, group)
            rows.append(Weekly(seen.week, seen.new, seen.occasions, _cut_over(part, part.keys[group], wanted)))
        for (_, group), one in zip(
            each, made_of(rows, as_of=monday(wanted.until + 1), clock=wanted.clock), strict=True
        ):
            found[kind, group] = one
    return [found.get((part.kind, group)) for part, group in places]
