"""People of sheets as dated rows: who is new, who moved, who is missing from the sheet."""

from collections import defaultdict
from typing import Any

from commonground.intake.lines import Given, laid_over
from commonground.intake.people import circles
from commonground.intake.plan import CHANGED, NEW, SAME, Fields, Plan, just, text
from commonground.intake.syncing import sync
from commonground.organization import timeline
from commonground.organization.models import Assignment, Person, Place
from commonground.organization.timeline import EVER, FOREVER, Line, Span

Lines = dict[int, Line[Place]]
Rows = dict[str, list[Any]]


def people(plan: Plan) -> None:
    """Plans people: rows of the sheet, those that it only names as managers, and those who are missing from it."""
    stored = {
        key: (pk, name, email) for pk, key, name, email in Person.objects.values_list("pk", "key", "name", "email")
    }
    known = plan.ids["people"] = {key: pk for key, (pk, _, _) in stored.items()}
    if "people" not in plan.sheets:
        return
    rows = plan.rows("people")
    given_rows: Rows = defaultdict(list)
    for row in [*rows, *(row for row in plan.named_only("people") if row.id not in known)]:
        given_rows[row.id].append(row)
    _make_new(plan, given_rows)
    before = _stored_lines()
    after = _lines(plan, given_rows, before)
    _refuse_circles(plan, given_rows, before, after)
    renamed = _rename(plan, given_rows, stored)
    _leave(plan, given_rows, stored, before, after)
    _write(plan, before, after)
    for key in given_rows:
        pk = known[key]
        if pk not in after:
            continue
        differs = after[pk] != before.get(pk, ()) or key in renamed
        plan.count("people", NEW if key not in stored else CHANGED if differs else SAME)


def _make_new(plan: Plan, given: Rows) -> None:
    known = plan.ids["people"]
    for key, rows in given.items():
        if key not in known:
            row = rows[-1]
            known[key] = plan.batch.add(Person, {"key": key, "name": row.name, "email": row.email or ""})


def _stored_lines() -> Lines:
    found: dict[int, list[Span[Place]]] = defaultdict(list)
    columns = ("person_id", "start", "end", *Place._fields)
    for person, start, end, *place in Assignment.objects.values_list(*columns).iterator(10_000):
        found[person].append(Span(start or EVER, end or FOREVER, Place(*place)))
    return {person: tuple(sorted(spans, key=lambda span: span.start)) for person, spans in found.items()}


def _places(plan: Plan) -> Fields:
    ids = plan.ids
    return plan.fields(
        "people",
        {
            "unit": ("unit_id", lambda row: ids["units"][row.unit] if row.unit else None),
            "manager": ("manager_id", lambda row: ids["people"][row.manager] if row.manager else None),
            "role": ("role_id", lambda row: ids["roles"][row.role] if row.role else None),
            "level": ("level_id", lambda row: ids["levels"][row.level] if row.level else None),
            "location": ("location", text("location")),
            "shift": ("shift", text("shift")),
            "language": ("language", text("language")),
            "front_office": ("front_office", just("front_office")),
        },
    )


def _lines(plan: Plan, given: Rows, before: Lines) -> Lines:
    """The line of each person after the sheet; rows that cannot be are refused and their people left as they were."""
    read, ids = _places(plan), plan.ids["people"]
    after: Lines = {}
    for key, rows in given.items():
        pk = ids[key]
        periods = [Given(row.start, row.end, read.of(row)) for row in rows]
        line = laid_over(before.get(pk, ()), periods, Place(), plan.options.day)
        gap = _without_unit(plan, line, before.get(pk, ()))
        if gap is None:
            after[pk] = line
        else:
            row = rows[-1]
            why = f"The unit {row.unit} does not exist throughout the time that this row names."
            plan.refuse(
                "people",
                plan.position("people", row),
                "unit",
                row.unit,
                why,
                "Give the days on which the person worked there, or another unit.",
            )
    return after


def _without_unit(plan: Plan, line: Line[Place], before: Line[Place]) -> Span[Place] | None:
    """A period in a unit that does not stand throughout it. What was so before stays unquestioned."""
    for span in line:
        stands = plan.stands.get(span.value.unit_id, ()) if span.value.unit_id is not None else None
        if stands is None or span in before:
            continue
        whole = len(stands) == 1 and stands[0].start <= span.start and span.end <= stands[0].end
        if not whole and timeline.uncovered(stands, span.start, span.end) is not None:
            return span
    return None


def _refuse_circles(plan: Plan, given: Rows, before: Lines, after: Lines) -> None:
    """Reporting lines that would close into a circle with people whom the sheet does not hold."""
    day = plan.options.day
    heads = {pk: _manager_on(line, day) for pk, line in {**before, **after}.items()}
    keys = {pk: key for key, pk in plan.ids["people"].items()}
    for circle in circles(heads):
        names = [keys[pk] for pk in circle]
        for pk in circle:
            if pk in after and after[pk] != before.get(pk):
                row = given[keys[pk]][-1]
                why = f"With what is known, the reporting line would go in a circle: {' → '.join([*names, names[0]])}."
                plan.refuse(
                    "people",
                    plan.position("people", row),
                    "manager",
                    row.manager,
                    why,
                    "Correct the manager of one of them.",
                )
                del after[pk]


def _manager_on(line: Line[Place], day: Any) -> int | None:
    held = timeline.at(line, day) or (line[0] if line and line[0].start > day else None)
    return held.value.manager_id if held else None


def _rename(plan: Plan, given: Rows, stored: dict[str, tuple[int, str, str]]) -> set[str]:
    """Gives people the names and addresses of the sheet; these have no dates. Answers who is called otherwise now."""
    emails = plan.has("people", "email")
    differing: dict[int, dict[str, str]] = {}
    renamed = set()
    for key, rows in given.items():
        if key in stored:
            (pk, name, email), row = stored[key], rows[-1]
            wanted = {"name": row.name, "email": (row.email or "") if emails else email}
            if wanted != {"name": name, "email": email}:
                differing[pk] = wanted
                renamed.add(key)
    for person in Person.objects.filter(pk__in=list(differing)) if len(differing) < 500 else Person.objects.all():
        if person.pk in differing:
            plan.batch.change(person, differing[person.pk])
    return renamed


def _leave(plan: Plan, given: Rows, stored: dict[str, tuple[int, str, str]], before: Lines, after: Lines) -> None:
    """People who work here on the day and are not in the sheet."""
    if plan.options.missing == "ignore":
        return
    day = plan.options.day
    there = {*plan.sheets["people"].values["id"], *given}
    for key, (pk, name, _) in stored.items():
        if key in there or timeline.at(before.get(pk, ()), day) is None:
            continue
        plan.missing.append((key, name))
        if plan.options.missing == "left":
            after[pk] = timeline.ended(before[pk], day)
            plan.count("people", "left")
            plan.facts.add("people")


def _write(plan: Plan, before: Lines, after: Lines) -> None:
    differing = {pk: line for pk, line in after.items() if line != before.get(pk, ())}
    old = [pk for pk in differing if pk in before]
    rows: dict[int, list[Any]] = defaultdict(list)
    for start in range(0, len(old), 500):
        for row in Assignment.objects.filter(person__in=old[start : start + 500]):
            rows[row.person_id].append(row)
    for pk, line in differing.items():
        sync(plan.batch, Assignment, rows.get(pk, ()), line, person_id=pk)
