"""Forms of the program line: the goal, and adding, changing, removing and putting back the rows of its register."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.journal.models import Entry
from commonground.programs import pages
from commonground.programs.forms import EngagementForm, GoalForm, MilestoneForm, OfProgramForm, StrategyForm
from commonground.programs.middleware import program_of
from commonground.programs.models import Engagement, Milestone, OfProgram, Program, Strategy
from commonground.ui.words import day as written_day

ASKED = (
    "kind",
    "workflow",
    "behaviour",
    "practice",
    "technique",
    "words",
    "answers",
    "unit",
    "cut_over",
)  # what an address may begin a new row with


@dataclass(frozen=True)
class Kind:
    """A kind of row: its model, its form, what it is called, which page lists it, and what its form answers.

    space: of its addresses. above: the list's own page above it, as label and name. shown: the page of the thing, where it has one.
    """

    model: type[OfProgram]
    form: type[OfProgramForm]
    name: str
    page: str
    question: str
    space: str = "programs"
    above: tuple[str, str] = ("Program", "line")
    shown: str = ""


STRATEGY = Kind(Strategy, StrategyForm, "part of the strategy", "line", "What will we do for customers, and why?")
MILESTONE = Kind(Milestone, MilestoneForm, "milestone", "line", "When is it planned, and when was it reached?")
ENGAGEMENT = Kind(Engagement, EngagementForm, "engagement", "engagements", "Who was won over, or asked, and when?")


def page_of(kind: Kind, program: Program) -> str:
    return reverse(f"{kind.space}:{kind.page}", kwargs={"program": program.slug})


def shown_at(kind: Kind, program: Program, pk: int) -> str:
    """The page of the thing, or of its list."""
    if not kind.shown:
        return page_of(kind, program)
    return reverse(f"{kind.space}:{kind.shown}", kwargs={"program": program.slug, "pk": pk})


def crumbs(kind: Kind, program: Program) -> list[tuple[str, str]]:
    label, name = kind.above
    above = (label, reverse(f"{kind.space}:{name}", kwargs={"program": program.slug}))
    return [above] if kind.page == name else [above, (kind.page.title(), page_of(kind, program))]


def crumbs_to(kind: Kind, program: Program, row: OfProgram) -> list[tuple[str, str]]:
    """The way to the page of a row, itself included where it has one."""
    there = [(str(row), shown_at(kind, program, row.pk))] if kind.shown else []
    return [*crumbs(kind, program), *there]


@gate("program.change")
def goal(request: HttpRequest) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    form = GoalForm(request.POST or None, initial={"goal": program.goal, "goal_stated_on": program.goal_stated_on})

    def save(values: dict[str, Any]) -> str:
        program.state_goal(goal=values["goal"], on=values["goal_stated_on"], by=actor, at=timezone.now())
        return f"The goal stands, stated on {written_day(values['goal_stated_on'])}."

    return pages.ask(
        request,
        form,
        save,
        title="State the goal",
        question="What is this program for, said so that everybody may hear it?",
        back=page_of(STRATEGY, program),
        crumbs=crumbs(STRATEGY, program),
        label="State it",
    )


def adding(kind: Kind, verb: str) -> Callable[..., HttpResponseBase]:
    """The page that adds a row of this kind."""

    @gate(verb)
    def add(request: HttpRequest) -> HttpResponse:
        actor, program = actor_of(request), program_of(request)
        initial = {name: request.GET[name] for name in ASKED if name in request.GET}
        made: list[int] = []
        form = kind.form(request.POST or None, program=program, actor=actor, day=timezone.localdate(), initial=initial)

        def save(values: dict[str, Any]) -> str:
            row = form.save(commit=False)
            if hasattr(row, "new_key"):
                row.key = row.new_key()
            made.append(program.add(row, by=actor, at=timezone.now()).pk)
            return f"Added: {row}."

        return pages.ask(
            request,
            form,
            save,
            title=f"Add {'an' if kind.name[0] in 'ae' else 'a'} {kind.name}",
            question=kind.question,
            back=page_of(kind, program),
            crumbs=crumbs(kind, program),
            label="Add it",
            to=lambda: shown_at(kind, program, made[0]),
        )

    return add


def editing(kind: Kind, verb: str, then: Callable[[Any], None] = lambda _: None) -> Callable[..., HttpResponseBase]:
    """The page that changes a row of this kind, with a button that removes it. then: is called with a row that was changed."""

    @gate(verb)
    def edit(request: HttpRequest, pk: int) -> HttpResponse:
        actor, program = actor_of(request), program_of(request)
        row: OfProgram = row_of(kind.model, request, pk)
        form = kind.form(request.POST or None, instance=row, program=program, actor=actor, day=timezone.localdate())

        def save(values: dict[str, Any]) -> str:
            if not row.change(values, by=actor, at=timezone.now()):
                return "Nothing was different, so nothing was changed."
            then(row)
            return f"Changed: {row}."

        return pages.ask(
            request,
            form,
            save,
            title=str(row),
            question=kind.question,
            back=shown_at(kind, program, pk),
            crumbs=crumbs_to(kind, program, row),
            remove=reverse(
                f"{kind.space}:remove-{kind.model._meta.model_name}", kwargs={"program": program.slug, "pk": pk}
            ),
        )

    return edit


def removing(kind: Kind, verb: str) -> Callable[..., HttpResponseBase]:
    """One click that removes a row of this kind."""
    return taking_away(kind.model, verb, lambda request, _: page_of(kind, program_of(request)))


def putting_back(kind: Kind, verb: str) -> Callable[..., HttpResponseBase]:
    """One click that puts a removed row of this kind back."""
    return bringing_back(kind.model, verb, lambda request: page_of(kind, program_of(request)))


def taking_away(
    model: type[OfProgram], verb: str, back: Callable[[HttpRequest, Any], str], foot: str = "this page"
) -> Callable[..., HttpResponseBase]:
    """One click that removes a row of a model. back: where it leads; foot: at the foot of which page it can be put back."""

    @gate(verb)
    @require_POST
    def remove(request: HttpRequest, pk: int) -> HttpResponse:
        row = row_of(model, request, pk)
        there = back(request, row)

        def act() -> str:
            row.remove(by=actor_of(request), at=timezone.now())
            return f"Removed: {row}. It can be put back at the foot of {foot}."

        return pages.do(request, act, back=there)

    return remove


def bringing_back(
    model: type[OfProgram], verb: str, back: Callable[[HttpRequest], str]
) -> Callable[..., HttpResponseBase]:
    """One click that puts a removed row of a model back."""

    @gate(verb)
    @require_POST
    def put_back(request: HttpRequest, entry: int) -> HttpResponse:
        actor, program = actor_of(request), program_of(request)
        kept = get_object_or_404(Entry.objects.visible_to(actor).select_related("values"), pk=entry, program=program.pk)

        def act() -> str:
            return f"Put back: {model.put_back(kept, by=actor, at=timezone.now())}."

        return pages.do(request, act, back=back(request))

    return put_back


def row_of(model: type[OfProgram], request: HttpRequest, pk: int) -> Any:
    """The row of an address, if the one who asks may see it."""
    rows: Any = model._default_manager
    return rows.get_for(actor_of(request), program=program_of(request), pk=pk)


def register_urls(kind: Kind, verb: str, under: str) -> list[URLPattern]:
    """Add, change, remove and put back, for one kind of row, below an address."""
    name = str(kind.model._meta.model_name)
    return [
        path(f"{under}/{name}/add/", adding(kind, verb), name=f"add-{name}"),
        path(f"{under}/{name}/<int:pk>/change/", editing(kind, verb), name=f"edit-{name}"),
        path(f"{under}/{name}/<int:pk>/remove/", removing(kind, verb), name=f"remove-{name}"),
        path(f"{under}/{name}/put-back/<int:entry>/", putting_back(kind, verb), name=f"put-back-{name}"),
    ]
