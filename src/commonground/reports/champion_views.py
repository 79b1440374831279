"""Champions: who reaches whom, where nobody does, who carries and how much, how many are needed, and when they meet."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.coalition.reach import Load
from commonground.coalition.champion_views import group_words, unit_names
from commonground.coalition.models import Champion, Meeting
from commonground.coalition.weeks import Used, is_over, last_met, used_by, used_in
from commonground.disclosure.thresholds import OWNERSHIP, threshold_of
from commonground.guidance.context import stands
from commonground.guidance.reach_results import reach_for, reach_from
from commonground.organization.models import Assignment, UnitPeriod
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.reports import reached
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset, Page
from commonground.ui.words import day as written_day
from commonground.ui.words import plural

ORDER = Keyset(("person__name", "pk"))
SHOWN = {"": "Serving", "asked": "Asked", "much": "Too much", "no": "Said no", "ended": "Ended"}
LATELY_MET = 6 * 7  # days: as guideline PEER-03 counts
CHAMPION_HEADER = (
    "name",
    "number",
    "group",
    "state",
    "hours_given",
    "hours_used",
    "talks",
    "peers",
    "room",
    "last_meeting",
)


@gate("champions.view")
def champions(request: HttpRequest) -> HttpResponseBase:
    """Who has somebody near them, with hours for it, who can answer a doubt?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    state = stands(request)
    stored = reach_for(actor, program)
    board = _board(stored.data, day) if stored is not None else None
    changes = actor.may("champions.change")
    loads = {one.person: one for one in board.reach.loads} if board else {}
    show = request.GET.get("show", "") if changes and request.GET.get("show", "") in SHOWN else ""
    used = used_in(program, day) if changes else {}
    rows = _chosen(Champion.objects.visible_to(actor).of(program), show, day, used)
    if request.GET.get("format") == "csv":
        if request.GET.get("of") == "champions":
            listed = _lines(rows.order_by("person__name", "pk"), loads, program, day, all_of_it=changes)
            return csv_response(f"champions-{program.slug}", CHAMPION_HEADER, listed)
        return csv_response(f"reach-{program.slug}", reached.HEADER, reached.lines(board) if board else ())
    page = ORDER.page(rows.select_related("person"), request.GET.get("after", ""))
    serving = Champion.objects.of(program).serving(day).count()
    values = {
        "standing": state,
        "stored": stored,
        "board": board,
        "title": reached.title(board) if board else "The reach is being counted",
        "changes": changes,
        "page": page,
        "people": _people(page, loads, program, day, used),
        "show": show,
        "choices": _choices(program, day, used) if changes else (),
        "serving": serving,
        "view": stored.view if stored else "",
        **_words(board, used, serving, changes=changes),
        **_meetings(actor, program, day),
    }
    return render(request, "reports/champions.html", values)


def _board(data: dict[str, Any], day: Any) -> reached.Board:
    reach = reach_from(data)
    keys = {one.cell[0] for one in reach.cells if reach.attributes[0] == "unit" and one.cell[0]}
    names = dict(UnitPeriod.objects.on(day).filter(unit__key__in=keys).values_list("unit__key", "name"))
    return reached.board_of(data, reach, threshold_of(OWNERSHIP), names)


def _words(board: reached.Board | None, used: dict[int, Used], serving: int, *, changes: bool) -> dict[str, Any]:
    if board is None:
        return {}
    share = reached.share_of_few(used, serving) if changes else None
    return {
        "gaps_title": reached.gaps_title(board),
        "gaps": board.gaps[: reached.LONG],
        "groups": board.groups[: reached.LONG],
        "needed": reached.needed_words(board.reach),
        "convention": reached.convention_words(board.reach),
        "few": reached.share_words(share, serving) if share else "",
        "few_is_much": share is not None and share.share >= 0.6,
    }


def _chosen(rows: Any, show: str, day: Any, used: dict[int, Used]) -> Any:
    """The rows that a choice of the list shows."""
    if show == "asked":
        return rows.asked(day)
    if show == "much":
        return rows.serving(day).filter(_much(rows, day, used))
    if show == "no":
        return rows.on(day).filter(consent=False)
    if show == "ended":
        return rows.filter(end__lte=day)
    return rows.serving(day)


def _much(rows: Any, day: Any, used: dict[int, Used]) -> Q:
    """Said that it is too much, or uses more than was given."""
    given = rows.serving(day).values_list("pk", "hours_per_week")
    return Q(too_much_on__isnull=False) | Q(pk__in=[pk for pk, hours in given if is_over(hours, used.get(pk))])


def _choices(program: Program, day: Any, used: dict[int, Used]) -> list[tuple[str, str, int]]:
    rows = Champion.objects.of(program)
    return [(show, label, _chosen(rows, show, day, used).count()) for show, label in SHOWN.items()]


def _people(
    page: Page[Champion], loads: dict[str, Load], program: Program, day: Any, used: dict[int, Used]
) -> list[dict[str, Any]]:
    """The champions of a page, each with place, group, load and weeks; a fixed number of queries."""
    rows = list(page.rows)
    places = dict(
        Assignment.objects.on(day).filter(person__in=[row.person_id for row in rows]).values_list("person", "unit")
    )
    names, groups = unit_names(places.values(), day), group_words(rows, day)
    met = last_met(program, [row.person_id for row in rows], day)
    return [
        {
            "row": row,
            "unit": names.get(places.get(row.person_id) or 0, ""),
            "group": groups[row.pk],
            "load": loads.get(row.person.key),
            "used": used.get(row.pk),
            "met": met.get(row.person_id),
            "state": state_of(row, used.get(row.pk), day, loads.get(row.person.key)),
        }
        for row in rows
    ]


def state_of(row: Champion, used: Used | None, day: Any, load: Load | None = None) -> tuple[str, str]:
    """A mark and its words: how it stands with a champion."""
    if not row.holds(day):
        return "none", f"until {written_day(row.end)}"
    if row.consent is None:
        return ("watch", "would rather talk first") if row.wants_talk else ("note", "asked, no answer yet")
    if not row.consent:
        return "none", "said no"
    return _carrying(row, used, load)


def _carrying(row: Champion, used: Used | None, load: Load | None) -> tuple[str, str]:
    """How it stands with one who said yes."""
    if row.too_much_on:
        return "watch", "says it is too much"
    if not row.hours_per_week:
        return "watch", "no hours agreed yet"
    if is_over(row.hours_per_week, used):
        return "watch", "beyond the hours given"
    return ("good", "carries") if load is None or load.peers else ("none", "nobody near to carry")


def _lines(
    rows: Any, loads: dict[str, Load], program: Program, day: Any, *, all_of_it: bool
) -> Iterator[tuple[Any, ...]]:
    """Champions as lines of a file. all_of_it: hours, talks and meetings too, which are the change lead's."""
    listed = list(rows.select_related("person"))
    groups = group_words(listed, day)
    used = used_by(listed, day) if all_of_it else {}
    met = last_met(program, [row.person_id for row in listed], day) if all_of_it else {}
    for row in listed:
        load, weeks = loads.get(row.person.key), used.get(row.pk)
        own = (
            (row.hours_per_week, weeks.hours if weeks else "", weeks.contacts if weeks else "")
            if all_of_it
            else ("", "", "")
        )
        carried = (load.peers, load.room) if load and all_of_it else ("", "")
        group = groups[row.pk] or (load.words if load else "")
        yield (
            row.person.name,
            row.person.key,
            group,
            state_of(row, weeks, day, load)[1] if all_of_it else "",
            *own,
            *carried,
            met.get(row.person_id),
        )


def _meetings(actor: Actor, program: Program, day: Any) -> dict[str, Any]:
    rows = Meeting.objects.visible_to(actor).of(program).prefetch_related("people")
    held, ahead = list(rows.held(day)[:5]), list(rows.filter(on__gt=day).order_by("on")[:3])
    since = (day - held[0].on).days if held else None
    if since is None:
        said = "Champions have not met yet"
    elif since > LATELY_MET:
        said = f"Champions have not met for {plural(since // 7, 'week')}"
    else:
        said = f"Champions last met on {written_day(held[0].on)}"
    removed = (
        removed_lately(Meeting, program.pk, actor=actor, now=timezone.now()) if actor.may("champions.change") else []
    )
    return {
        "held": held,
        "ahead": ahead,
        "met_words": said,
        "met_late": since is None or since > LATELY_MET,
        "removed": [("coalition:put-back-meeting", one) for one in removed],
    }
