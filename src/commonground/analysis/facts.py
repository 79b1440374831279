"""The facts: named tables of frozen plain rows. They are at once what guidelines read, what sheets hold and what plug-ins get.

A row class is one table. Its fields stand in the order of the sheet's columns (`FORMATS`); a column whose header is a Python word
has another field name (`from` and `to` are `start` and `end`, `with` is `who`). A missing value is None. Days are `datetime.date`;
a period is half-open: it holds on `start` and no longer on `end`.

`tables.py` describes each table as a sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

PROCESS_FATES = ("keep", "reshape", "move", "merge", "automate", "eliminate", "create")
IN_QUESTION = frozenset({"reshape", "move", "merge", "automate", "eliminate"})
PURPOSE_IN_QUESTION = frozenset({"move", "merge", "automate", "eliminate"})
ROLE_FATES = ("keep", "change", "merge", "end", "create")
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
HANDOFF_VIEWS = ("as_is", "to_be")
SEEN_IN = ("log", "count", "survey", "logins", "training")
VANITY = frozenset({"logins", "training"})


class Person(NamedTuple):
    """One period of a person: several rows of one id are their history."""

    id: str
    name: str
    unit: str | None = None
    manager: str | None = None
    role: str | None = None
    level: str | None = None
    email: str | None = None
    location: str | None = None
    shift: str | None = None
    language: str | None = None
    front_office: bool | None = None
    start: date | None = None
    end: date | None = None


class Unit(NamedTuple):
    """One period of a unit in the tree."""

    id: str
    name: str
    parent: str | None = None
    business_unit: bool | None = None
    product_line: str | None = None
    start: date | None = None
    end: date | None = None


class Role(NamedTuple):
    """A role, its level, and what is to become of it."""

    id: str
    name: str
    level: str | None = None
    front_office: bool | None = None
    definition_before: str | None = None
    definition_after: str | None = None
    fate: str | None = None
    effective: date | None = None


class Process(NamedTuple):
    """A work process, who answers for it, and its fate."""

    id: str
    name: str
    unit: str | None = None
    answers_for: tuple[str, ...] = ()
    workflow: str | None = None
    fate: str | None = None
    to_unit: str | None = None
    to_answers_for: tuple[str, ...] = ()
    effective: date | None = None
    product_line: str | None = None
    open_work: str | None = None
    data: str | None = None
    taken_over_by: str | None = None


class Does(NamedTuple):
    process: str
    person: str


class Workflow(NamedTuple):
    id: str
    name: str
    customer_need: str | None = None
    serves_strategy: str | None = None
    median_lead_working_hours: float | None = None


class Handoff(NamedTuple):
    workflow: str
    from_process: str
    to_process: str
    carries: str | None = None
    when: str | None = None
    median_wait_working_hours: float | None = None
    cases: int | None = None
    ping_pong_cases: int | None = None


class LogActivity(NamedTuple):
    """An activity that an event log tells of, how often, and the process it is; no process while the register does not have it."""

    activity: str
    events: int
    log: str | None = None
    process: str | None = None


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
    id: str
    kind: str
    unit: str | None = None
    practice: str | None = None
    owner: str | None = None
    start: date | None = None
    end: date | None = None
    hours: float | None = None
    state: str | None = None


class Behaviour(NamedTuple):
    """A new and an old way of doing one thing, and what is wanted of it. Shares are 0 to 1.

    vanity: it says that a tool is opened or a course passed, not that work is done another way. starts: the day the new way begins where
    no milestone says so. observed_from: the first week that was observed.
    """

    id: str
    name: str
    new_way: str | None = None
    old_way: str | None = None
    source: str | None = None
    vanity: bool | None = None
    starts: date | None = None
    target_share: float | None = None
    target_on: date | None = None
    old_sunset: date | None = None
    old_possible: bool | None = None
    old_rewarded: bool | None = None
    observed_from: date | None = None


class Pace(NamedTuple):
    """The occasions of one behaviour in the week that begins on `week`, of one unit; of all where no unit is named.

    people: by how many different people; what fewer than the threshold did is not among the rows.
    """

    behaviour: str
    week: date
    new: int
    old: int
    neither: int | None = None
    unit: str | None = None
    people: int | None = None


class Forecast(NamedTuple):
    """When a share of the occasions goes the new way: the middle and the ends of the 80 % interval. looks_to: how far it looked.

    An end that is missing lies beyond that.
    """

    behaviour: str
    share: float
    made_on: date | None = None
    low: date | None = None
    mid: date | None = None
    high: date | None = None
    unit: str | None = None
    looks_to: date | None = None


class Source(NamedTuple):
    """A system that events of behaviours come from. keeps_days: how long it keeps them; none, while `known`: for good.

    observed_until: the last day that was taken over from it. needed_until: the last day that is to be observed.
    """

    id: str
    behaviours: tuple[str, ...] = ()
    keeps_days: int | None = None
    known: bool | None = None
    observed_until: date | None = None
    needed_until: date | None = None


Row = (
    Person
    | Unit
    | Role
    | Process
    | Does
    | Workflow
    | Handoff
    | LogActivity
    | RoleChange
    | Path
    | Acknowledgement
    | Stage
    | Conversation
    | Milestone
    | Solution
    | Seat
    | TakesPart
    | Engagement
    | Activity
    | Behaviour
    | Pace
    | Forecast
    | Source
)
ROWS: Mapping[str, type[Row]] = {
    "people": Person,
    "units": Unit,
    "roles": Role,
    "processes": Process,
    "does": Does,
    "workflows": Workflow,
    "handoffs": Handoff,
    "log_activities": LogActivity,
    "role_changes": RoleChange,
    "paths": Path,
    "acknowledgements": Acknowledgement,
    "stages": Stage,
    "conversations": Conversation,
    "milestones": Milestone,
    "solutions": Solution,
    "seats": Seat,
    "takes_part": TakesPart,
    "engagements": Engagement,
    "activities": Activity,
    "behaviours": Behaviour,
    "pace": Pace,
    "forecasts": Forecast,
    "sources": Source,
}


@dataclass(frozen=True, eq=False)
class Facts:
    """Tables of rows as known today, asked as of one day. A table that is absent was never given: that differs from an empty one.

    tables: table name → rows. as_of: the day that every "now" of a guideline means.
    """

    tables: Mapping[str, Sequence[Row]]
    as_of: date

    def __post_init__(self) -> None:
        unknown = sorted(set(self.tables) - set(ROWS))
        if unknown:
            raise ValueError(f"No such table: {', '.join(unknown)}. Tables are {', '.join(ROWS)}.")

    def has(self, table: str) -> bool:
        """Whether the table was given at all, empty or not."""
        return table in self.tables

    def rows(self, table: str) -> Sequence[Row]:
        """The rows of a table; empty when it was never given."""
        return self.tables.get(table, ())

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)


def in_force(start: date | None, end: date | None, day: date) -> bool:
    """Whether a period [start, end) holds on a day; an open side holds for ever."""
    return (start is None or start <= day) and (end is None or day < end)
