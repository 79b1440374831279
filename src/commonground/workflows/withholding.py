"""What of measured figures may be kept: nothing that stands for fewer people than the threshold. Pure: figures in, figures out.

Units with too few people are left out by measuring itself, so that no total of units holds them. Their events are taken out of the
figures of steps and lines as well (`masked`), since these less the figures of the other units would be theirs. What is left and still
stands for few goes here: ways between steps, steps, and orders of steps that hold such a step.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.events import MISSING, Events
from commonground.analysis.flow.figures import Flow, Passage, Spread, Variant, enough, written
from commonground.analysis.ownership import THRESHOLD

MOST_PASSAGES, MOST_VARIANTS = 120, 8
Pair = tuple[str, str]
MASKED = "w:"  # stands for every step of a unit with too few people


class Kept(NamedTuple):
    """Figures that may be shown. hidden: pairs of steps that are not; apart: pairs of units that are not, though both have enough people;
    partial: what went back and forth would tell of these; few: too few people did all of it, so nothing is kept."""

    flow: Flow
    hidden: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    partial: bool = False
    few: bool = False

    def data(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "flow": written(self.flow),
            "hidden": [list(pair) for pair in self.hidden],
            "apart": [list(pair) for pair in self.apart],
            "withheld": list(self.flow.withheld),
            "partial": self.partial,
            "few": self.few,
        }


def few_units(events: Events, headcount: Mapping[str, int], threshold: int = THRESHOLD) -> frozenset[str]:
    """The units that fewer people than the threshold stand for: people in these events; where they tell nobody, the head count."""
    occur = np.unique(events.unit[events.unit != MISSING])
    both = (events.unit != MISSING) & (events.person != MISSING)
    size = max(len(events.names.person), 1)
    pairs = np.unique(events.unit[both].astype(np.int64) * size + events.person[both])
    told = np.bincount(pairs // size, minlength=len(events.names.unit) + 1)
    names = events.names.unit
    return frozenset(
        names[unit] for unit in occur.tolist() if (int(told[unit]) or headcount.get(names[unit], 0)) < threshold
    )


def masked(events: Events, few: frozenset[str]) -> Events:
    """The events with one step that says nothing, and no line, in the place of what these units did."""
    if not few:
        return events
    place = {name: code for code, name in enumerate(events.names.unit)}
    theirs = np.isin(events.unit, [place[name] for name in few if name in place])
    return replace(
        events,
        activity=np.where(theirs, np.int32(len(events.names.activity)), events.activity),
        product_line=np.where(theirs, np.int32(MISSING), events.product_line),
        names=events.names._replace(activity=(*events.names.activity, MASKED)),
    )


class LeftOut(NamedTuple):
    """Between which units, and between which steps, work went that is left out since a unit on one side or both is among the few."""

    units: frozenset[Pair] = frozenset()
    steps: frozenset[Pair] = frozenset()


def left_out(events: Events, few: frozenset[str]) -> LeftOut:
    """What `masked` and measuring take away. Nothing where there are no few."""
    if not few:
        return LeftOut()
    names = np.array([name in few for name in (*events.names.unit, "")])  # MISSING is the last
    told = np.flatnonzero(events.unit != MISSING)
    units = _pairs(events.case[told], events.unit[told], names[events.unit[told]])
    steps = _pairs(events.case, events.activity, names[events.unit])
    return LeftOut(
        frozenset((events.names.unit[one], events.names.unit[two]) for one, two in units if one != two),
        frozenset((events.names.activity[one], events.names.activity[two]) for one, two in steps),
    )


NOTHING_OUT = LeftOut()


def _pairs(case: NDArray[np.uint64], code: NDArray[np.int32], few: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The different pairs of codes that follow one another in a case, of which one or both are of the few."""
    next_to = (case[1:] == case[:-1]) & (few[1:] | few[:-1])
    size = int(code.max(initial=0)) + 1
    keys = np.unique(code[:-1][next_to].astype(np.int64) * size + code[1:][next_to])
    return [divmod(key, size) for key in keys.tolist()]


def kept(
    flow: Flow, out: LeftOut = NOTHING_OUT, apart: frozenset[Pair] = frozenset(), threshold: int = THRESHOLD
) -> Kept:
    """The figures of one workflow or log and one time without those of too few people.

    out: what was left out before. apart: pairs of units whose passages are left out as well, since another table withholds a part of
    them. Where the units that are shown have too few people together, nothing is kept.
    """
    away = frozenset(flow.withheld)
    if sum(count or 0 for unit, count in flow.people_of if unit not in away) < threshold and _crowd(flow) < threshold:
        return Kept(nothing(flow), few=bool(flow.cases))
    told = flow.people is not None
    thin = [one for one in flow.between_units if not _passes(one, told, threshold)]
    apart |= {(one.source, one.target) for one in thin}
    ways = [one for one in flow.between_steps if MASKED not in (one.source, one.target)]
    found = _shown(flow, ways, apart, threshold)
    partial = any(one.back for one in thin)
    shown = {(one.source, one.target) for one in ways if _passes(one, told, threshold)}
    hidden = ({(one.source, one.target) for one in ways} | out.steps) - shown
    return Kept(
        found._replace(ping_pong_cases=0) if partial else found,
        tuple(sorted(pair for pair in hidden if pair[0] != pair[1]))[:MOST_PASSAGES],
        tuple(sorted(pair for pair in apart if away.isdisjoint(pair))),
        partial,
    )


def _shown(flow: Flow, ways: list[Passage], apart: frozenset[Pair], threshold: int) -> Flow:
    """The figures without what too few stand for. Where units are withheld, totals that less the others would be theirs are 0."""
    away, told = frozenset(flow.withheld), flow.people is not None
    safe = {step.activity for step in flow.steps if step.activity != MASKED and _enough(step.people, told, threshold)}
    units = [one for one in flow.between_units if (one.source, one.target) not in apart]
    whole = flow._replace(events=0, pairs=0, loops=0, repeats=0) if away else flow
    return whole._replace(
        crossings=sum(one.n for one in units),
        people_of=tuple((unit, count) for unit, count in flow.people_of if unit not in away),
        steps=tuple(step for step in flow.steps if step.activity in safe),
        top_variants=tuple(one for one in flow.top_variants if _tellable(one, safe, threshold))[:MOST_VARIANTS],
        between_steps=_most([one for one in ways if _passes(one, told, threshold)]),
        between_units=_most(units),
        between_lines=_most([one for one in flow.between_lines if _passes(one, told, threshold)]),
        withheld=tuple(sorted(away)),
    )


def _crowd(flow: Flow) -> int:
    """People whose unit nothing tells; where units are told, what they did is part of those."""
    return 0 if flow.people_of else flow.people or 0


def nothing(flow: Flow) -> Flow:
    """Figures that say only which units they would be about."""
    return Flow(
        cases=0,
        events=0,
        pairs=0,
        people=None,
        first=None,
        last=None,
        crossings=0,
        crossing_cases=0,
        ping_pong_cases=0,
        lead_calendar=Spread(),
        lead_working=Spread(),
        variants=0,
        loops=0,
        repeats=0,
        withheld=tuple(unit for unit, _ in flow.people_of),
    )


def _enough(people: int | None, told: bool, threshold: int) -> bool:
    """Where the log tells no people, its units have stood for their head count already."""
    return not told or (people or 0) >= threshold


def _passes(one: Passage, told: bool, threshold: int) -> bool:
    return not told or enough(one, threshold)


def _tellable(one: Variant, safe: set[str], threshold: int) -> bool:
    return one.cases >= threshold and safe.issuperset(one.activities)


def _most(passages: list[Passage]) -> tuple[Passage, ...]:
    return tuple(sorted(passages, key=lambda one: (-one.n, one.source, one.target))[:MOST_PASSAGES])
