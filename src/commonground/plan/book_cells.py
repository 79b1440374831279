"""An activity and a module as cells of the plan’s sheets: for writing a sheet, and for telling what one changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from commonground.analysis.plan import book
from commonground.analysis.plan.audience import ATTRIBUTES, TOUCHED
from commonground.organization.models import Level, RolePeriod, UnitPeriod
from commonground.plan.training_sessions import Session
from commonground.plan.trainings import Module, Need
from commonground.programs.models import Activity, Program
from commonground.realignment.stages import SETTLED

Cell = str | date | float | int | None
FORMATS = {
    "classroom": "Classroom",
    "workshop": "Workshop",
    "hands_on": "Hands-on",
    "at_work": "At work",
    "e_learning": "eLearning",
    "self_study": "Self-study",
    "video": "Video",
    "meeting": "Meeting",
}


@dataclass(frozen=True)
class Names:
    """What units (by id and key) and roles (by id and key) are called on a day, and the dates of the phases of the whole."""

    units: Mapping[int, str]
    roles: Mapping[int, str]
    role_keys: Mapping[str, str]
    levels: Mapping[int, str]
    phases: tuple[tuple[date, date | None, str], ...] = field(default=())

    def phase_on(self, day: date | None) -> str:
        """The phase that is planned for a day; empty where none is."""
        for start, end, words in self.phases:
            if day is not None and start <= day and (end is None or day < end):
                return words
        return ""


def names_on(program: Program, day: date) -> Names:
    """The names of a day, for a sheet."""
    roles = list(RolePeriod.objects.on(day).values_list("role_id", "role__key", "name"))
    phases = program.phases.filter(unit=None).exclude(planned_from=None).order_by("planned_from")
    return Names(
        dict(UnitPeriod.objects.on(day).values_list("unit_id", "name")),
        {pk: name for pk, _, name in roles},
        {key: name for _, key, name in roles},
        dict(Level.objects.values_list("pk", "name")),
        tuple((row.planned_from, row.planned_to, f"{row.number}: {row.words}") for row in phases if row.planned_from),
    )


def audience_cell(row: Activity, names: Names, said: Mapping[str, str]) -> str:
    """Whom it is for: the words that a sheet gave where these are nobody here, else unit and attributes."""
    if said.get(book.FOR):
        return said[book.FOR]
    wanted: dict[str, str] = row.audience or {}
    parts = [names.units.get(row.unit_id, "a unit of the past")] if row.unit_id else []
    if wanted.get("role"):
        parts.append(names.role_keys.get(wanted["role"], wanted["role"]))
    if wanted.get("level"):
        parts.append(wanted["level"])
    parts += [f"{name}={wanted[name]}" for name in ATTRIBUTES if name not in ("role", "level") and wanted.get(name)]
    parts += [TOUCHED] if wanted.get(TOUCHED) else []
    return book.SEVERAL.join(parts) or book.EVERYBODY


def _status(row: Activity, sheet: str) -> str:
    if sheet == book.COMMUNICATION and row.state == "done" and row.delivered_on is not None:
        return book.SENT
    return book.SAID[sheet][row.state]


def message_cells(row: Activity, names: Names) -> dict[str, Cell]:
    """As a row of the communication plan, by the columns of `analysis.tables.book`."""
    said, rest = book.note_parts(row.note)
    return {
        "message": str(row),
        "audience": audience_cell(row, names, said),
        "channel": book.channel_of(row.kind),
        "sender": row.deliverer.name if row.deliverer else said.get(book.FROM, ""),
        "owner": row.owner.name if row.owner else said.get(book.OWNER, ""),
        "timing": said.get(book.WHEN) or row.start,
        "status": _status(row, book.COMMUNICATION),
        "notes": rest,
        "id": row.key,
    }


def step_cells(row: Activity, names: Names) -> dict[str, Cell]:
    """As a row of the roadmap."""
    said, rest = book.note_parts(row.note)
    return {
        "activity": str(row),
        "phase": said.get(book.PHASE) or names.phase_on(row.start),
        "owner": row.owner.name if row.owner else said.get(book.OWNER, ""),
        "audience": audience_cell(row, names, said),
        "status": _status(row, book.ROADMAP),
        "start_date": row.start,
        "end_date": row.last_day if row.end else None,
        "notes": rest,
        "id": row.key,
    }


def action_cells(row: Activity, names: Names) -> dict[str, Cell]:
    """As an action of the RAID log."""
    said, rest = book.note_parts(row.note)
    return {
        "id": row.key,
        "type": "Action",
        "statement": str(row),
        "owner": row.owner.name if row.owner else said.get(book.OWNER, ""),
        "response": rest,
        "due": row.last_day,
        "status": _status(row, book.RAID),
        "escalation": said.get(book.ESCALATION, ""),
    }


def told_needs(needs: Iterable[Need]) -> list[Need]:
    """Those that hang on no change which is still to be told: a file travels."""
    return [need for need in needs if need.role_fate is None or need.role_fate.stage in SETTLED]


def whom_cell(needs: Iterable[Need], names: Names) -> str:
    """For whom a module is meant, of what is told."""
    found = []
    for need in told_needs(needs):
        if need.role_id:
            found.append(names.roles.get(need.role_id, "a role of the past"))
        elif need.unit_id:
            found.append(names.units.get(need.unit_id, "a unit of the past"))
        else:
            found.append(names.levels[need.level_id] if need.level_id else book.EVERYBODY)
    return book.SEVERAL.join(found)


def shown_session(sessions: Iterable[Session], day: date) -> Session | None:
    """The session that stands in the plan: the next, else the last."""
    rows = sorted((one for one in sessions if one.on is not None), key=lambda one: (one.on or day, one.pk))
    return next((one for one in rows if one.on is not None and one.on >= day), rows[-1] if rows else None)


def lesson_cells(row: Module, needs: Iterable[Need], session: Session | None, names: Names) -> dict[str, Cell]:
    """As a row of the training plan, without what is counted."""
    trainer: Any = session.trainer if session else None
    return {
        "training_module": row.name,
        "target_role": whom_cell(needs, names),
        "format": FORMATS.get(row.format, ""),
        "duration": row.hours,
        "trainer": trainer.name if trainer else "",
        "date": session.on if session else None,
        "id": row.key,
    }
