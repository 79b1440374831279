"""The rows of a hiccup plan, its promises and what is counted: added, changed, removed and put back on the plan's own pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.communication.bringing_counts import read_log, take_back
from commonground.communication.hiccup_forms import PromiseForm, SignalForm
from commonground.communication.hiccup_views import VERB, page_of_plan
from commonground.communication.hiccups import HiccupPlan, Promise
from commonground.communication.watching import Brought, Signal
from commonground.programs import pages
from commonground.programs.forms import OfProgramForm
from commonground.programs.middleware import program_of
from commonground.programs.models import OfProgram
from commonground.programs.row_views import bringing_back, row_of, taking_away


@dataclass(frozen=True)
class Part:
    """A kind of row of a plan: its model and form, its name in addresses, what its page is called and answers."""

    model: type[OfProgram]
    form: type[OfProgramForm]
    name: str
    title: str
    question: str


PROMISE = Part(Promise, PromiseForm, "promise", "Add a promise", "What may customers rely on, and what when it fails?")
SIGNAL = Part(Signal, SignalForm, "signal", "Count something", "What tells us early that something goes wrong?")


def _hiccups(request: HttpRequest) -> str:
    return reverse("communication:hiccups", kwargs={"program": program_of(request).slug})


def _ask(request: HttpRequest, part: Part, plan: HiccupPlan, row: Any) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    more: dict[str, Any] = {"plan": plan} if part is SIGNAL else {}
    form = part.form(request.POST or None, instance=row, program=program, actor=actor, day=timezone.localdate(), **more)

    def save(values: dict[str, Any]) -> str:
        if row is not None:
            changed = row.change(values, by=actor, at=timezone.now())
            return f"Changed: {row}." if changed else "Nothing was different, so nothing was changed."
        made = form.save(commit=False)
        made.plan = plan
        program.add(made, by=actor, at=timezone.now())
        return f"Added: {made}."

    kwargs = {"program": program.slug, "pk": row.pk if row is not None else 0}
    remove = reverse(f"communication:remove-{part.name}", kwargs=kwargs) if row is not None else ""
    back = page_of_plan(request, plan.pk)
    return pages.ask(
        request,
        form,
        save,
        title=part.title if row is None else str(row),
        question=part.question,
        back=back,
        crumbs=[("Hiccups", _hiccups(request)), (str(plan), back)],
        remove=remove,
    )


def _adding(part: Part) -> Callable[..., HttpResponseBase]:
    @gate(VERB)
    def add(request: HttpRequest, pk: int) -> HttpResponse:
        plan = HiccupPlan.objects.get_for(actor_of(request), program=program_of(request), pk=pk)
        return _ask(request, part, plan, None)

    return add


def _editing(part: Part) -> Callable[..., HttpResponseBase]:
    @gate(VERB)
    def edit(request: HttpRequest, pk: int) -> HttpResponse:
        row = row_of(part.model, request, pk)
        return _ask(request, part, row.plan, row)

    return edit


@gate(VERB)
@require_POST
def read_signal(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts anew what the event log tells by now."""
    row: Signal = row_of(Signal, request, pk)

    def act() -> str:
        brought = read_log(row, by=actor_of(request), at=timezone.now())
        return f"Counted {brought.total:,} of “{row}” in {brought}."

    return pages.do(request, act, back=page_of_plan(request, row.plan_id))


@gate(VERB)
@require_POST
def take_counts_back(request: HttpRequest, pk: int) -> HttpResponse:
    """What was brought is taken back, and what stood there before comes back."""
    row: Brought = Brought.objects.get_for(actor_of(request), signal__program=program_of(request), pk=pk)

    def act() -> str:
        take_back(row, by=actor_of(request), at=timezone.now())
        return f"Taken back: {row}."

    return pages.do(request, act, back=page_of_plan(request, row.signal.plan_id))


def _urls(part: Part) -> list[URLPattern]:
    under, name = "customers/hiccups", part.name
    remove = taking_away(
        part.model, VERB, lambda request, row: page_of_plan(request, row.plan_id), "the page of hiccups"
    )
    put_back = bringing_back(part.model, VERB, _hiccups)
    return [
        path(f"{under}/<int:pk>/{name}/add/", _adding(part), name=f"add-{name}"),
        path(f"{under}/{name}/<int:pk>/change/", _editing(part), name=f"edit-{name}"),
        path(f"{under}/{name}/<int:pk>/remove/", remove, name=f"remove-{name}"),
        path(f"{under}/{name}/put-back/<int:entry>/", put_back, name=f"put-back-{name}"),
    ]


patterns: list[URLPattern] = [
    *_urls(PROMISE),
    *_urls(SIGNAL),
    path("customers/hiccups/signal/<int:pk>/read-log/", read_signal, name="read-signal"),
    path("customers/hiccups/brought/<int:pk>/take-back/", take_counts_back, name="take-counts-back"),
]
