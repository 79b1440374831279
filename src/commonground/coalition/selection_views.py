"""Choosing champions: what is asked of the choice, how far it is, what is proposed, and asking those who are kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.analysis.coalition.how_many import how_many
from commonground.assessments.in_days import CLOSED
from commonground.coalition.naming import OptOut
from commonground.coalition.networks import KEPT, NetworkFile
from commonground.coalition.nomination_forms import MOST_CHAMPIONS, SelectionForm
from commonground.coalition.nomination_views import own, page_of
from commonground.coalition.nominations import Candidate, Nomination
from commonground.coalition.reaching import Reaching
from commonground.coalition.selections import ACCEPTED, COVERS, DONE, FAILED, STATES, Selection
from commonground.coalition.tasks import ask_choosing
from commonground.organization.models import Person
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.ui.words import plural

MARKS = {
    "waiting": "part",
    "working": "part",
    "done": "note",
    "failed": "act",
    "stopped": "none",
    "accepted": "good",
}
Source = Nomination | NetworkFile
OWN = "you; how many look to you is not told to yourself"


@gate("nominations.change")
def select(request: HttpRequest, pk: int) -> HttpResponse:
    """How many champions, reaching whom, from those who were named by several?"""
    row = own(request, pk)
    could = Candidate.objects.visible_to(actor_of(request)).filter(nomination=row).count()
    refused = (
        ""
        if row.state == CLOSED and could
        else "Nobody can be chosen from this round: it is not closed, or nobody was named often enough."
    )
    return _select(request, row, could, row.asked, refused)


@gate("nominations.change")
def select_network(request: HttpRequest, pk: int) -> HttpResponse:
    """How many champions, reaching whom, from a network file?"""
    row = NetworkFile.objects.get_for(actor_of(request), program=program_of(request), pk=pk)
    refused = "" if row.state == KEPT else f"“{row}” is not in use: take it over first, or bring it again."
    return _select(request, row, min(row.people, MOST_CHAMPIONS), row.people, refused)


def _select(request: HttpRequest, source: Source, could: int, people: int, refused: str) -> HttpResponse:
    program, back = program_of(request), source_page(program_of(request), source)
    usual, hint = _usual(program, could, people)
    form = SelectionForm(
        request.POST or None, could=max(could, 1), hint=hint, initial={"count": usual, "cover": list(COVERS)}
    )
    made: list[int] = []
    if refused:
        return pages.do(request, lambda: _refuse(refused), back=back)

    def save(values: dict[str, Any]) -> str:
        options = {**values, "steps": int(values["steps"])}
        row = Selection.objects.ask(program, source, options, by=actor_of(request), at=timezone.now())
        ask_choosing(row)
        made.append(row.pk)
        return "It is being reckoned behind the page."

    return pages.ask(
        request, form, save, title="Choose champions",
        question="How many, and whom should they reach? You look it over before anybody is asked.",
        back=back, crumbs=[*above(program, source), (str(source), back)], label="Propose a choice",
        to=lambda: _page(program, made[0]),
    )  # fmt: skip


def _refuse(words: str) -> str:
    raise CannotError(words)


def _usual(program: Program, could: int, people: int) -> tuple[int, str]:
    """How many the hours ask for, as far as there are so many, and how that is counted."""
    chosen = Reaching.objects.of(program)
    needed = how_many([(people, chosen.minutes)], chosen.hours * 60)
    words = (
        f"{could:,} could be chosen. By hours it takes {needed.champions:,}: {plural(people, 'person,people')}, {chosen.minutes:g} minutes "
        f"a week each, {chosen.hours:g} hours of a champion. Practitioners’ convention: {needed.fewest:,} to {needed.most:,}."
    )
    return max(1, min(needed.champions, could)), words


@gate("nominations.view")
@require_safe
def selection(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is proposed, what do they reach, and how good is that choice?"""
    row, program = _own(request, pk), program_of(request)
    known = {one["person"]: one["why"] for one in row.result.get("people", ())}
    gone = set(OptOut.objects.filter(person__in=known).values_list("person", flat=True))
    people = Person.objects.visible_to(actor_of(request)).filter(pk__in=set(known) - gone).order_by("name", "pk")
    source, own_pk = row.source, actor_of(request).person
    values: dict[str, Any] = {
        "row": row,
        "source": source,
        "back": source_page(program, source),
        "above": above(program, source),
        "mark": MARKS[row.state],
        "state": STATES[row.state],
        "title": _title(row, len(people)),
        "found": row.result,
        "people": [(person, known[person.pk] if person.pk != own_pk else OWN) for person in people],
        "covers": [COVERS[name] for name in row.options.get("cover", ()) if name in COVERS],
        "may_accept": row.state == DONE and actor_of(request).may("nominations.change"),
        "again": _again(program, source),
    }
    return render(request, "coalition/selection.html", values)


def _title(row: Selection, people: int) -> str:
    if row.state == DONE:
        return f"{plural(people, 'person,people')} proposed as champions"
    if row.state == ACCEPTED:
        return f"{plural(row.result.get('asked', 0), 'person is,people are')} asked to be champions"
    verb = "" if row.state == FAILED else "is "
    return f"The choice {verb}{STATES[row.state]}"


@gate("nominations.change")
@require_POST
def stop_selection(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    row.stop()
    return redirect(source_page(program_of(request), row.source))


@gate("nominations.change")
@require_POST
def accept_selection(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks those who are kept, and deletes who named whom."""
    row = _own(request, pk)
    chosen = [int(one) for one in request.POST.getlist("keep") if one.isdecimal() and len(one) < 19]

    def act() -> str:
        people = list(Person.objects.visible_to(actor_of(request)).filter(pk__in=chosen))
        asked = row.accept(people, by=actor_of(request), at=timezone.now())
        return f"{plural(asked, 'person is,people are')} asked, on their own page. Who named whom is deleted."

    return pages.do(request, act, back=_page(program_of(request), pk))


def _own(request: HttpRequest, pk: int) -> Selection:
    return Selection.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def _page(program: Program, pk: int) -> str:
    return reverse("coalition:selection", kwargs={"program": program.slug, "pk": pk})


def _again(program: Program, source: Source) -> str:
    name = "coalition:select" if isinstance(source, Nomination) else "coalition:select-network"
    return reverse(name, kwargs={"program": program.slug, "pk": source.pk})


def source_page(program: Program, source: Source) -> str:
    if isinstance(source, Nomination):
        return page_of(program, source.pk)
    return reverse("coalition:network", kwargs={"program": program.slug, "pk": source.pk})


def above(program: Program, source: Source) -> list[tuple[str, str]]:
    """The list that a source stands in."""
    label, name = ("Nominations", "nominations") if isinstance(source, Nomination) else ("Network files", "networks")
    return [(label, reverse(f"coalition:{name}", kwargs={"program": program.slug}))]
