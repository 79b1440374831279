"""ROLE: roles and their definitions change; each holder reads, discusses and acknowledges, and nobody learns it from a screen first."""

from collections.abc import Iterator
from datetime import date, timedelta

from commonground.analysis.facts import Acknowledgement, Path, Role, Stage
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import role as remedies
from commonground.guidance.guidelines.wording import absent, counted, from_day, listed, place_of_role, spelled

SOURCE = (
    "Practice ROLE: roles and their definitions change; read, discussed and acknowledged by each; nobody learns it from a screen first. "
    "Evidence: role ambiguity is among the stressors most tied to performance (Gilboa et al. 2008, Personnel Psychology 61:227-271)."
)
REWRITTEN = frozenset({"change", "merge"})


def acknowledged(register: Register) -> frozenset[tuple[str, str]]:
    """(role, person) of everybody who had acknowledged a role by the day."""
    day = register.facts.as_of
    return frozenset(
        (row.role, row.person)
        for row in rows_of(register.facts, "acknowledgements", Acknowledgement)
        if row.acknowledged and row.acknowledged <= day
    )


def rewritten(register: Register) -> list[Role]:
    return [role for role in register.organization.roles.values() if role.fate in REWRITTEN]


@guideline(
    "ROLE-01",
    "Every holder of a changed role has acknowledged it in good time.",
    severity="warn",
    why="A role that was read, discussed and acknowledged gives a sure footing on the first day.",
    source=SOURCE,
    do="Talk it over with each of them; then let them acknowledge it.",
    needs=("people", "roles"),
    empty_means_none=("acknowledgements",),
    also_reads=("units",),
    parameters={"days_before": 30},
    remedy=remedies.acknowledge,
)
def not_acknowledged(register: Register, parameters: Parameters) -> Iterator[Found]:
    done, day = acknowledged(register), register.facts.as_of
    for role in rewritten(register):
        holders = register.organization.holders.get(role.id, ())
        missing = sum(1 for person in holders if (role.id, person) not in done)
        if missing and role.effective and day >= role.effective - timedelta(days=parameters["days_before"]):
            changes = "changes" if role.effective > day else "changed"
            yield Found(
                Subject("role", role.id),
                f"{missing:,} of {counted(len(holders), 'holder')} of the role {role.name}, which {changes}{from_day(role)}, "
                f"{'has' if missing == 1 else 'have'} not acknowledged it yet",
                place_of_role(register, role.id),
                f"acknowledgements: {len(holders) - missing} of {len(holders)} by {spelled(day)}; looked for "
                f"{parameters['days_before']:.0f} days before the date{absent(register, 'acknowledgements')}",
            )


@guideline(
    "ROLE-02",
    "A role that changes is written down as it is and as it becomes.",
    severity="error",
    why="People can only discuss, and agree on, what they can read side by side.",
    source=SOURCE,
    do="Write the missing definition, with somebody who holds the role.",
    needs=("roles",),
    also_reads=("people", "units"),
    remedy=remedies.write_it_down,
)
def not_written_down(register: Register, parameters: Parameters) -> Iterator[Found]:
    for role in rewritten(register):
        texts = (("as it is", role.definition_before), ("as it becomes", role.definition_after))
        missing = [words for words, text in texts if not (text and text.strip())]
        if missing:
            yield Found(
                Subject("role", role.id),
                f"The role {role.name} changes{from_day(role)} and is not written down {' nor '.join(missing)}",
                place_of_role(register, role.id),
                f"roles {role.id}: fate {role.fate}; definition before "
                f"{'given' if role.definition_before else 'missing'}, after {'given' if role.definition_after else 'missing'}",
            )


@guideline(
    "ROLE-03",
    "Everybody whose role ends knows what comes next.",
    severity="error",
    why="Not knowing is harder to bear than most answers; people whose role ends are owed one.",
    source=SOURCE,
    do="Decide the next role with each of them, and let their line tell them first.",
    needs=("people", "roles", "paths"),
    also_reads=("units",),
    remedy=remedies.decide_what_comes_next,
)
def no_next_role(register: Register, parameters: Parameters) -> Iterator[Found]:
    settled = {
        (path.role, path.person)
        for path in rows_of(register.facts, "paths", Path)
        if path.fate == "leaving" or (path.to_role and path.to_role != path.role)
    }
    for role in register.organization.roles.values():
        if role.fate != "end":
            continue
        holders = register.organization.holders.get(role.id, ())
        open_ = sum(1 for person in holders if (role.id, person) not in settled)
        if open_:
            yield Found(
                Subject("role", role.id),
                f"The role {role.name} ends{from_day(role)}, and {open_:,} of {counted(len(holders), 'holder')} "
                f"{'has' if open_ == 1 else 'have'} no next role yet",
                place_of_role(register, role.id),
                f"roles {role.id}: fate end; paths: {len(holders) - open_} of {len(holders)} settled",
            )


@guideline(
    "ROLE-04",
    "Nobody learns of a change after it is in force, or from a screen before their line spoke.",
    severity="error",
    why="The person concerned hears it first, from somebody they know, and can ask.",
    source=SOURCE,
    do="Talk first: the line tells the people concerned, and the date waits for it.",
    needs=("stages",),
    also_reads=("people", "units", "processes", "roles"),
    remedy=remedies.talk_first,
)
def told_too_late(register: Register, parameters: Parameters) -> Iterator[Found]:
    for row in rows_of(register.facts, "stages", Stage):
        late = []
        if _comes_first(row.in_force, row.told, register.facts.as_of):
            late.append(f"in force {_on(row.in_force)} and told {_on(row.told)}")
        if _comes_first(row.shown, row.line_spoke, register.facts.as_of):
            late.append(f"shown {_on(row.shown)} and spoken of by the line {_on(row.line_spoke)}")
        if late:
            name = _name(register, row)
            yield Found(
                Subject(row.kind, row.id),
                f"The change of {name} is {listed(late)}: the talk comes first",
                name,
                f"stages {row.kind} {row.id}: {'; '.join(late)}",
            )


def _comes_first(event: date | None, talk: date | None, day: date) -> bool:
    """Whether an event comes, or is planned, before its talk; without a talk, whether the event has come."""
    if event is None:
        return False
    return event <= day if talk is None else event < talk


def _on(day: date | None) -> str:
    return f"on {spelled(day)}" if day else "not yet"


def _name(register: Register, row: Stage) -> str:
    if row.kind == "process":
        return f"the process {register.work.process_name(row.id)}"
    if row.kind == "role":
        return f"the role {register.organization.role_name(row.id)}"
    return f"{register.organization.name(row.id)}'s own path"
