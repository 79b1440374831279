"""PHAS-01 and PHAS-02: gates that were passed on what is meant alone, and what goes ahead of its gate."""

from collections.abc import Iterator
from typing import Final

from commonground.analysis.facts import Activity
from commonground.analysis.facts.gates import Gate
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.criteria import REALITY, criteria_of
from commonground.analysis.plan.gates import STATES
from commonground.analysis.plan.standing_gates import Gates
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import gates as remedies
from commonground.guidance.guidelines.wording import absent, counted, listed, spelled

DROPPED: Final = frozenset({"dropped", "cancelled", "canceled"})


@guideline(
    "PHAS-01",
    "Who goes through a gate has evidence of what is real, or a condition with a day.",
    severity="warn",
    why="Plans say what is meant. Whether people work so is seen in use, in flow and in records, and what is not seen comes back later.",
    source="Practice PHAS: gates with criteria of intention and of reality. The two kinds after the idea of the CMAT, QCi.",
    do="File the evidence, or write a condition with who sees to it and until when.",
    needs=("gates",),
    empty_means_none=("evidence",),
    also_reads=("phases", "units", "people"),
    remedy=remedies.file_evidence,
)
def passed_without_evidence(register: Register, parameters: Parameters) -> Iterator[Found]:
    gates = Gates(register)
    for row in gates.passed():
        missing = gates.without_evidence(row)
        if not missing:
            continue
        asked = sum(one.kind == REALITY for one in criteria_of(row.number))
        place, has = part_of(register, row.unit), "has" if len(missing) == 1 else "have"
        first = missing[0].question if len(missing) == 1 else f"{missing[0].question} and others"
        yield Found(
            Subject("gate", gate_key(row)),
            f"Gate {row.number} of {place} was passed, and {counted(len(missing), 'question')} on what is real {has} no evidence: {first}",
            place,
            f"gates: {STATES.get(row.state or '', row.state)}{f' on {spelled(row.decided)}' if row.decided else ''}; evidence: of "
            f"{counted(asked, 'question')} on what is real, open without a condition are: "
            f"{listed(one.key for one in missing)}{absent(register, 'evidence')}",
        )


@guideline(
    "PHAS-02",
    "What belongs to a later phase begins once its gate is passed.",
    severity="note",
    why="What is begun before its time finds people who still need the phase before, and is done twice.",
    source="Practice PHAS: a phased plan. An activity belongs to the phase in whose planned days it begins.",
    do="Move the activities behind the gate, bring the gate forward, or drop what is not needed yet.",
    needs=("activities", "phases", "gates"),
    also_reads=("units", "people"),
    remedy=remedies.pass_it,
)
def before_its_gate(register: Register, parameters: Parameters) -> Iterator[Found]:
    gates, day = Gates(register), register.facts.as_of
    early: dict[tuple[str | None, int], list[str]] = {}
    for row in rows_of(register.facts, "activities", Activity):
        if row.start is None or row.start > day or (row.state or "").casefold() in DROPPED:
            continue
        before = gates.phase_of(row.unit, row.start) - 1
        if before >= 1 and not gates.is_behind(row.unit, before):
            gate = gates.nearest(row.unit, before)
            early.setdefault((gate.unit if gate else None, before), []).append(row.id)
    for (unit, number), ids in sorted(early.items(), key=lambda one: (one[0][1], one[0][0] or "")):
        gate = gates.rows.get((unit, number))
        state = STATES.get(gate.state or "open", "open") if gate else STATES["open"]
        place = part_of(register, unit)
        yield Found(
            Subject("gate", f"{number}/{unit}" if unit else str(number)),
            f"{counted(len(ids), 'activity', 'activities')} of phase {number + 1} began before gate {number} of {place} was passed",
            place,
            f"activities {listed(ids)}; gates: gate {number} is at “{state}”",
        )


def gate_key(row: Gate) -> str:
    """A gate as the subject of a finding: its number, and its unit where it has one."""
    return f"{row.number}/{row.unit}" if row.unit else str(row.number)


def part_of(register: Register, unit: str | None) -> str:
    """What a gate is of, by name."""
    return register.organization.unit_name(unit) if unit else "the whole program"
