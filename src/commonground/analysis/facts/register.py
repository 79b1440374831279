"""Who works where, and what work there is: rows of the register and of the flow between its processes."""

from datetime import date
from typing import NamedTuple

PROCESS_FATES = ("keep", "reshape", "move", "merge", "automate", "eliminate", "create")
IN_QUESTION = frozenset({"reshape", "move", "merge", "automate", "eliminate"})
PURPOSE_IN_QUESTION = frozenset({"move", "merge", "automate", "eliminate"})
ROLE_FATES = ("keep", "change", "merge", "end", "create")
HANDOFF_VIEWS = ("as_is", "to_be")


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
