"""A training plan as people keep it in Excel: modules with for whom each is, and the session that is named.

How many are trained is counted here from attendance, so what the sheet says of that is not read. For whom a module is because of a change
that is not told yet stands on no sheet, and stays as it is.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from commonground.analysis.facts import FORMATS
from commonground.analysis.plan import book
from commonground.intake import values
from commonground.intake.book_cells import person_of, shown_text, thing_of
from commonground.intake.plan import CHANGED, NEW, SAME, Plan
from commonground.organization.models import Level
from commonground.plan.book_cells import Cell, Names, lesson_cells, names_on, shown_session, told_needs
from commonground.plan.models import Module, Need, Session
from commonground.realignment.stages import day_of

TABLE = book.TRAINING
Whom = tuple[int | None, int | None, int | None]
COUNTED = ("target_headcount", "trained", "completion", "status")


@dataclass
class Shelf:
    """The modules that are known, each with its needs, sessions and cells as they stood before the import."""

    plan: Plan
    names: Names
    modules: dict[str, Module]
    needs: dict[int, list[Need]]
    sessions: dict[int, list[Session]]
    before: dict[int, dict[str, Cell]]
    levels: dict[str, int]


def _shelf(plan: Plan) -> Shelf:
    day = day_of(plan.at)
    needs: dict[int, list[Need]] = {}
    for need in Need.objects.filter(program=plan.program).select_related("role_fate").order_by("pk"):
        needs.setdefault(need.module_id, []).append(need)
    sessions: dict[int, list[Session]] = {}
    for session in Session.objects.filter(program=plan.program).select_related("trainer"):
        sessions.setdefault(session.module_id, []).append(session)
    names = names_on(plan.program, day)
    rows = list(Module.objects.filter(program=plan.program))
    before = {
        row.pk: lesson_cells(row, needs.get(row.pk, ()), shown_session(sessions.get(row.pk, ()), day), names)
        for row in rows
    }
    changed = plan.batch.changed.get(Module, {})
    rows = [changed[row.pk][0] if row.pk in changed else row for row in rows]  # type: ignore[misc]  # a sheet of modules came before
    made = [row for row in plan.batch.made.get(Module, []) if isinstance(row, Module)]
    levels = {name.casefold(): pk for name, pk in Level.objects.values_list("name", "pk")}
    return Shelf(plan, names, {row.key: row for row in [*rows, *made]}, needs, sessions, before, levels)


def lessons(plan: Plan) -> None:
    """Modules by id, else by name; a name that stands in several rows is one module with several sessions."""
    if TABLE not in plan.sheets:
        return
    shelf, seen = _shelf(plan), Counter[str]()
    by_name = {book.folded(row.name): row for row in reversed(shelf.modules.values())}
    rows = plan.rows(TABLE)
    whom: dict[str, list[str]] = {}
    for row in rows:
        whom.setdefault(book.folded(row.training_module), []).append(row.target_role or "")
    for at, row in enumerate(rows):
        key = row.id or ""
        module = (
            shelf.modules.get(key)
            or shelf.modules.get(f"training-{key}")
            or by_name.get(book.folded(row.training_module))
        )
        new = module is None
        if module is None:
            key = f"training-{key}"[:120] if key else book.made_key(row.training_module)
            module = plan.batch.make(Module, program=plan.program, key=key, name=row.training_module[:200])
            shelf.modules[key] = by_name[book.folded(row.training_module)] = module
        seen[module.key] += 1
        every = book.SEVERAL.join(filter(None, whom[book.folded(row.training_module)]))
        lesson = Lesson(shelf, at, row._replace(target_role=every), module, further=seen[module.key] > 1)
        changed = lesson.take()
        plan.count(TABLE, NEW if new else CHANGED if changed else SAME, (*Module.facts, *Session.facts))


@dataclass
class Lesson:
    """One row beside its module, with for whom all rows of that module say it is.

    further: an earlier row was about the same module, so this one adds a session.
    """

    shelf: Shelf
    at: int
    row: Any
    module: Module
    further: bool

    def take(self) -> bool:
        plan, row = self.shelf.plan, self.row
        found: dict[str, Any] = {}
        if self._differs("training_module"):
            found["name"] = row.training_module[:200]
        if self._differs("duration"):
            found["hours"] = self._hours()
        if self._differs("format"):
            found["format"] = self._format()
        changed = plan.batch.change(self.module, found)
        if not self.further and self._differs("target_role"):
            changed = self._needs() or changed
        if self._differs("date") or self._differs("trainer"):
            changed = self._session() or changed
        return changed

    def _differs(self, column: str) -> bool:
        if not self.shelf.plan.has(TABLE, column):
            return False
        said = shown_text(getattr(self.row, column))
        known = self.shelf.before.get(self.module.pk)
        return bool(said) if known is None else not book.same(said, shown_text(known[column]))

    def _warn(self, column: str, why: str, remedy: str) -> None:
        self.shelf.plan.warn(TABLE, self.at, column, getattr(self.row, column), why, remedy)

    def _hours(self) -> float | None:
        said = self.row.duration
        hours = book.hours_of(said) if said else None
        if said and hours is None:
            self._warn(
                "duration",
                f"“{said}” is no number of hours.",
                "It was left out. Write hours, such as 4 or 1.5, or 90 min.",
            )
            return self.module.hours
        return hours

    def _format(self) -> str:
        said = self.row.format
        try:
            return values.choice(said, FORMATS) if said else ""
        except ValueError:
            allowed = "Classroom, Workshop, Hands-on, At work, eLearning, Self-study, Video, Meeting"
            self._warn(
                "format", f"“{said}” is no form of training known here.", f"It was left out. Write one of: {allowed}."
            )
            return self.module.format

    def _needs(self) -> bool:
        """For whom it is, of what the sheet can show: roles, units, levels, everybody."""
        plan, known = self.shelf.plan, self.shelf.needs.get(self.module.pk, [])
        wanted, unknown = self._wanted()
        if unknown:
            why = f"“{unknown[0]}” is no role, unit or level here."
            self._warn(
                "target_role", why, "For whom the module is stays as it is. Add the role, or write one that is there."
            )
            return False
        all_ = {_whom(need) for need in known}
        shown = {_whom(need): need for need in told_needs(known)}
        for role, unit, level in sorted(wanted - all_, key=str):
            fate = next(iter(plan.planned.get("role", {}).get(role, ())), None)
            planned = fate.pk if fate is not None and not fate.settled else None
            where = {"role_id": role, "unit_id": unit, "level_id": level, "role_fate_id": planned}
            plan.batch.make(Need, program=plan.program, module_id=self.module.pk, **where)
        gone = [need for whom, need in shown.items() if whom not in wanted]
        for need in gone:
            plan.batch.remove(need)
        return bool(wanted - all_ or gone)

    def _wanted(self) -> tuple[set[Whom], list[str]]:
        found, unknown = set[Whom](), list[str]()
        for whole in book.parts_of(self.row.target_role or ""):
            parts = [whole] if self._one(whole) or "," not in whole else [part.strip() for part in whole.split(",")]
            for part in parts:
                one = self._one(part)
                if one is None:
                    unknown.append(part)
                else:
                    found.add(one)
        return found, unknown

    def _one(self, said: str) -> Whom | None:
        plan = self.shelf.plan
        if book.is_everybody(said):
            return None, None, None
        if (role := thing_of(plan, "roles", said)) is not None:
            return plan.ids["roles"][role], None, None
        if (unit := thing_of(plan, "units", said)) is not None:
            return None, plan.ids["units"][unit], None
        level = self.shelf.levels.get(said.casefold())
        return None if level is None else (None, None, level)

    def _session(self) -> bool:
        """The session of the row: the one that the sheet shows is moved while it is still to come, any other day is one more."""
        plan, row, day = self.shelf.plan, self.row, day_of(self.shelf.plan.at)
        there = self.shelf.sessions.setdefault(self.module.pk, [])
        shown = None if self.further else shown_session(there, day)
        session = next((one for one in there if one.on == row.date), None) if row.date else shown
        if session is None and shown is not None and shown.on is not None and shown.on >= day and not shown.held:
            session = shown
        trainer = person_of(plan, row.trainer) if row.trainer else None
        if row.trainer and trainer is None:
            why = f"“{row.trainer}” is no person here."
            self._warn("trainer", why, "The trainer was left out. Write the number, e-mail or full name of a person.")
        if session is None and row.date is None:
            return False
        if session is None:
            key = f"{self.module.key}-{row.date.isoformat()}"[-120:]
            where = {"module_id": self.module.pk, "on": row.date, "trainer_id": trainer}
            there.append(plan.batch.make(Session, program=plan.program, key=key, **where))
            return True
        found: dict[str, Any] = {"on": row.date} if row.date else {}
        if plan.has(TABLE, "trainer") and (trainer is not None or not row.trainer):
            found["trainer_id"] = trainer
        return plan.batch.change(session, found)


def _whom(need: Need) -> Whom:
    return need.role_id, need.unit_id, need.level_id
