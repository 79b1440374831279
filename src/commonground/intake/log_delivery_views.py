"""The pages of one delivery of an event log: what its columns mean, looking it over, taking it over, undoing it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.events.models import READ, TAKEN, WORKING, Delivery, LogError
from commonground.intake import log_tasks, log_uploads
from commonground.intake.log_columns import OURS, asked, mapping_from, words_of
from commonground.intake.log_forms import AgreementForm, Order
from commonground.intake.log_page import facts, known_share, statement
from commonground.intake.log_receiving import in_words
from commonground.intake.log_uploads import KEPT_OUT, Said
from commonground.intake.logs.look import DAY_ORDER, Look
from commonground.intake.problems import BadInput
from commonground.programs.middleware import program_of


def _row(request: HttpRequest, pk: int) -> Delivery:
    return Delivery.objects.get_for(actor_of(request), pk=pk)


def _to(request: HttpRequest, row: Delivery) -> HttpResponse:
    return redirect("intake:delivery", program=program_of(request).slug, pk=row.pk)


def _behind(row: Delivery, words: str, what: Any, user: int | None) -> None:
    """Goes on in the worker. What was refused before is forgotten."""
    row.state, row.progress = WORKING, words
    row.summary.pop("refused_to_take", None)
    row.save(update_fields=["state", "progress", "summary"])
    what.enqueue(pk=row.pk, user=user)


@gate("events.view")
@require_safe
def delivery(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What does this file hold, and what needs a look before it is taken over?"""
    row = _row(request, pk)
    may_import = actor_of(request).may("events.import")
    working = row.state == WORKING or row.progress
    context: dict[str, Any] = {
        "row": row,
        "log": row.log,
        "found": row.summary,
        "statement": statement(row),
        "facts": facts(row),
        "columns": words_of(row.mapping),
        "size": in_words(row.options["size"]) if row.options.get("size") else "",
        "may_import": may_import,
        "may_see_work": actor_of(request).may("workflows.view"),
        "has_kept_out": may_import and (log_uploads.folder_of(row) / KEPT_OUT).is_file(),
        "known_share": known_share(row),
        "same": row.log.deliveries.filter(pk=row.summary.get("same_as")).first(),
    }
    template = "log_working" if working else "log_look" if row.state == READ else "log_done"
    return render(request, f"intake/{template}.html", context)


@gate("events.import")
def columns(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What does each column mean, and on whose agreement is the log taken in?"""
    row = _row(request, pk)
    if row.state != READ:
        return _to(request, row)
    try:
        seen = log_uploads.look_at(row)
    except (BadInput, LogError) as error:
        messages.error(request, str(error))
        return redirect("intake:logs", program=program_of(request).slug)
    form = AgreementForm(
        request.POST or None,
        order=_order(row, seen),
        today=timezone.localdate(),
        initial=_initial(row),
    )
    mapping, wrong = dict(row.mapping), ""
    if request.method == "POST":
        try:
            mapping = mapping_from(request.POST, seen.headers)
        except BadInput as error:
            wrong = str(error)
        if form.is_valid() and not wrong:
            return _said(request, row, seen, mapping, form.cleaned_data)
    found = asked(seen.headers, seen.samples, seen.found, mapping, log_uploads.people_in(seen))
    if wrong:
        found = [one.chosen(request.POST.get(one.name, "")) for one in found]
    meant = [(ours, ours.replace("_", " "), words) for ours, words in OURS.items()]
    context = {"row": row, "log": row.log, "columns": found, "meant": meant, "form": form, "wrong": wrong}
    return render(request, "intake/log_columns.html", context, status=422 if form.is_bound else 200)


def _order(row: Delivery, seen: Look) -> Order:
    """Whether the order of day and month is asked for. Where another column of times was chosen than was found, it can be said."""
    if DAY_ORDER in seen.open_questions:
        return "asked"
    return "offered" if row.options["day_first"] is not None or "refused" in row.summary else "told"


def _initial(row: Delivery) -> dict[str, Any]:
    order = {True: "day", False: "month"}.get(row.options["day_first"], "")
    missing = ", ".join(row.options["missing"])
    return {"missing": missing, "order": order, "agreement": row.agreement, "agreed_on": row.agreed_on}


def _said(
    request: HttpRequest, row: Delivery, seen: Look, mapping: dict[str, str], given: dict[str, Any]
) -> HttpResponseBase:
    """Keeps what was said, and looks the file over: a large one behind the page."""
    order = {"day": True, "month": False}.get(given.get("order", ""))
    said = Said(mapping, given["missing"], order, given["agreement"], given["agreed_on"])
    log_uploads.say(
        row, said, program=program_of(request), headers=seen.headers, by=actor_of(request), at=timezone.now()
    )
    if log_uploads.is_large(row):
        _behind(row, "Reading the log", log_tasks.check_log_task, actor_of(request).user)
    else:
        log_uploads.check(row)
    return _to(request, row)


@gate("events.import")
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes the events over: a large file behind the page."""
    row, actor = _row(request, pk), actor_of(request)
    if row.state != READ:
        return _to(request, row)
    if not row.summary.get("rows"):
        messages.error(request, "There is no row to take over yet. Say what the columns mean first.")
    elif log_uploads.is_large(row):
        _behind(row, "Taking the events over", log_tasks.take_log_task, actor.user)
    else:
        try:
            log_uploads.take_over(row, by=actor, at=timezone.now())
            messages.success(request, "Taken over. If it was a mistake, undo it here.")
        except LogError as error:
            messages.error(request, str(error))
    return _to(request, row)


@gate("events.import")
@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Does not take it over; stops what is under way."""
    row = _row(request, pk)
    try:
        if not log_uploads.cancel(row, by=actor_of(request), at=timezone.now()):
            messages.info(request, "It stops after the rows that are being read now. Nothing is taken over.")
            return _to(request, row)
        messages.success(request, "Set aside. Nothing was taken over, and the file is removed.")
    except LogError as error:
        messages.error(request, str(error))
        return _to(request, row)
    return redirect("intake:logs", program=program_of(request).slug)


@gate("events.import")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes the events of one delivery out of its log again."""
    row, actor = _row(request, pk), actor_of(request)
    if row.state != TAKEN:
        messages.error(request, f"“{row}” is {row.state_words}, so there is nothing to undo.")
    elif log_uploads.is_large(row):
        Delivery.objects.filter(pk=row.pk, state=TAKEN).update(progress="Undoing")
        log_tasks.undo_log_task.enqueue(pk=row.pk, user=actor.user)
    else:
        try:
            log_uploads.undo(row, by=actor, at=timezone.now())
            messages.success(request, f"Undone: the log is as if “{row}” had never been taken over.")
        except LogError as error:
            messages.error(request, str(error))
    return _to(request, row)


@gate("events.import")
@require_safe
def kept_out(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that are kept out, with row, column, value, why and remedy."""
    path = log_uploads.folder_of(_row(request, pk)) / KEPT_OUT
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=KEPT_OUT, content_type="text/csv; charset=utf-8")
