"""Pages of cascades: the list, one as a tree with who has heard and when, and who has not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.communication.cascade_building import how_many_new
from commonground.communication.cascade_overview import (
    LATE,
    OPEN,
    OUT,
    WAITING,
    WORDS,
    Names,
    Node,
    Overview,
    by_business_unit,
    counts_of,
    names_for,
    overview,
)
from commonground.communication.cascade_picture import drawn, strips
from commonground.communication.cascades import CASCADE_STATES, Cascade, Hearer
from commonground.communication.messages import Message
from commonground.communication.tabs import MESSAGES, tabs_of
from commonground.organization.models import Assignment
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.realignment.names import unit_words
from commonground.ui.asked import id_asked
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import plural

WIDE, NARROW = 1100, 340
MOST_LISTED, LEVELS_LISTED = 60, 2
LIST_HEADER = ("message", "state", "who begins", "first day", "talks", "held", "window over", "first held", "last held")
TALK_HEADER = (
    "unit",
    "who tells it",
    "people",
    "hear it to pass it on",
    "opens",
    "until",
    "held on",
    "were there",
    "state",
)
PEOPLE_HEADER = ("id", "name", "unit", "who tells them", "opens", "until")
NEWEST = Keyset(("-pk",), size=40)
BY_NAME = Keyset(("person__name", "pk"), size=50)
SHAPES = {"held": "good", LATE: "watch", OPEN: "note"}


@gate("cascade.view")
def cascades(request: HttpRequest) -> HttpResponseBase:
    """Which news goes from team to team, and how far has it come?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    rows = Cascade.objects.visible_to(actor).of(program).select_related("message", "first")
    state = request.GET.get("state", "")
    rows = rows.filter(state=state) if state in CASCADE_STATES else rows
    if request.GET.get("format") == "csv":
        return csv_response("cascades", LIST_HEADER, _list_rows(rows, day))
    page = NEWEST.page(rows, request.GET.get("after", ""))
    counts = counts_of(page.rows, day)
    late = sum(one.late for one in counts.values())
    values = {
        "tabs": tabs_of(MESSAGES, actor, program),
        "page": page,
        "lines": [(row, counts.get(row.pk)) for row in page.rows],
        "states": CASCADE_STATES,
        "asked": bool(state),
        "title": _list_title(len(page.rows), late),
        "can_change": actor.may("cascade.change"),
    }
    return render(request, "communication/cascades.html", values)


def _list_title(rows: int, late: int) -> str:
    if not rows:
        return "Cascades"
    if late:
        return (
            f"{plural(late, 'talk')} should have been held by now"
            if late > 1
            else "One talk should have been held by now"
        )
    return "Every talk that was due is held"


def _list_rows(rows: Any, day: date) -> list[tuple[Any, ...]]:
    found = list(rows)
    counts = counts_of(found, day)
    lines = []
    for row in found:
        one = counts.get(row.pk)
        numbers = (one.talks, one.held, one.late, one.first, one.last) if one else (0, 0, 0, None, None)
        lines.append(
            (row.message.title, row.get_state_display(), row.first.name if row.first else "", row.opens, *numbers)
        )
    return lines


def cascade_of(request: HttpRequest, pk: int) -> Cascade:
    rows = Cascade.objects.select_related("message", "first", "program")
    return rows.get_for(actor_of(request), program=program_of(request), pk=pk)


@gate("cascade.view")
def cascade(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who tells whom, who has heard, and how far apart are the days?"""
    actor, program, day, row = actor_of(request), program_of(request), as_of(request), cascade_of(request, pk)
    found = overview(row, day)
    top = _asked(found, request.GET.get("from", ""))
    roots = [top] if top else list(found.roots)
    listed = _listed(roots)
    names = names_for([*_near(roots), *listed], actor, day)
    lines = by_business_unit(found, day)
    values = {
        "row": row,
        "crumbs_before": crumbs(program),
        "found": found,
        "top": top,
        "trail": [(one, names_for([one], actor, day).unit(one)) for one in _trail(found, top)],
        "wide": drawn(roots, names, WIDE),
        "narrow": drawn(roots, names, NARROW),
        "lines": [_line(node, names, day) for node in listed],
        "more": sum(root.talks for root in roots) - sum(node.state != OUT for node in listed),
        "words": WORDS,
        "strips": strips(lines, row.started_on or row.opens, day),
        "units": lines,
        "title": _title(row, found),
        "late": found.of(LATE),
        "open": found.of(OPEN),
        "can_change": actor.may("cascade.change"),
        "new": _new(row, day) if actor.may("cascade.change") else 0,
        "day": day,
    }
    return render(request, "communication/cascade.html", values)


def crumbs(program: Program) -> list[tuple[str, str]]:
    return [("Cascades", reverse("communication:cascades", kwargs={"program": program.slug}))]


def _new(row: Cascade, day: date) -> int:
    """How many came into the audience since; asked only while it matters."""
    return how_many_new(row, day) if row.is_running else 0


def _asked(found: Overview, text: str) -> Node | None:
    pk = id_asked(text)
    return found.nodes.get(pk) if pk is not None else None


def _trail(found: Overview, top: Node | None) -> list[Node]:
    """From the top down to a talk, itself left out."""
    trail: list[Node] = []
    one = found.nodes.get(top.above) if top and top.above else None
    while one is not None:
        trail.insert(0, one)
        one = found.nodes.get(one.above) if one.above else None
    return trail


def _near(roots: Sequence[Node]) -> list[Node]:
    """The talks that a picture may name: few enough to be read in it."""
    found: list[Node] = list(roots)
    level = list(roots)
    while level and len(found) < 400:
        level = [one for node in level for one in node.below][:200]
        found += level
    return found


def _listed(roots: Sequence[Node]) -> list[Node]:
    """The talks of the list below the picture: all where they are few, else the levels that fit."""
    everything = [node for root in roots for node in root.walk()]
    if len(everything) <= MOST_LISTED:
        return everything
    least = min(node.depth for node in everything)
    return [node for node in everything if node.depth < least + LEVELS_LISTED][:MOST_LISTED]


def _line(node: Node, names: Names, day: date) -> dict[str, Any]:
    return {
        "node": node,
        "unit": names.unit(node),
        "who": names.speaker(node),
        "line": names.line(node),
        "level": min(node.depth, 5),
        "about": node.expected if node.state == WAITING and node.expected and node.expected >= day else None,
        "shape": SHAPES.get(node.state, ""),
        "word": WORDS[node.state],
    }


def _title(row: Cascade, found: Overview) -> str:
    name = f"“{row.message.title}”"
    if row.is_proposed:
        return f"{name} would reach {plural(found.people, 'person,people')} in {plural(found.talks, 'talk')}"
    if not found.rest.people:
        return f"{name} has reached all {plural(found.people, 'person,people')}"
    return f"{plural(found.rest.people, 'person has,people have')} not heard {name} yet, of {found.people:,}"


@gate("cascade.view")
def not_heard(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which talks are still to come, and who has not heard?"""
    actor, program, day, row = actor_of(request), program_of(request), as_of(request), cascade_of(request, pk)
    people = request.GET.get("list") == "people"
    found = overview(row, day)
    values: dict[str, Any] = {
        "row": row,
        "crumbs_before": [*crumbs(program), (row.message.title, cascade_at(row))],
        "found": found,
        "people": people,
        "title": f"{plural(found.rest.people, 'person has,people have')} not heard “{row.message.title}” yet",
        "counts": {state: len(found.of(state)) for state in (LATE, OPEN, WAITING)},
        "words": WORDS,
    }
    if people:
        rows = _people(row, actor)
        if request.GET.get("format") == "csv":
            return csv_response(f"{row.message.title} not heard", PEOPLE_HEADER, _people_lines(list(rows), actor, day))
        page = BY_NAME.page(rows, request.GET.get("after", ""))
        values |= {"page": page, "lines": _people_lines(page.rows, actor, day), "many": rows.count()}
    else:
        state = request.GET.get("state", "")
        nodes = found.of(state) if state in values["counts"] else found.of(LATE, OPEN, WAITING)
        nodes.sort(key=lambda node: (node.closes or date.max, node.depth, node.pk))
        if request.GET.get("format") == "csv":
            return csv_response(f"{row.message.title} talks to come", TALK_HEADER, _talk_lines(nodes, actor, day))
        shown = nodes[:200]
        names = names_for(shown, actor, day)
        values |= {
            "lines": [_line(node, names, day) for node in shown],
            "more": len(nodes) - len(shown),
            "many": len(nodes),
        }
    return render(request, "communication/not_heard.html", values)


def cascade_at(row: Cascade) -> str:
    return reverse("communication:cascade", kwargs={"program": row.program.slug, "pk": row.pk})


def by_talks(message: Message, actor: Actor) -> str:
    """Where the talks of a message stand, or where they are proposed; empty for whoever may do neither."""
    row = Cascade.objects.visible_to(actor).select_related("program").filter(message=message).first()
    if row is not None:
        return cascade_at(row)
    if not message.is_inside or not actor.may("cascade.change"):
        return ""
    return f"{reverse('communication:add-cascade', kwargs={'program': message.program.slug})}?message={message.pk}"


def _people(row: Cascade, actor: Actor) -> Any:
    """Those of the audience whose talk is still to come, as far as the actor sees them. Who was away is known to nobody by name."""
    rows = Hearer.objects.visible_to(actor).filter(step__cascade=row, carries=False, step__delivered_on=None)
    return rows.select_related("person", "step__deliverer", "step__deputy")


def _people_lines(rows: Sequence[Hearer], actor: Actor, day: date) -> list[tuple[Any, ...]]:
    people = [one.person_id for one in rows]
    there = Assignment.objects.visible_to(actor).on(day)
    units = dict((there.filter(person__in=people) if len(people) < 500 else there).values_list("person", "unit"))
    words = unit_words(set(units.values()), day)
    return [
        (
            one.person.key,
            one.person.name,
            words.get(units.get(one.person_id) or 0, ""),
            one.step.speaker.name if one.step.speaker else "",
            one.step.opens,
            one.step.closes,
        )
        for one in rows
    ]


def _talk_lines(nodes: Sequence[Node], actor: Actor, day: date) -> list[tuple[Any, ...]]:
    names = names_for(nodes, actor, day)
    return [
        (
            names.unit(node),
            names.speaker(node),
            node.people,
            node.carriers,
            node.opens,
            node.last_day,
            node.delivered_on,
            node.heard,
            WORDS[node.state],
        )
        for node in nodes
        if node.state != OUT
    ]
