"""What of measured figures may be kept: nothing that stands for fewer people than the threshold. Pure: figures in, figures out.

Units with too few people are left out by measuring itself, so that no total of units holds them. Their events are taken out of the
figures of steps and lines as well (`masked`), since these less the figures of the other units would be theirs. What is left and still
stands for few goes here: ways between steps, steps, and orders of steps that hold such a step.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from commonground.analysis.events import MISSING, Events
from commonground.analysis.flow.figures import Flow, Passage, Spread, Variant, enough, written
from commonground.analysis.ownership import THRESHOLD

MOST_PASSAGES, MOST_VARIANTS = 120, 8
Pair = tuple[str, str]
MASKED = "w:"  # stands for every step of a unit with too few people


class Kept(NamedTuple):
    """Figures that may be shown. hidden: pairs of steps that are not; apart: pairs of units that are not, though both have enough people;
    few: too few people did all of it, so nothing is kept."""

    flow: Flow
    hidden: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    few: bool = False

    def data(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "flow": written(self.flow),
            "hidden": [list(pair) for pair in self.hidden],
            "apart": [list(pair) for pair in self.apart],
            "withheld": list(self.flow.withheld),
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


def pairs_with(events: Events, few: frozenset[str]) -> frozenset[Pair]:
    """The pairs of units between which work went in these events, of which one or both are among the few."""
    if not few:
        return frozenset()
    told = events.unit != MISSING
    case, unit = events.case[told], events.unit[told].astype(np.int64)
    turns = (case[1:] == case[:-1]) & (unit[1:] != unit[:-1])
    size, names = len(events.names.unit), events.names.unit
    found = np.unique(unit[:-1][turns] * size + unit[1:][turns]).tolist()
    pairs = ((names[key // size], names[key % size]) for key in found)
    return frozenset(pair for pair in pairs if not few.isdisjoint(pair))


def kept(flow: Flow, leave_out: frozenset[Pair] = frozenset(), threshold: int = THRESHOLD) -> Kept:
    """The figures of one workflow or log and one time without those of too few people.

    leave_out: pairs of units whose passages are left out as well, since another table withholds a part of them.
    """
    away = frozenset(flow.withheld)
    people = flow.people if flow.people is not None else sum(count or 0 for unit, count in flow.people_of)
    if people < threshold:
        return Kept(nothing(flow), few=bool(flow.cases))
    told = flow.people is not None
    safe = {step.activity for step in flow.steps if step.activity != MASKED and _enough(step.people, told, threshold)}
    ways = [one for one in flow.between_steps if MASKED not in (one.source, one.target)]
    between = [one for one in ways if _passes(one, told, threshold)]
    units = [one for one in flow.between_units if (one.source, one.target) not in leave_out]
    shown = {(one.source, one.target) for one in between}
    kept_flow = flow._replace(
        crossings=sum(one.n for one in units),
        people_of=tuple((unit, count) for unit, count in flow.people_of if unit not in away),
        steps=tuple(step for step in flow.steps if step.activity in safe),
        top_variants=tuple(one for one in flow.top_variants if _tellable(one, safe, threshold))[:MOST_VARIANTS],
        between_steps=_most(between),
        between_units=_most(units),
        between_lines=_most([one for one in flow.between_lines if _passes(one, told, threshold)]),
        withheld=tuple(sorted(away)),
    )
    hidden = tuple((one.source, one.target) for one in ways if (one.source, one.target) not in shown)
    return Kept(kept_flow, hidden[:MOST_PASSAGES], tuple(sorted(pair for pair in leave_out if away.isdisjoint(pair))))


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
