"""Bringing an export of a ledger and naming its columns; what is then done with it is the budget's."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.intake.dates import DAY_FIRST, MONTH_FIRST
from commonground.intake.ledger_uploads import PREFER, bring, headers_of, name_columns
from commonground.intake.ledger_words import OURS
from commonground.intake.log_receiving import refused
from commonground.intake.naming_columns_views import ask_columns
from commonground.intake.problems import BadInput
from commonground.plan.budget_fields import MoneyField
from commonground.plan.budgets import currency_of
from commonground.plan.ledgers import LedgerFile
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.ui.forms import Form

ENDINGS = ".csv,.tsv,.txt,.xlsx,.xls,.ods"
LEFT_OUT = ("", "leave it out")


class LedgerForm(Form):
    file = forms.FileField(
        label="The export",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text="CSV or Excel, a row for each booking: day, amount (or debit and credit), account, document number, text. Rows of totals "
        "may stay in it; the bookings are held against them.",
    )
    total = MoneyField(
        required=False,
        label="Its total, if the file does not state it",
        help_text="As your ledger shows it for the same accounts and days.",
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages["required"] = "No file was chosen. Choose the export of your ledger."
        self.fields["total"].currency = currency  # type: ignore[attr-defined]  # it is a MoneyField


class ColumnsForm(Form):
    """One choice for each of our columns, among the headers of the file."""

    def __init__(self, *args: Any, headers: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [LEFT_OUT, *((header, header) for header in headers if header)]
        for ours, words in OURS.items():
            self.fields[ours] = forms.ChoiceField(
                label=words[0].upper() + words[1:], required=ours == "day", choices=choices
            )
        self.fields["day"].error_messages["required"] = (
            "Choose the column with the day: without it a booking belongs to no month."
        )
        self.fields[PREFER] = forms.ChoiceField(
            label="Days that could be read in two ways",
            required=False,
            choices=[
                ("", "as the column tells"),
                (DAY_FIRST, "day first: 31/03/2026"),
                (MONTH_FIRST, "month first: 03/31/2026"),
            ],
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not (values.get("amount") or values.get("debit") or values.get("credit")):
            self.add_error("amount", "Choose the column with the amount, or those of debit and credit.")
        chosen = [header for ours, header in values.items() if header and ours != PREFER]
        for header in {one for one in chosen if chosen.count(one) > 1}:
            self.add_error(None, f"“{header}” is chosen twice. A column is read as one thing.")
        return values


@gate("budget.change")
@never_cache
def bring_ledger(request: HttpRequest) -> HttpResponseBase:
    """Which bookings belong to the budget? The file is looked over before anything counts."""
    actor, program = actor_of(request), program_of(request)
    form = LedgerForm(request.POST or None, request.FILES or None, currency=currency_of(program))
    if request.method == "POST" and (words := refused(request)):
        form.add_error("file", words)
    elif request.method == "POST" and form.is_valid():
        total = form.cleaned_data["total"] if str(request.POST.get("total", "")).strip() else None
        try:
            row = bring(program, form.cleaned_data["file"], total=total, by=actor, at=timezone.now())
        except (BadInput, CannotError) as error:
            form.add_error("file", str(error))
        else:
            return redirect(_page(program, row))
    return render(request, "intake/ledger_bring.html", {"form": form}, status=422 if form.is_bound else 200)


def _page(program: Program, row: LedgerFile) -> str:
    name = (
        "plan:ledger-file"
        if "day" in row.mapping and {"amount", "debit", "credit"} & set(row.mapping)
        else "intake:ledger-columns"
    )
    return reverse(name, kwargs={"program": program.slug, "pk": row.pk})


def _row(request: HttpRequest, pk: int) -> LedgerFile:
    return LedgerFile.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


@gate("budget.change")
@never_cache
def ledger_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What does each column of this file mean?"""
    program, row = program_of(request), _row(request, pk)
    ledger = reverse("plan:ledger", kwargs={"program": program.slug})
    budget = reverse("plan:budget", kwargs={"program": program.slug})
    return ask_columns(
        request,
        row,
        ColumnsForm,
        headers_of=headers_of,
        name=lambda row, columns, at: f"{len(name_columns(row, columns, at=at).bookings):,} bookings",
        back=reverse("plan:ledger-file", kwargs={"program": program.slug, "pk": row.pk}),
        above=[("Budget", budget), ("Ledger", ledger)],
    )


@gate("budget.change")
@require_POST
def set_aside_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)

    def act() -> str:
        row.set_aside(by=actor_of(request), at=timezone.now())
        return f"“{row}” is set aside; what was read of it is deleted."

    return pages.do(request, act, back=reverse("plan:ledger", kwargs={"program": program_of(request).slug}))
