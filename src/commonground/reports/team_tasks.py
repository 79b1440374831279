"""Composes teams behind the pages, where that takes too long for one."""

from django.utils import timezone
from django_tasks import task

from commonground.coalition.models import Composition
from commonground.guidance.models import Result
from commonground.programs.models import Program
from commonground.reports.composed import choice_of, composed

SECONDS = 25.0  # for each size: nobody waits at a page


@task()
def compose_task(program: int, view: str) -> None:
    """Composes the teams of a program on the ground of one view, by what is saved now."""
    row = Program.objects.filter(pk=program).first()
    ground = Result.objects.filter(program=program, function="team_ground", view=view).first()
    if row is not None and ground is not None:
        choice = choice_of(Composition.objects.of(row), timezone.localdate())
        composed(ground, choice, timezone.now(), SECONDS)
