"""What a log knows that the register does not: proposals for the change lead, accepted together or one by one, and taken back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.analysis.ownership import THRESHOLD
from commonground.events.models import Log
from commonground.organization.fields import unit_names
from commonground.organization.models import Assignment, Person, Unit
from commonground.programs.middleware import as_of, program_of
from commonground.programs.register import CannotError
from commonground.ui.asked import id_asked
from commonground.ui.csv_response import csv_response
from commonground.ui.words import plural
from commonground.workflows import proposal_sheet
from commonground.workflows.forms import ProposalForm, SameProcessForm
from commonground.workflows.models import Workflow
from commonground.workflows.proposal_sheet import LONGEST, Typed, brought, name_of, why
from commonground.workflows.proposals import Acceptance, Wanted, accept
from commonground.workflows.seen import ASIDE, HOW, SeenActivity, SeenPassage
from commonground.workflows.tasks import ask_measuring

MOST = 250  # of a kind on the page: a form has its limits, and so have people; the rest follows once these are decided
AGAIN = " The log is measured anew with them; the figures follow shortly."


@gate("proposals.decide")
def proposals(request: HttpRequest) -> HttpResponseBase:
    """What does the log know that the register does not?"""
    logs = _logs(request)
    asked = id_asked(request.POST.get("log", "") or request.GET.get("log", ""))
    log = next((one for one in logs if one.pk == asked), None) if asked is not None else next(iter(logs), None)
    if asked is not None and log is None:
        raise Http404
    if request.method == "POST" and log is not None:
        return _decide(request, logs, log)
    return _page(request, logs, log, _asked(request, log))


def _logs(request: HttpRequest) -> list[Log]:
    """Logs that hold something, those first of which something waits for a decision."""
    actor, program = actor_of(request), program_of(request)
    waiting = set(SeenActivity.objects.visible_to(actor).open().filter(program=program).values_list("log", flat=True))
    rows = [log for log in Log.objects.visible_to(actor) if log.generation or log.pk in waiting]
    return sorted(rows, key=lambda log: (log.pk not in waiting, log.pk))


def _asked(request: HttpRequest, log: Log | None) -> Typed:
    """What the address asks to be ticked: all, or all with those who could answer for them."""
    tick = request.GET.get("tick", "")
    if log is None or tick not in {"all", "owners"}:
        return Typed()
    rows = SeenActivity.objects.visible_to(actor_of(request)).open().filter(program=program_of(request), log=log)
    every = frozenset(rows.values_list("pk", flat=True))
    ways = SeenPassage.objects.visible_to(actor_of(request)).filter(
        source__log=log, source__program=program_of(request)
    )
    return Typed(every, every if tick == "owners" else frozenset(), frozenset(ways.values_list("pk", flat=True)))


def _page(
    request: HttpRequest, logs: list[Log], log: Log | None, typed: Typed, *, status: int = 200
) -> HttpResponseBase:
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    values: dict[str, Any] = {"logs": logs, "log": log, "title": proposal_sheet.statement(log, 0, 0, 0)}
    if log is not None:
        seen = SeenActivity.objects.visible_to(actor).filter(program=program, log=log)
        opened, csv = seen.open().select_related("workflow", "person", "near"), request.GET.get("format") == "csv"
        waiting = list(opened if csv else opened[:MOST])
        count = len(waiting) if len(waiting) < MOST else opened.count()
        groups = proposal_sheet.groups_of(actor, waiting, day, typed)
        ways = proposal_sheet.between(actor, program, log, typed)
        if csv:
            name = f"{log.key} not in the register"
            return csv_response(name, proposal_sheet.CSV, proposal_sheet.lines(groups, ways))
        known = list(seen.linked().filter(events__gt=0).select_related("process"))
        values |= {
            "groups": groups,
            "ways": ways[:MOST],
            "ways_count": len(ways),
            "known": known,
            "aside": seen.filter(how=ASIDE),
            "aside_ways": proposal_sheet.between(actor, program, log, typed, aside=True),
            "owners": sum(one.owner is not None for group in groups for one in group.rows),
            "accepted": proposal_sheet.accepted_lately(actor, program, log, timezone.now()),
            "looked": max((one.at for one in (*waiting, *known)), default=None),
            "start": typed.start or timezone.localdate().isoformat(),
            "title": proposal_sheet.statement(log, count, len(ways), len(known)),
            "count": count,
            "most": MOST,
            "threshold": THRESHOLD,
        }
    return render(request, "workflows/proposals.html", values, status=status)


def _back(request: HttpRequest, log: Log) -> str:
    return f"{reverse('workflows:proposals', kwargs={'program': program_of(request).slug})}?log={log.pk}"


def _decide(request: HttpRequest, logs: list[Log], log: Log) -> HttpResponseBase:
    """One button of the page. What was typed stays where it is refused."""
    verb, _, text = request.POST.get("do", "accept").partition(":")
    act = ACTS.get(verb)
    if act is None:
        raise Http404
    try:
        said = act(request, log, id_asked(text))
    except CannotError as refused:
        messages.error(request, str(refused))
        return _page(request, logs, log, Typed.sent(request.POST), status=422)
    ask_measuring(log, at=timezone.now())
    messages.success(request, said)
    return redirect(_back(request, log))


def _accept(request: HttpRequest, log: Log, _: int | None) -> str:
    actor, program, typed = actor_of(request), program_of(request), Typed.sent(request.POST)
    rows = SeenActivity.objects.visible_to(actor).filter(program=program, log=log, pk__in=typed.ticked)
    found = {row.pk: row for row in rows.select_related("person", "unit", "workflow")}
    if not found and not typed.handoffs:
        raise CannotError("Nothing is ticked, so nothing was accepted. Tick what belongs into the register.")
    start = _start(typed) if typed.owners & found.keys() else None
    wanted = [_wanted(row, typed, start) for row in found.values()]
    missing = [one.owner for one in wanted if one.owner is not None]
    here = set(
        Assignment.objects.visible_to(actor)
        .on(timezone.localdate())
        .filter(person__in=missing)
        .values_list("person", flat=True)
    )
    if gone := [person for person in missing if person.pk not in here]:
        raise CannotError(f"{gone[0]} works here no longer. Accept that process without a person, or choose another.")
    done = accept(program, log, wanted, typed.handoffs, by=actor, at=timezone.now())
    return _said(done)


def _start(typed: Typed) -> date:
    try:
        return date.fromisoformat(typed.start)
    except ValueError as error:
        raise CannotError("Say from which day those who are named answer for their processes.") from error


def _wanted(row: SeenActivity, typed: Typed, start: date | None) -> Wanted:
    name = typed.names.get(row.pk, name_of(row))
    called = "" if row.workflow else typed.called.get(row.group, row.group)
    for text in (name, called):
        if len(text) > LONGEST:
            raise CannotError(f"“{text[:40]} …” is longer than {LONGEST} signs. Choose a shorter name.")
    owner = row.person if row.pk in typed.owners else None
    return Wanted(row.pk, name, row.workflow, called, row.unit, owner, start if owner else None)


def _said(done: Acceptance) -> str:
    wait = plural(done.waiting, "hand-off waits,hand-offs wait") if done.waiting else ""
    wait = f" {wait} until both steps are processes of one workflow." if wait else ""
    if not done.seen and not done.rows:
        return f"Nothing was to be added.{wait}"
    return f"Accepted: {brought(done)}.{wait}{AGAIN}"


def _row(request: HttpRequest, log: Log, pk: int | None) -> SeenActivity:
    rows = SeenActivity.objects.select_related("log")
    return rows.get_for(actor_of(request), program=program_of(request), log=log, pk=pk)


def _same(request: HttpRequest, log: Log, pk: int | None) -> str:
    row = _row(request, log, pk)
    if row.near is None or not row.is_open:
        raise CannotError(f"“{row}” was decided about meanwhile. Look at it again.")
    process = row.near
    row.link(process, by=actor_of(request), at=timezone.now())
    return f"“{row}” is “{process}” of the register.{AGAIN}"


def _aside(request: HttpRequest, log: Log, pk: int | None) -> str:
    row = _row(request, log, pk)
    row.set_aside(by=actor_of(request), at=timezone.now())
    return f"“{row}” is set aside. It can be brought back at the foot of this page."


def _bring_back(request: HttpRequest, log: Log, pk: int | None) -> str:
    row = _row(request, log, pk)
    row.bring_back(by=actor_of(request), at=timezone.now())
    return f"“{row}” is proposed again."


def _part(request: HttpRequest, log: Log, pk: int | None) -> str:
    row = _row(request, log, pk)
    row.part(by=actor_of(request), at=timezone.now())
    return f"“{row}” is no longer taken for that process.{AGAIN}"


def _way(request: HttpRequest, log: Log, pk: int | None, *, aside: bool) -> str:
    rows = SeenPassage.objects.select_related("source__log", "target")
    row = rows.get_for(actor_of(request), source__program=program_of(request), source__log=log, pk=pk)
    row.say(aside=aside, by=actor_of(request), at=timezone.now())
    return f"The hand-off {row} is {'set aside' if aside else 'proposed again'}."


def _undo(request: HttpRequest, log: Log, pk: int | None) -> str:
    row = Acceptance.objects.get_for(actor_of(request), program=program_of(request), log=log, pk=pk)
    row.undo(by=actor_of(request), at=timezone.now())
    return f"Taken back: {brought(row)}. The register is as it was, and they are proposed again."


ACTS: dict[str, Callable[[HttpRequest, Log, int | None], str]] = {
    "accept": _accept,
    "same": _same,
    "aside": _aside,
    "back": _bring_back,
    "part": _part,
    "way-aside": lambda request, log, pk: _way(request, log, pk, aside=True),
    "way-back": lambda request, log, pk: _way(request, log, pk, aside=False),
    "undo": _undo,
}


@gate("proposals.decide")
def proposal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is this activity of the log: a process to be added, one that is there, or none of ours?"""
    actor, program = actor_of(request), program_of(request)
    rows = SeenActivity.objects.select_related("log", "workflow", "unit", "person", "near", "process")
    row = rows.get_for(actor, program=program, pk=pk)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = ProposalForm(
        request.POST if do == "accept" else None,
        initial=_initial(row),
        program=program,
        actor=actor,
        day=timezone.localdate(),
    )
    same = SameProcessForm(
        request.POST if do == "same" else None, initial={"process": row.near_id}, program=program, actor=actor
    )
    acts: dict[str, Callable[[], str]] = {
        "accept": lambda: _accept_one(request, row, form.cleaned_data),
        "same": lambda: _same_as(request, row, same.cleaned_data["process"]),
    }
    bound = form if do == "accept" else same
    if do in acts and bound.is_valid():
        try:
            said = acts[do]()
        except CannotError as refused:
            bound.add_error(None, str(refused))
        else:
            ask_measuring(row.log, at=timezone.now())
            messages.success(request, said)
            return redirect(_back(request, row.log))
    return _one(request, row, form, same)


def _one(request: HttpRequest, row: SeenActivity, form: ProposalForm, same: SameProcessForm) -> HttpResponseBase:
    units = unit_names(actor_of(request), as_of(request), [row.unit_id] if row.unit_id else [])
    values = {
        "seen": row,
        "form": form,
        "same": same,
        "why": why(row),
        "how": HOW[row.how],
        "unit": units.get(row.unit_id or 0, ""),
        "back": _back(request, row.log),
    }
    return render(request, "workflows/proposal.html", values, status=422 if form.is_bound or same.is_bound else 200)


def _initial(row: SeenActivity) -> dict[str, Any]:
    return {
        "name": name_of(row),
        "workflow": row.workflow_id,
        "called": row.group,
        "unit": row.unit_id,
        "start": timezone.localdate(),
    }


def _accept_one(request: HttpRequest, row: SeenActivity, values: dict[str, Any]) -> str:
    owner: Person | None = values["owner"]
    unit: Unit | None = values["unit"]
    workflow: Workflow | None = values["workflow"]
    start = values["start"] if owner else None
    wanted = Wanted(row.pk, values["name"], workflow, values["called"], unit, owner, start)
    return _said(accept(row.program, row.log, [wanted], by=actor_of(request), at=timezone.now()))


def _same_as(request: HttpRequest, row: SeenActivity, process: Any) -> str:
    if not row.is_open:
        raise CannotError(f"“{row}” was decided about meanwhile. Look at the page again.")
    row.link(process, by=actor_of(request), at=timezone.now())
    return f"“{row}” is “{process}” of the register.{AGAIN}"
