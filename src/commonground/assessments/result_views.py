"""The pages of a round's results: its published tables, its response while it is open, and closing it."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.assessments import results
from commonground.assessments.closing import close, finish, unfinished
from commonground.assessments.culture import picture, profile_of, rounds_of, title_of
from commonground.assessments.in_days import CANCELLED, CLOSED, OPEN
from commonground.assessments.response import response_on
from commonground.assessments.result_csv import culture_csv, tables_csv
from commonground.assessments.rounds import Round
from commonground.assessments.seeing import tables_for
from commonground.assessments.tasks import ask_finishing
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.ui.csv_response import csv_response
from commonground.ui.forms import Form

FEW = "What fewer people say could be told apart, so nothing of it is published: neither here nor in a file."


@gate("assessments.view")
def result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What did people answer, and how sure is it? `?by=` chooses a table, `?of=` a scale."""
    actor, program = actor_of(request), program_of(request)
    asked = request.GET
    if asked.get("format") == "csv":
        file = tables_csv(actor, Round.objects.with_words().get_for(actor, program=program, pk=pk))
        if file is not None:
            return file
    row: Round = Round.objects.get_for(actor, program=program, pk=pk)
    tables = tables_for(actor, row)
    page = results.page_of(row, tables, asked.get("by", ""), asked.get("of", ""), every=asked.get("groups") == "all")
    values: dict[str, Any] = {
        "round": row,
        "page": page,
        "title": results.title_of(row, tables),
        "state": results.state_of(row, tables),
        "is_open": row.state == OPEN,
        "cancelled": row.state == CANCELLED,
        "waiting": row.state == CLOSED and not tables,
        "may_change": actor.may("assessments.change"),
        "is_culture": row.purpose == "culture",
        "period": results.period_of(row),
        "few": FEW,
        "evenness": results.evenness_words(tables),
    }
    return render(request, "assessments/results.html", values)


@gate("assessments.view")
def response(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How many of whom have answered so far, as of this day? Made once a day, at the first look."""
    actor, program, today = actor_of(request), program_of(request), timezone.localdate()
    row: Round = Round.objects.get_for(actor, program=program, pk=pk)
    found = response_on(row, today) or row.response_days.first()
    groups = results.response_seen(actor, found)
    if request.GET.get("format") == "csv" and found:
        lines = ((one["label"], one["invited"], one["share"], found.day) for one in groups)
        return csv_response(f"{row.name} response", ("group", "invited", "share, rounded to 5 %", "as of"), lines)
    values = {"round": row, "found": found, "groups": groups, "title": results.response_title(row, found, groups)}
    return render(request, "assessments/response.html", values)


class CloseForm(Form):
    """Asks nothing; the button is the answer."""


@gate("assessments.change")
def close_round(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Closing for good: nobody can answer afterwards, and the tables are made once."""
    actor, program = actor_of(request), program_of(request)
    row: Round = Round.objects.get_for(actor, program=program, pk=pk)

    def save(_: dict[str, Any]) -> str:
        close(row, by=actor, at=timezone.now())
        ask_finishing(row)
        return f"Closed: {row}. Its tables are being made; then nothing is left that could tell whose an answer is."

    to = reverse("assessments:results", kwargs={"program": program.slug, "pk": pk})
    return pages.ask(
        request,
        CloseForm(request.POST or None) if request.method == "POST" else CloseForm(),
        save,
        title=f"Close “{row}”",
        question="Has everybody had the time to answer? Nobody can afterwards, its tables are made once, and there is no way back.",
        back=to,
        crumbs=[(row.name, to)],
        label="Close it for good",
    )


@gate("assessments.change")
def finish_round(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Makes the tables of a closed round now, where a stop has interrupted it; does what is left and nothing twice."""
    actor, program = actor_of(request), program_of(request)
    row: Round = Round.objects.get_for(actor, program=program, pk=pk)
    if request.method == "POST" and row in unfinished():
        finish(row, at=timezone.now())
    return redirect("assessments:results", program=program.slug, pk=pk)


@gate("assessments.view")
def culture(request: HttpRequest) -> HttpResponseBase:
    """How is it here, and how would people want it? `?round=` chooses an earlier one."""
    actor, program = actor_of(request), program_of(request)
    rounds = rounds_of(actor, program)
    asked = request.GET.get("round", "")
    row = next((one for one in rounds if str(one.pk) == asked), rounds[0] if rounds else None)
    if request.GET.get("format") == "csv" and row and (file := culture_csv(actor, row)) is not None:
        return file
    tables = tables_for(actor, row) if row else {}
    whole = profile_of(tables["whole"]["cells"][0]) if "whole" in tables else None
    lines = whole.lines if whole else ()
    values: dict[str, Any] = {
        "rounds": rounds,
        "round": row,
        "profile": whole,
        "title": title_of(whole, row),
        "large": picture(lines, width=720, label=210),
        "small": picture(lines, width=350, label=86),
        "focus": results.focus_page(row, whole) if row and whole and whole.focus else None,
        "period": results.period_of(row) if row else "",
        **results.profiles_of(tables, every=request.GET.get("groups") == "all"),
        "running": Round.objects.visible_to(actor).filter(program=program, purpose="culture", state=OPEN).first(),
        "may_change": actor.may("assessments.change"),
    }
    return render(request, "assessments/culture.html", values)
