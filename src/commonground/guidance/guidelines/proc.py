"""PROC: non-managers own work processes; participation and ownership at every level."""

from collections.abc import Iterator

from commonground.analysis.facts import LogActivity
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import proc as remedies
from commonground.guidance.guidelines.wording import absent, counted, fate_of, people, place

SOURCE = (
    "Practice PROC: non-managers own work processes that change or disappear; participation and ownership at every level. Evidence: "
    "ownership arises by control, intimate knowing and self-investment (Pierce et al. via Merits 2023 3(1):37-50)."
)
NOTHING = frozenset({"", "0", "-", "–", "no", "none", "nothing", "n", "false"})


@guideline(
    "PROC-01",
    "Somebody answers for every process.",
    severity="error",
    why="Work that nobody answers for has nobody who can speak for it when it changes.",
    source=SOURCE,
    do="Ask who leads the work today whether they will answer for it, and record it.",
    needs=("processes",),
    also_reads=("people", "units", "workflows"),
    remedy=remedies.name_an_owner,
)
def nobody_answers(register: Register, parameters: Parameters) -> Iterator[Found]:
    for process in register.work.processes.values():
        to_come = process.fate == "create" and process.to_answers_for
        if to_come or register.work.owners(process):
            continue
        gone = process.answers_for
        what = (
            f"Nobody answers for {process.name} since {people(register, gone)} left"
            if gone
            else f"Nobody answers for {process.name}"
        )
        leader = register.organization.unit_manager(process.unit)
        proposal = (
            f"Ask {register.organization.name(leader)}, to whom {register.organization.unit_name(process.unit)} reports, "
            "whether they will answer for it; accept that as the proposed owner."
            if leader
            else ""
        )
        state = (
            f"answers_for names {counted(len(gone), 'person', 'people')} not here on the day"
            if gone
            else "answers_for is empty"
        )
        yield Found(
            Subject("process", process.id), what, place(register, process), f"processes {process.id}: {state}", proposal
        )


@guideline(
    "PROC-02",
    "At least one who does a process in question takes part in finding its solution.",
    severity="error",
    why="Those who do the work know the cases that no plan knows, and keep what they helped to make.",
    source=SOURCE,
    do="Invite one or two of those who do it into the solution: a seat and the next session.",
    needs=("people", "processes", "does"),
    empty_means_none=("solutions", "seats", "takes_part"),
    also_reads=("units", "workflows"),
    remedy=remedies.a_doer_takes_part,
)
def no_doer_takes_part(register: Register, parameters: Parameters) -> Iterator[Found]:
    for process in register.work.in_question:
        doers = register.work.doers.get(process.id, frozenset())
        if not doers or not doers.isdisjoint(register.participation.take_part_in(process)):
            continue
        seated = len(doers & register.participation.seated_in(process))
        seats = f"{counted(seated, 'seat')}, no session and no contribution of theirs" if seated else "no seat"
        yield Found(
            Subject("process", process.id),
            f"{process.name} {fate_of(register, process)}, and nobody who does it takes part in finding the new way",
            place(register, process),
            f"does: {counted(len(doers), 'person does', 'people do')} {process.id}; {seats} in its solution"
            f"{absent(register, 'solutions', 'seats', 'takes_part')}",
        )


@guideline(
    "PROC-03",
    "Work that an event log tells of stands in the register.",
    severity="note",
    why="Work that is in no register has no owner, no fate and no voice when it changes.",
    source=SOURCE,
    do="Accept the proposal as a process, say which process it is, or that it is none of yours.",
    needs=("log_activities",),
    parameters={"share": 0.01},
    remedy=remedies.accept_as_a_process,
)
def seen_in_the_log(register: Register, parameters: Parameters) -> Iterator[Found]:
    rows = rows_of(register.facts, "log_activities", LogActivity)
    whole: dict[str | None, int] = {}
    for row in rows:
        whole[row.log] = whole.get(row.log, 0) + row.events
    for row in rows:
        if row.process or row.events <= parameters["share"] * whole[row.log]:
            continue
        log = f"the log {row.log}" if row.log else "the event log"
        yield Found(
            Subject("log_activity", f"{row.log or ''}/{row.activity}"),
            f"“{row.activity}” is work in {log} and no process of the register",
            log,
            f"log_activities: {100 * row.events / whole[row.log]:.1f} % of {whole[row.log]:,} events; process is empty",
        )


@guideline(
    "PROC-04",
    "When a process ends, somebody takes over its open work and its data.",
    severity="warn",
    why="Customers wait behind open work; nobody should find out afterwards that it was left lying.",
    source=SOURCE,
    do="Name who takes over the open work and the data, and ask them before the date.",
    needs=("processes",),
    also_reads=("people", "units", "workflows"),
    remedy=remedies.name_who_takes_over,
)
def nobody_takes_over(register: Register, parameters: Parameters) -> Iterator[Found]:
    for process in register.work.processes.values():
        if process.fate != "eliminate":
            continue
        left = [
            f"{label} ({value.strip()})"
            for label, value in (("open work", process.open_work), ("data", process.data))
            if value and value.strip().casefold() not in NOTHING
        ]
        heir = process.taken_over_by
        if left and not (heir and register.organization.is_here(heir)):
            state = (
                f"taken_over_by names {register.organization.name(heir)}, not here on the day"
                if heir
                else "taken_over_by is empty"
            )
            yield Found(
                Subject("process", process.id),
                f"{process.name} ends, and nobody takes over its {' and its '.join(left)}",
                place(register, process),
                f"processes {process.id}: fate eliminate; {state}",
            )
