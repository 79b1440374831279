"""The searches: which run, who takes part, and one search with its seats, sessions, contributions and decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.journal.models import Entry
from commonground.organization.models import Assignment, Person
from commonground.programs.middleware import as_of, program_of
from commonground.programs.register import removed_lately
from commonground.realignment.solutions import TAKES_PART, Contribution, Seat, Session, Solution, Standing, standings
from commonground.ui.csv_response import csv_response
from commonground.ui.words import plural, spelled
from commonground.workflows.models import Process
from commonground.workflows.reading import Row, rows_for

MARKS = {TAKES_PART: "good", "a seat, not yet part": "watch", "asked, no answer yet": "watch", "said no": "note"}


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody whom the search concerns and who takes no part yet: an owner of a process in question."""

    person: int
    name: str
    processes: tuple[str, ...]
    part: str

    @property
    def seated(self) -> bool:
        return self.part != "no seat"


def missing_from(rows: list[Row], standing: Standing) -> list[Missing]:
    """Owners of processes in question without a part in this very search, those without a seat first."""
    owned: dict[int, tuple[str, list[str]]] = {}
    for row in rows:
        for owner in (row.owners or ()) if row.in_question else ():
            owned.setdefault(owner.id, (owner.name, []))[1].append(row.process.name)
    found = [
        Missing(person, name, tuple(names), "a seat, not yet part" if person in standing.seated else "no seat")
        for person, (name, names) in owned.items()
        if person not in standing.takes_part
    ]
    return sorted(found, key=lambda one: (one.seated, one.name))


@gate("solutions.view")
def solutions(request: HttpRequest) -> HttpResponseBase:
    """Which searches run, and who of those it concerns takes no part?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    every = Solution.objects.visible_to(actor).filter(program=program).select_related("workflow")
    state = request.GET.get("state", "")
    shown = {"open": every.filter(decided=None), "decided": every.exclude(decided=None)}.get(state, every)
    rows = list(shown.order_by(F("decided").asc(nulls_first=True), "pk"))
    found = standings(rows, day)
    missing = _missing_by_workflow(actor, rows, found, day)
    listed = [
        {
            "solution": row,
            "standing": found[row.pk],
            "missing": missing.get(row.pk, []),
            "mine": _mine(found[row.pk], actor),
        }
        for row in rows
    ]
    if request.GET.get("format") == "csv":
        return _csv(program.slug, rows, found, missing)
    without = sum(1 for row in rows if missing.get(row.pk) and not row.decided)
    values = {
        "listed": listed,
        "statement": _statement(len([one for one in rows if not one.decided]), without, staff=actor.is_staff),
        "filtered": bool(state),
        "can_change": actor.may("solutions.change"),
        "sees_people": actor.is_staff,
    }
    return render(request, "realignment/solutions.html", values)


def _csv(
    slug: str, rows: list[Solution], found: dict[int, Standing], missing: dict[int, list[Missing]]
) -> HttpResponseBase:
    header = ("id", "workflow", "question", "opened", "decided", "seats", "taking_part", "missing")
    lines = (
        (
            one.key,
            one.workflow.name,
            one.question,
            one.opened,
            one.decided,
            len(found[one.pk].seated),
            len(found[one.pk].takes_part),
            "; ".join(who.name for who in missing.get(one.pk, [])),
        )
        for one in rows
    )
    return csv_response(f"{slug} searches", header, lines)


def _statement(running: int, without: int, *, staff: bool) -> str:
    if not running:
        return "No search is open"
    said = f"{plural(running, 'search,searches')} run{'s' if running == 1 else ''}"
    if not staff:
        return said
    if not without:
        return (
            f"{said}, and every owner it concerns takes part"
            if running == 1
            else f"{said}, and every owner they concern takes part"
        )
    return f"{said}; in {spelled(without)}, owners take no part yet"


def _mine(standing: Standing, actor: Actor) -> bool:
    return actor.person in standing.seated


def _missing_by_workflow(
    actor: Actor, rows: list[Solution], found: dict[int, Standing], day: date
) -> dict[int, list[Missing]]:
    if not actor.is_staff:
        return {}
    processes = Process.objects.visible_to(actor).filter(workflow__in={row.workflow_id for row in rows})
    of_workflow: dict[int | None, list[Row]] = {}
    for one in rows_for(actor, processes, day):
        of_workflow.setdefault(one.process.workflow_id, []).append(one)
    return {row.pk: missing_from(of_workflow.get(row.workflow_id, []), found[row.pk]) for row in rows}


@gate("solutions.view")
def solution(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is being searched for, who takes part, and what came of what they brought in?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    row = Solution.objects.get_for(actor, program=program, pk=pk)
    standing = standings([row], day)[pk]
    missing = _missing_by_workflow(actor, [row], {pk: standing}, day).get(pk, [])
    values = {
        "solution": row,
        "options": [line.strip() for line in row.options.splitlines() if line.strip()],
        "missing": missing if not row.decided else [],
        "seats": _seats(actor, row, standing, day),
        "sessions": Session.objects.visible_to(actor).filter(solution=row).prefetch_related("people"),
        "contributions": Contribution.objects.visible_to(actor).filter(solution=row).select_related("person"),
        "taking_part": len(standing.takes_part),
        "can_change": actor.may("solutions.change"),
        "can_contribute": actor.may("solutions.change") or actor.person in standing.seated,
        "sees_people": actor.is_staff,
        "removed": _removed(actor, row),
        "entries": Entry.objects.visible_to(actor).about(row).select_related("values").order_by("-pk")[:15],
    }
    return render(request, "realignment/solution.html", values)


def _seats(actor: Actor, row: Solution, standing: Standing, day: date) -> list[dict[str, Any]]:
    """The seats with their state and what this actor may do about each: their own consent, their people's hours."""
    seats = Seat.objects.visible_to(actor).filter(solution=row).select_related("person").order_by("person__name", "pk")
    led = may_agree_for(actor, [seat.person_id for seat in seats], day)
    found = []
    for seat in seats:
        state = standing.state(seat)
        found.append(
            {
                "seat": seat,
                "held": seat.holds(day),
                "state": state,
                "mark": MARKS[state],
                "since": standing.first.get(seat.person_id),
                "mine": seat.person_id == actor.person,
                "may_agree": seat.person_id in led,
                "may_answer": seat.person_id == actor.person or actor.may("solutions.change"),
            }
        )
    return found


def may_agree_for(actor: Actor, people: list[int], day: date) -> set[int]:
    """For whose time the actor may speak: their own people's as a manager, anybody's who keeps the search; never one's own."""
    if not actor.may("seats.agree"):
        return set()
    if actor.may("solutions.change"):
        return set(people)
    seen = Person.objects.visible_to(actor).filter(pk__in=people)
    reports = Assignment.objects.on(day).filter(person__in=people, manager=actor.person)
    allowed = set(seen.values_list("pk", flat=True)) | set(reports.values_list("person", flat=True))
    return allowed - {actor.person or 0}


def _removed(actor: Actor, row: Solution) -> list[Any]:
    if not actor.may("solutions.change"):
        return []
    lately = removed_lately(Contribution, row.program_id, actor=actor, now=timezone.now())
    return [("realignment:put-back-contribution", one) for one in lately]
