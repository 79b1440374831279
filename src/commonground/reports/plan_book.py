"""The plan as a workbook: communication plan, training plan, RAID log, roadmap, KPI sheet and RACI matrix, as one reader may see them.

A file travels, so of what is planned for roles and processes nothing is in it that is not told yet, whoever makes it. Numbers are those of
the pages that have them; none is worked out here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from commonground.access.actor import Actor
from commonground.analysis.plan import book
from commonground.analysis.plan.kinds import kind_of
from commonground.analysis.plan.training import Coverage
from commonground.analysis.tables.book import BOOK
from commonground.guidance.training_results import TRAINING
from commonground.plan.book_cells import (
    Names,
    action_cells,
    lesson_cells,
    message_cells,
    names_on,
    shown_session,
    step_cells,
)
from commonground.plan.models import Module, Need, Session
from commonground.programs.models import Activity, Program
from commonground.realignment.stages import SETTLED
from commonground.reports.plan_book_kpi import kpis, told_result
from commonground.reports.plan_book_raci import raci
from commonground.reports.plan_book_raid import A, D, raid

Cell = Any
ABOUT_WIDTHS: Final = (20, 70, 70, 8)


@dataclass(frozen=True)
class Asked:
    """Whose workbook it is, of what, as of when, and what the letters A and D stand for."""

    actor: Actor
    program: Program
    day: date
    now: datetime
    a: str = A[0]
    d: str = D[0]


def activities_of(asked: Asked) -> list[Activity]:
    """In the order of their days."""
    rows = Activity.objects.visible_to(asked.actor).filter(program=asked.program)
    return list(rows.select_related("owner", "deliverer"))


def _row(sheet: str, cells: Mapping[str, Cell]) -> list[Cell]:
    """Cells in the order of the sheet's columns."""
    named = {_plain(column.header): column.header for column in BOOK[sheet].columns}
    return [cells.get(named[_plain(header)]) for header in book.BY_KEY[sheet].headers]


def _plain(header: str) -> str:
    return "".join(letter for letter in header.casefold() if letter.isalpha())


def messages(asked: Asked, names: Names, rows: Iterable[Activity]) -> list[list[Cell]]:
    """Activities that communicate."""
    told = [row for row in rows if kind_of(row.kind) == "communicate"]
    return [_row(book.COMMUNICATION, message_cells(row, names)) for row in told]


def steps(asked: Asked, names: Names, rows: Iterable[Activity]) -> list[list[Cell]]:
    return [_row(book.ROADMAP, step_cells(row, names)) for row in rows]


def lessons(asked: Asked, names: Names) -> list[list[Cell]]:
    """Modules of which something is told, or nobody is named yet, with how far each has come where that may be told."""
    actor, program = asked.actor, asked.program
    if not actor.may("training.view"):
        return []
    rows = Module.objects.visible_to(actor).of_view(SETTLED).filter(program=program)
    needs, sessions = dict[int, list[Need]](), dict[int, list[Session]]()
    for need in Need.objects.visible_to(actor).filter(program=program).select_related("role_fate").order_by("pk"):
        needs.setdefault(need.module_id, []).append(need)
    for session in Session.objects.visible_to(actor).filter(program=program).select_related("trainer"):
        sessions.setdefault(session.module_id, []).append(session)
    data = told_result(actor, program, TRAINING)
    found = []
    for row in rows.order_by("name", "pk"):
        shown = shown_session(sessions.get(row.pk, ()), asked.day)
        cells: dict[str, Cell] = dict(lesson_cells(row, needs.get(row.pk, ()), shown, names))
        found.append(_row(book.TRAINING, cells | _counted(actor, data, row.key, shown, asked.day)))
    return found


def _counted(actor: Actor, data: Mapping[str, Any], key: str, session: Session | None, day: date) -> dict[str, Cell]:
    """Headcount, trained, completion and status: for whoever knows the people of a module, else only where they are enough."""
    known = data.get("modules", {}).get(key)
    counts = Coverage(*known["coverage"]) if known else None
    if counts is not None and not actor.may("training.change") and counts.needed < data["threshold"]:
        counts = None
    ahead = session is not None and session.on is not None and session.on >= day
    if counts is None or not counts.needed:
        return {"status": "Scheduled" if ahead else None}
    share = round(100 * counts.trained / counts.needed, 1)
    done = (
        "Complete" if not counts.left else "In Progress" if counts.trained else "Scheduled" if ahead else "Not Started"
    )
    return {
        "target_headcount": counts.needed,
        "trained": counts.trained,
        "completion": share,
        "status": done,
    }


def sheets(asked: Asked, only: str = "") -> dict[str, list[list[Cell]]]:
    """Rows of every sheet, by its key; of one sheet where `only` names it."""
    names = names_on(asked.program, asked.day)
    rows = activities_of(asked) if only not in (book.TRAINING, book.KPI) else []
    makers: Mapping[str, Callable[[], list[list[Cell]]]] = {
        book.COMMUNICATION: lambda: messages(asked, names, rows),
        book.TRAINING: lambda: lessons(asked, names),
        book.RAID: lambda: raid(
            asked.actor, asked.program, _actions(names, rows) if asked.a == A[0] else None, asked.d
        ),
        book.ROADMAP: lambda: steps(asked, names, rows),
        book.KPI: lambda: kpis(asked.actor, asked.program, asked.day, asked.now),
        book.RACI: lambda: raci(asked.actor, asked.program, asked.day, names, rows),
    }
    return {key: make() for key, make in makers.items() if only in ("", key)}


def _actions(names: Names, rows: Iterable[Activity]) -> list[list[Cell]]:
    """Activities that are still open, as actions of a RAID log."""
    return [_row(book.RAID, action_cells(row, names)) for row in rows if row.state in ("planned", "running")]


def workbook(asked: Asked) -> tuple[list[tuple[str, Sequence[str], list[Any]]], dict[str, Sequence[int]]]:
    """Every sheet as name, headers and rows, “About” first; and the widths of each."""
    made = sheets(asked)
    choices = {"A in RAID": f"{asked.a.capitalize()}", "D in RAID": f"{asked.d.capitalize()}"}
    for letter, name in (("A", asked.a), ("D", asked.d)):
        kind = name.removesuffix("s").replace("dependencie", "dependency").capitalize()
        if not any(row[1] == kind for row in made[book.RAID]):
            choices[f"{letter} in RAID"] += ": none recorded yet"
    about = book.about(
        asked.program.name, asked.day.isoformat(), choices, {key: len(rows) for key, rows in made.items()}
    )
    found: list[tuple[str, Sequence[str], list[Any]]] = [(book.ABOUT, ("About this file", "", "", ""), list(about))]
    found += [(sheet.name, sheet.headers, made[sheet.key]) for sheet in book.SHEETS]
    widths: dict[str, Sequence[int]] = {book.ABOUT: ABOUT_WIDTHS}
    widths |= {sheet.name: [width for _, width in sheet.columns] for sheet in book.SHEETS}
    return found, widths
