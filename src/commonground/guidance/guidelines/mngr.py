"""MNGR: managers whose process loses its purpose take part in finding the solution."""

from collections.abc import Iterator

from commonground.analysis.balance import balance
from commonground.analysis.facts import Conversation, Path, Process, Reassignment
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.analysis.talks import handed_over
from commonground.analysis.work import owners_after, purpose_in_question
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.loss import named
from commonground.guidance.guidelines.remedies import mngr as remedies
from commonground.guidance.guidelines.wording import (
    absent,
    counted,
    do_or_does,
    fate_of,
    listed,
    people,
    place,
    place_of_role,
)

SOURCE = (
    "Practice MNGR: managers whose process loses its purpose take part in finding the solution; perceptions of a diminished role or "
    "of re-assigned people are addressed. Evidence: Marr & Thau 2014, AMJ 57(1):223-248."
)


@guideline(
    "MNGR-01",
    "Who answers for a process whose purpose is in question takes part in finding its solution.",
    severity="error",
    why="Who finds the solution can carry it to others; who is told of it afterwards can only stand by what was.",
    source=SOURCE,
    do="Invite them into the search: a seat in the solution, and the next session. It ends with both.",
    needs=("people", "processes"),
    empty_means_none=("solutions", "seats", "takes_part"),
    also_reads=("units", "workflows"),
    remedy=remedies.owners_take_part,
)
def owner_takes_no_part(register: Register, parameters: Parameters) -> Iterator[Found]:
    for process in register.work.processes.values():
        if not purpose_in_question(process):
            continue
        owners = register.work.owners(process)
        out = [person for person in owners if person not in register.participation.take_part_in(process)]
        if out:
            yield Found(
                Subject("process", process.id),
                f"{people(register, out)} {do_or_does(out, 'answers', 'answer')} for {process.name}, which "
                f"{fate_of(register, process)}, and {do_or_does(out, 'takes', 'take')} no part in finding the new way",
                place(register, process),
                _evidence(register, process, out),
            )


def _evidence(register: Register, process: Process, out: list[str]) -> str:
    solutions = register.participation.solutions_of(process)
    if not process.workflow:
        state = "no workflow recorded, so no solution can be searched for it"
    elif not solutions:
        state = "no solution is opened for its workflow"
    else:
        seated = register.participation.seated_in(process).intersection(out)
        state = (
            f"{counted(len(seated), 'seat')} among {counted(len(out), 'such owner')}, no session and no contribution"
            if seated
            else "no seat in its solution"
        )
    return f"processes {process.id}: fate {process.fate}; {state}{absent(register, 'solutions', 'seats', 'takes_part')}"


@guideline(
    "MNGR-02",
    "Whoever gets another manager has talked with both, and both with each other.",
    severity="warn",
    why="Between two managers a person is easily nobody’s; a talk of three says that one lets go well and the other takes over.",
    source=SOURCE,
    do="Sit down together, the three of you; each notes the day on which you talked, and nothing of what was said.",
    needs=("people",),
    also_reads=("paths", "reassignments", "stages", "units"),
    remedy=remedies.talk_of_three,
)
def no_talk_of_three(register: Register, parameters: Parameters) -> Iterator[Found]:
    """One finding a manager who hands people over, however many these are; the new manager where nobody hands over."""
    if not register.facts.has("reassignments") and not register.facts.has("paths"):
        raise NotEnoughDataError("paths.to_manager")
    waiting: dict[str, list[Reassignment]] = {}
    for row in handed_over(register.facts, register.organization):
        manager = row.from_manager or row.to_manager
        if manager is not None and missing_from(register, row):
            waiting.setdefault(manager, []).append(row)
    for manager, rows in waiting.items():
        name, many = register.organization.name(manager), counted(len(rows), "person", "people")
        to = people(register, {row.to_manager for row in rows if row.to_manager}) or "another manager"
        way = f"from {name} to {to}" if rows[0].from_manager else f"to {name}"
        yield Found(
            Subject("manager", manager),
            f"{many} {'go' if len(rows) > 1 else 'goes'} {way}, and the talk of three is still to come",
            register.organization.unit_name(register.organization.people[manager].unit)
            if manager in register.organization.people
            else name,
            f"reassignments: of {len(rows)}, the talk is not noted by the old manager for {_missing(register, rows, 'from')}, by the new "
            f"one for {_missing(register, rows, 'to')}, by the person for {_missing(register, rows, 'person')}"
            f"{absent(register, 'reassignments')}",
        )


def missing_from(register: Register, row: Reassignment) -> tuple[str, ...]:
    """Which of the three have not noted that they talked. A manager who has left, or whom nobody knows, owes no talk."""
    day, here = register.facts.as_of, register.organization.is_here
    sides = (
        ("from", row.talked_from, row.from_manager is not None and here(row.from_manager)),
        ("to", row.talked_to, row.to_manager is not None and here(row.to_manager)),
        ("person", row.talked_person, here(row.person)),
    )
    if not here(row.person):
        return ()
    return tuple(side for side, on, owed in sides if owed and (on is None or on > day))


def _missing(register: Register, rows: list[Reassignment], side: str) -> int:
    return sum(side in missing_from(register, row) for row in rows)


@guideline(
    "MNGR-03",
    "A manager whose span or processes shrink has a new role defined before the date.",
    severity="error",
    why="A manager needs to know what they will be needed for, before what they led moves on.",
    source=SOURCE,
    do="Write the new role down with them and before the date, then let them read and discuss it.",
    needs=("people", "processes", "roles"),
    also_reads=("units", "paths"),
    remedy=remedies.define_the_new_role,
)
def shrinks_without_role(register: Register, parameters: Parameters) -> Iterator[Found]:
    paths = {path.person: path for path in rows_of(register.facts, "paths", Path)}
    reports = _reports_lost(register, paths)
    processes = _processes_lost(register)
    for person in sorted(reports.keys() | processes.keys()):
        if person not in register.organization.people or _next_role_is_written(register, person, paths.get(person)):
            continue
        people_lost, work_lost = reports.get(person, 0), processes.get(person, 0)
        goes = [counted(people_lost, "direct report")] if people_lost > 0 else []
        goes += [counted(work_lost, "process", "processes")] if work_lost > 0 else []
        name = register.organization.name(person)
        yield Found(
            Subject("manager", person),
            f"{name} hands on {listed(goes)} in the change, and no new role is written down yet",
            register.organization.unit_name(register.organization.people[person].unit),
            f"Leads {len(register.organization.reports.get(person, ()))} today, answers for "
            f"{counted(len(register.work.answered_by.get(person, ())), 'process', 'processes')}; from people, processes, paths; "
            "roles and paths hold no definition of what follows",
        )


def _reports_lost(register: Register, paths: dict[str, Path]) -> dict[str, int]:
    """Manager → how many fewer people report to them after the change; only where it is at least one."""
    change: dict[str, int] = {}
    for path in paths.values():
        now = register.organization.people.get(path.person)
        if now is None:
            continue
        after = None if path.fate == "leaving" else path.to_manager or now.manager
        if after != now.manager:
            if now.manager:
                change[now.manager] = change.get(now.manager, 0) + 1
            if after:
                change[after] = change.get(after, 0) - 1
    return {manager: lost for manager, lost in change.items() if lost > 0}


def _processes_lost(register: Register) -> dict[str, int]:
    """Owner → how many fewer processes they answer for after the change; only where it is at least one."""
    change: dict[str, int] = {}
    for process in register.work.processes.values():
        before, after = set(register.work.owners(process)), set(owners_after(process))
        for person in before - after:
            change[person] = change.get(person, 0) + 1
        for person in after - before:
            change[person] = change.get(person, 0) - 1
    return {person: lost for person, lost in change.items() if lost > 0}


def _next_role_is_written(register: Register, person: str, path: Path | None) -> bool:
    """Whether the role that a manager will hold is written down; one who leaves by their own path needs none here."""
    roles = register.organization.roles
    if path is not None and path.fate == "leaving":
        return True
    if path is not None and path.to_role:
        following = roles.get(path.to_role)
        return bool(following and (following.definition_after or following.definition_before))
    own = roles.get(register.organization.people[person].role or "")
    return bool(own and own.fate != "end" and own.definition_after)


@guideline(
    "MNGR-04",
    "After the change, one person answers for each process.",
    severity="warn",
    why="Two people who both believe that they answer for the same work are set against each other without wanting it.",
    source=SOURCE,
    do="Decide with both who answers for it, and what the other one leads instead.",
    needs=("processes",),
    also_reads=("people", "units", "workflows"),
    remedy=remedies.decide_on_one,
)
def two_owners(register: Register, parameters: Parameters) -> Iterator[Found]:
    for process in register.work.processes.values():
        owners = list(dict.fromkeys(owners_after(process)))
        if len(owners) > 1:
            yield Found(
                Subject("process", process.id),
                f"After the change {people(register, owners)} answer for {process.name}",
                place(register, process),
                f"processes {process.id}: {len(owners)} people in {'to_answers_for' if process.to_answers_for else 'answers_for'}",
            )


@guideline(
    "MNGR-05",
    "Where a role diminishes, a conversation was offered.",
    severity="warn",
    why="Losing decisions, budget, people or title is personal; a private talk shows that it was seen.",
    source=SOURCE,
    do="Offer the conversation; only its date and who offered it are kept, never what was said.",
    needs=("role_changes", "conversations"),
    also_reads=("roles", "people", "units"),
    remedy=remedies.offer_a_conversation,
)
def no_conversation_offered(register: Register, parameters: Parameters) -> Iterator[Found]:
    day = register.facts.as_of
    offered = {row.role for row in rows_of(register.facts, "conversations", Conversation) if row.offered_on <= day}
    for role, change in balance(register).items():
        if change.diminishes and role not in offered:
            lost = listed((named(kind) for kind in change.unbalanced), 10)
            yield Found(
                Subject("role", role),
                f"The role {register.organization.role_name(role)} loses {lost}, and no conversation was offered to its holders yet",
                place_of_role(register, role),
                f"role_changes: {counted(len(change.unbalanced), 'loss', 'losses')} not made good; conversations: none for this role",
            )
