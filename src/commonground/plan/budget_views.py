"""The budget: what is planned, ordered, spent, what it will come to, and what it bought."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commonground.access.gate import actor_of, gate
from commonground.analysis.plan import budget as reckoning
from commonground.analysis.plan.money import exact
from commonground.plan.bought import bought
from commonground.plan.budget_forms import BudgetLineForm, CurrencyForm
from commonground.plan.budget_page import BY, Budget, Row, sorted_by
from commonground.plan.budgets import BudgetLine, currency_of, keep_in
from commonground.plan.ledgers import Booking, of_no_line
from commonground.programs import pages
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind
from commonground.ui.csv_response import csv_response

LINE = Kind(
    BudgetLine,
    BudgetLineForm,
    "budget line",
    "budget",
    "How much is planned, for what, and how much of it is spent and done?",
    space="plan",
    above=("Budget", "budget"),
    shown="budget-line",
)
HEAD = (
    "id", "name", "phase", "unit", "practice", "for", "owner", "planned", "committed", "spent", "hours", "hours_spent",
    "progress", "forecast", "forecast method", "hours forecast", "currency",
)  # fmt: skip
NONE = "none"  # in an address: of the lines that say nothing
SHOWN = 100  # bookings on the page of a line; all of them are in its CSV


@gate("budget.view")
@require_safe
def budget(request: HttpRequest) -> HttpResponseBase:
    """What will it come to, how much of it is for people, and what did it buy?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    found = Budget(actor, program, day)
    by = request.GET.get("by", "")
    by = by if by in BY else "phase"
    shown = sorted_by(_filtered(found.rows, request), request.GET.get("sort", ""))
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} budget", HEAD, _csv(shown, found.currency))
    may_change = actor.may("budget.change")
    strays = (
        of_no_line(program).visible_to(actor).filter(day__lte=day).aggregate(many=Count("pk"), amount=Sum("amount"))
    )
    values: dict[str, Any] = {
        "budget": found,
        "title": found.title,
        "by": by,
        "ways": BY,
        "by_words": BY[by].lower(),
        "groups": [
            {"name": one.name, "sums": one.sums, "href": f"?{urlencode({'by': by, by: one.key or NONE})}"}
            for one in found.groups(by)
        ],
        "filtered": any(request.GET.get(name) for name in BY),
        "here": request.path,
        "people_share": _share(found, found.split.people),
        "technology_share": _share(found, found.split.technology),
        "shares": [
            ("people", found.split.people, "new"),
            ("technology", found.split.technology, "old"),
            ("else", found.split.other, "rest"),
        ],
        "rows": shown,
        "bought": bought(actor, program, day, found) if found.rows else [],
        "strays": (strays["many"], strays["amount"] or 0),
        "may_change": may_change,
        "removed": [
            ("plan:put-back-budgetline", one)
            for one in (removed_lately(BudgetLine, program.pk, actor=actor, now=timezone.now()) if may_change else [])
        ],
    }
    return render(request, "plan/budget.html", values)


def _share(found: Budget, amount: int) -> float | None:
    """The share of an amount in all that says what it is for."""
    return amount / found.split.told if found.split.told > 0 else None


def _filtered(rows: list[Row], request: HttpRequest) -> list[Row]:
    """The lines of the phase, unit, practice and purpose that the address asks for."""
    for name in BY:
        wanted = request.GET.get(name, "")
        if wanted:
            wanted = "" if wanted == NONE else wanted
            rows = [row for row in rows if str(getattr(row.line, name) or "") == wanted]
    return rows


def _csv(rows: list[Row], currency: str) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        line = row.line
        yield (
            line.key,
            row.row.name,
            line.phase,
            row.unit,
            line.practice,
            line.purpose,
            row.owner,
            *(exact(amount, currency) for amount in (line.planned, line.committed, line.spent)),
            *(exact(hours, "EUR") for hours in (line.hours, line.hours_spent)),
            "" if line.progress is None else f"{line.progress} %",
            exact(row.money.estimate, currency),
            reckoning.METHODS[row.money.method],
            exact(row.hours.estimate, "EUR"),
            currency,
        )


@gate("budget.view")
@require_safe
def budget_line(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What will this line come to, by which reckoning, and from which bookings?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    BudgetLine.objects.get_for(actor, program=program, pk=pk)
    found = Budget(actor, program, day)
    row = next(one for one in found.rows if one.row.pk == pk)
    bookings = Booking.objects.visible_to(actor).counting().filter(program=program, line=pk, day__lte=day)
    if request.GET.get("format") == "csv":
        return csv_response(f"{row.row.key} bookings", BOOKINGS, _bookings(bookings, found.currency))
    values: dict[str, Any] = {
        "budget": found,
        "one": row,
        "method": reckoning.METHODS[row.money.method],
        "bookings": list(bookings.select_related("rule")[:SHOWN]),
        "rules": list(row.row.rules.visible_to(actor)),
        "may_change": actor.may("budget.change"),
        "shown_at_most": SHOWN,
    }
    return render(request, "plan/budget_line.html", values)


BOOKINGS = ("day", "amount", "kind", "account", "account name", "cost centre", "reference", "words", "hours", "file")


def _bookings(bookings: Any, currency: str) -> Iterator[tuple[Any, ...]]:
    for one in bookings.select_related("file"):
        yield (
            one.day,
            exact(one.amount, currency),
            one.get_kind_display(),
            one.account,
            one.account_name,
            one.centre,
            one.reference,
            one.words,
            exact(one.hours, "EUR"),
            one.file.file,
        )


def page(program: Program) -> str:
    return reverse("plan:budget", kwargs={"program": program.slug})


@gate("budget.change")
def currency(request: HttpRequest) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    form = CurrencyForm(request.POST or None, initial={"currency": currency_of(program)})

    def save(values: dict[str, Any]) -> str:
        changed = keep_in(program, values["currency"], by=actor, at=timezone.now())
        return f"The budget is kept in {values['currency']}." if changed else "It is kept in that already."

    return pages.ask(
        request,
        form,
        save,
        title="The budget’s currency",
        question="In which currency was the budget approved, and is the ledger kept?",
        back=page(program),
        crumbs=[("Budget", page(program))],
    )
