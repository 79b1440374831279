"""Naming, changing and ending sponsors, and taking each of it back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.coalition.models import Sponsor
from commonground.coalition.silence import note_told, quiet
from commonground.coalition.sponsor_forms import EndForm, SponsorForm
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.programs.row_views import Kind, putting_back, removing

ASKED = ("person", "unit")  # what an address may begin a new sponsorship with


def page(request: HttpRequest, name: str = "sponsors") -> str:
    return reverse(f"coalition:{name}", kwargs={"program": program_of(request).slug})


def crumbs(request: HttpRequest) -> list[tuple[str, str]]:
    return [("Sponsors", page(request))]


def _row(request: HttpRequest, pk: int) -> Sponsor:
    return Sponsor.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


@gate("sponsors.change")
def add_sponsor(request: HttpRequest) -> HttpResponse:
    actor, program, today = actor_of(request), program_of(request), timezone.localdate()
    initial = {"start": today, **{name: request.GET[name] for name in ASKED if name in request.GET}}
    form = SponsorForm(request.POST or None, program=program, actor=actor, day=today, initial=initial)

    def save(values: dict[str, Any]) -> str:
        row = Sponsor.objects.appoint(program, values.pop("person"), **values, by=actor, at=timezone.now())
        return f"Named: {row}."

    return pages.ask(
        request,
        form,
        save,
        title="Name a sponsor",
        question="Who stands for the program, can decide, and will be seen with it?",
        back=page(request),
        crumbs=crumbs(request),
        label="Name them",
    )


@gate("sponsors.change")
def edit_sponsor(request: HttpRequest, pk: int) -> HttpResponse:
    actor, program, row = actor_of(request), program_of(request), _row(request, pk)
    form = SponsorForm(request.POST or None, instance=row, program=program, actor=actor, day=timezone.localdate())

    def save(values: dict[str, Any]) -> str:
        row.refuse_twice()
        return f"Changed: {row}." if row.change(values, by=actor, at=timezone.now()) else "Nothing was different."

    return pages.ask(
        request,
        form,
        save,
        title=str(row),
        question="For what do they stand, and since when?",
        back=page(request),
        crumbs=crumbs(request),
        remove=reverse("coalition:remove-sponsor", kwargs={"program": program.slug, "pk": pk}),
    )


@gate("sponsors.change")
def end_sponsor(request: HttpRequest, pk: int) -> HttpResponse:
    actor, row = actor_of(request), _row(request, pk)

    def save(values: dict[str, Any]) -> str:
        row.end_on(values["on"], why=values["why"], by=actor, at=timezone.now())
        return f"{row} ends on {values['on']:%-d %b %Y}. Name who follows, so that nobody is without a leader."

    return pages.ask(
        request,
        EndForm(request.POST or None, initial={"on": timezone.localdate()}),
        save,
        title=f"End: {row}",
        question="From which day on does somebody else stand for it?",
        back=page(request),
        crumbs=crumbs(request),
        label="End it",
    )


@gate("sponsors.change")
@require_POST
def reopen_sponsor(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)

    def act() -> str:
        row.reopen(by=actor_of(request), at=timezone.now())
        return f"{row} goes on."

    return pages.do(request, act, back=page(request))


SPONSOR = Kind(
    Sponsor,
    SponsorForm,
    "sponsor",
    "sponsors",
    "For what do they stand, and since when?",
    space="coalition",
    above=("Sponsors", "sponsors"),
)
remove_sponsor = removing(SPONSOR, "sponsors.change")
put_back_sponsor = putting_back(SPONSOR, "sponsors.change")


@gate("sponsors.change")
@require_POST
def told_sponsor(request: HttpRequest, pk: int) -> HttpResponse:
    """That the change lead has told a sponsor whom nothing here can reach. Only once others may know of the silence."""
    row, today = _row(request, pk), timezone.localdate()

    def act() -> str:
        found = [one for one in quiet(row.program, today, person=row.person_id) if one.is_for_others(today)]
        if not found:
            raise CannotError(f"There is nothing to tell {row.person}.")
        note_told(found[0], today, by=actor_of(request), at=timezone.now())
        return f"Noted: {row.person} knows of it since today."

    return pages.do(request, act, back=page(request))
