"""The pages of event logs: which there are, what stands in each, bringing a further file, and the working week."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.adoption.tasks import ask_observing
from commonground.events.models import Delivery, Log, LogError
from commonground.intake import log_forgetting, log_uploads
from commonground.intake.log_forms import DAYS, BringForm, WeekForm, clock
from commonground.intake.log_page import COLUMNS, lines, listed, people, period
from commonground.intake.log_receiving import refused
from commonground.intake.problems import BadInput
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import plural
from commonground.workflows.measured import Measuring
from commonground.workflows.tasks import ask_measuring

NEWEST = Keyset(("-pk",), size=20)


@gate("events.view")
@require_safe
def logs(request: HttpRequest) -> HttpResponseBase:
    """Which event logs are there, and on whose agreement?"""
    actor = actor_of(request)
    log_forgetting.forget_old(timezone.now())
    rows = listed(Log.objects.visible_to(actor), _deliveries(request))
    if request.GET.get("format") == "csv":
        return csv_response("event-logs", COLUMNS, lines(rows))
    return render(request, "intake/log_list.html", _list(request, rows, _form(request)))


def _deliveries(request: HttpRequest) -> Any:
    return Delivery.objects.visible_to(actor_of(request)).select_related("by")


def _form(request: HttpRequest, data: Any = None, files: Any = None, **initial: Any) -> BringForm:
    return BringForm(data, files, logs=list(Log.objects.visible_to(actor_of(request))), initial=initial)


def _list(request: HttpRequest, rows: list[Any], form: BringForm) -> dict[str, Any]:
    events = sum(one.log.events for one in rows)
    title = "Bring the log that a system writes"
    if events:
        title = f"{plural(events, 'event')} in {plural(len(rows), 'log')} tell how work flows"
    return {"rows": rows, "form": form, "may_import": actor_of(request).may("events.import"), "title": title}


@gate("events.import")
@require_POST
def upload(request: HttpRequest) -> HttpResponseBase:
    """Keeps a file on disk and asks what its columns mean."""
    actor, program, at = actor_of(request), program_of(request), timezone.now()
    form = _form(request, request.POST, request.FILES)
    if words := refused(request):
        form = _form(request)
        messages.error(request, words)
    elif form.is_valid():
        try:
            row = log_uploads.bring_to(
                form.logs.get(form.cleaned_data["log"]),
                form.cleaned_data["file"],
                name=form.cleaned_data["name"],
                source=form.cleaned_data["source"],
                program=program,
                by=actor,
                at=at,
            )
        except (BadInput, LogError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("intake:delivery-columns", program=program.slug, pk=row.pk)
    rows = listed(Log.objects.visible_to(actor), _deliveries(request))
    return render(request, "intake/log_list.html", _list(request, rows, form), status=422)


def _log(request: HttpRequest, pk: int) -> Log:
    return Log.objects.get_for(actor_of(request), pk=pk)


@gate("events.view")
@require_safe
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in this log, from which files, and on whose agreement?"""
    row = _log(request, pk)
    deliveries = _deliveries(request).filter(log=row)
    context = {
        "log": row,
        "page": NEWEST.page(deliveries, request.GET.get("after", "")),
        "sources": ", ".join(sorted(set(deliveries.standing().values_list("source", flat=True)))),
        "period": period(row.first, row.last),
        "people": people(row.people),
        "week": week_words(row),
        "measuring": Measuring.objects.visible_to(actor_of(request)).filter(log=row).first(),
        "may_import": actor_of(request).may("events.import"),
        "may_see_work": actor_of(request).may("workflows.view"),
        "form": _form(request, log=str(row.pk)),
    }
    return render(request, "intake/log.html", context)


@gate("events.import")
@require_POST
def measure(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks for what a log tells to be measured anew, where measuring stopped."""
    row = _log(request, pk)
    ask_measuring(row, at=timezone.now())
    ask_observing(row, at=timezone.now())
    messages.success(request, f"What “{row}” tells is measured anew behind the pages.")
    return redirect("intake:log", program=program_of(request).slug, pk=row.pk)


def week_words(log: Log) -> str:
    """“Monday to Friday, 08:00 to 16:00, 3 days closed”."""
    days = sorted(log.days) or list(range(5))
    if len(days) > 1 and days == list(range(days[0], days[-1] + 1)):
        named = f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    else:
        named = ", ".join(DAYS[day] for day in days)
    closed = f", {plural(len(log.closed_on), 'closed day')}" if log.closed_on else ""
    return f"{named}, {clock(log.opens)} to {clock(log.closes)}{closed}"


@gate("events.import")
def week(request: HttpRequest, pk: int) -> HttpResponse:
    """When is work done? Waits are counted in these hours."""
    row, slug = _log(request, pk), program_of(request).slug
    back = reverse("intake:log", kwargs={"program": slug, "pk": pk})

    def save(values: dict[str, Any]) -> str:
        try:
            row.set_week(**values, by=actor_of(request), at=timezone.now())
        except LogError as error:
            raise CannotError(str(error)) from error
        ask_measuring(row, at=timezone.now())
        ask_observing(row, at=timezone.now())
        return f"The working week of {row} is {week_words(row)}. Waits are counted anew behind the page."

    return pages.ask(
        request,
        WeekForm(request.POST or None, log=row),
        save,
        title=f"The working week of {row}",
        question="When is work done? Waits at crossings are counted in these hours, beside the calendar.",
        back=back,
        crumbs=[("Event logs", reverse("intake:logs", kwargs={"program": slug})), (row.name, back)],
    )
