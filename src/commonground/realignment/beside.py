"""The searches a person has a seat in, and the way from a role to what becomes of it, for their pages in the organization."""

from collections.abc import Iterator

from django.db import models
from django.http import HttpRequest
from django.urls import reverse

from commonground.access.gate import actor_of
from commonground.organization.beside import Line, Section
from commonground.programs.middleware import as_of, program_of
from commonground.realignment.solutions import Seat


def seats(request: HttpRequest, person: models.Model) -> Iterator[Section]:
    """Searches of the program in which the person has a seat on the day."""
    program = program_of(request)
    rows = (
        Seat.objects.visible_to(actor_of(request))
        .on(as_of(request))
        .filter(person=person.pk, solution__program=program)
    )
    yield Section(
        "Has a seat in",
        [
            Line(
                str(seat.solution),
                reverse("realignment:solution", kwargs={"program": program.slug, "pk": seat.solution_id}),
            )
            for seat in rows.select_related("solution__workflow").order_by("solution")
        ],
    )


def plan(request: HttpRequest, role: models.Model) -> Iterator[Section]:
    """Where what becomes of a role is drafted and read. Stands on every role alike, so it tells nobody that there is a plan."""
    if actor_of(request).may("balance.view"):
        address = reverse("realignment:role", kwargs={"program": program_of(request).slug, "pk": role.pk})
        yield Section("In the change", more=("What becomes of it", address))
