"""The two programs of the demo, each as one value: what the story says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonground.demo import behaviours, fleet, searches, story, work
from commonground.demo.behaviours import Brings, Sheet, Wanted
from commonground.demo.changing import CHANGES, CONVERSATIONS, FLEET_CHANGES, FLEET_TURN, TURNS, Change, Turn
from commonground.demo.searches import Brought, Meeting, Place, Search
from commonground.demo.story import Deed, Part, Point, Talk
from commonground.demo.work import Flow, Step

Handoffs = Mapping[str, Sequence[tuple[str, str, str, float, int, int]]]


@dataclass(frozen=True)
class Plot:
    """All that the story says of one program. Days are counted from today; `started` None: seventeen months ago."""

    slug: str
    name: str
    goal: str
    started: int | None
    planned_end: int | None
    strategy: Sequence[Part]
    points: Sequence[Point]
    talks: Sequence[Talk]
    deeds: Sequence[Deed]
    flows: Sequence[Flow]
    steps: Mapping[str, Sequence[Step]]
    as_is: Handoffs
    to_be: Handoffs
    searches: Sequence[Search]
    places: Sequence[Place]
    meetings: Sequence[Meeting]
    brought: Sequence[Brought]
    turns: Sequence[Turn]
    changes: Sequence[Change]
    conversations: Sequence[tuple[str, int, str]]
    wanted: Sequence[Wanted]
    brings: Sequence[Brings]
    sheets: Sequence[Sheet]


NORTHLIGHT = Plot(
    slug=story.SLUG,
    name=story.NAME,
    goal=story.GOAL,
    started=None,
    planned_end=None,
    strategy=story.STRATEGY,
    points=story.POINTS,
    talks=story.TALKS,
    deeds=story.DEEDS,
    flows=work.FLOWS,
    steps=work.STEPS,
    as_is=work.AS_IS,
    to_be=work.TO_BE,
    searches=searches.SEARCHES,
    places=searches.PLACES,
    meetings=searches.MEETINGS,
    brought=searches.BROUGHT,
    turns=TURNS,
    changes=CHANGES,
    conversations=CONVERSATIONS,
    wanted=behaviours.WANTED,
    brings=behaviours.BRINGS,
    sheets=behaviours.SHEETS,
)
FLEET = Plot(
    slug=fleet.SLUG,
    name=fleet.NAME,
    goal=fleet.GOAL,
    started=fleet.STARTED,
    planned_end=fleet.PLANNED_END,
    strategy=fleet.STRATEGY,
    points=fleet.POINTS,
    talks=fleet.TALKS,
    deeds=fleet.DEEDS,
    flows=fleet.FLOWS,
    steps=fleet.STEPS,
    as_is=fleet.AS_IS,
    to_be={},
    searches=fleet.SEARCHES,
    places=fleet.PLACES,
    meetings=fleet.MEETINGS,
    brought=fleet.BROUGHT,
    turns=(FLEET_TURN,),
    changes=FLEET_CHANGES,
    conversations=(),
    wanted=behaviours.FLEET_WANTED,
    brings=(),
    sheets=behaviours.FLEET_SHEETS,
)
