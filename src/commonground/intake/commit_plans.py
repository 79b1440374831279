"""What sheets say is planned for processes, roles and people: always drafts, with the importer as the one named reader.

Only a sheet of stages carries them further, by the days that it gives and the rules of `realignment.stages`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from commonground.analysis.facts import Stage
from commonground.intake.plan import CHANGED, NEW, SAME, Plan
from commonground.realignment.models import HolderPath, ProcessFate, RoleFate
from commonground.realignment.stages import CONSULTED, DRAFT, IN_FORCE, ORDER, TOLD, day_of

Staged = ProcessFate | RoleFate | HolderPath
NOT_YOURS = ("There is a plan for this already that is not yours to see.", "Ask whoever leads the program.")
REACHED = ((IN_FORCE, "in_force"), (TOLD, "told"), (CONSULTED, "consulted"))


def process_fates(plan: Plan) -> None:
    """Drafts of what is to become of processes."""
    known = _known(plan, ProcessFate, lambda row: row.process_id)
    owners: Any = ProcessFate.to_owners.through
    named: dict[int, dict[int, Any]] = {}
    for link in owners.objects.filter(processfate__program=plan.program):
        named.setdefault(link.processfate_id, {})[link.person_id] = link
    for row in plan.rows("processes"):
        if row.fate is None:
            continue
        process = plan.ids["processes"][row.id]
        values = {"fate": row.fate}
        values |= {"to_unit_id": plan.id_of("units", row.to_unit)} if plan.has("processes", "to_unit") else {}
        values |= {"effective": row.effective} if plan.has("processes", "effective") else {}
        wanted = {plan.ids["people"][one] for one in row.to_answers_for}
        fate = known.get(process)
        others = plan.has("processes", "to_answers_for") and fate is not None and wanted != set(named.get(fate.pk, ()))
        fate = _draft(plan, ProcessFate, fate, values, ("processes", row), others=others, process_id=process)
        if fate is None:
            continue
        known[process] = fate
        there = named.get(fate.pk, {})
        for person in sorted(wanted - there.keys()):
            plan.batch.make(owners, processfate_id=fate.pk, person_id=person)
        for person in sorted(there.keys() - wanted) if others else ():
            plan.batch.remove(there[person])
    plan.planned["process"] = {key: [row] for key, row in known.items()}


def role_fates(plan: Plan) -> None:
    """Drafts of what is to become of roles. New words for a role without a fate change it."""
    known = _known(plan, RoleFate, lambda row: row.role_id)
    for row in plan.rows("roles"):
        fate = row.fate or ("change" if row.definition_after else None)
        if fate is None:
            continue
        values = {"fate": fate}
        values |= {"definition_after": row.definition_after or ""} if plan.has("roles", "definition_after") else {}
        values |= {"effective": row.effective} if plan.has("roles", "effective") else {}
        role = plan.ids["roles"][row.id]
        drafted = _draft(plan, RoleFate, known.get(role), values, ("roles", row), role_id=role)
        if drafted is not None:
            known[role] = drafted
    plan.planned["role"] = {key: [row] for key, row in known.items()}


def role_fate(plan: Plan, table: str, row: Any, effective: date | None = None) -> RoleFate | None:
    """The plan of the role that a row is about, drafted when there is none yet; None when it may not be touched."""
    role = plan.ids["roles"][row.role]
    known = plan.planned["role"]
    if role not in known:
        values = {"fate": "change", "effective": effective}
        drafted = _draft(plan, RoleFate, None, values, (table, row), role_id=role)
        if drafted is None:
            return None
        known[role] = [drafted]
    fate = known[role][0]
    if not plan.sees(fate):
        _refuse(plan, (table, row), *NOT_YOURS)
        return None
    if effective is not None and not fate.settled:
        plan.batch.change(fate, {"effective": effective})
    return fate  # type: ignore[no-any-return]


def paths(plan: Plan) -> None:
    """Drafts of where holders of roles go."""
    known = _known(plan, HolderPath, lambda row: (row.person_id, row.role_id))
    for row in plan.rows("paths"):
        if row.fate == "new_role" and row.to_role is None:
            why = "A path to a new role does not say which."
            plan.refuse("paths", plan.position("paths", row), "to_role", None, why, "Name the role, or write open.")
            continue
        person, role = plan.ids["people"][row.person], plan.ids["roles"][row.role]
        values = {
            "fate": row.fate,
            "to_role_id": plan.id_of("roles", row.to_role),
            "to_unit_id": plan.id_of("units", row.to_unit),
            "to_manager_id": plan.id_of("people", row.to_manager),
            "effective": row.effective,
        }
        columns = {"to_role_id": "to_role", "to_unit_id": "to_unit", "to_manager_id": "to_manager"}
        values = {name: value for name, value in values.items() if plan.has("paths", columns.get(name, name))}
        before = known.get((person, role))
        drafted = _draft(plan, HolderPath, before, values, ("paths", row), counted=True, person_id=person, role_id=role)
        if drafted is not None:
            known[person, role] = drafted
    by_person: dict[Any, list[Any]] = {}
    for (person, _), path in known.items():
        by_person.setdefault(person, []).append(path)
    plan.planned["path"] = by_person


def _known(plan: Plan, model: Any, key: Callable[[Any], Any]) -> dict[Any, Any]:
    rows = list(model.objects.filter(program=plan.program))
    seen = model.objects.visible_to(plan.by).filter(program=plan.program).values_list("pk", flat=True)
    plan.seen |= {(model, pk) for pk in seen}
    return {key(row): row for row in rows}


def _draft(
    plan: Plan,
    model: Any,
    before: Any,
    values: Mapping[str, Any],
    about: tuple[str, Any],
    *,
    others: bool = False,
    counted: bool = False,
    **key: int,
) -> Any:
    """Makes or changes a draft; None, the row being refused, when it is not the importer's to change.

    others: whether more than `values` differs.
    """
    table = about[0]
    if before is None:
        if plan.by.user is None:
            _refuse(plan, about, "A draft needs somebody who may read it.", "Say who brings the sheet, with --as.")
            return None
        made = plan.batch.make(model, program=plan.program, stage=DRAFT, drafted_by_id=plan.by.user, **key, **values)
        readers = model.readers.through
        column = f"{model._meta.model_name}_id"
        plan.batch.make(readers, **{column: made.pk, "user_id": plan.by.user})
        plan.seen.add((model, made.pk))
        _told(plan, model, table, NEW, counted)
        return made
    differs = others or any(getattr(before, name) != value for name, value in values.items())
    if not plan.sees(before):  # also where nothing differs: “unchanged” would say what the plan is
        _refuse(plan, about, *NOT_YOURS)
        return None
    if differs and before.settled:
        why = "Those concerned have been told what is planned; a sheet does not change it under their eyes."
        _refuse(plan, about, why, "Take it off the screens to revise it, or leave these columns as they were.")
        return None
    plan.batch.change(before, values)
    _told(plan, model, table, CHANGED if differs else SAME, counted)
    return before


def _told(plan: Plan, model: Any, table: str, how: str, counted: bool) -> None:
    """Counts a plan that has a sheet of its own; fates stand in the sheets of their things, which are counted already."""
    if counted:
        plan.count(table, how, model.facts)
    elif how != SAME:
        plan.facts.update(model.facts)
        plan.count("plans", how, ())


def _refuse(plan: Plan, about: tuple[str, Any], why: str, remedy: str) -> None:
    table, row = about
    column = "fate" if table in ("processes", "roles", "paths") else "role"
    plan.refuse(table, plan.position(table, row), column, getattr(row, column), why, remedy)


def stages(plan: Plan) -> None:
    """Carries planned rows as far as a sheet says their word has gone."""
    tables = {"process": "processes", "role": "roles", "path": "people"}
    for row in plan.rows("stages"):
        planned = plan.planned[row.kind].get(plan.ids[tables[row.kind]].get(row.id), [])
        steps = [(one, _further(one, row)) for one in planned if plan.sees(one)]
        fault = None if steps else ("There is no plan of yours for it.", "Give its fate first.")
        if any(values for _, values in steps):
            fault = fault or _fault(plan, row)
        if fault:
            plan.refuse("stages", plan.position("stages", row), "id", row.id, *fault)
            continue
        plan.count("stages", CHANGED if any(values for _, values in steps) else SAME, ())
        for one, values in steps:
            _carry(plan, one, values)


def _fault(plan: Plan, row: Stage) -> tuple[str, str] | None:
    days = [day for day in row[2:] if isinstance(day, date)]
    if any(day > day_of(plan.at) for day in days):
        return "One of its days has not come yet.", "Note a day when it has come."
    if (row.told or row.in_force) and row.line_spoke is None:
        return "It is said to be told, and no day on which the line spoke.", "Give the day of that talk as line_spoke."
    told = row.told or row.in_force
    if told and row.line_spoke and row.line_spoke > told:
        return "The line spoke after it was told.", "Correct one of the two days: people hear it from their line first."
    return None


def _further(one: Any, row: Stage) -> dict[str, Any]:
    """What a sheet adds to the word of a planned row: never a step back, never another day than is noted."""
    reached = next((stage for stage, name in REACHED if getattr(row, name)), DRAFT)
    values: dict[str, Any] = {"stage": reached} if ORDER.index(reached) > ORDER.index(one.stage) else {}
    told = row.told or row.in_force
    given: Iterable[tuple[str, date | None]] = (
        ("consulted_on", row.consulted),
        ("line_spoke_on", row.line_spoke),
        ("told_on", told),
        ("shown_on", row.shown or told),
        ("in_force_on", row.in_force),
    )
    return values | {name: day for name, day in given if day is not None and getattr(one, name) is None}


def _carry(plan: Plan, one: Any, values: dict[str, Any]) -> None:
    was_settled = one.settled
    if plan.batch.change(one, values):
        plan.facts.update(one.facts)
    if one.settled and not was_settled:
        plan.unsealed.append(one)
