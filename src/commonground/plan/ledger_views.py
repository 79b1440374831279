"""The ledger: files that were brought, what belongs to no line yet, the rules; looking a file over, taking it over, undoing it.

Bringing a file is intake's.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.analysis.plan import ledger as reckoning
from commonground.analysis.plan.money import exact, said
from commonground.plan.budget_forms import LedgerRuleForm
from commonground.plan.budget_views import LINE
from commonground.plan.budget_views import page as budget_page
from commonground.plan.budgets import BudgetLine, currency_of
from commonground.plan.ledgers import (
    LOOKED,
    STATES,
    TAKEN,
    UNDONE,
    Booking,
    BookingQuerySet,
    LedgerFile,
    LedgerRule,
    assign_again,
    of_no_line,
)
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind, adding, editing, putting_back, removing
from commonground.ui.csv_response import csv_response
from commonground.ui.words import plural

MARKS = {LOOKED: "watch", TAKEN: "good", UNDONE: "none", "aside": "none"}
RULE = Kind(
    LedgerRule,
    LedgerRuleForm,
    "rule for bookings",
    "ledger",
    "Which bookings belong to which line of the budget?",
    space="plan",
    above=("Budget", "budget"),
)
ASKED = ("field", "says", "line")  # what an address may begin a new rule with
CALLED = {"centre": "cost centre", "line": "budget line", "prefer": "days are read"}
SHOWN = 200


class Stray(NamedTuple):
    """Bookings of one account that belong to no line. like: words of some of them."""

    account: str
    name: str
    bookings: int
    amount: int
    like: list[str]


@gate("budget.view")
@require_safe
def ledger(request: HttpRequest) -> HttpResponseBase:
    """Which exports of the ledger are in the budget, and what of them belongs to no line yet?"""
    actor, program = actor_of(request), program_of(request)
    currency, may_change = currency_of(program), actor.may("budget.change")
    loose = of_no_line(program).visible_to(actor).order_by("account", "-day")
    if request.GET.get("format") == "csv":
        head = ("day", "amount", "account", "account name", "cost centre", "reference", "words")
        rows = (
            [one.day, exact(one.amount, currency), one.account, one.account_name, one.centre, one.reference, one.words]
            for one in loose.iterator()
        )
        return csv_response(f"{program.slug} bookings of no line", head, rows)
    files = LedgerFile.objects.visible_to(actor).filter(program=program)
    sums = {
        pk: (many, amount)
        for pk, many, amount in files.order_by().values_list("pk").annotate(Count("bookings"), Sum("bookings__amount"))
    }
    strays = _strays(loose)
    values: dict[str, Any] = {
        "currency": currency,
        "title": _title(strays, currency, any(row.state == TAKEN for row in files)),
        "files": [(row, MARKS[row.state], STATES[row.state], *sums[row.pk]) for row in files],
        "strays": strays,
        "rules": _rules(request, program),
        "may_change": may_change,
        "has_lines": BudgetLine.objects.visible_to(actor).filter(program=program).exists(),
        "removed": [
            ("plan:put-back-ledgerrule", one)
            for one in (removed_lately(LedgerRule, program.pk, actor=actor, now=timezone.now()) if may_change else [])
        ],
    }
    return render(request, "plan/ledger.html", values)


def _title(strays: list[Stray], currency: str, any_taken: bool) -> str:
    if not any_taken:
        return "No ledger is taken over yet"
    if strays:
        many, amount = sum(one.bookings for one in strays), sum(one.amount for one in strays)
        belong = "belongs" if many == 1 else "belong"
        return f"{plural(many, 'booking')} over {said(amount, currency)} {belong} to no line yet"
    return "Every booking belongs to a line of the budget"


def _strays(loose: BookingQuerySet) -> list[Stray]:
    """By account, the largest first."""
    like: dict[str, list[str]] = defaultdict(list)
    for account, words in loose.values_list("account", "words").distinct().order_by("account")[:SHOWN]:
        like[account] += [words] if words else []
    sums = loose.order_by().values_list("account").annotate(Max("account_name"), Count("pk"), Sum("amount"))
    found = [Stray(account, name, many, amount, like[account][:3]) for account, name, many, amount in sums]
    return sorted(found, key=lambda one: -abs(one.amount))


def _rules(request: HttpRequest, program: Program) -> list[tuple[LedgerRule, int, int]]:
    """Each rule with how many bookings it assigned, and their sum."""
    counting = (
        Booking.objects.visible_to(actor_of(request)).counting().filter(program=program, rule__isnull=False).order_by()
    )
    done = {
        pk: (many, amount) for pk, many, amount in counting.values_list("rule").annotate(Count("pk"), Sum("amount"))
    }
    rules = LedgerRule.objects.visible_to(actor_of(request)).filter(program=program).select_related("line")
    return [(rule, *done.get(rule.pk, (0, 0))) for rule in rules]


@gate("budget.view")
@require_safe
def ledger_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Does this file add up, what stands in it twice, and to which lines does it belong?"""
    actor, program = actor_of(request), program_of(request)
    row, currency = _own(request, pk), currency_of(program)
    if request.GET.get("format") == "csv":
        head = ("row", "day", "amount", "account", "reference", "words", "line", "twice")
        bookings = row.bookings.visible_to(actor).select_related("line").order_by("row")
        lines = (
            [one.row, one.day, exact(one.amount, currency), one.account, one.reference, one.words, one.line, one.double]
            for one in bookings
        )
        return csv_response(f"{row.file} bookings", head, lines)
    reconciled = row.reconciled()
    counted = row.bookings.visible_to(actor).filter(double=False)
    loose = counted.filter(line=None)
    twice = row.bookings.visible_to(actor).filter(double=True)
    values: dict[str, Any] = {
        "row": row,
        "currency": currency,
        "mark": MARKS[row.state],
        "state": STATES[row.state],
        "reconciled": reconciled,
        "columns": [_column(*pair) for pair in row.mapping.items()],
        "title": _file_title(row, reconciled, currency),
        "loose": (loose.count(), loose.aggregate(all=Sum("amount"))["all"] or 0),
        "twice": list(twice.order_by("row")[:SHOWN]),
        "kept_single": list(row.bookings.visible_to(actor).filter(said=False).order_by("row")[:SHOWN]),
        "sample": list(counted.select_related("line").order_by("row")[:12]),
        "bookings": row.bookings.visible_to(actor).count(),
        "needs_word": bool(row.kept_out or reconciled.differing),
        "may_change": actor.may("budget.change"),
        "lying": row.state == LOOKED,
    }
    return render(request, "plan/ledger_file.html", values)


def _column(ours: str, header: str) -> str:
    """“Buchungsdatum is the day”, or the header alone where it says what it is."""
    word = CALLED.get(ours, ours.replace("_", " "))
    return header if header.casefold() == word else f"{header} ({word})"


def _file_title(row: LedgerFile, reconciled: reckoning.Reconciled, currency: str) -> str:
    sums = said(reconciled.whole.amount, currency)
    if reconciled.differing:
        return f"{sums} in “{row.file}” is not what the file itself says"
    if reconciled.is_stated:
        return f"“{row.file}” adds up: {sums}"
    return f"“{row.file}” holds bookings over {sums}"


def _own(request: HttpRequest, pk: int) -> LedgerFile:
    return LedgerFile.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def file_page(program: Program, pk: int) -> str:
    return reverse("plan:ledger-file", kwargs={"program": program.slug, "pk": pk})


def _ledger(program: Program) -> str:
    return reverse("plan:ledger", kwargs={"program": program.slug})


@gate("budget.change")
@require_POST
def take_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)

    def act() -> str:
        row.take_over(all_the_same=bool(request.POST.get("all_the_same")), by=actor_of(request), at=timezone.now())
        many = row.bookings.filter(double=False).count()
        return f"Taken over: {plural(many, 'booking')} of “{row}” count from now on. It can be undone on this page."

    return pages.do(request, act, back=file_page(program_of(request), pk))


@gate("budget.change")
@require_POST
def undo_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)

    def act() -> str:
        row.undo(by=actor_of(request), at=timezone.now())
        return f"Undone: nothing of “{row}” counts any more. It can be taken again."

    return pages.do(request, act, back=file_page(program_of(request), pk))


@gate("budget.change")
@require_POST
def take_ledger_again(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)

    def act() -> str:
        row.take_again(by=actor_of(request), at=timezone.now())
        return f"“{row}” counts again."

    return pages.do(request, act, back=file_page(program_of(request), pk))


@gate("budget.change")
@require_POST
def say_double(request: HttpRequest, pk: int) -> HttpResponse:
    """Says of a booking that it stands twice, or that it only looks so."""
    row = Booking.objects.get_for(actor_of(request), program=program_of(request), pk=pk)
    double = bool(request.POST.get("double"))

    def act() -> str:
        row.say_double(double, by=actor_of(request), at=timezone.now())
        return f"Row {row.row} {'stands twice and is not counted' if double else 'is counted'}."

    return pages.do(request, act, back=file_page(program_of(request), row.file_id))


def _assigning(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """After the page has written, every booking gets the line that it belongs to now."""

    @wraps(view)
    def then(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = view(request, **kwargs)
        if request.method == "POST" and response.status_code == 302 and actor_of(request).may("budget.change"):
            assign_again(program_of(request).pk)
        return response

    return then


@gate("budget.change")
def add_rule(request: HttpRequest) -> HttpResponse:
    """Which bookings belong to which line? It holds for those that are here and for those that come."""
    actor, program = actor_of(request), program_of(request)
    initial = {name: request.GET[name] for name in ASKED if name in request.GET}
    form = LedgerRuleForm(request.POST or None, program=program, actor=actor, day=timezone.localdate(), initial=initial)

    def save(values: dict[str, Any]) -> str:
        row = program.add(LedgerRule(**values), by=actor, at=timezone.now())
        many = Booking.objects.counting().filter(rule=row).count()
        return f"{plural(many, 'booking')} whose {row}: now of “{row.line}”. Removing the rule gives them back."

    return pages.ask(
        request,
        form,
        save,
        title="Give bookings to a line",
        question="Which bookings belong to which line of the budget? It holds for those that are here and for those that come.",
        back=_ledger(program),
        crumbs=[("Budget", budget_page(program)), ("Ledger", _ledger(program))],
        label="Give them",
    )


edit_rule = editing(RULE, "budget.change")
remove_rule = removing(RULE, "budget.change")
put_back_rule = putting_back(RULE, "budget.change")
add_line = _assigning(adding(LINE, "budget.change"))
edit_line = _assigning(editing(LINE, "budget.change"))
remove_line = _assigning(removing(LINE, "budget.change"))
put_back_line = _assigning(putting_back(LINE, "budget.change"))
