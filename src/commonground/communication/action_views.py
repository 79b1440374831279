"""Adding, changing, removing and putting back panels and meetings with their people; how far a joint improvement is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.communication.forms import ImprovementForm, MeetingForm, OursForm, PanelForm
from commonground.communication.improvements import STATES
from commonground.communication.models import CustomerMeeting, Improvement, Panel
from commonground.communication.ours import WithOurs
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.row_views import Kind, bringing_back, register_urls, row_of, taking_away

VERB = "collaboration.change"
ASKED = ("panel", "on", "customers", "unit")  # what an address may begin a new row with


@dataclass(frozen=True)
class Sort:
    """A kind of row with people in it: model, form, its name in addresses, its words, and what its form answers."""

    model: type[WithOurs]
    form: type[OursForm]
    name: str
    title: str
    question: str


PANEL = Sort(Panel, PanelForm, "panel", "Begin a panel", "Which customers meet whom of ours, and what for?")
MEETING = Sort(
    CustomerMeeting, MeetingForm, "meeting", "Note a meeting", "Who met which customers, and what came of it?"
)
IMPROVEMENT = Kind(
    Improvement,
    ImprovementForm,
    "improvement",
    "collaboration",
    "What is made better together, and who has it in hand?",
    space="communication",
    above=("Customers", "collaboration"),
)


def page(request: HttpRequest) -> str:
    return reverse("communication:collaboration", kwargs={"program": program_of(request).slug})


def _keeping(sort: Sort) -> Callable[..., HttpResponseBase]:
    """The page that adds a row of this sort, or changes the one that is named."""

    @gate(VERB)
    def keep(request: HttpRequest, pk: int | None = None) -> HttpResponse:
        actor, program, today = actor_of(request), program_of(request), timezone.localdate()
        row = row_of(sort.model, request, pk) if pk is not None else None
        initial: dict[str, Any] = {} if row else {"on": today, "start": today}
        initial |= {name: request.GET[name] for name in ASKED if name in request.GET}
        form = sort.form(request.POST or None, instance=row, program=program, actor=actor, day=today, initial=initial)

        def save(values: dict[str, Any]) -> str:
            ours, at = values.pop("ours"), timezone.now()
            if row is None:
                return f"Added: {sort.model.begin(program, values, ours, by=actor, at=at)}."
            differed = row.put_right(values, ours, by=actor, at=at)
            return f"Changed: {row}." if differed else "Nothing was different, so nothing was changed."

        kwargs = {"program": program.slug, "pk": pk}
        return pages.ask(
            request,
            form,
            save,
            title=sort.title if row is None else str(row),
            question=sort.question,
            back=page(request),
            crumbs=[("Customers", page(request))],
            remove=reverse(f"communication:remove-{sort.name}", kwargs=kwargs) if row is not None else "",
        )

    return keep


@gate(VERB)
@require_POST
def set_improvement(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """How far a joint improvement is."""
    row = Improvement.objects.get_for(actor_of(request), program=program_of(request), pk=pk)

    def act() -> str:
        row.move_to(state, by=actor_of(request), at=timezone.now())
        return f"“{row}” is {STATES[state]}."

    return pages.do(request, act, back=page(request))


def _urls(sort: Sort) -> list[URLPattern]:
    name = sort.name
    keep = _keeping(sort)
    remove = taking_away(sort.model, VERB, lambda request, _: page(request))
    put_back = bringing_back(sort.model, VERB, page)
    return [
        path(f"customers/{name}/add/", keep, name=f"add-{name}"),
        path(f"customers/{name}/<int:pk>/change/", keep, name=f"edit-{name}"),
        path(f"customers/{name}/<int:pk>/remove/", remove, name=f"remove-{name}"),
        path(f"customers/{name}/put-back/<int:entry>/", put_back, name=f"put-back-{name}"),
    ]


patterns: list[URLPattern] = [
    *_urls(PANEL),
    *_urls(MEETING),
    path("customers/improvement/<int:pk>/<slug:state>/", set_improvement, name="set-improvement"),
    *register_urls(IMPROVEMENT, VERB, "customers"),
]
