"""Copying what is planned for one unit, or a template, to another: previewed, adapted, made in one step, undone in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.plan.reckoning import LEAST, Crowd, Planned
from commonground.organization.fields import unit_choices, unit_names
from commonground.organization.models import Unit, UnitPeriod, below
from commonground.plan.activity_forms import NameForm
from commonground.plan.capacity import called
from commonground.plan.kits import PlanCopy, PlanTemplate, Row, copy, day_for, keep, nudged, row_of
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Activity, Milestone, Program
from commonground.programs.register import CannotError
from commonground.reports.plan_reading import stored_crowd
from commonground.ui.words import day as written_day
from commonground.ui.words import plural

NEARLY = 40  # activities in a copy


@dataclass(frozen=True)
class Draft:
    """A row as it would be copied. key: what it is ticked by. people: None where they were not counted, or are too few to tell."""

    key: str
    row: Row
    before: date | None
    start: date | None
    people: int | None
    few: bool
    taken: bool


@dataclass(frozen=True)
class Source:
    """What is copied. anchor: the day that its own days are counted from, and in words what day that is."""

    name: str
    rows: Sequence[tuple[str, Row]]
    anchor: date | None
    anchor_is: str


def anchor_of(actor: Actor, program: Program, unit: int | None, rows: Sequence[Activity]) -> tuple[date | None, str]:
    """The cut-over of a unit or of the nearest above it, else of the whole, else the first day of what is planned there."""
    cuts = {
        row.unit_id: row.actual or row.planned
        for row in Milestone.objects.visible_to(actor).filter(program=program, kind="cut_over")
    }
    for one in _with_those_above(actor, unit):
        if cuts.get(one):
            return cuts[one], "its cut-over"
    if cuts.get(None):
        return cuts[None], "the cut-over of the whole"
    first = min((row.start for row in rows if row.start), default=None)
    return first, "the first day that is planned there" if first else ""


def _with_those_above(actor: Actor, unit: int | None) -> list[int]:
    """A unit and all above it, the nearest first."""
    rows = UnitPeriod.objects.visible_to(actor).on(timezone.localdate()).filter(unit=unit or 0)
    path = rows.values_list("path", flat=True).first() or ""
    return [int(part) for part in reversed(path.strip("/").split("/")) if part]


def source_of(request: HttpRequest) -> Source | None:
    """The unit (`from=3`) or the template (`template=5`) that the address names."""
    actor, program, got = actor_of(request), program_of(request), request.POST or request.GET
    if got.get("template", "").isdecimal():
        kit = PlanTemplate.objects.get_for(actor, program=program, pk=int(got["template"]))
        return Source(kit.name, [(str(n), row) for n, row in enumerate(kit.activities)], date(2000, 1, 3), "")
    if not got.get("from", "").isdecimal():
        return None
    unit = Unit.objects.get_for(actor, pk=int(got["from"]))
    found = Activity.objects.visible_to(actor).filter(program=program, unit__in=below(frozenset({unit.pk})))
    rows = list(found.exclude(state="dropped")[:NEARLY])
    anchor, words = anchor_of(actor, program, unit.pk, rows)
    return Source(
        called(unit), [(str(row.pk), row_of(row, anchor or timezone.localdate())) for row in rows], anchor, words
    )


@gate("plan.change")
def copy_plan(request: HttpRequest) -> HttpResponseBase:
    """What worked in one unit, for the next: which of it, from which day on? A POST makes it."""
    actor, program, today = actor_of(request), program_of(request), timezone.localdate()
    source, got = source_of(request), request.POST or request.GET
    to = Unit.objects.visible_to(actor).filter(pk=int(got["to"])).first() if got.get("to", "").isdecimal() else None
    day = _day(got.get("day", "")) or (anchor_of(actor, program, to.pk, ())[0] if to else None) or today
    drafts = _drafts(request, program, source, to, day) if source and to else []
    if request.method == "POST" and source and to:
        made = _make(request, source, to, drafts)
        if made is not None:
            return made
    choices = [(str(pk), name) for pk, name in unit_choices(today, actor)]
    planned = set(Activity.objects.visible_to(actor).filter(program=program).values_list("unit", flat=True))
    values = {
        "title": f"What {source.name} did, for {called(to)}" if source and to else "Copy a plan to another unit",
        "source": source,
        "to": to,
        "to_name": called(to) if to else "",
        "day": day,
        "drafts": drafts,
        "units": choices,
        "with_plan": [(pk, name) for pk, name in choices if int(pk) in planned],
        "kits": list(PlanTemplate.objects.visible_to(actor).filter(program=program)),
        "got": got,
        "copies": _copies(actor, program),
        "name_form": NameForm(initial={"name": source.name if source else ""}),
    }
    return render(request, "reports/plan_copy.html", values)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _drafts(request: HttpRequest, program: Program, source: Source, to: Unit, day: date) -> list[Draft]:
    """Each row with the day on which it would begin, as it was set, and how many people it would be for."""
    got, posted = request.POST or request.GET, request.method == "POST"
    known = stored_crowd(actor_of(request), program)
    taken = set(got.getlist("take")) if posted or "take" in got else None
    found = []
    for key, row in source.rows:
        start = _day(got.get(f"start-{key}", "")) or day_for(row, day)
        people = _people(known[1] if known else None, to.key, row)
        few = people is not None and 0 < people < LEAST
        was = day_for(row, source.anchor) if source.anchor and source.anchor_is else None
        found.append(Draft(key, row, was, start, None if few else people, few, taken is None or key in taken))
    return found


def _people(crowd: Crowd | None, unit: str, row: Row) -> int | None:
    if crowd is None:
        return None
    return sum(crowd.reached(Planned("", None, None, None, unit, row.audience)).values())


def _make(request: HttpRequest, source: Source, to: Unit, drafts: Sequence[Draft]) -> HttpResponse | None:
    actor, program = actor_of(request), program_of(request)
    rows = [(nudged(one.row), one.start) for one in drafts if one.taken]
    try:
        if "keep" in request.POST:
            name = request.POST.get("name", "").strip() or source.name
            kit = keep(program, name[:120], [row for row, _ in rows], by=actor, at=timezone.now())
            messages.success(request, f"Kept as a template: {kit}.")
            return redirect(reverse("plan:templates", kwargs={"program": program.slug}))
        made = copy(program, rows, unit=to, source=source.name, by=actor, at=timezone.now())
    except CannotError as refused:
        messages.error(request, str(refused))
        return None
    number = plural(len(made.made), "activity is,activities are")
    messages.success(request, f"{number} planned for {called(to)}. Say now in whose hands each is.")
    return redirect(f"{reverse('plan:table', kwargs={'program': program.slug})}?unit={to.pk}")


def _copies(actor: Actor, program: Program) -> list[tuple[PlanCopy, str, int]]:
    rows = list(PlanCopy.objects.visible_to(actor).filter(program=program, undone_on=None)[:5])
    names = unit_names(actor, timezone.localdate(), {row.unit_id for row in rows if row.unit_id})
    return [(row, names.get(row.unit_id or 0, "the whole program"), len(row.made)) for row in rows]


@gate("plan.change")
@require_POST
def undo_copy(request: HttpRequest, pk: int) -> HttpResponse:
    row = PlanCopy.objects.get_for(actor_of(request), program=program_of(request), pk=pk)

    def act() -> str:
        number = row.undo(by=actor_of(request), at=timezone.now())
        return f"Undone: {plural(number, 'activity is,activities are')} gone again."

    return pages.do(request, act, back=reverse("plan:copy", kwargs={"program": program_of(request).slug}))


@gate("plan.view")
def templates(request: HttpRequest) -> HttpResponseBase:
    """Which sets of activities were kept, to be used again?"""
    actor, program = actor_of(request), program_of(request)
    kits = list(PlanTemplate.objects.visible_to(actor).filter(program=program))
    title = f"{plural(len(kits), 'template')} of your own" if kits else "No template yet"
    values = {"kits": kits, "title": title, "can_copy": actor.may("plan.change"), "written": written_day}
    return render(request, "reports/plan_templates.html", values)


@gate("plan.change")
def rename_template(request: HttpRequest, pk: int) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    row = PlanTemplate.objects.get_for(actor, program=program, pk=pk)
    back = reverse("plan:templates", kwargs={"program": program.slug})

    def save(values: dict[str, Any]) -> str:
        row.change(values, by=actor, at=timezone.now())
        return f"It is called {row} now."

    return pages.ask(
        request,
        NameForm(request.POST or None, initial={"name": row.name}),
        save,
        title=str(row),
        question="What is it called?",
        back=back,
        crumbs=[("Plan", reverse("plan:board", kwargs={"program": program.slug})), ("Templates", back)],
        remove=reverse("plan:remove-template", kwargs={"program": program.slug, "pk": pk}),
    )


@gate("plan.change")
@require_POST
def remove_template(request: HttpRequest, pk: int) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    row = PlanTemplate.objects.get_for(actor, program=program, pk=pk)

    def act() -> str:
        row.remove(by=actor, at=timezone.now())
        return f"Removed: {row}. The journal keeps it."

    return pages.do(request, act, back=reverse("plan:templates", kwargs={"program": program.slug}))
