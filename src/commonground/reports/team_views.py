"""The project team: who is on it, which touched groups they come from, and what nobody on it stands for yet."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.coalition.models import Member
from commonground.guidance.context import stands
from commonground.guidance.models import Result
from commonground.guidance.results import results_for
from commonground.organization.models import Person
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.realignment.solution_views import may_agree_for
from commonground.reports.stored import grid_of
from commonground.ui.csv_response import csv_response
from commonground.ui.words import number, plural, spelled

MEMBERS = ("person", "unit", "level", "stands for", "answer", "hours a week", "manager")
CELLS = ("unit", "level", "members")
OPEN_SHOWN = 12


@gate("team.view")
def team(request: HttpRequest) -> HttpResponseBase:
    """The team as it is: out of the stored result, and the members' own rows."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    state = stands(request)
    found = results_for(actor, program, "team_coverage", "ownership_grid")
    stored = found.get("team_coverage")
    values: dict[str, Any] = {"standing": state, "stored": stored, "can_change": actor.may("team.change")}
    if stored is None:
        return render(request, "coalition/team.html", values)
    data = stored.data
    names = _names(actor, data["members"])
    # who is asked stands here at once; what they cover follows with the next run
    members = _members(actor, program, day, data)
    named = bool(members) or data["named"]
    members = members if named else _seated(data, names)
    if request.GET.get("format") == "csv":
        return _csv(request, program, data, names, members)
    rows = _rows(actor, data, names, found.get("ownership_grid"))
    openings = [{"name": name, "unit": unit, "purpose": purpose} for _, name, unit, purpose in data["open"]]
    values |= {
        "data": data,
        "named": named,
        "title": title(data, [one for one in members if one["counts"]], named=named),
        "rows": rows,
        "gaps": len(data["gaps"]),
        "cells": len(data["cells"]),
        "members": members,
        "openings": sorted(openings, key=lambda one: (not one["purpose"], one["unit"], one["name"]))[:OPEN_SHOWN],
        "more_open": max(len(openings) - OPEN_SHOWN, 0),
        "front": any(one["front"] for one in data["members"].values()),
        "freed": _freed(actor, program, day),
        "sees_people": actor.is_staff,
    }
    return render(request, "coalition/team.html", values)


def title(data: Mapping[str, Any], members: list[dict[str, Any]], *, named: bool) -> str:
    """What the page says, in a sentence."""
    if not data["cells"] and not data["in_question"]:
        return "Nobody is touched by what is told so far, so no team is asked for yet"
    if not members:
        return "Nobody is on the team yet"
    who = f"{plural(len(members), 'person is,people are')} {'on the team' if named else 'on the team, by their seats'}"
    asked = sum(1 for one in members if one["row"] is not None and one["row"].consent is None)
    if asked == len(members) and named:
        who = f"{plural(len(members), 'person is,people are')} asked to join the team"
    if few := len(data["gaps"]):
        none = f"{'has' if few == 1 else 'have'} nobody on it yet"
        return f"{who}; {spelled(few)} of {number(len(data['cells']))} touched groups {none}"
    if left := len(data["open"]):
        none = f"{'has' if left == 1 else 'have'} no owner on it yet"
        return f"{who}; {plural(left, 'process,processes')} in question {none}"
    return f"{who}: every touched unit and level, and every process in question, has somebody of theirs there"


def _names(actor: Actor, members: Mapping[str, Any]) -> dict[str, str]:
    rows = Person.objects.visible_to(actor).filter(key__in=list(members))
    return dict(rows.values_list("key", "name"))


def _rows(
    actor: Actor, data: Mapping[str, Any], names: Mapping[str, str], stored: Result | None
) -> list[dict[str, Any]]:
    """Business units with a cell for each level. How many are touched is told by the ownership grid, as far as it tells that."""
    grid = grid_of(actor, stored)
    touched = {tuple(cell) for cell in data["cells"]}
    gaps = {tuple(cell) for cell in data["gaps"]}
    there: dict[tuple[str | None, str | None], list[str]] = {}
    for key, one in data["members"].items():
        there.setdefault((one["unit"], one["level"]), []).append(names.get(key, ""))
    return [
        {
            "name": name,
            "cells": [
                {
                    "touched": (unit, level) in touched,
                    "gap": (unit, level) in gaps,
                    "members": sorted(filter(None, there.get((unit, level), ()))),
                    "count": grid.cells.get((unit, level)) if grid is not None else None,
                }
                for level in data["levels"]
            ],
        }
        for unit, name in data["units"]
    ]


def _members(actor: Actor, program: Program, day: date, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who was asked, with what was agreed, and what this actor may do about each."""
    rows = list(Member.objects.visible_to(actor).on(day).filter(program=program).select_related("person"))
    led = may_agree_for(actor, [row.person_id for row in rows], day)
    found = []
    for row in rows:
        known = data["members"].get(row.person.key, {})
        own = row.person_id == actor.person
        found.append(
            {
                "row": row,
                "name": row.person.name,
                "unit": known.get("unit_name", ""),
                "level": known.get("level") or "",
                "front": known.get("front", False),
                "why": known.get("why") or row.stands_for,
                "counts": row.consent is not False,
                "mine": own,
                "may_agree": row.person_id in led,
                "may_answer": own or actor.may("team.change"),
                "sees": actor.is_staff or own,
            }
        )
    return sorted(found, key=lambda one: (not one["counts"], one["unit"], one["name"]))


def _seated(data: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Everybody with a seat in a search, where nobody was named yet."""
    found = [
        {
            "row": None,
            "name": names[key],
            "unit": one["unit_name"],
            "level": one["level"] or "",
            "front": one["front"],
            "why": one["why"],
            "counts": True,
        }
        for key, one in data["members"].items()
        if key in names
    ]
    return sorted(found, key=lambda one: (one["unit"], one["name"]))


def _freed(actor: Actor, program: Program, day: date) -> list[Member]:
    """Places that were freed, to be given back."""
    if not actor.may("team.change"):
        return []
    gone = Member.objects.visible_to(actor).filter(program=program, end__lte=day).exclude(consent=False)
    here = Member.objects.on(day).filter(program=program).exclude(consent=False).values("person")
    return list(gone.exclude(person__in=here).select_related("person").order_by("-end")[:10])


def _csv(
    request: HttpRequest,
    program: Program,
    data: Mapping[str, Any],
    names: Mapping[str, str],
    members: list[dict[str, Any]],
) -> HttpResponseBase:
    if request.GET.get("table") == "groups":
        return csv_response(f"{program.slug} team groups", CELLS, _cell_lines(data, names))
    return csv_response(f"{program.slug} team", MEMBERS, (_line(one) for one in members))


def _cell_lines(data: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    of_unit = dict(map(tuple, data["units"]))
    for unit, level in data["cells"]:
        inside = [
            names.get(k, "") for k, one in data["members"].items() if (one["unit"], one["level"]) == (unit, level)
        ]
        yield of_unit[unit], level or "no level recorded", "; ".join(sorted(filter(None, inside))) or "nobody yet"


def _line(one: Mapping[str, Any]) -> tuple[Any, ...]:
    row = one["row"]
    agreed: tuple[Any, ...] = ("", "", "")
    if row is not None and one["sees"]:
        words = {True: "yes", False: "no", None: "not known yet"}
        agreed = (words[row.consent], row.hours_per_week, words[row.manager_agreed])
    return (one["name"], one["unit"], one["level"], "; ".join(one["why"]), *agreed)
