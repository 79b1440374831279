"""Rounds: the list, preparing one, its page with what it would store, and the steps of its life."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.assessments.admitting import written
from commonground.assessments.asking_me import rounds_asking
from commonground.assessments.in_days import DRAFT, OPEN
from commonground.assessments.invitations import begin_reminding, queued_of, write_mail
from commonground.assessments.library import instrument_of
from commonground.assessments.opening import begin_opening, carry_on, prepared, refusals, threshold_for
from commonground.assessments.population import Prepared
from commonground.assessments.round_forms import CancelForm, ExtendForm, RoundForm, said_table
from commonground.assessments.rounds import ATTRIBUTES, MAIL, OPENING, SIGN_IN, SLIP, STATES, Combination, Round
from commonground.assessments.running import codes_beyond, extend
from commonground.assessments.sealing import cancel
from commonground.assessments.tasks import ask_opening
from commonground.assessments.tokens import key_path
from commonground.journal.models import Version
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.programs.register import CannotError, removed_lately
from commonground.programs.row_views import Kind
from commonground.ui.csv_response import csv_response
from commonground.ui.forms import Form
from commonground.ui.paging import Keyset
from commonground.ui.words import day as written_day
from commonground.ui.words import number, plural

ROUND = Kind(
    Round,
    RoundForm,
    "round",
    "list",
    "What is asked of whom, and which tables will come of it?",
    space="assessments",
    above=("Assessments", "list"),
    shown="round",
)
MARKS = {"draft": "part", "opening": "part", "open": "note", "closed": "good", "cancelled": "none"}
MOST_SHOWN = 12
AT_ONCE = 2000  # people: a round of more is opened and written to behind the page
READS = ("people", "units", "roles")
KEPT_FOR = 60 * 60
GROUPS = Keyset(("label", "id"))
USUAL = timedelta(days=14)


class Moved(NamedTuple):
    """A group that is too small to be stored as it is."""

    label: str
    people: int
    to: str


@gate("assessments.view")
def rounds(request: HttpRequest) -> HttpResponseBase:
    """What was asked, of how many, and where are the results?"""
    actor, program = actor_of(request), program_of(request)
    seen = Round.objects.visible_to(actor).filter(program=program)
    state = request.GET.get("state", "")
    rows = seen.filter(state=state) if state in STATES else seen
    if request.GET.get("format") == "csv":
        header = ("name", "instrument", "state", "opens", "closes", "invited", "threshold")
        lines = ((r.name, r.instrument, r.state, r.opens_on, r.closes_on, r.invited, r.threshold) for r in rows.bare())
        return csv_response(f"{program.slug} rounds", header, lines)
    may = actor.may("assessments.change")
    values = {
        "title": _title(list(seen), timezone.localdate()),
        "rows": [(row, MARKS[row.state], STATES[row.state]) for row in rows],
        "any": seen.exists(),
        "states": [(key, words) for key, words in STATES.items() if seen.filter(state=key).exists()],
        "can_change": may,
        "removed": [("assessments:put-back-round", one) for one in _removed(request, program)] if may else [],
        "waiting": bool(rounds_asking(actor, program, timezone.localdate())),
    }
    return render(request, "assessments/rounds.html", values)


def _removed(request: HttpRequest, program: Program) -> list[Any]:
    return list(removed_lately(Round, program.pk, actor=actor_of(request), now=timezone.now()))


def _title(rows: list[Round], day: date) -> str:
    running = [row for row in rows if row.state == OPEN]
    if running:
        row = running[0]
        over = " is over; close it" if row.closes_on < day else f" is open until {written_day(row.closes_on)}"
        return f"“{row}”{over}"
    closed = [row for row in rows if row.state == "closed"]
    return f"{plural(len(closed), 'round')} closed, none open" if closed else "Nothing has been asked yet"


@gate("assessments.change")
def add_round(request: HttpRequest) -> HttpResponseBase:
    """The page that prepares a round; `?instrument=` begins it with one."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    begin = {"instrument": request.GET.get("instrument", ""), "opens_on": day, "closes_on": day + USUAL}
    form = RoundForm(request.POST or None, program=program, actor=actor, day=day, initial=begin)
    made: list[int] = []

    def save(values: dict[str, Any]) -> str:
        made.append(program.add(form.save(commit=False), by=actor, at=timezone.now()).pk)
        return "Prepared. Look at what would be stored, then open it."

    return pages.ask(
        request, form, save, title="Prepare a round", question=ROUND.question, back=_list(program),
        crumbs=[("Assessments", _list(program))], label="Prepare it", to=lambda: _page(program, made[0]),
    )  # fmt: skip


@gate("assessments.view")
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What does this round ask, of whom, and what becomes of the answers?"""
    actor, program = actor_of(request), program_of(request)
    row = Round.objects.get_for(actor, program=program, pk=pk)
    day = timezone.localdate()
    instrument = instrument_of(program, row.instrument)
    values: dict[str, Any] = {
        "row": row,
        "mark": MARKS[row.state],
        "state": STATES[row.state],
        "instrument": instrument,
        "tables": [said_table(table) for table in row.tables],
        "stored": [ATTRIBUTES[name] for name in row.attributes if name in ATTRIBUTES],
        "threshold": threshold_for(row),
        "can_change": actor.may("assessments.change"),
        "day": day,
        "over": row.state == OPEN and row.closes_on < day,
        "page": GROUPS.page(Combination.objects.visible_to(actor).filter(round=row), request.GET.get("after", "")),
        "beyond": codes_beyond(row) if row.state == OPEN else 0,
        "keyless": row.state == OPEN and not key_path(row.pk).exists(),
    }
    if row.state == DRAFT:
        values |= _preview(row, day)
    elif row.state == OPENING or row.mailing:
        values |= _progress(row)
    return render(request, "assessments/round.html", values)


def _progress(row: Round) -> dict[str, Any]:
    """How far opening or the mail to all is: done of whole, in people."""
    if row.state == OPENING:
        return {"working": "opening", "done": written(row) // 2, "whole": row.invited}
    return {"working": "mail", "done": queued_of(row).count(), "whole": row.by_mail}


def _preview(row: Round, day: date) -> dict[str, Any]:
    """Who would be asked, and what would be made coarser, as the organization stands today."""
    asked = [row.population, row.attributes, threshold_for(row), day.isoformat()]
    versions = {table: number for table, number in Version.objects.now().items() if table in READS}
    said = json.dumps([asked, sorted(versions.items())], sort_keys=True)
    key = f"round-preview:{hashlib.sha256(said.encode()).hexdigest()}"
    found: dict[str, Any] = cache.get(key) or {}
    if not found:
        found = _reckoned(row, day)
        cache.set(key, found, KEPT_FOR)
    return {**found, "refusals": list(refusals(row, found["people"], day))}


def _reckoned(row: Round, day: date) -> dict[str, Any]:
    """The same, read from everybody; kept until people, units or roles change."""
    found = prepared(row, day)
    moved, reached = moved_of(found), found.reached()
    return {
        "people": len(found.asked),
        "of_whom": found.of_whom,
        "by_mail": reached[MAIL],
        "by_sign_in": reached[SIGN_IN],
        "by_slip": reached[SLIP],
        "groups": len(found.coarse.stored) if found.coarse else 0,
        "moved": moved[:MOST_SHOWN],
        "more_moved": len(moved) - MOST_SHOWN,
        "moved_people": sum(one.people for one in moved),
    }


def moved_of(found: Prepared) -> list[Moved]:
    """What is made coarser, the smallest groups first."""
    if found.coarse is None:
        return []
    label: Callable[[Any], str] = lambda values: found.names.label(found.attributes, values)  # noqa: E731 - a short name for one call
    rows = [Moved(label(values), people, label(to)) for values, (people, to) in found.coarse.moved.items()]
    return sorted(rows, key=lambda one: (one.people, one.label))


@gate("assessments.change")
@require_POST
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)

    def act() -> str:
        refused = _preview(row, timezone.localdate())["refusals"] if row.is_draft else []
        if refused:
            raise CannotError(" ".join(refused))
        begin_opening(row, by=actor_of(request), at=timezone.now())
        people = _preview(row, timezone.localdate())["people"]
        if people > AT_ONCE:
            ask_opening(row)
            return f"“{row}” is being opened for {number(people)} people. It goes on behind the page; you can leave."
        carry_on(row, by=actor_of(request), at=timezone.now())
        write_mail(row)
        return f"“{row}” is open. {plural(row.by_mail, 'invitation')} by mail; {plural(row.by_slip, 'printed code')} to hand out."

    return pages.do(request, act, back=_page(program_of(request), pk))


@gate("assessments.change")
@require_POST
def remind_all(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)

    def act() -> str:
        begin_reminding(row, by=actor_of(request), at=timezone.now())
        if row.by_mail > AT_ONCE:
            ask_opening(row)
        else:
            write_mail(row)
        return f"{plural(row.by_mail, 'reminder')} to all with an address, in the same words: nobody can see who has answered."

    return pages.do(request, act, back=_page(program_of(request), pk))


@gate("assessments.change")
def extend_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a round more days, once."""
    row = _own(request, pk)

    def save(values: dict[str, Any]) -> str:
        extend(row, until=values["until"], why=values["why"], by=actor_of(request), at=timezone.now())
        return f"“{row}” is open until {written_day(row.closes_on)}."

    begin = {"until": row.closes_on + timedelta(days=7)}
    return _ask(
        request,
        row,
        ExtendForm(request.POST or None, initial=begin),
        save,
        "Give it more days",
        "Until when, and why? It can be done once.",
    )


@gate("assessments.change")
def cancel_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a round without results."""
    row = _own(request, pk)

    def save(values: dict[str, Any]) -> str:
        cancel(row, why=values["why"], by=actor_of(request), at=timezone.now())
        return f"“{row}” is cancelled. All its answers are deleted; they cannot be brought back."

    words = "All answers are deleted and nothing is published. There is no way back."
    return _ask(request, row, CancelForm(request.POST or None), save, "Cancel the round", words)


def _ask(
    request: HttpRequest, row: Round, form: Form, save: Callable[[dict[str, Any]], str], title: str, question: str
) -> HttpResponse:
    program = program_of(request)
    back = _page(program, row.pk)
    crumbs = [("Assessments", _list(program)), (str(row), back)]
    return pages.ask(request, form, save, title=title, question=question, back=back, crumbs=crumbs, label=title)


def _own(request: HttpRequest, pk: int) -> Round:
    return Round.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


def _list(program: Program) -> str:
    return reverse("assessments:list", kwargs={"program": program.slug})


def _page(program: Program, pk: int) -> str:
    return reverse("assessments:round", kwargs={"program": program.slug, "pk": pk})
