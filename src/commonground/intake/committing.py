"""Taking sheets over: all of it in one transaction with one journal entry, and the way back."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction

from commonground.access.actor import Actor
from commonground.guidance.models import Finding
from commonground.intake import (
    commit_book,
    commit_book_told,
    commit_budget,
    commit_coalition,
    commit_experiments,
    commit_gates,
    commit_hiccups,
    commit_lessons,
    commit_load,
    commit_messages,
    commit_organization,
    commit_pace,
    commit_people,
    commit_phases,
    commit_plans,
    commit_reach,
    commit_realignment,
    commit_reinforcement,
    commit_training,
    commit_work,
)
from commonground.intake.batch import BLOCK, ConflictError, take_back
from commonground.intake.checking import Checked
from commonground.intake.models import COMMITTED, FORGOTTEN, UNDONE, Change, Import
from commonground.intake.plan import Options, Plan
from commonground.intake.problems import BadInput, Problem, errors
from commonground.intake.references import Index
from commonground.journal.models import Entry
from commonground.journal.recording import record
from commonground.organization.models import LedgerError, Unit
from commonground.plan.budgets import BudgetLine
from commonground.plan.ledgers import Booking, assign_again
from commonground.programs.models import Program
from commonground.programs.register import CannotError

# What a sheet speaks of is planned before the sheet itself.
STEPS: tuple[Callable[[Plan], None], ...] = (
    commit_organization.units,
    commit_organization.roles,
    commit_people.people,
    commit_work.workflows,
    commit_work.processes,
    commit_work.does,
    commit_work.handoffs,
    commit_work.log_activities,
    commit_plans.process_fates,
    commit_plans.role_fates,
    commit_realignment.role_changes,
    commit_plans.paths,
    commit_plans.stages,
    commit_realignment.acknowledgements,
    commit_realignment.conversations,
    commit_work.milestones,
    commit_realignment.solutions,
    commit_realignment.seats,
    commit_realignment.takes_part,
    commit_work.engagements,
    commit_work.activities,
    commit_coalition.team,
    commit_coalition.sponsors,
    commit_coalition.acts,
    commit_coalition.champions,
    commit_load.capacity,
    commit_load.blackouts,
    commit_budget.budget,
    commit_phases.phases,
    commit_gates.gates,
    commit_gates.evidence,
    commit_phases.panels,
    commit_phases.improvements,
    commit_reach.segments,
    commit_messages.messages,
    commit_hiccups.hiccups,
    commit_pace.behaviours,
    commit_pace.pace,
    commit_experiments.experiments,
    commit_reinforcement.reinforcements,
    commit_reinforcement.sunsets,
    commit_reinforcement.corrective_steps,
    commit_training.training,
    commit_training.sessions,
    commit_training.attendance,
    commit_pace.made_here,
    commit_book.messages,
    commit_book.steps,
    commit_book.actions,
    commit_book_told.raid,
    commit_book_told.raci,
    commit_book_told.kpi,
    commit_lessons.lessons,
)


def plan(
    program: Program,
    sheets: Mapping[str, Checked],
    indexes: Mapping[str, Index],
    options: Options,
    *,
    by: Actor,
    at: datetime,
) -> Plan:
    """What taking these sheets over would do. Writes nothing. Raises BadInput for a tree of units that cannot be."""
    made = Plan(program, by, at, options, sheets, indexes)
    try:
        for step in STEPS:
            step(made)
    except LedgerError as error:
        raise BadInput(str(error)) from error
    for table, checked in sheets.items():
        made.counts.setdefault(table, Counter())["kept_out"] += checked.total - len(checked.rows)
    return made


def commit(
    row: Import, planned: Plan, problems: Sequence[Problem], *, leave_out: bool, by: Actor, at: datetime
) -> None:
    """Writes a plan. Raises CannotError when rows are kept out and nobody said to leave them out, or when the units make no tree.

    problems: of the sheets and of the plan. leave_out: whether the rest is taken over all the same.
    """
    wrong = errors(problems)
    if wrong and not leave_out:
        first = wrong[0]
        where = f"row {first.row} of {first.file}" if first.row else first.file
        raise CannotError(
            f"Nothing was taken over: {first.why} ({where}). {first.remedy} "
            f"Or leave {'that row' if len(wrong) == 1 else f'all {len(wrong):,} such rows'} out."
        )
    try:
        with transaction.atomic():
            planned.batch.write()
            if "budget" in planned.facts:
                assign_again(row.program_id)
            _keep_changes(row, planned)
            for told in planned.unsealed:
                Entry.objects.all().unseal(told)
            row.state, row.ended_at, row.progress = COMMITTED, at, ""
            row.summary = without_values(row.summary) | {
                "counts": {table: dict(count) for table, count in planned.counts.items()}
            }
            row.save()
            values = {"files": row.files, "digest": row.digest, "counts": row.summary["counts"]}
            commit_pace.measure(commit_pace.concerned(row.changes.all()), at=at)
            facts = sorted(planned.facts)
            record("took sheets over", row, by=by, at=at, values=values, facts=facts, readers=_readers(row, by))
    except LedgerError as error:
        raise CannotError(f"Nothing was taken over: {error}") from error


def _readers(row: Import, by: Actor) -> list[int] | None:
    """Who alone may read the journal of an import: whoever brought it and whoever acts, where its sheets can hold plans."""
    if row.summary.get("plain"):
        return None
    return [user for user in {row.by_id, by.user} if user is not None]


def without_values(summary: Mapping[str, Any]) -> dict[str, Any]:
    """A summary without the values of the sheets that stand in it as long as somebody decides about them."""
    return {name: value for name, value in summary.items() if name != "sorts"}


def _keep_changes(row: Import, planned: Plan) -> None:
    blocks = planned.batch.blocks
    Change.objects.bulk_create(
        (
            Change(batch=row, order=order, kind=model._meta.label_lower, rows=rows)
            for order, (model, rows) in enumerate(blocks)
        ),
        batch_size=max(1, BLOCK // 100),
    )
    row.summary = {**row.summary, "facts": sorted(planned.facts)}


def _let_go_of_findings(row: Import) -> None:
    """Findings are made anew from the facts, so that they name a unit does not mean that something was built upon it."""
    for change in row.changes.filter(kind=Unit._meta.label_lower):
        made = [pk for pk, before, _ in change.rows if before is None]
        Finding.objects.filter(unit__in=made).update(unit=None)


def _let_go_of_bookings(row: Import) -> None:
    """Bookings find their line anew, so that one has found a line that goes does not mean that something was built upon it."""
    for change in row.changes.filter(kind=BudgetLine._meta.label_lower):
        made = [pk for pk, before, _ in change.rows if before is None]
        Booking.objects.filter(line__in=made).update(line=None, rule=None)


def undo(row: Import, *, by: Actor, at: datetime) -> None:
    """Writes the reverse of what an import wrote. Raises CannotError once one of its rows has changed again, or is built upon."""
    if row.state != COMMITTED:
        raise CannotError(f"“{row}” is {row.state_words}, so there is nothing to undo.")
    if row.summary.get(FORGOTTEN):
        raise CannotError(
            f"What “{row}” changed is no longer kept, since it lies too far back, so it cannot be undone. Bring a corrected sheet."
        )
    try:
        with transaction.atomic():
            _let_go_of_findings(row)
            _let_go_of_bookings(row)
            counted = commit_pace.concerned(row.changes.all())
            commit_pace.let_go_of_figures(row.changes.all())
            blocks = ((apps.get_model(one.kind), one.rows) for one in row.changes.order_by("-order"))
            take_back(blocks)
            commit_pace.measure(counted, at=at)
            row.changes.all().delete()
            row.state, row.ended_at = UNDONE, at
            row.save()
            facts = row.summary.get("facts", ())
            values = {"files": row.files}
            record("undid an import", row, by=by, at=at, values=values, facts=facts, readers=_readers(row, by))
    except ConflictError as error:
        raise CannotError(str(error)) from error
    except IntegrityError as error:
        raise CannotError(
            f"Something was added since that rests on what “{row}” brought, so it can no longer be undone. "
            "Bring a corrected sheet instead."
        ) from error
