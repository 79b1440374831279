"""The load: hours asked of a person, by unit and month, what is too much, and what to move so that it falls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from numpy.typing import NDArray

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.plan.load import Cell, Load, month_of
from commonground.analysis.plan.moving import Move, Proposal, what_to_move
from commonground.guidance.context import findings_seen, stands
from commonground.organization.fields import unit_names
from commonground.plan.chosen import about
from commonground.plan.models import Blackout, Capacity
from commonground.plan.moves import move_all
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.programs.register import CannotError, removed_lately
from commonground.reports.plan_reading import Standing, standing
from commonground.ui.csv_response import csv_response
from commonground.ui.words import spelled

MONTHS = 7  # shown at once
MOST = 5  # activities named in a sentence


@dataclass(frozen=True)
class Box:
    """A cell on the page. before: hours before the moves that are looked at. level: how full, in fifths of the room, 0 where nothing is.

    closed: why the unit cannot on some days of the month. who: of which unit it is, where the row is of several.
    """

    cell: Cell | None
    before: float | None = None
    level: int = 0
    closed: str = ""
    who: str = ""

    @property
    def changed(self) -> bool:
        return self.before is not None and abs(self.before - (self.cell.hours if self.cell else 0)) > 0.04

    @property
    def too_much(self) -> bool:
        return bool(self.cell and self.cell.over)


@dataclass(frozen=True)
class Row:
    """A unit on the page."""

    name: str
    key: str
    unit: int | None
    people: int
    boxes: Sequence[Box]
    worst: int
    units: int


@dataclass(frozen=True)
class Choice:
    """A move on the page. days: where it could begin instead, as (day, weeks). to: the day that is looked at, None where it stays."""

    key: str
    name: str
    unit: str
    start: date | None
    hours: float
    to: date | None
    ways: Sequence[tuple[date, int]]


@gate("plan.view")
def load(request: HttpRequest) -> HttpResponseBase:
    """Where is more asked of people than there is room for, and what could wait? `?move=key:day` shows the load after these moves."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    state = stands(request)
    findings_seen(request)
    known = standing(actor, program, day)
    values: dict[str, Any] = {**about(request, "load"), **_room(actor, program, day), "known": known, "standing": state}
    if known is None:
        return render(request, "reports/plan_load.html", {**values, "title": "The load is being counted"})
    moves, refused = moves_asked(request, known.load)
    after = known.load.moved(moves)
    months = _months(request, known.load, day)
    inside = request.GET.get("in", "") if request.GET.get("in", "") in known.crowd.within else ""
    rows = _rows(known, after, months, inside, looked=bool(moves))
    if request.GET.get("format") == "csv":
        return csv_response(
            f"{program.slug} load", ("unit", "people", "month", "hours each", "room", "too much"), _csv(known, after)
        )
    proposal = None if moves else what_to_move(known.load, day)
    values |= {
        "title": title(after, day, looked=bool(moves)),
        "stored": known.stored,
        "rows": rows,
        "inside": known.name(inside) if inside else "",
        "months": months,
        "earlier": _step(months, -MONTHS),
        "later": _step(months, MONTHS),
        "over": _over(known, after, day),
        "clashes": _clashes(known, after, day),
        "proposal": _proposal(known, proposal),
        "looked": bool(moves),
        "refused": refused,
        "fell": (known.load.too_much(day) // 60, after.too_much(day) // 60),
        "choices": _choices(known, moves, day, proposal),
        "undated": sum(1 for task in known.load.tasks if task.start is None and task.minutes),
        "asks": any(task.minutes for task in known.load.tasks),
        "has_room": bool(known.load.rooms),
        "can_move": actor.may("plan.change"),
        "least": 8,
    }
    return render(request, "reports/plan_load.html", values)


def moves_asked(request: HttpRequest, load: Load) -> tuple[dict[str, date], str]:
    """Activity → day, of `move=key:day` or of the fields `to-key`; and a sentence where one of them cannot be."""
    got = request.POST if request.method == "POST" else request.GET
    asked = [(one.rpartition(":")[0], one.rpartition(":")[2]) for one in got.getlist("move")]
    asked += [(name[3:], str(value)) for name, value in got.items() if name.startswith("to-")]
    known = {task.key: task for task in load.tasks}
    found: dict[str, date] = {}
    for key, text in asked:
        task = known.get(key)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            continue
        if task is None or task.start == day:
            continue
        if task.earliest is None or task.latest is None or not task.earliest <= day <= task.latest:
            return found, "One of these can no longer begin on that day, so it stays where it is."
        found[key] = day
    return found, ""


@gate("plan.change")
@require_POST
def move(request: HttpRequest) -> HttpResponseBase:
    """Moves what was looked at, in one step."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    back, known = reverse("plan:load", kwargs={"program": program.slug}), standing(actor, program, day)
    if known is None:
        return redirect(back)
    moves, refused = moves_asked(request, known.load)

    def act() -> str:
        if refused or not moves:
            raise CannotError(refused or "Nothing was moved: choose another day for at least one activity.")
        before, after = known.load.too_much(day), known.load.moved(moves).too_much(day)
        move_all([(known.rows[key], to) for key, to in moves.items()], by=actor, at=timezone.now())
        noun = "activity" if len(moves) == 1 else "activities"
        return (
            f"{spelled(len(moves)).capitalize()} {noun} moved: from {before // 60:,} hours too much to {after // 60:,}."
        )

    return pages.do(request, act, back=back)


def title(load: Load, day: date, *, looked: bool) -> str:
    """What the page says, in a sentence."""
    over = [cell for cell in load.overloads if cell.month >= month_of(day)]
    start = "With these moves, " if looked else ""
    if not any(task.minutes for task in load.tasks):
        return "No activity says yet what it asks of people"
    if not load.rooms and not load.blackouts:
        return "Nobody has said yet how many hours there is room for"
    if not over:
        said = "no unit is asked for more than it has room for"
        return start + said if looked else said.capitalize()
    units = len({cell.unit for cell in over})
    said = f"{spelled(units)} {'unit is' if units == 1 else 'units are'} asked for more than there is room for"
    return start + said if looked else said.capitalize()


def _months(request: HttpRequest, load: Load, day: date) -> list[date]:
    """The months that are shown: from this one, or from `?from=`."""
    try:
        first = date.fromisoformat(f"{request.GET.get('from', '')}-01")
    except ValueError:
        first = month_of(day)
    return [_after(first, number) for number in range(MONTHS)]


def _after(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _step(months: Sequence[date], by: int) -> str:
    return f"{_after(months[0], by):%Y-%m}"


def _rows(known: Standing, after: Load, months: Sequence[date], inside: str, *, looked: bool) -> list[Row]:
    """Units that are asked for anything in these months, the fullest first. inside: of which unit those within are shown one by one.

    Otherwise business units, each with what is asked in the fullest of its units: an average would hide that.
    """
    members: dict[str, list[str]] = {}
    for unit in after.people:
        chain = known.crowd.within.get(unit, (unit,))
        if inside:
            members.setdefault(unit, []).extend([unit] if inside in chain else [])
        else:
            members.setdefault(chain[-2] if len(chain) > 1 else unit, []).append(unit)
    full = {month: after.fullness(month) for month in months}
    found = []
    for unit, units in members.items():
        if not units:
            continue
        at = np.array([after.grid.place[one] for one in units])
        boxes = [_fullest(known, after, at, month, full[month], looked=looked) for month in months]
        if not any(box.cell or box.before for box in boxes):
            continue
        people = int(after.grid.people[at].sum())
        worst = max(
            (box.cell.over * 1000 // max(box.cell.people, 1) + box.level for box in boxes if box.cell), default=0
        )
        found.append(Row(known.name(unit), unit, known.units.get(unit), people, boxes, worst, len(units)))
    return sorted(found, key=lambda row: (-row.worst, row.name))


def _fullest(
    known: Standing,
    after: Load,
    at: NDArray[np.int64],
    month: date,
    full: tuple[NDArray[np.int64], NDArray[np.float64]],
    *,
    looked: bool,
) -> Box:
    """Of the cells of several units the one with least room left; it says whose it is where others are asked for less.

    at: the places of these units.
    """
    grid, none = after.grid, np.zeros(len(after.grid.units), dtype=np.int64)
    hours = grid.minutes.get(month, none)[at] / np.maximum(grid.people[at], 1)
    before = known.load.grid.minutes.get(month, none)[at] if looked else none[at]
    worst = np.lexsort((-np.arange(len(at)), before, full[1][at], full[0][at]))[-1]
    box = _box(known, after, grid.units[at[worst]], month, looked=looked)
    return replace(box, who="") if np.ptp(np.round(hours / 60, 1)) == 0 else box


def _box(known: Standing, after: Load, unit: str, month: date, *, looked: bool) -> Box:
    cell, old = after.cell(unit, month), known.load.cell(unit, month) if looked else None
    closed = next(
        (
            row.why or "cannot on some days"
            for row in after.blackouts
            if row.start < _after(month, 1) and row.end > month and (row.unit is None or row.unit in after.above(unit))
        ),
        "",
    )
    level = 0
    if cell and cell.minutes:
        level = 3 if cell.room is None else min(5, 1 + int(4 * cell.minutes / max(cell.room * cell.people, 1)))
    return Box(cell, (old.hours if old else 0.0) if looked else None, level, closed, known.name(unit))


def _over(known: Standing, after: Load, day: date) -> list[dict[str, Any]]:
    """Too much, the worst first, with what asks for it."""
    cells = [cell for cell in after.overloads if cell.month >= month_of(day)][:8]
    return [
        {
            "unit": known.name(cell.unit),
            "month": f"{cell.month:%B %Y}",
            "hours": cell.hours,
            "room": cell.room_hours,
            "people": cell.people,
            "by": [known.rows[key] for key in cell.tasks[:MOST] if key in known.rows],
        }
        for cell in cells
    ]


def _clashes(known: Standing, after: Load, day: date) -> list[dict[str, Any]]:
    """Activities on days on which a unit cannot; one line for each of them and its time."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for clash in after.clashes:
        if clash.blackout.end <= day or clash.task not in known.rows:
            continue
        key = (clash.task, clash.blackout)
        if key not in found:
            whose = clash.blackout.unit
            found[key] = {
                "row": known.rows[clash.task],
                "unit": known.name(whose) if whose else "Everybody",
                "closed": clash.blackout,
                "days": clash.days,
            }
    return list(found.values())[:8]


def _proposal(known: Standing, proposal: Proposal | None) -> dict[str, Any] | None:
    if proposal is None:
        return None
    return {
        "moves": [(known.rows[one.task], one) for one in proposal.moves],
        "query": "&".join(f"move={one.task}:{one.to}" for one in proposal.moves),
        "before": proposal.before // 60,
        "after": proposal.after // 60,
        "fewest": proposal.fewest,
        "number": spelled(len(proposal.moves)).capitalize(),
        "changes": [
            (known.name(unit), f"{month:%b %Y}", was / 60 / people, now / 60 / people)
            for unit, month, was, now in proposal.changes(known.load)
            if (people := known.load.people.get(unit, 0))
        ][:12],
    }


def _choices(known: Standing, moves: Mapping[str, date], day: date, proposal: Proposal | None) -> list[Choice]:
    """What could begin on another day: what stands where there is too much first, then the nearest."""
    over = {key for cell in known.load.overloads if cell.month >= month_of(day) for key in cell.tasks}
    over |= {clash.task for clash in known.load.clashes}
    named = unit_names_of(known)
    found = []
    for task in known.load.tasks:
        if task.earliest is None or task.latest is None or task.start is None or not task.minutes:
            continue
        if task.key not in over and task.key not in moves:
            continue
        ways = [(one.to, one.weeks) for one in _ways(task.key, task.start, task.earliest, task.latest)]
        row = known.rows[task.key]
        hours = task.minutes / 60
        found.append(Choice(task.key, str(row), named(row), task.start, hours, moves.get(task.key), ways))
    return sorted(found, key=lambda one: (one.start or day, one.name))[:12]


def _ways(key: str, start: date, earliest: date, latest: date) -> list[Move]:
    back, ahead = (start - earliest).days // 7, (latest - start).days // 7
    return [
        Move(key, start, date.fromordinal(start.toordinal() + 7 * week)) for week in range(-back, ahead + 1) if week
    ]


def unit_names_of(known: Standing) -> Any:
    keys = {pk: key for key, pk in known.units.items()}
    return lambda row: known.name(keys.get(row.unit_id, "")) if row.unit_id else "the whole"


def _csv(known: Standing, after: Load) -> list[tuple[Any, ...]]:
    return [
        (
            known.name(cell.unit),
            cell.people,
            f"{cell.month:%Y-%m}",
            round(cell.hours, 2),
            cell.room_hours,
            bool(cell.over),
        )
        for cell in after.cells
    ]


def _room(actor: Actor, program: Program, day: date) -> dict[str, Any]:
    """What there is room for, and when units cannot, as the rows that were entered."""
    capacity = list(Capacity.objects.visible_to(actor).filter(program=program))
    closed = list(Blackout.objects.visible_to(actor).filter(program=program, end__gt=day))
    names = unit_names(actor, day, {row.unit_id for row in (*capacity, *closed) if row.unit_id})
    can = actor.may("capacity.change")
    now = timezone.now()
    removed = [
        (f"plan:put-back-{model._meta.model_name}", one)
        for model in (Capacity, Blackout)
        for one in (removed_lately(model, program.pk, actor=actor, now=now) if can else ())
    ]
    return {
        "capacity": [
            (row, names.get(row.unit_id, "a former unit") if row.unit_id else "every unit") for row in capacity
        ],
        "closed": [(row, names.get(row.unit_id, "a former unit") if row.unit_id else "every unit") for row in closed],
        "can_room": can,
        "removed": removed,
    }
