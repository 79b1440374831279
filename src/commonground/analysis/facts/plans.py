"""What is planned for people and what has been said of it; the search for new ways, and the line of the program."""

from datetime import date
from typing import NamedTuple

HOLDER_FATES = ("same", "new_role", "open", "leaving")
CHANGE_KINDS = (
    "decisions",
    "budget",
    "people",
    "information",
    "customers",
    "title",
    "asked",
    "craft",
    "belonging",
    "other",
)
DIMINISHING_KINDS = frozenset({"decisions", "budget", "people", "title"})
STAGED_KINDS = ("process", "role", "path")
MILESTONES = (
    "first_raised",
    "strategy_agreed",
    "amount_of_change_decided",
    "team_seated",
    "workflows_agreed",
    "technology_chosen",
    "cut_over",
)
ENGAGEMENT_KINDS = ("board", "influencer", "other")
PART_KINDS = ("session", "contribution")


class RoleChange(NamedTuple):
    """What a role loses (size below zero) or gains (above) of one kind; what is offered for it and whether its holders accepted."""

    role: str
    kind: str
    size: int
    words: str | None = None
    offered: str | None = None
    accepted: bool | None = None
    unit: str | None = None
    effective: date | None = None


class Path(NamedTuple):
    """What is to become of one holder of a role."""

    person: str
    role: str
    fate: str
    to_role: str | None = None
    to_unit: str | None = None
    to_manager: str | None = None
    effective: date | None = None


class Acknowledgement(NamedTuple):
    role: str
    person: str
    read: date | None = None
    discussed_manager: date | None = None
    discussed_holder: date | None = None
    acknowledged: date | None = None


class Stage(NamedTuple):
    """How far the word of one fate has gone. `id`: of the process or role; for a path the person's id."""

    kind: str
    id: str
    consulted: date | None = None
    told: date | None = None
    line_spoke: date | None = None
    shown: date | None = None
    in_force: date | None = None


class Conversation(NamedTuple):
    role: str
    offered_on: date
    by: str | None = None


class Milestone(NamedTuple):
    kind: str
    planned: date | None = None
    actual: date | None = None
    unit: str | None = None


class Solution(NamedTuple):
    id: str
    workflow: str
    question: str | None = None
    opened: date | None = None
    decided: date | None = None


class Seat(NamedTuple):
    solution: str
    person: str
    consent: bool | None = None
    hours_per_week: float | None = None
    manager_agreed: bool | None = None
    start: date | None = None
    end: date | None = None


class TakesPart(NamedTuple):
    solution: str
    person: str
    on: date
    what: str


class Engagement(NamedTuple):
    on: date
    who: str
    kind: str
    outside_it: bool | None = None


class Activity(NamedTuple):
    """Something that is done for people. kind: see `analysis.plan.kinds`. delivered: the day that its deliverer confirmed.

    hours: what it takes to prepare and hold. hours_per_person: what it asks of each of the people it is for. people: how many these are.
    audience: see `analysis.plan.audience`; empty means all of the unit. technique: a key of the technique library.
    """

    id: str
    kind: str
    unit: str | None = None
    practice: str | None = None
    owner: str | None = None
    start: date | None = None
    end: date | None = None
    hours: float | None = None
    state: str | None = None
    deliverer: str | None = None
    delivered: date | None = None
    hours_per_person: float | None = None
    people: int | None = None
    audience: str | None = None
    technique: str | None = None
