"""Bringing counts of a cut-over as a file: read, looked over, taken over or set aside."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.communication.bringing_counts import longest_gap, look, take_over
from commonground.communication.watching import Brought, Signal, SignalCount
from commonground.intake.count_files import read_counts
from commonground.intake.log_receiving import refused
from commonground.intake.problems import BadInput
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.ui.forms import Form

ENDINGS = ".csv,.tsv,.txt,.xlsx,.xls,.ods"
LARGEST = 40_000_000  # bytes
VERB = "hiccups.change"


class CountsForm(Form):
    file = forms.FileField(
        label="The file",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text="CSV or Excel. Either a row for each quarter, hour or day with how many there were, or a row for each contact. "
        "Bring the eight weeks before as well: they tell what is usual.",
        error_messages={"required": "No file was chosen. Choose the export of your phone system or desk."},
    )
    time = forms.CharField(
        label="Column of the day or time", required=False, max_length=120, help_text="Only where it is not found."
    )
    clock = forms.CharField(
        label="Column of the time of day",
        required=False,
        max_length=120,
        help_text="Only where it stands apart from the day.",
    )
    count = forms.CharField(
        label="Column of the number", required=False, max_length=120, help_text="Without one, each row is one contact."
    )


def _signal(request: HttpRequest, pk: int) -> Signal:
    row: Signal = Signal.objects.get_for(actor_of(request), program=program_of(request), pk=pk)
    return row


def _plan_page(request: HttpRequest, signal: Signal) -> str:
    kwargs = {"program": program_of(request).slug, "pk": signal.plan_id}
    return reverse("communication:hiccup-plan", kwargs=kwargs)


@gate(VERB)
@never_cache
def bring_counts_of(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How many were there? The file is looked over before anything counts."""
    signal = _signal(request, pk)
    form = CountsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (words := refused(request)):
        form.add_error("file", words)
    elif request.method == "POST" and form.is_valid():
        try:
            row = _looked_over(signal, form.cleaned_data)
        except (BadInput, CannotError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("intake:look-counts", program=program_of(request).slug, pk=row.pk)
    values = {"form": form, "signal": signal, "up": _plan_page(request, signal)}
    return render(request, "intake/counts_bring.html", values, status=422 if form.is_bound else 200)


def _looked_over(signal: Signal, values: dict[str, Any]) -> Brought:
    upload = values["file"]
    if (upload.size or 0) > LARGEST:
        raise BadInput(f"{upload.name} is larger than {LARGEST // 1_000_000} MB. Bring it in parts.")
    name = str(upload.name or "counts")[-150:]
    named = {ours: values[ours] for ours in ("time", "clock", "count") if values[ours]}
    read = read_counts(upload.read(), name, minutes=signal.minutes, zone=settings.TIME_ZONE, columns=named)
    told = {**read.columns, "rows": str(read.rows), "gap": str(longest_gap(read.counts, signal.minutes).days)}
    return look(signal, name, read.counts, read_as=told, kept_out=read.kept_out[:200], at=timezone.now())


@gate(VERB)
@never_cache
def look_counts(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read of it, and what it would replace."""
    row = _row(request, pk)
    there = SignalCount.objects.filter(signal=row.signal, starts__gte=row.first, starts__lt=row.end).count()
    busiest = max(row.waits, key=lambda one: one[1], default=None)
    values = {
        "row": row,
        "signal": row.signal,
        "up": _plan_page(request, row.signal),
        "there": there,
        "many": len(row.waits),
        "busiest": busiest and {"at": datetime.fromisoformat(busiest[0]), "count": busiest[1]},
        "gap": int(row.read_as.get("gap", 0)),
    }
    return render(request, "intake/counts_look.html", values)


def _row(request: HttpRequest, pk: int) -> Brought:
    row: Brought = Brought.objects.get_for(
        actor_of(request), signal__program=program_of(request), pk=pk, taken_over_at=None
    )
    return row


@gate(VERB)
@require_POST
def take_counts(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes over what was looked over."""
    row = _row(request, pk)

    def act() -> str:
        take_over(row, by=actor_of(request), at=timezone.now())
        return f"Taken over: {row.total:,} of “{row.signal}” from {row}. It can be taken back on this page."

    return pages.do(request, act, back=_plan_page(request, row.signal))


@gate(VERB)
@require_POST
def drop_counts(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets aside what was looked over."""
    row = _row(request, pk)
    back = _plan_page(request, row.signal)

    def act() -> str:
        row.delete()
        return f"“{row}” is set aside; nothing of it is kept."

    return pages.do(request, act, back=back)
