"""Adding, changing and moving activities on; saying that one was delivered; what there is room for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.plan.activity_forms import ActivityForm, BlackoutForm, CapacityForm, DeliveredForm
from commonground.plan.models import Blackout, Capacity
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Activity
from commonground.programs.row_views import Kind, register_urls
from commonground.ui.words import day as written_day

PLAN = ("Plan", "board")
ACTIVITY = Kind(
    Activity,
    ActivityForm,
    "activity",
    "table",
    "What is done, for whom, by whom, and when?",
    space="plan",
    above=PLAN,
    shown="activity",
)
CAPACITY = Kind(
    Capacity,
    CapacityForm,
    "entry of hours",
    "load",
    "How many hours a month do people have for the change?",
    space="plan",
    above=PLAN,
)
BLACKOUT = Kind(
    Blackout, BlackoutForm, "time that is closed", "load", "On which days can a unit not?", space="plan", above=PLAN
)
BACK_TO = {"board", "table", "calendar", "timeline", "load"}


def _row(request: HttpRequest, pk: int) -> Activity:
    return Activity.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def back_of(request: HttpRequest, pk: int) -> str:
    """Where a click came from: the board, a person's own page, or the activity."""
    came, slug = request.POST.get("back", ""), program_of(request).slug
    if came == "for-me":
        return reverse("reports:for-me", kwargs={"program": slug})
    if came in BACK_TO:
        return reverse(f"plan:{came}", kwargs={"program": slug})
    return reverse("plan:activity", kwargs={"program": slug, "pk": pk})


@gate("activities.change")
@require_POST
def set_state(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    row = _row(request, pk)

    def act() -> str:
        row.move_to(state, by=actor_of(request), at=timezone.now())
        return f"“{row}” is {row.get_state_display()}."

    return pages.do(request, act, back=back_of(request, pk))


@gate("activities.confirm")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a deliverer, and one click from elsewhere: without a day, it was delivered on its last day, or today."""
    actor, program, row = actor_of(request), program_of(request), _row(request, pk)
    today = timezone.localdate()
    usual = min(row.last_day or today, today)
    if request.method == "POST" and "on" not in request.POST:

        def act() -> str:
            row.confirm(on=usual, by=actor, at=timezone.now())
            return f"“{row}” was delivered on {written_day(usual)}."

        return pages.do(request, act, back=back_of(request, pk))

    def save(values: dict[str, Any]) -> str:
        row.confirm(on=values["on"], by=actor, at=timezone.now())
        return f"“{row}” was delivered on {written_day(values['on'])}."

    shown = reverse("plan:activity", kwargs={"program": program.slug, "pk": pk})
    return pages.ask(
        request,
        DeliveredForm(request.POST or None, initial={"on": usual}),
        save,
        title=f"Delivered: {row}",
        question="On which day did people get it?",
        back=shown,
        crumbs=[("Plan", reverse("plan:board", kwargs={"program": program.slug})), (str(row), shown)]
        if actor.may("plan.view")
        else [(str(row), shown)],
        label="It was delivered",
    )


@gate("activities.confirm")
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)

    def act() -> str:
        row.take_back(by=actor_of(request), at=timezone.now())
        return f"“{row}” is no longer confirmed."

    return pages.do(request, act, back=back_of(request, pk))


patterns: list[URLPattern] = [
    path("plan/activity/<int:pk>/set/<slug:state>/", set_state, name="set-state"),
    path("plan/activity/<int:pk>/delivered/", confirm, name="confirm"),
    path("plan/activity/<int:pk>/not-delivered/", take_back, name="take-back"),
    *register_urls(ACTIVITY, "activities.change", "plan"),
    *register_urls(CAPACITY, "capacity.change", "plan"),
    *register_urls(BLACKOUT, "capacity.change", "plan"),
]
