"""What of measured figures may be kept: nothing that stands for fewer people than the threshold. Pure: figures in, figures out.

Units with too few people are left out by measuring itself, so that no total holds them. Here goes what else would tell of few: ways
between steps, steps, and orders of steps that hold such a step.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from commonground.analysis.flow.figures import Flow, Passage, Variant, written
from commonground.analysis.ownership import THRESHOLD

MOST_PASSAGES, MOST_VARIANTS = 120, 8


class Kept(NamedTuple):
    """Figures that may be shown. hidden: pairs of steps that are not; few: too few people did all of it, so nothing is kept."""

    flow: Flow
    hidden: tuple[tuple[str, str], ...]
    few: bool

    def data(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "flow": written(self.flow),
            "hidden": [list(pair) for pair in self.hidden],
            "withheld": list(self.flow.withheld),
            "few": self.few,
        }


def kept(flow: Flow, headcount: Mapping[str, int] | None = None, threshold: int = THRESHOLD) -> Kept:
    """The figures of one workflow and time without those of too few people.

    headcount: unit → people who work in it, for logs that do not tell people; a step is then as safe as its smallest unit.
    """
    crowd = flow.people if flow.people is not None else sum((headcount or {}).values())
    if crowd < threshold:
        return Kept(nothing(flow), (), few=bool(flow.cases))
    told = flow.people is not None
    safe = {step.activity for step in flow.steps if not told or _enough(step.people, threshold)}
    between = [one for one in flow.between_steps if _passes(one, told=told, threshold=threshold)]
    shown = {(one.source, one.target) for one in between}
    kept_flow = flow._replace(
        people_of=tuple((unit, people) for unit, people in flow.people_of if unit not in flow.withheld),
        steps=tuple(step for step in flow.steps if step.activity in safe),
        top_variants=tuple(one for one in flow.top_variants if _tellable(one, safe, threshold))[:MOST_VARIANTS],
        between_steps=_most(between),
        between_units=_most([one for one in flow.between_units if not {one.source, one.target} & set(flow.withheld)]),
        between_lines=_most([one for one in flow.between_lines if _passes(one, told=told, threshold=threshold)]),
    )
    hidden = tuple((one.source, one.target) for one in flow.between_steps if (one.source, one.target) not in shown)
    return Kept(kept_flow, hidden[:MOST_PASSAGES], few=False)


def nothing(flow: Flow) -> Flow:
    """Figures that say only which units they would be about."""
    units = tuple(unit for unit, _ in flow.people_of)
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
        lead_calendar=type(flow.lead_calendar)(),
        lead_working=type(flow.lead_working)(),
        variants=0,
        loops=0,
        repeats=0,
        withheld=tuple(dict.fromkeys((*units, *flow.withheld))),
    )


def _enough(people: int | None, threshold: int) -> bool:
    return people is not None and people >= threshold


def _passes(one: Passage, *, told: bool, threshold: int) -> bool:
    return not told or (_enough(one.givers, threshold) and _enough(one.receivers, threshold))


def _tellable(one: Variant, safe: set[str], threshold: int) -> bool:
    return one.cases >= threshold and safe.issuperset(one.activities)


def _most(passages: list[Passage]) -> tuple[Passage, ...]:
    return tuple(sorted(passages, key=lambda one: (-one.n, one.source, one.target))[:MOST_PASSAGES])
