"""What the home page says: the state of the program in sentences, the next dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from commonground.access.actor import Actor
from commonground.analysis.ownership import Count, Grid
from commonground.guidance.key_numbers import KeyNumbers
from commonground.organization.models import UnitPeriod
from commonground.programs.models import Milestone, Program
from commonground.realignment.models import ProcessFate, RoleFate
from commonground.ui.charts import Event, Timeline, timeline
from commonground.ui.words import number, plural, spelled

NEXT_DATES = 8


def statement(numbers: KeyNumbers, grid: Grid | None) -> tuple[str, str]:
    """The state of the program: the first sentence, and the rest in a quieter voice."""
    if not numbers.processes:
        return "Nobody has said yet who answers for which work.", "With that, the first findings come."
    if not numbers.in_question:
        return (
            f"{plural(numbers.processes, 'process,processes').capitalize()} and none in question yet.",
            "Once it is said what is to become of them, this page tells who must take part in it.",
        )
    first = f"{_of(numbers.in_question, numbers.processes, 'process', 'processes')} in question."
    rest = [_owners(numbers)]
    if grid is not None and not grid.front_total.withheld and grid.front_total.people:
        rest.append(_front(grid.front_total))
    return first, " ".join(sentence for sentence in rest if sentence)


def _of(part: int, whole: int, one: str, many: str) -> str:
    if part == whole:
        return f"All {spelled(whole)} {many} are" if whole > 1 else f"The only {one} is"
    return f"{spelled(part).capitalize()} of {spelled(whole)} {many} {'is' if part == 1 else 'are'}"


def _owners(numbers: KeyNumbers) -> str:
    """Who answers for what moves or ends, and takes no part in finding the new way."""
    out = numbers.owners - numbers.owners_in
    if not numbers.owners:
        return ""
    if not out:
        return "Everybody who answers for work that moves or ends takes part in finding the new way."
    if out == numbers.owners:
        return "Nobody who answers for work that moves or ends takes part in finding the new way yet."
    return (
        f"{spelled(out).capitalize()} of the {spelled(numbers.owners)} who answer for work that moves or ends "
        f"{'takes' if out == 1 else 'take'} no part in finding the new way."
    )


def _front(count: Count) -> str:
    """What the touched front office owns."""
    if not count.owning:
        return f"Of {number(count.people)} touched people in the front office, nobody has something to own yet."
    verb = "owns" if count.owning == 1 else "own"
    return f"Of {number(count.people)} touched people in the front office, {number(count.owning)} {verb} something."


@dataclass(frozen=True)
class NextDate:
    """A day of the program, ahead or overdue."""

    day: date
    words: str
    overdue: bool = False


def next_dates(actor: Actor, program: Program, today: date) -> list[NextDate]:
    """Milestones that are still to come or late, and the days on which changes that the actor may see take effect."""
    rows = list(Milestone.objects.visible_to(actor).filter(program=program, actual=None).exclude(planned=None))
    names = _names(rows, today)
    found = [
        NextDate(row.planned, _milestone(row, names), overdue=row.planned < today)
        for row in rows
        if row.planned is not None
    ]
    processes, roles = (
        model.objects.visible_to(actor)
        .filter(program=program, effective__gte=today)
        .order_by("effective")
        .values_list("effective", flat=True)
        for model in (ProcessFate, RoleFate)
    )
    for day, changes in _by_day(processes, roles):
        found.append(NextDate(day, changes))
    found.sort(key=lambda one: (not one.overdue, one.day))
    overdue = [one for one in found if one.overdue][-NEXT_DATES // 2 :]
    return [*overdue, *[one for one in found if not one.overdue]][:NEXT_DATES]


def _names(rows: Iterable[Milestone], day: date) -> dict[int, str]:
    units = {row.unit_id for row in rows if row.unit_id}
    return dict(UnitPeriod.objects.on(day).filter(unit__in=units).values_list("unit", "name")) if units else {}


def _milestone(row: Milestone, names: Mapping[int, str]) -> str:
    return f"{row}, {names.get(row.unit_id, 'a unit of the past')}" if row.unit_id else str(row)


def _by_day(processes: Iterable[date | None], roles: Iterable[date | None]) -> list[tuple[date, str]]:
    counts: dict[date, list[int]] = {}
    for place, days in enumerate((processes, roles)):
        for day in filter(None, days):
            counts.setdefault(day, [0, 0])[place] += 1
    return [(day, _counted_changes(work, jobs)) for day, (work, jobs) in sorted(counts.items())]


def _counted_changes(work: int, jobs: int) -> str:
    parts = [plural(work, "process,processes") if work else "", plural(jobs, "role,roles") if jobs else ""]
    return f"{' and '.join(filter(None, parts))} {'changes' if work + jobs == 1 else 'change'}"


def is_gap(count: Count) -> bool:
    """Whether the touched people of a group are known and own nothing."""
    return not count.withheld and bool(count.people) and not count.owning


def horizon(program: Program, actor: Actor, today: date) -> Timeline | None:
    """The milestones of the program and of its units on one axis; None while there are none with a day."""
    rows = list(Milestone.objects.visible_to(actor).filter(program=program))
    names, events = _names(rows, today), []
    for row in rows:
        day = row.actual or row.planned
        if day is None:
            continue
        reached = row.actual is not None and row.actual <= today
        kind = "done" if reached else "late" if day < today else "planned"
        events.append(Event(day, _milestone(row, names), kind))
    if not events:
        return None
    days = [event.day for event in events] + [today, program.started]
    room = (max(days) - min(days)) / 8  # for the words of what comes last, clear of today's
    return timeline(events, min(days) - room / 3, max(days) + room, today)
