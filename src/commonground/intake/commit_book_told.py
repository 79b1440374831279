"""Sheets of common practice of which only a part is taken over: RAID logs, KPI sheets and RACI matrices.

What is not taken is told row by row with where it belongs, and given back as a file, so that nothing is lost. Rows that were written here
and come back as they were are no news.
"""

import re
from typing import Any

from commonground.adoption.models import Behaviour
from commonground.analysis.plan import book
from commonground.intake.book_cells import person_of, shown_text
from commonground.intake.commit_book import Desk, desk_of
from commonground.intake.commit_work import hold
from commonground.intake.dates import read_days
from commonground.intake.plan import CHANGED, SAME, Plan
from commonground.plan.book_people import people_cells
from commonground.programs.models import Activity
from commonground.ui.words import percent
from commonground.workflows.models import AnswersFor, Does, Process

_OURS = re.compile(r"(?:risk|issue|decision|assumption|dependency|kpi)-[\w.-]+")
BELONGS = {
    "Risk": ("A risk of friction is raised by those who see it.",
              "Write it down under Voices, “Hand over what somebody said”, and give it an owner there."),
    "Issue": ("Issues are what the guidelines find in the facts.",
              "Enter the fact that is missing; the finding then comes and ends by itself. "
              "Work on findings stands under Findings."),
    "Decision": ("A decision stands with what it decided.",
              "Record it at the search for the new way of the workflow, or under Amount of change."),
    "Assumption": ("Assumptions stand as the reasons of a decision.", "Write it into the reasons when the decision is recorded."),
    "Dependency": ("What waits for what stands on the program line.", "Enter the milestone with its day under Program line."),
}  # fmt: skip
ATTITUDE = re.compile(
    r"\b(resist\w*|support\w*|sentiment|mood|buy.?in|awareness|desire|commitment|readiness|attitude)\b", re.IGNORECASE
)
TARGET = re.compile(r"\s*(?:[<>≥≤=]+\s*)?(\d+(?:[.,]\d+)?)\s*(%?)\s*(?:(?:by|until|bis)\s+(.+))?\s*", re.IGNORECASE)


def raid(plan: Plan) -> None:
    """Every row of a RAID log that is no action."""
    for at, row in enumerate(plan.rows(book.RAID)):
        kind = book.type_of(row.type or "")
        if kind == "Action":
            continue
        if row.id and _OURS.fullmatch(row.id):
            plan.count(book.RAID, SAME)
        elif kind is None:
            why = f"“{row.type}” is no type of a RAID log." if row.type else "It has no type."
            plan.leave(
                book.RAID,
                at,
                "type",
                row.type,
                why,
                "Write Risk, Action, Issue or Decision. Actions are taken over as activities.",
            )
        else:
            why, remedy = BELONGS[kind]
            plan.leave(book.RAID, at, "type", row.type, why, remedy)


def kpi(plan: Plan) -> None:
    """Targets of behaviours. All else is measured here."""
    if book.KPI not in plan.sheets:
        return
    rows = [row for [row] in plan.planned.get("behaviour", {}).values() if isinstance(row, Behaviour)]
    known = {f"kpi-{row.key}": row for row in rows} | {book.folded(row.name): row for row in rows}
    for at, row in enumerate(plan.rows(book.KPI)):
        behaviour = known.get(row.id or "") or known.get(book.folded(row.kpi))
        if behaviour is None:
            _measured(plan, at, row)
        elif not plan.has(book.KPI, "target") or book.same(row.target, target_cell(behaviour)):
            plan.count(book.KPI, SAME)
        else:
            _target(plan, at, row, behaviour)


def _measured(plan: Plan, at: int, row: Any) -> None:
    if row.id and _OURS.fullmatch(row.id):
        plan.count(book.KPI, SAME)
    elif ATTITUDE.search(row.kpi):
        why = "It counts what people feel about the change, and nobody's resistance or support is scored here."
        plan.leave(
            book.KPI, at, "kpi", row.kpi, why, "Ask in a round under Assessments, or measure a behaviour under Pace."
        )
    else:
        why = f"“{row.kpi}” is no behaviour that is measured here."
        plan.leave(
            book.KPI,
            at,
            "kpi",
            row.kpi,
            why,
            "Begin a behaviour of that name under Pace; its target then comes from this sheet.",
        )


def target_cell(row: Behaviour) -> str:
    """The target of a behaviour as its sheet has it: “80 % by 2027-06-30”."""
    if row.target_share is None:
        return ""
    share = percent(row.target_share).replace("\u202f", " ").replace("\u00a0", " ")
    return f"{share} by {row.target_on.isoformat()}" if row.target_on else share


def _target(plan: Plan, at: int, row: Any, behaviour: Behaviour) -> None:
    found = TARGET.fullmatch(row.target or "")
    share = float(found[1].replace(",", ".")) if found else None
    if found and share is not None and (found[2] or share > 1):
        share /= 100
    day = read_days([found[3].strip()], plan.options.prefer).days[0] if found and found[3] else None
    if row.target and (share is None or not 0 < share <= 1 or (found and found[3] and day is None)):
        why = f"“{row.target}” is no target that can be read."
        plan.refuse(
            book.KPI, at, "target", row.target, why, "Write a share, such as 80 %, or with its day: 80 % by 2027-06-30."
        )
        return
    values: dict[str, Any] = {"target_share": share and round(share, 6)}
    if day is not None or not row.target:
        values["target_on"] = day
    plan.count(book.KPI, CHANGED if plan.batch.change(behaviour, values) else SAME, Behaviour.facts)


def raci(plan: Plan) -> None:
    """Who answers for and does the processes that are there by name; who has an activity in hand and delivers it."""
    if book.RACI not in plan.sheets:
        return
    rows = list(Process.objects.filter(program=plan.program, planned_only=False).order_by("-pk"))
    processes = {book.folded(row.name): row for row in rows} | {f"{book.PROCESS}{row.key}": row for row in rows}
    desk, seen = desk_of(plan), set[int]()
    for at, row in enumerate(plan.rows(book.RACI)):
        known = desk.rows.get(row.id) if row.id and not row.id.isdecimal() else None
        named = [known] if known is not None else desk.by_title.get(book.folded(row.activity), [])
        process = None if known else processes.get(row.id or "") or processes.get(book.folded(row.activity))
        if process is not None and process.pk in seen:
            plan.refuse(
                book.RACI,
                at,
                "activity",
                row.activity,
                f"“{row.activity}” stands in an earlier row already.",
                "Keep one of them.",
            )
            continue
        seen |= {process.pk} if process is not None else set()
        if process is not None:
            _process(plan, at, row, process)
        elif len(named) == 1:
            _activity(desk, at, row, named[0])
        else:
            what = f"the name of {len(named)} activities" if named else "no process or activity here"
            remedy = "Write the name as it stands here, or bring it first under processes or roadmap."
            plan.leave(book.RACI, at, "activity", row.activity, f"“{row.activity}” is {what}.", remedy)


def _people(plan: Plan, at: int, column: str, said: str) -> list[int] | None:
    """Everybody whom a cell names; None, and the row is kept out, where one is nobody here."""
    found = []
    for whole in book.parts_of(said):
        one = person_of(plan, whole)
        parts = [whole] if one is not None or "," not in whole else [part.strip() for part in whole.split(",")]
        for part in parts:
            person = person_of(plan, part)
            if person is None:
                why = f"“{part}” is no person here."
                plan.refuse(
                    book.RACI,
                    at,
                    column,
                    said,
                    why,
                    "Write the number, e-mail or full name of a person, several separated by a semicolon.",
                )
                return None
            found.append(person)
    return found


def _process(plan: Plan, at: int, row: Any, process: Process) -> None:
    wanted: list[tuple[Any, str, list[int], bool]] = []
    for model, column, table, ends in (
        (AnswersFor, "accountable", "processes", True),
        (Does, "responsible", "does", False),
    ):
        said = getattr(row, column)
        if not said or book.same(said, people_cells(model, [process.pk], plan.options.day).get(process.pk, "")):
            continue
        people = _people(plan, at, column, said)
        if people is None:
            return
        if set(people) != set(
            model.objects.on(plan.options.day).filter(process=process).values_list("person", flat=True)
        ):
            wanted.append((model, table, people, ends))
    before = (
        len(plan.batch.made.get(AnswersFor, []))
        + len(plan.batch.made.get(Does, []))
        + len(plan.batch.changed.get(AnswersFor, {}))
    )
    for model, table, people, ends in wanted:
        hold(plan, f"{book.RACI}:{table}", model, {process.pk: people}, set(), ends=ends)
    after = (
        len(plan.batch.made.get(AnswersFor, []))
        + len(plan.batch.made.get(Does, []))
        + len(plan.batch.changed.get(AnswersFor, {}))
    )
    plan.count(book.RACI, CHANGED if after != before else SAME, ())


def _activity(desk: Desk, at: int, row: Any, activity: Activity) -> None:
    plan, values, before = desk.plan, dict[str, Any](), desk.before[activity.pk][book.COMMUNICATION]
    for column, name, shown in (("accountable", "owner_id", "owner"), ("responsible", "deliverer_id", "sender")):
        said = getattr(row, column)
        if said and not book.same(said, shown_text(before[shown])):
            people = _people(plan, at, column, said)
            if people is None:
                return
            if len(people) > 1:
                plan.refuse(
                    book.RACI, at, column, said, "An activity is in the hands of one person.", "Name one of them."
                )
                return
            values[name] = people[0]
    plan.count(book.RACI, CHANGED if plan.batch.change(activity, values) else SAME, Activity.facts)
