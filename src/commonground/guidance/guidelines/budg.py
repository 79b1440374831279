"""BUDG: resources and budget, so that staff can understand and contribute; hours as well as money."""

from collections.abc import Iterator, Sequence
from typing import Final

from commonground.analysis.facts import Activity, BudgetLine
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.budget import Line, grouped, split
from commonground.analysis.plan.gates import STATES
from commonground.analysis.plan.money import smallest
from commonground.analysis.plan.standing_gates import Gates
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import budg as remedies
from commonground.guidance.guidelines.remedies.gates import pass_it
from commonground.guidance.guidelines.wording import counted, do_or_does, listed
from commonground.guidance.parts import PRACTICES

SOURCE: Final = "Practice BUDG: resources and budget to help staff understand and contribute, hours as well as money."
DROPPED: Final = frozenset({"dropped", "cancelled", "canceled"})
WHOLE: Final = "the whole program"


def _lines(register: Register) -> Sequence[BudgetLine]:
    return rows_of(register.facts, "budget", BudgetLine)


@guideline(
    "BUDG-01",
    "Every practice with activities has money or hours in the budget.",
    severity="warn",
    why="What has no budget is done beside people's other work, or not at all.",
    source=SOURCE,
    do="Give the practice a line with money or hours, or say which line it is paid from by naming the practice there.",
    needs=("activities", "budget"),
    remedy=remedies.give_hours,
)
def without_budget(register: Register, parameters: Parameters) -> Iterator[Found]:
    lines = _lines(register)
    if lines and not any(line.practice for line in lines):
        raise NotEnoughDataError("budget.practice")
    paid = {_code(line.practice) for line in lines if (line.planned or 0) > 0 or (line.hours or 0) > 0}
    asked: dict[str, list[Activity]] = {}
    for row in rows_of(register.facts, "activities", Activity):
        if row.practice and (row.state or "").casefold() not in DROPPED:
            asked.setdefault(_code(row.practice), []).append(row)
    for code in sorted(asked.keys() - paid):
        rows, name = asked[code], f"“{PRACTICES[code]}”" if code in PRACTICES else code
        has = do_or_does(["" for _ in rows], "has", "have")
        yield Found(
            Subject("practice", code),
            f"{counted(len(rows), 'activity', 'activities')} for {name} {has} no budget",
            f"practice {code}",
            f"activities {listed(row.id for row in rows)}; budget: {counted(len(lines), 'line')}, none with money or hours for {code}",
        )


def _code(practice: str | None) -> str:
    return (practice or "").strip().upper()


@guideline(
    "BUDG-02",
    "People get their share of the budget.",
    severity="warn",
    why="A tool that nobody has the time to learn and to shape is paid for twice.",
    source=SOURCE + " Practice OWN: lead with people, not technology.",
    do="Move money to time, talks and training, or say what of the rest is for people after all.",
    needs=("budget",),
    parameters={"share": 0.15},
    remedy=remedies.as_much_for_people,
)
def little_for_people(register: Register, parameters: Parameters) -> Iterator[Found]:
    lines = _lines(register)
    found = split(Line(row.id, purpose=row.purpose or "", planned=smallest(row.planned or 0.0, "EUR")) for row in lines)
    if found.share is None:
        raise NotEnoughDataError("budget.for")
    if found.share >= parameters["share"]:
        return
    told = [row for row in lines if row.purpose]
    untold = f"; {counted(len(lines) - len(told), 'line')} not counted, without “for”" if len(told) < len(lines) else ""
    yield Found(
        Subject("program", "budget"),
        f"{_percent(float(found.share))} of the planned budget is for people, and {_percent(found.technology / found.told)} for technology",
        WHOLE,
        f"budget: {counted(len(told), 'line')} that say what they are for; people {_percent(float(found.share))}, "
        f"looked for: at least {parameters['share']:.0%}{untold}",
    )


def _percent(share: float) -> str:
    """To a tenth, rounded down, so that what is below a share never reads as that share."""
    return f"{int(share * 1000) / 10:g}%"


@guideline(
    "BUDG-03",
    "A phase keeps money until its gate is decided.",
    severity="warn",
    why="What is spent before anybody decides has decided by itself.",
    source=SOURCE + " Practice PHAS: gates at the end of each phase.",
    do="Decide at the gate now: go on, go on with conditions, or not yet, with the money that takes.",
    needs=("budget", "gates"),
    also_reads=("phases", "units", "people"),
    parameters={"share": 0.9},
    remedy=pass_it,
)
def spent_before_its_gate(register: Register, parameters: Parameters) -> Iterator[Found]:
    gates = Gates(register)
    lines = [
        Line(row.id, row.phase, planned=smallest(row.planned or 0.0, "EUR"), spent=smallest(row.spent or 0.0, "EUR"))
        for row in _lines(register)
    ]
    if lines and not any(line.phase for line in lines):
        raise NotEnoughDataError("budget.phase")
    for number, sums in sorted(grouped([line for line in lines if line.phase], lambda line: line.phase or 0).items()):
        used = sums.used
        if used is None or used <= parameters["share"] or gates.is_behind(None, number):
            continue
        gate = gates.nearest(None, number)
        yield Found(
            Subject("gate", str(number)),
            f"{_percent(used)} of the money of phase {number} is spent, and its gate is open",
            WHOLE,
            f"budget: {counted(sums.lines, 'line')} of phase {number}, looked for: at most {parameters['share']:.0%}; gates: gate {number} "
            f"is at “{STATES.get(gate.state or 'open', 'open') if gate else STATES['open']}”",
        )
