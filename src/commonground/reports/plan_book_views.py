"""The page on which the plan is taken along as a workbook, and where one is brought back; and the files themselves."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commonground.access.gate import actor_of, gate
from commonground.analysis.plan import book
from commonground.intake.writing import write_xlsx
from commonground.programs.middleware import program_of
from commonground.reports.plan_book import Asked, sheets, workbook
from commonground.reports.plan_book_raid import A, D
from commonground.ui.csv_response import csv_response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest) -> Asked:
    """What A and D stand for is in the address; who has chosen nothing gets actions and decisions."""
    got = request.GET
    a, d = (got.get(name, "") for name in ("a", "d"))
    day = timezone.localdate()
    return Asked(
        actor_of(request), program_of(request), day, timezone.now(), a if a in A else A[0], d if d in D else D[0]
    )


@gate("plan.view")
@require_safe
def excel(request: HttpRequest) -> HttpResponseBase:
    """Which sheets are there, what may be changed in them, and where are they brought back?"""
    actor, asked = actor_of(request), _asked(request)
    values: dict[str, Any] = {
        "sheets": book.SHEETS,
        "a": asked.a,
        "d": asked.d,
        "letters": (("a", "A stands for", asked.a, A), ("d", "D stands for", asked.d, D)),
        "may_import": actor.may("intake.commit"),
    }
    return render(request, "reports/plan_book.html", values)


@gate("plan.view")
@require_safe
def excel_file(request: HttpRequest) -> HttpResponseBase:
    """The workbook with all sheets."""
    asked = _asked(request)
    found, widths = workbook(asked)
    response = HttpResponse(write_xlsx(found, widths), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{asked.program.slug}-plan.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@gate("plan.view")
@require_safe
def excel_sheet(request: HttpRequest, sheet: str) -> HttpResponseBase:
    """One sheet as CSV."""
    asked = _asked(request)
    if sheet not in book.BY_KEY:
        raise Http404
    one = book.BY_KEY[sheet]
    return csv_response(f"{asked.program.slug} {one.name}", one.headers, sheets(asked, sheet)[sheet])
