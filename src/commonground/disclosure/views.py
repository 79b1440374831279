"""The ledger of what was released about people, and raising a threshold."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commonground.access.gate import actor_of, gate
from commonground.disclosure.forms import RaiseForm
from commonground.disclosure.kinds import KINDS
from commonground.disclosure.models import DisclosureError, Release, ReleaseQuerySet, Threshold
from commonground.disclosure.thresholds import threshold_of
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import number, plural

NEWEST = Keyset(("-id",))
HELD_BACK = Q(withheld__gt=0) | Q(groups_left_out__gt=0)
HEADER = (
    "number", "when", "kind", "of what", "first week", "last week", "shown", "withheld", "groups left out", "threshold", "digest",
    "to whom",
)  # fmt: skip


@gate("releases.view")
@require_safe
def releases(request: HttpRequest) -> HttpResponseBase:
    """What was released about people, when, and how much of it was held back?"""
    actor = actor_of(request)
    slug: str = request.program.slug  # type: ignore[attr-defined]  # put there by the middleware of programs, which stands above
    seen = Release.objects.visible_to(actor).filter(program__in=(slug, ""))
    rows = wanted(seen, request)
    if request.GET.get("format") == "csv":
        return csv_response(f"{slug} released", HEADER, _lines(rows))
    page = NEWEST.page(rows, request.GET.get("after", ""))
    count = rows.count()
    context: dict[str, Any] = {
        "page": page,
        "statement": _statement(rows, count),
        "rows": [(row, _words(row.kind), _readers(row.kind)) for row in page.rows],
        "note": f"{number(count)} in all" if page.after or not page.is_first else "",
        "kinds": [(name, kind.words) for name, kind in KINDS.items() if seen.filter(kind=name).exists()],
        "filtered": any(request.GET.get(name) for name in ("kind", "of", "withheld")),
        "thresholds": [(kind, threshold_of(kind.name)) for kind in KINDS.values()],
        "raised": set(Threshold.objects.visible_to(actor).values_list("kind", flat=True)),
        "may_raise": actor.may("thresholds.raise"),
    }
    return render(request, "disclosure/releases.html", context)


def wanted(rows: ReleaseQuerySet, request: HttpRequest) -> ReleaseQuerySet:
    """The releases that the address asks for: of a kind, of something by its words, only those with something withheld."""
    asked = request.GET
    if asked.get("kind") in KINDS:
        rows = rows.filter(kind=asked["kind"])
    if asked.get("of", "").strip():
        rows = rows.filter(subject__icontains=asked["of"].strip()[:200])
    if asked.get("withheld"):
        rows = rows.filter(HELD_BACK)
    return rows


def _lines(rows: ReleaseQuerySet) -> Iterator[tuple[Any, ...]]:
    for row in rows.order_by("-id").iterator(chunk_size=500):
        yield (
            row.pk, row.at.isoformat(), _words(row.kind), row.subject, row.first, row.last,
            row.cells, row.withheld, row.groups_left_out, row.threshold, row.digest, ", ".join(_readers(row.kind)),
        )  # fmt: skip


def _statement(rows: ReleaseQuerySet, count: int) -> str:
    """How much of what was released was held back, in a sentence."""
    if not count:
        return "What was released"
    held = rows.filter(HELD_BACK).count()
    return f"{plural(count, 'release')}, {'none' if not held else number(held)} with something held back"


def _words(kind: str) -> str:
    return KINDS[kind].words if kind in KINDS else kind


def _readers(kind: str) -> tuple[str, ...]:
    """The roles to which results of the kind are shown, as the policy stands now."""
    return KINDS[kind].readers if kind in KINDS else ()


@gate("thresholds.raise")
def raise_threshold(request: HttpRequest, kind: str) -> HttpResponseBase:
    """How many people must stand behind a result of this kind?"""
    if kind not in KINDS or not KINDS[kind].may_rise:
        raise Http404
    slug: str = request.program.slug  # type: ignore[attr-defined]  # put there by the middleware of programs, which stands above
    holds = threshold_of(kind)
    form = RaiseForm(request.POST or None, holds=holds)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            row = Threshold.objects.raise_to(
                kind, given["people"], why=given["why"], by=actor_of(request), at=timezone.now()
            )
        except DisclosureError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                f"Results of this kind now stand for {row.people} people at least. {KINDS[kind].raised}",
            )
            return redirect("disclosure:releases", program=slug)
    context = {"form": form, "kind": KINDS[kind], "holds": holds}
    return render(request, "disclosure/raise.html", context, status=422 if form.is_bound else 200)
