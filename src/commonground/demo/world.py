"""The demo's world: an organization and two programs as plain rows, the same for the same seed, day and size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from commonground.analysis.facts import Facts, Row
from commonground.analysis.tables import TABLES
from commonground.demo import cascade, heard
from commonground.demo.days import Days
from commonground.demo.plots import FLEET, NORTHLIGHT, Plot
from commonground.demo.program_rows import program_rows
from commonground.demo.staffing import WHOLE
from commonground.demo.tree import units
from commonground.demo.workforce import Workforce, workforce

FEWEST = 400


class TooSmallError(ValueError):
    """A world with too few people for the story to be told."""


@dataclass(frozen=True)
class World:
    """Rows by table. `organization`: people and units; `programs`: the two plots, each with the rows of its tables. `force`: who
    works here, as the story finds them."""

    days: Days
    by_name: Mapping[str, str]
    organization: Mapping[str, Sequence[Row]]
    programs: Sequence[tuple[Plot, Mapping[str, Sequence[Row]]]]
    force: Workforce = field(repr=False)

    def sheets(self, slug: str) -> dict[str, Sequence[Row]]:
        """All tables of one program, the organization's among them, in the order of the formats. Raises KeyError for no such program."""
        own = {plot.slug: rows for plot, rows in self.programs}[slug]
        given = {**self.organization, **own}
        return {table: given[table] for table in TABLES if table in given}

    def facts(self, slug: str) -> Facts:
        """What the guidelines read of one program."""
        return Facts(self.sheets(slug), self.days.today)


def build(*, today: date, seed: int = 1, people: int = WHOLE) -> World:
    """Makes the world as it stands on `today` with so many people. Raises TooSmallError below 400."""
    if people < FEWEST:
        raise TooSmallError(f"The demo needs at least {FEWEST} people to tell its story; {people} were asked for.")
    days, random = Days(today), Random(seed)
    force = workforce(days, random, people)
    organization: dict[str, Sequence[Row]] = {
        "people": force.rows,
        "units": list(units(days, people / WHOLE)),
    }
    programs = [(plot, program_rows(plot, days, random, force)) for plot in (NORTHLIGHT, FLEET)]
    programs[0][1]["voices"] = list(heard.voices(days, organization, force.by_name))
    programs[0][1]["steps"] = cascade.rows(days, organization, force.by_name)
    return World(days, force.by_name, organization, programs, force)
