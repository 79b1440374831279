"""What is measured, for the KPI sheet: each figure from the page that has it, with how many it stands for, or “not enough data yet”."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from commonground.access.actor import Actor
from commonground.adoption.lines import Line, lines_of
from commonground.analysis.plan.training import Coverage
from commonground.guidance.leading_results import LEADING, leading_from
from commonground.guidance.models import Result
from commonground.guidance.results import grid_from
from commonground.guidance.training_results import TRAINING
from commonground.intake.commit_book_told import target_cell
from commonground.programs.models import Program
from commonground.ui.words import number, percent, plural

NOT_YET: Final = "not enough data yet"
Cell = Any


def told_result(actor: Actor, program: Program, function: str) -> dict[str, Any]:
    """A stored result in the view that holds for everybody; empty where it is not made yet."""
    row = Result.objects.visible_to(actor).filter(program=program, function=function, view="told").first()
    return row.data if row is not None else {}


def kpis(actor: Actor, program: Program, day: date, now: datetime) -> list[list[Cell]]:
    """Rows as KPI, definition, current, target, status, trend, ID."""
    return [
        *_behaviours(actor, program, day, now),
        *_training(actor, program),
        *_ownership(actor, program),
        *_sponsors(actor, program, day),
    ]


def _behaviours(actor: Actor, program: Program, day: date, now: datetime) -> Iterator[list[Cell]]:
    if not actor.may("pace.view"):
        return
    for line in lines_of(actor, program, day, today=day, now=now):
        row = line.behaviour
        definition = f"Share of {row.occasion_words or 'the work'} done the new way: {row.new_words}"
        yield [
            row.name,
            _text(definition),
            _text(_current(line)),
            target_cell(row),
            _text(_status(line)),
            _text(_trend(line)),
            f"kpi-{row.key}",
        ]


def _current(line: Line) -> str:
    if line.now is None:
        return f"{NOT_YET}: {line.why}" if line.why else NOT_YET
    return f"{percent(line.now.new)} ({line.range_now}), {plural(line.now.n, 'occasion')}"


def _status(line: Line) -> str:
    return (line.late_said or NOT_YET) if line.now is not None else NOT_YET


def _trend(line: Line) -> str:
    if line.now is None or line.now.change is None:
        return NOT_YET
    return f"{line.change_said} points in four weeks"


def _training(actor: Actor, program: Program) -> Iterator[list[Cell]]:
    if not actor.may("training.view"):
        return
    data = told_result(actor, program, TRAINING)
    whole = Coverage(*data["whole"]) if data else None
    current = status = NOT_YET
    if whole is not None and whole.needed and (actor.may("training.change") or whole.needed >= data["threshold"]):
        current = f"{percent(whole.trained / whole.needed)} ({number(whole.trained)} of {plural(whole.needed, 'person,people')})"
        status = f"{number(whole.left)} left" if whole.left else "everyone has had it"
    definition = "People who have had all the training that is meant for them, those included who never touch the CRM."
    yield ["Training coverage", definition, _text(current), "100 %", status, None, "kpi-training-coverage"]


def _ownership(actor: Actor, program: Program) -> Iterator[list[Cell]]:
    if not actor.may("ownership.view"):
        return
    data = told_result(actor, program, "ownership_grid")
    grid = grid_from(data) if data else None
    for name, key, count in (
        ("Touched people who own something", "ownership", grid.total if grid else None),
        ("Front office: touched people who own something", "ownership-front", grid.front_total if grid else None),
    ):
        current = NOT_YET
        if count is not None and not count.withheld and count.people:
            current = f"{percent(count.share)} ({number(count.owning or 0)} of {plural(count.people, 'person,people')})"
        definition = "Who answers for or does a process, takes part in a search, owns an idea, an answer, a message or an activity."
        yield [name, definition, _text(current), None, None, None, f"kpi-{key}"]


def _sponsors(actor: Actor, program: Program, day: date) -> Iterator[list[Cell]]:
    if not actor.may("sponsors.view"):
        return
    data = told_result(actor, program, LEADING)
    rows = leading_from(data) if data else []
    led = sum(one.is_led(day) for _, one in rows)
    current = f"{number(led)} of {plural(len(rows), 'touched unit')}" if rows else NOT_YET
    definition = "Touched units whose manager and whose sponsor both did something visible in the last 30 days."
    status = "all are led" if rows and led == len(rows) else f"{number(len(rows) - led)} not yet" if rows else NOT_YET
    yield ["Sponsor engagement", definition, current, "every touched unit", status, None, "kpi-sponsor-engagement"]


def _text(said: str) -> str:
    """With plain spaces, which every spreadsheet shows."""
    return said.replace("\u202f", " ").replace("\u00a0", " ")
