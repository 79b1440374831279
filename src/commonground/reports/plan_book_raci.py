"""The RACI matrix of a program: processes with who does and answers for them, and activities that are still open."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from commonground.access.actor import Actor
from commonground.analysis.plan.book import PROCESS, SEVERAL
from commonground.organization.models import Person
from commonground.plan.book_cells import Names, message_cells
from commonground.plan.book_people import NAMED, people_cells
from commonground.programs.models import Activity, Program
from commonground.realignment.models import Solution
from commonground.realignment.solutions import standings
from commonground.ui.words import plural
from commonground.workflows.models import AnswersFor, Does, Process

Cell = Any


def raci(actor: Actor, program: Program, day: date, names: Names, activities: Iterable[Activity]) -> list[list[Cell]]:
    """Activity or decision, responsible, accountable, consulted, informed, ID. A process that exists only in a plan is not in it."""
    rows = [*_processes(actor, program, day, names)] if actor.may("workflows.view") else []
    for row in activities:
        if row.state in ("planned", "running"):
            doer, owner = (row.deliverer.name if row.deliverer else None, row.owner.name if row.owner else None)
            rows.append([str(row), doer, owner, None, message_cells(row, names)["audience"], row.key])
    return rows


def _processes(actor: Actor, program: Program, day: date, names: Names) -> list[list[Cell]]:
    processes = list(Process.objects.visible_to(actor).filter(program=program, planned_only=False))
    ids = [row.pk for row in processes]
    does = people_cells(Does.objects.visible_to(actor), ids, day)
    owners = people_cells(AnswersFor.objects.visible_to(actor), ids, day)
    consulted = _consulted(actor, program, day)
    return [
        [
            row.name,
            does.get(row.pk),
            owners.get(row.pk),
            consulted.get(row.workflow_id or 0),
            names.units.get(row.unit_id) if row.unit_id else None,
            f"{PROCESS}{row.key}",
        ]
        for row in processes
    ]


def _consulted(actor: Actor, program: Program, day: date) -> dict[int, str]:
    """Workflow → who takes part in the search for its new way."""
    searches = list(Solution.objects.visible_to(actor).filter(program=program))
    found: dict[int, set[int]] = {}
    known = standings(searches, day)
    for one in searches:
        found.setdefault(one.workflow_id, set()).update(known[one.pk].takes_part)
    people = dict(
        Person.objects.visible_to(actor).filter(pk__in=set().union(*found.values())).values_list("pk", "name")
    )
    cells = {}
    for workflow, there in found.items():
        named = sorted(people[pk] for pk in there if pk in people)
        if named:
            cells[workflow] = SEVERAL.join(named) if len(named) <= NAMED else plural(len(named), "person,people")
    return cells
