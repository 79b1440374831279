"""What a person answers for and does, for their page in the organization."""

from collections.abc import Iterator

from django.db import models
from django.http import HttpRequest
from django.urls import reverse

from commonground.access.gate import actor_of
from commonground.organization.beside import Line, Section
from commonground.programs.middleware import as_of, program_of
from commonground.workflows.models import AnswersFor, Does

MOST = 20


def held(request: HttpRequest, person: models.Model) -> Iterator[Section]:
    """The processes that a person answers for and does on the day, as far as the asker may see them."""
    if not actor_of(request).may("workflows.view"):
        return
    yield Section("Answers for", _lines(request, AnswersFor, person))
    yield Section("Does", _lines(request, Does, person))


def _lines(request: HttpRequest, kind: type[AnswersFor] | type[Does], person: models.Model) -> list[Line]:
    program, rows = program_of(request), kind.objects.visible_to(actor_of(request)).on(as_of(request))
    rows = rows.filter(person=person.pk, process__program=program, process__planned_only=False)
    return [
        Line(name, reverse("workflows:process", kwargs={"program": program.slug, "pk": pk}), workflow or "")
        for pk, name, workflow in rows.order_by("process__order", "process").values_list(
            "process", "process__name", "process__workflow__name"
        )[:MOST]
    ]
