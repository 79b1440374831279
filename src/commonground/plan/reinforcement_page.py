"""What the pages of reinforcement show: what is due, who heard what, what still pays the old way, what it costs and what the pace did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from commonground.access.actor import Actor
from commonground.adoption import summary
from commonground.adoption.models import Behaviour
from commonground.adoption.paced import Paced
from commonground.analysis.pace.before_after import Compared, before_and_after, shown_weeks
from commonground.analysis.pace.figures import Pace, Series
from commonground.analysis.reinforcement.ladder import RUNGS, Rung
from commonground.analysis.reinforcement.silence import QUIET, weeks_silent
from commonground.organization.fields import unit_names
from commonground.plan.budget_page import Budget
from commonground.plan.budget_page import Row as Line
from commonground.plan.reinforcement_forms import PRACTICES
from commonground.programs.models import Program
from commonground.reinforcement.heard import Heard, Planned
from commonground.reinforcement.models import Reinforcement, Sunset
from commonground.ui.words import plural, spelled


class Quiet(NamedTuple):
    """A unit and for how many weeks nobody there has heard anything; last: the day of the last."""

    name: str
    weeks: int
    last: date | None


@dataclass(frozen=True)
class OnBehaviour:
    """One behaviour on the overview. effort: where both ways were counted last; quiet: the unit that has heard nothing for longest."""

    row: Behaviour
    last: date | None
    weeks: int | None
    quiet: Quiet | None
    planned: tuple[Planned, ...]
    sunset: Sunset | None
    effort: Reinforcement | None
    effect: Compared
    lines: tuple[Line, ...]
    day: date

    @property
    def next(self) -> date | None:
        return min((one.standing.next for one in self.planned if one.standing.next), default=None)

    @property
    def is_due(self) -> bool:
        return any(one.is_due for one in self.planned)

    @property
    def state(self) -> str:
        """How the new way is kept going: none where it has not begun."""
        if self.weeks is None:
            return "none"
        return "watch" if self.weeks >= QUIET or (self.quiet and self.quiet.weeks >= QUIET) else "good"

    @property
    def is_over(self) -> bool:
        """Whether the old way is gone: taken away, or known to be impossible."""
        removed = self.sunset is not None and self.sunset.removed_on is not None and self.sunset.removed_on <= self.day
        return removed or self.row.old_possible is False

    @property
    def still_pays(self) -> list[str]:
        """What still pays the old way, as words."""
        if self.is_over:
            return []
        words = ["it is still rewarded"] if self.row.old_rewarded else []
        return [*words, *(["it is the easier one"] if self.old_is_easier else []), *self._past_its_end]

    @property
    def old_is_easier(self) -> bool:
        one = self.effort
        return one is not None and (one.new_after or 0) > (one.old_after or 0)

    @property
    def _past_its_end(self) -> list[str]:
        end = self.row.old_sunset_on
        return ["it goes on after its end"] if end and end <= self.day and self.row.old_possible else []


class Reinforcing:
    """The pages of a program as an actor may see them, as of a day."""

    def __init__(self, actor: Actor, program: Program, day: date) -> None:
        self.actor, self.program, self.day = actor, program, day
        self.heard = Heard(actor, program, day)

    @cached_property
    def behaviours(self) -> list[Behaviour]:
        rows = Behaviour.objects.visible_to(self.actor).filter(program=self.program, vanity=False)
        return list(rows.select_related("owner"))

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Unit → what it is called on the day."""
        return unit_names(self.actor, self.day)

    @cached_property
    def budget(self) -> Budget | None:
        return Budget(self.actor, self.program, self.day) if self.actor.may("budget.view") else None

    @cached_property
    def lines(self) -> list[Line]:
        """Budget lines of the two practices, and those by which a plan is paid."""
        wanted = {one.row.line for one in self.heard.planned} - {""}
        rows = self.budget.rows if self.budget else []
        return [one for one in rows if one.line.practice in PRACTICES or one.row.key in wanted]

    @cached_property
    def rows(self) -> list[OnBehaviour]:
        series = self._whole_series()
        sunsets = {one.behaviour_id: one for one in Sunset.objects.visible_to(self.actor).filter(program=self.program)}
        efforts = self._efforts()
        return [self._row(one, series.get(one.pk), sunsets.get(one.pk), efforts.get(one.pk)) for one in self.behaviours]

    def _row(
        self, row: Behaviour, series: Series | None, sunset: Sunset | None, effort: Reinforcement | None
    ) -> OnBehaviour:
        planned = tuple(one for one in self.heard.planned if one.row.behaviour_id == row.pk)
        last, first = self.heard.last(row.pk), self.heard.first(row.pk)
        start = row.starts_on
        weeks = weeks_silent(last, start, self.day) if start and start <= self.day else None
        keys = {one.row.line for one in planned} - {""}
        return OnBehaviour(
            row,
            last,
            weeks,
            self._quietest(row, start) if weeks is not None and weeks < QUIET else None,
            planned,
            sunset,
            effort,
            before_and_after(shown_weeks(series), start=first, delivered=first) if first else Compared(None, None),
            tuple(one for one in self.lines if one.row.key in keys),
            self.day,
        )

    def _quietest(self, row: Behaviour, start: date | None) -> Quiet | None:
        found = self.quiet(row, self.heard.units(row.pk), start)
        return max(found, key=lambda one: one.weeks) if found else None

    def quiet(self, row: Behaviour, units: Sequence[int], start: date | None) -> list[Quiet]:
        """Of each unit for how many weeks nobody there has heard anything."""
        return [
            Quiet(self.names.get(unit, "a unit that has ended"), weeks_silent(last, since, self.day), last)
            for unit in units
            if (since := start or self.heard.last(row.pk, unit)) is not None
            for last in [self.heard.last(row.pk, unit)]
        ]

    def _whole_series(self) -> dict[int, Series]:
        rows = Paced.objects.visible_to(self.actor).filter(behaviour__in=self.behaviours)
        told = rows.values_list("behaviour", "summary")
        return {pk: summary.read(data).pace.whole.series for pk, data in told if data}

    def _efforts(self) -> dict[int, Reinforcement]:
        """Behaviour → where both ways were counted last."""
        rows = Reinforcement.objects.visible_to(self.actor).filter(
            program=self.program, on__lte=self.day, new_after__isnull=False, old_after__isnull=False
        )
        return {row.behaviour_id: row for row in rows.order_by("on", "pk")}

    @property
    def title(self) -> str:
        """What is due and what still pays old ways, in a sentence."""
        if not self.behaviours:
            return "No behaviour is written down yet"
        due, pays = len(self.heard.due), sum(bool(one.still_pays) for one in self.rows)
        first = (
            f"{_many(due, 'thing')} {'is' if due == 1 else 'are'} due this week" if due else "Nothing is due this week"
        )
        return f"{first}; {_many(pays, 'old way').lower()} still {'pays' if pays == 1 else 'pay'}" if pays else first

    def of(self, pk: int) -> OnBehaviour | None:
        return next((one for one in self.rows if one.row.pk == pk), None)


def _many(number: int, noun: str) -> str:
    return f"{spelled(number).capitalize()} {plural(number, noun).partition(' ')[2]}"


class Climbed(NamedTuple):
    """A rung of the ladder; last: the day it was last stepped on, None where it was not, or where nobody writes that down."""

    rung: Rung
    last: date | None
    may: bool


def ladder(heard: Heard, behaviour: int) -> list[Climbed]:
    """The rungs, with what was done of the surroundings. Private words are not written down, so their rung never has a day."""
    last = heard.last_of_kinds(behaviour)
    return [
        Climbed(rung, last.get(rung.key), not rung.before or any(key in last for key in rung.before)) for rung in RUNGS
    ]


class Told(NamedTuple):
    """The series that tells of a unit, and whose it is."""

    series: Series | None
    name: str


def series_for(pace: Pace | None, unit: int | None, above: Sequence[int], names: Mapping[int, str]) -> Told:
    """The weeks of a unit, else of the nearest above it that is shown, else of the whole."""
    if pace is None:
        return Told(None, "all units")
    groups = {one.key: one.series for one in pace.groups if one.kind == "unit" and not one.series.suppressed}
    for one in (unit, *above) if unit is not None else ():
        if str(one) in groups:
            return Told(groups[str(one)], names.get(one, groups[str(one)].name) if one is not None else "all units")
    return Told(pace.whole.series, "all units")
