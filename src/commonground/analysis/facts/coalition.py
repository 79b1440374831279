"""Who carries the change: the team, its sponsors and what they visibly do, champions and how they meet. Never who named whom."""

from datetime import date
from typing import NamedTuple

ACT_KINDS = (
    "spoke",
    "visited",
    "decided",
    "answered_doubts",
    "took_part",
    "removed_obstacle",
    "thanked",
    "other",
)


class Member(NamedTuple):
    """Somebody who is on the project team, with what was agreed for it."""

    person: str
    consent: bool | None = None
    hours_per_week: float | None = None
    manager_agreed: bool | None = None
    start: date | None = None
    end: date | None = None


class Sponsor(NamedTuple):
    """Who stands for the program, in one unit and all below it or in the whole. told: the day on which a silence was told to them."""

    person: str
    unit: str | None = None
    start: date | None = None
    end: date | None = None
    told: date | None = None


class Act(NamedTuple):
    """Something that a sponsor or a manager visibly did for the change, in a unit or for all. planned: it is still to come."""

    person: str
    on: date
    kind: str | None = None
    unit: str | None = None
    planned: bool | None = None


class Champion(NamedTuple):
    """Somebody who carries the cause to the peers of one cell; where no cell is named, to those of their own.

    hours_per_week: what was agreed. hours_used, contacts: of a week, on the average of the last four that were noted.
    """

    person: str
    unit: str | None = None
    level: str | None = None
    location: str | None = None
    shift: str | None = None
    language: str | None = None
    hours_per_week: float | None = None
    hours_used: float | None = None
    contacts: float | None = None
    start: date | None = None
    end: date | None = None


class ChampionMeeting(NamedTuple):
    """A day on which champions met, and how many of them."""

    on: date
    people: int | None = None
