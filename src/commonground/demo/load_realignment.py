"""Writes what is planned for processes, roles and people, each at its stage, and the searches for the new way."""

from collections.abc import Mapping
from typing import Any, TypeVar

from commonground.analysis import facts
from commonground.demo.days import Days
from commonground.demo.load_organization import BATCH, Keys
from commonground.demo.load_program import Rows
from commonground.demo.plots import Plot
from commonground.demo.story import DRAFT_READERS
from commonground.programs.models import Program
from commonground.realignment.models import (
    Acknowledgement,
    Contribution,
    HolderPath,
    ProcessFate,
    RoleChange,
    RoleFate,
    Seat,
    Session,
    Solution,
)
from commonground.realignment.stages import CONSULTED, DRAFT, IN_FORCE, TOLD
from commonground.workflows.models import Process, Workflow

OFFERED_ON, ANSWERED_ON = -16, -9
S = TypeVar("S", ProcessFate, RoleFate, HolderPath)
Users = Mapping[str, int]


def load_realignment(program: Program, plot: Plot, rows: Rows, days: Days, keys: Keys, users: Users) -> None:
    """Writes fates, gains and losses, paths, acknowledgements and searches of a program."""
    processes = dict(Process.objects.filter(program=program).values_list("key", "pk"))
    stages = {(row.kind, row.id): row for row in rows["stages"] if isinstance(row, facts.Stage)}
    readers = [users[name] for name in DRAFT_READERS]
    _process_fates(program, plot, rows, keys, processes, stages, readers)
    fates = _role_fates(program, rows, keys, stages, readers)
    _of_roles(rows, days, keys, fates)
    _paths(program, rows, keys, stages, readers)
    _searches(program, plot, days, keys, rows)


def _staged(stage: facts.Stage) -> dict[str, Any]:
    name = IN_FORCE if stage.in_force else TOLD if stage.told else CONSULTED if stage.consulted else DRAFT
    return {
        "stage": name,
        "consulted_on": stage.consulted,
        "told_on": stage.told,
        "line_spoke_on": stage.line_spoke,
        "shown_on": stage.shown,
        "in_force_on": stage.in_force,
    }


def _name_readers(model: type[S], made: list[S], readers: list[int]) -> None:
    """Names who sees what is still a draft or being consulted on."""
    through: Any = model.readers.through
    column = f"{model._meta.model_name}_id"
    through.objects.bulk_create(
        through(**{column: row.pk, "user_id": user})
        for row in made
        if row.stage in (DRAFT, CONSULTED)
        for user in readers
    )


def _process_fates(
    program: Program,
    plot: Plot,
    rows: Rows,
    keys: Keys,
    processes: Mapping[str, int],
    stages: Mapping[tuple[str, str], facts.Stage],
    readers: list[int],
) -> None:
    words = {step.id: step.words for steps in plot.steps.values() for step in steps}
    given = [row for row in rows["processes"] if isinstance(row, facts.Process) and row.fate]
    made = ProcessFate.objects.bulk_create(
        ProcessFate(
            program=program,
            process_id=processes[row.id],
            fate=row.fate or "",
            to_unit_id=keys.unit(row.to_unit),
            words=words[row.id.rpartition("-r")[0] if row.id not in words else row.id],
            effective=row.effective,
            drafted_by_id=readers[0],
            **_staged(stages["process", row.id]),
        )
        for row in given
    )
    _name_readers(ProcessFate, made, readers)
    owners: Any = ProcessFate.to_owners.through
    owners.objects.bulk_create(
        owners(processfate_id=fate.pk, person_id=keys.people[person])
        for fate, row in zip(made, given, strict=True)
        for person in row.to_answers_for
    )


def _role_fates(
    program: Program, rows: Rows, keys: Keys, stages: Mapping[tuple[str, str], facts.Stage], readers: list[int]
) -> dict[str, int]:
    given = [row for row in rows["roles"] if isinstance(row, facts.Role) and row.fate]
    made = RoleFate.objects.bulk_create(
        RoleFate(
            program=program,
            role_id=keys.roles[row.id],
            fate=row.fate or "",
            definition_after=row.definition_after or "",
            effective=row.effective,
            drafted_by_id=readers[0],
            **_staged(stages["role", row.id]),
        )
        for row in given
    )
    _name_readers(RoleFate, made, readers)
    return {row.id: fate.pk for row, fate in zip(given, made, strict=True)}


def _of_roles(rows: Rows, days: Days, keys: Keys, fates: Mapping[str, int]) -> None:
    RoleChange.objects.bulk_create(
        RoleChange(
            role_fate_id=fates[row.role],
            kind=row.kind,
            size=row.size,
            words=row.words or "",
            unit_id=keys.unit(row.unit),
            offered=row.offered or "",
            offered_on=days.on(OFFERED_ON) if row.offered else None,
            accepted=row.accepted,
            accepted_on=days.on(ANSWERED_ON) if row.accepted is not None else None,
        )
        for row in rows["role_changes"]
        if isinstance(row, facts.RoleChange)
    )
    Acknowledgement.objects.bulk_create(
        (
            Acknowledgement(
                role_fate_id=fates[row.role],
                person_id=keys.people[row.person],
                read=row.read,
                discussed_manager=row.discussed_manager,
                discussed_holder=row.discussed_holder,
                acknowledged=row.acknowledged,
            )
            for row in rows["acknowledgements"]
            if isinstance(row, facts.Acknowledgement)
        ),
        batch_size=BATCH,
    )


def _paths(
    program: Program, rows: Rows, keys: Keys, stages: Mapping[tuple[str, str], facts.Stage], readers: list[int]
) -> None:
    made = HolderPath.objects.bulk_create(
        (
            HolderPath(
                program=program,
                person_id=keys.people[row.person],
                role_id=keys.roles[row.role],
                fate=row.fate,
                to_role_id=keys.role(row.to_role),
                to_unit_id=keys.unit(row.to_unit),
                to_manager_id=keys.person(row.to_manager),
                effective=row.effective,
                drafted_by_id=readers[0],
                **_staged(stages["path", row.person]),
            )
            for row in rows["paths"]
            if isinstance(row, facts.Path)
        ),
        batch_size=BATCH,
    )
    _name_readers(HolderPath, made, readers)


def _searches(program: Program, plot: Plot, days: Days, keys: Keys, rows: Rows) -> None:
    workflows = dict(Workflow.objects.filter(program=program).values_list("key", "pk"))
    made = Solution.objects.bulk_create(
        Solution(
            program=program,
            key=search.id,
            workflow_id=workflows[search.workflow],
            question=search.question,
            options=search.options,
            opened=days.on(search.opened),
            decided=days.maybe(search.decided),
            decision=search.decision,
        )
        for search in plot.searches
    )
    ids = {solution.key: solution.pk for solution in made}
    Seat.objects.bulk_create(
        Seat(
            solution_id=ids[row.solution],
            person_id=keys.people[row.person],
            consent=row.consent,
            hours_per_week=row.hours_per_week,
            manager_agreed=row.manager_agreed,
            start=row.start,
            end=row.end,
        )
        for row in rows["seats"]
        if isinstance(row, facts.Seat)
    )
    _sessions(plot, days, keys, ids)


def _sessions(plot: Plot, days: Days, keys: Keys, ids: Mapping[str, int]) -> None:
    sessions = Session.objects.bulk_create(
        Session(solution_id=ids[meeting.search], on=days.on(meeting.day), words=meeting.words)
        for meeting in plot.meetings
    )
    there: Any = Session.people.through
    there.objects.bulk_create(
        there(session_id=session.pk, person_id=keys.named[name])
        for session, meeting in zip(sessions, plot.meetings, strict=True)
        for name in meeting.people.split(";")
    )
    Contribution.objects.bulk_create(
        Contribution(
            solution_id=ids[brought.search],
            person_id=keys.named[brought.person],
            on=days.on(brought.day),
            words=brought.words,
            came_of_it=brought.came_of_it,
        )
        for brought in plot.brought
    )
