"""The inbox of findings and the page of guidelines."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.guidance.checking import Standing, ask, is_quick
from commonground.guidance.context import findings_seen, stands
from commonground.guidance.effects import came_of
from commonground.guidance.forms import ActivityForm, AssignForm, DismissForm
from commonground.guidance.history import history
from commonground.guidance.inbox import Filters, Inbox, coverage, inbox, name_of, practices_of, units_of
from commonground.guidance.links import link_of
from commonground.guidance.models import Check, Finding, FindingQuerySet
from commonground.guidance.refresh import refresh
from commonground.guidance.techniques import SYMPTOMS, proposed_for, symptoms_of
from commonground.guidance.week import likely_of
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.ui.asked import id_asked
from commonground.ui.csv_response import csv_response
from commonground.ui.rail import url_of
from commonground.ui.words import plural, spelled

HEADER = ("code", "severity", "subject", "what", "where", "why", "evidence", "do", "owner", "state", "since")


@gate("findings.view")
def inbox_page(request: HttpRequest) -> HttpResponseBase:
    """Which findings are open, one of them beside the list."""
    actor, program, today = actor_of(request), program_of(request), timezone.localdate()
    state = stands(request)
    filters, seen = Filters.of(request.GET), findings_seen(request)
    if request.GET.get("format") == "csv":
        rows = filters.shown(filters.narrowed(seen, today), actor).ranked()
        return csv_response(f"findings-{program.slug}", HEADER, _lines(rows.select_related("user", "person")))
    found = inbox(seen, actor, filters, today, request.GET.get("after", ""))
    values = {
        "standing": state,
        "filters": filters,
        "found": found,
        "coverage": coverage(program),
        "units": units_of(seen, today),
        "unit_name": name_of(filters.unit, today),
        "practices": practices_of(seen),
        "select": filters.code
        or filters.practice
        or (",".join(sorted({row.practice for row in found.page.rows})) or ""),
        "title": title(found, state, filters.as_of),
        "today": today,
        "counts": {"people": 0, "processes": 0, **(state.check.counts if state.check else {})},
        "bring": url_of("intake:list", program.slug) if actor.may("intake.view") else None,
        **_opened(request, seen, found),
    }
    return render(request, "guidance/inbox.html", values)


def _lines(rows: Any) -> Iterator[tuple[Any, ...]]:
    for row in rows.iterator(500):
        yield (
            row.code,
            row.severity,
            f"{row.kind}:{row.subject}",
            row.what,
            row.where,
            row.why,
            row.evidence,
            row.do,
            row.owner_name,
            row.get_state_display(),
            row.first_seen,
        )


def title(found: Inbox, state: Standing, as_of: date | None = None) -> str:
    """The statement of the page. as_of: a day of the past."""
    count, act = found.counts["all"], found.counts["act"]
    if as_of is not None:
        stood = "finding was" if count == 1 else "findings were"
        return f"{spelled(count).capitalize()} {stood} open on {as_of.day} {as_of:%B %Y}"
    if state.check is None:
        return "The guidelines have not run yet"
    if not count:
        return "Nothing is missing that the guidelines look for"
    parts = [f"{spelled(act)} to act on" if act else "none to act on now"]
    if found.new:
        parts.append(f"{spelled(found.new)} new since last Monday")
    return f"{plural(count, 'finding')}: {', '.join(parts)}"


def _opened(request: HttpRequest, seen: FindingQuerySet, found: Inbox) -> dict[str, Any]:
    """The finding that is open: the one asked for, else the first of the list."""
    actor, program, asked = actor_of(request), program_of(request), request.GET.get("open", "")
    if asked.isdecimal():
        finding = get_object_or_404(seen.select_related("user", "person"), pk=id_asked(asked))
    elif found.page.rows:
        finding = found.page.rows[0]
    else:
        return {"finding": None}
    url, words = link_of(finding, program, actor)
    may_work = actor.may("findings.work")
    return {
        "finding": finding,
        "asked": bool(asked),
        "history": history(finding, actor),
        "link": url,
        "link_words": words,
        **_proposed(finding, program, actor),
        "may_take_up": actor.may("activities.change"),
        "assign_form": AssignForm(actor=actor, prefix="assign") if may_work else None,
        "dismiss_form": DismissForm(prefix="dismiss") if may_work else None,
        "activity_form": ActivityForm(prefix="plan", initial={"words": finding.do}) if may_work else None,
        "may_plan": may_work and actor.may("activities.change") and finding.view == "told",
    }


def _proposed(finding: Finding, program: Program, actor: Actor) -> dict[str, Any]:
    """What could help with a finding, what had better be left, and what came of what was done about it."""
    came = came_of(program, actor)
    techniques = proposed_for(finding.code)
    effects = likely_of(techniques, came, program)
    mine = [one for one in came if one.planned.finding_id == finding.pk]
    return {
        "proposed": [(one, effects[one.key]) for one in techniques],
        "avoid": [words for key in symptoms_of(finding.code) for words in SYMPTOMS[key].avoid],
        "came": mine,
        "came_told": any(one.told for one in mine),
    }


@require_POST
@gate("findings.view")
def check_again(request: HttpRequest) -> HttpResponse:
    """Runs all guidelines again, whatever has changed."""
    program = program_of(request)
    last, _ = Check.objects.get_or_create(program=program)
    if is_quick(last):
        check = refresh(program, timezone.localdate(), timezone.now(), whole=True)
        messages.success(request, f"Checked again, in {check.seconds or 0:.1f} seconds.")
    elif ask(last, timezone.now(), whole=True):
        messages.info(request, "The guidelines are running. You may leave the page.")
    else:
        messages.info(request, "The guidelines are running already. You may leave the page.")
    return redirect("guidance:inbox", program=program.slug)
