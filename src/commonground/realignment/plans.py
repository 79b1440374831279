"""One plan as its pages show it: whom it concerns, where it stands, what may be done next. Kinds by their word in addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from commonground.access.actor import Actor
from commonground.accounts.models import User
from commonground.organization.models import Assignment, Person
from commonground.organization.periods import in_force_on
from commonground.realignment.fates import HolderPath, ProcessFate, RoleFate
from commonground.realignment.stages import LABELS, ORDER, SEES, Staged, Step

KINDS: Mapping[str, type[Any]] = {"process": ProcessFate, "role": RoleFate, "path": HolderPath}
NAMES = {"process": "Processes", "role": "Roles", "path": "People’s paths"}


@dataclass(frozen=True)
class PlanView:
    """A plan with its stage control. `line`: each stage with its day, whether it is reached, and who sees it there."""

    row: Any
    kind: str
    line: list[dict[str, Any]]
    steps: list[Step]
    concerned: int
    readers: list[User]
    may_change: bool
    today: date

    @property
    def waits_for_line(self) -> bool:
        """Whether the next step is to tell, and the day of the talk is not noted."""
        return self.row.stage == "consulted" and self.row.line_spoke_on is None


def kind_of(row: Staged) -> str:
    return next(kind for kind, model in KINDS.items() if isinstance(row, model))


def page_of(row: Any, program: str) -> str:
    """The address of the page that shows a plan."""
    if isinstance(row, ProcessFate):
        return reverse("realignment:process-fate", kwargs={"program": program, "pk": row.process_id})
    if isinstance(row, RoleFate):
        return reverse("realignment:role", kwargs={"program": program, "pk": row.role_id})
    return reverse("realignment:path", kwargs={"program": program, "pk": row.role_id, "person": row.person_id})


def view_of(row: Any, actor: Actor, day: date, today: date) -> PlanView:
    """What the stage control of a plan needs."""
    days = {
        "draft": None,
        "consulted": row.consulted_on,
        "told": row.told_on,
        "in_force": row.in_force_on,
    }
    reached = ORDER.index(row.stage)
    line = [
        {
            "label": LABELS[stage],
            "day": days[stage],
            "done": place <= reached,
            "now": place == reached,
            "sees": SEES[stage],
        }
        for place, stage in enumerate(ORDER)
    ]
    may = actor.may("realignment.change")
    readers = list(row.readers.order_by("name")) if may else []
    return PlanView(row, kind_of(row), line, row.steps(), concerned_by(row, day), readers, may, today)


def concerned_by(row: Any, day: date) -> int:
    """How many people a plan is about on a day."""
    if isinstance(row, HolderPath):
        return 1
    if isinstance(row, RoleFate):
        held = Assignment.objects.filter(in_force_on(day), role_id=row.role_id)
        return int(held.aggregate(people=Count("person", distinct=True))["people"])
    return people_of(row, day).count()


def people_of(row: ProcessFate, day: date) -> "QuerySet[Person]":
    """Those who answer for or do the process on the day, or are to answer for it."""
    process = row.process
    held = process.owners.filter(in_force_on(day)).values("person")
    done = process.doers.filter(in_force_on(day)).values("person")
    planned = row.to_owners.values("pk")
    return Person.objects.filter(Q(pk__in=held) | Q(pk__in=done) | Q(pk__in=planned))
