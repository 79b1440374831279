"""The phases of the demo's programs, and the customers who work with Northlight: panels, joint improvements, meetings."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from commonground.analysis import facts
from commonground.analysis.facts import Row
from commonground.demo.days import Days


class Stage(NamedTuple):
    """A phase, in days from today."""

    number: int
    unit: str | None
    start: int
    end: int | None
    entered: int | None = None
    note: str = ""


class Circle(NamedTuple):
    """A panel. ours: who of ours, by name."""

    id: str
    name: str
    customers: str
    unit: str | None
    start: int
    ours: str
    words: str


class Work(NamedTuple):
    """A joint improvement."""

    id: str
    name: str
    panel: str | None
    unit: str
    owner: str
    state: str
    start: int
    done: int | None = None
    came: str = ""


class Encounter(NamedTuple):
    """A meeting with customers."""

    day: int
    panel: str | None
    customers: str
    ours: str
    words: str
    came: str = ""


STAGES = (
    Stage(1, None, -530, -231, -530, "We know our customers, each house for itself"),
    Stage(2, None, -231, 150, -224, "Whoever answers sees the whole case"),
    Stage(3, None, 150, None),
    Stage(2, "cc", -315, -28, -315, "First of all units, with its cut-over"),
    Stage(3, "cc", -28, None, -21, "Evenings with households that moved"),
    Stage(3, "bi", 60, None),
    Stage(2, "el", 56, 240, None, "With its cut-over, and not before"),
    Stage(2, "wa", -231, 150),
)
FLEET_STAGES = (Stage(1, None, -180, 60, -180), Stage(2, None, 60, None))
CIRCLES = (
    Circle("movers", "Evening with movers", "Twelve households that moved this year", "cc", -60, "Rosa Quintero;Emeka Obi",
        "What was hard on the day of the move, and what we change"),
    Circle("builders", "Builders’ table", "Four building firms and the plumbers’ guild", "el", -20, "Sanjay Bhat;Lena Hartmann",
        "One date for power and water"),
)  # fmt: skip
WORKS = (
    Work("who-knows", "The letter names whoever knows the case", "movers", "cc", "Rosa Quintero", "done", -50, -15,
        "Of twelve movers at the second evening, eleven knew whom to call."),
    Work("one-card", "One card for the move: power, water, bill", "movers", "cc", "Emeka Obi", "trying", -30),
    Work("one-date", "One date for power and water", "builders", "el", "Sanjay Bhat", "agreed", -12),
    Work("first-bill", "A first bill that explains itself", "movers", "bi", "Priya Nair", "proposed", -9),
)  # fmt: skip
ENCOUNTERS = (
    Encounter(-70, None, "Tenants’ association, board", "Farah Haddad", "Who would come to an evening",
        "Twelve households, found by the association"),
    Encounter(-58, "movers", "Twelve households that moved this year", "Rosa Quintero;Emeka Obi", "The day of the move, hour by hour",
        "The letter names a person; one card for all three is being tried"),
    Encounter(-19, "builders", "Four building firms", "Sanjay Bhat;Lena Hartmann", "Two dates, two visits, one ditch",
        "One date is agreed for new streets"),
    Encounter(-16, "movers", "Twelve households that moved this year", "Rosa Quintero", "What the letter says now"),
    Encounter(26, "movers", "Twelve households that moved this year", "Rosa Quintero;Priya Nair", "The first bill, read together"),
)  # fmt: skip


def phases(days: Days, stages: Sequence[Stage]) -> list[Row]:
    """The sheet of phases."""
    return [
        facts.Phase(one.number, one.unit, days.on(one.start), days.maybe(one.end), days.maybe(one.entered))
        for one in stages
    ]


def rows(days: Days, person: Callable[[str], str]) -> dict[str, list[Row]]:
    """The sheets of Northlight. person: the id of somebody by name."""
    return {
        "phases": phases(days, STAGES),
        "panels": [facts.Panel(one.id, one.name, one.customers, one.unit, days.on(one.start)) for one in CIRCLES],
        "improvements": [
            facts.Improvement(
                one.id,
                one.name,
                one.panel,
                one.unit,
                person(one.owner),
                one.state,
                days.on(one.start),
                days.maybe(one.done),
            )
            for one in WORKS
        ],
    }
