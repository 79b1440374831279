"""Kits and return lists as PDF, and entering what came back on paper."""

from datetime import date
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.communication import cascade_steps as steps
from commonground.communication.cascade_overview import LATE, OPEN, Node, names_for, overview
from commonground.communication.cascade_views import cascade_at, cascade_of, crumbs
from commonground.communication.cascades import Cascade, CascadeStep
from commonground.communication.kits import MOST_KITS, kits_of, print_kits, print_return_list
from commonground.communication.talk_views import talk_of
from commonground.programs.middleware import as_of, program_of
from commonground.programs.register import CannotError
from commonground.ui.asked import id_asked
from commonground.ui.words import plural

MOST_LINES = 100


@gate("cascade.confirm")
def kit(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of one talk, for whoever holds it once they have heard themselves, and for who runs the cascade."""
    actor, step, day = actor_of(request), talk_of(request, pk), timezone.localdate()
    seen = Cascade.objects.visible_to(actor).filter(pk=step.cascade_id).exists()
    if not (seen or step.is_open(day) or step.is_held):
        raise Http404
    made = BytesIO()
    kits = kits_of([step], program_of(request), day, request.GET.get("language", "")[:40])
    print_kits(made, kits, title=step.cascade.message.title)
    return pdf(f"kit {step.cascade.message.title} {step.pk}", made)


@gate("cascade.view")
def kits(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sheets of all talks that are still to be held, or of one branch."""
    actor, row, day = actor_of(request), cascade_of(request, pk), timezone.localdate()
    found = overview(row, day)
    top = found.nodes.get(id_asked(request.GET.get("from", "")) or 0)
    wanted = [node.pk for root in ([top] if top else found.roots) for node in root.walk()]
    rows = CascadeStep.objects.visible_to(actor).filter(cascade=row, pk__in=wanted).to_hold()
    rows = rows.select_related("cascade__message", "cascade__program", "deliverer", "deputy")
    chosen = list(rows[: MOST_KITS + 1])
    if not chosen or len(chosen) > MOST_KITS:
        why = (
            f"There are more than {MOST_KITS} kits. Open a branch of the tree and print that, branch by branch."
            if chosen
            else "No talk is still to be held, so there is no kit to print."
        )
        messages.error(request, why)
        return redirect(cascade_at(row))
    made = BytesIO()
    print_kits(made, kits_of(chosen, row.program, day, request.GET.get("language", "")[:40]), title=row.message.title)
    return pdf(f"kits {row.message.title}", made)


@gate("cascade.view")
def return_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A list on paper in which a talk is noted by who has no account."""
    actor, row, day = actor_of(request), cascade_of(request, pk), timezone.localdate()
    rows = CascadeStep.objects.visible_to(actor).filter(cascade=row).to_hold()
    made = BytesIO()
    print_return_list(made, row, list(rows.select_related("deliverer", "deputy").order_by("depth", "pk")), day)
    return pdf(f"return list {row.message.title}", made)


def pdf(name: str, made: BytesIO) -> HttpResponse:
    response = HttpResponse(made.getvalue(), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(name)[:80] or "kit"}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@gate("cascade.change")
def returns(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was held, out of a paper list: a day and a number a line. What is wrong stays to be put right, the rest is noted."""
    actor, row, day = actor_of(request), cascade_of(request, pk), as_of(request)
    wrong: list[str] = []
    if request.method == "POST":
        noted, wrong = _enter(row, request, actor)
        if noted:
            messages.success(request, f"Noted: {plural(noted, 'talk was,talks were')} held.")
        if not wrong:
            here = reverse("communication:returns", kwargs={"program": row.program.slug, "pk": pk})
            return redirect(here)
    nodes = overview(row, day).of(LATE, OPEN)
    nodes.sort(key=lambda node: (node.closes or date.max, node.depth, node.pk))
    shown = nodes[:MOST_LINES]
    values = {
        "row": row,
        "crumbs_before": [*crumbs(row.program), (row.message.title, cascade_at(row))],
        "lines": _lines(shown, request, actor, day),
        "more": len(nodes) - len(shown),
        "wrong": wrong,
    }
    return render(request, "communication/returns.html", values, status=422 if wrong else 200)


def _lines(nodes: list[Node], request: HttpRequest, actor: Actor, day: date) -> list[dict[str, Any]]:
    names = names_for(nodes, actor, day)
    return [
        {
            "node": node,
            "unit": names.unit(node),
            "who": names.speaker(node),
            "total": node.people + node.carriers,
            "on": request.POST.get(f"on-{node.pk}", ""),
            "heard": request.POST.get(f"heard-{node.pk}", ""),
        }
        for node in nodes
    ]


def _enter(row: Cascade, request: HttpRequest, actor: Actor) -> tuple[int, list[str]]:
    """How many lines were noted, and a sentence for each that was not."""
    wanted = {}
    for name, text in request.POST.items():
        pk = id_asked(name.removeprefix("on-")) if name.startswith("on-") else None
        if pk is not None and str(text).strip():
            wanted[pk] = str(text).strip()
    rows = CascadeStep.objects.visible_to(actor).filter(cascade=row, pk__in=list(wanted)[: MOST_LINES * 2]).to_hold()
    noted, wrong = 0, []
    for step in rows.select_related("cascade__message", "cascade__program", "deliverer", "deputy"):
        try:
            on, heard = _read(step, wanted[step.pk], request.POST.get(f"heard-{step.pk}", "").strip())
            steps.confirm(step, on=on, heard=heard, by=actor, at=timezone.now())
            noted += 1
        except CannotError as refused:
            wrong.append(f"No. {step.pk}: {refused}")
    return noted, wrong


def _read(step: CascadeStep, day: str, number: str) -> tuple[date, int | None]:
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise CannotError(f"“{day[:20]}” is no day. Write it as 2026-11-23.") from error
    if number and not (number.isascii() and number.isdecimal() and len(number) < 7):
        raise CannotError(f"“{number[:20]}” is no number of people. Write a number, or nothing if all were there.")
    return on, int(number) if number else None
