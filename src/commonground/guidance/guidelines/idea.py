"""IDEA: people suggest ways to change, own their ideas and point at risks; everything raised is completed or answered, visibly."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from commonground.analysis.facts import Voice
from commonground.analysis.register import Register
from commonground.analysis.voices import is_in_hand
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import idea as remedies
from commonground.guidance.guidelines.wording import counted, spelled, week

SOURCE = (
    "Practice IDEA: people suggest ways to change, take ownership of those ideas, and point at risks of friction; everything raised is "
    "completed or answered, visibly. "
)
COMPLETED = (
    "Evidence: what one makes is valued more only if it is completed (Norton, Mochon & Ariely 2012, JCP 22:453-460)."
)
WORDS = {
    "idea": ("idea", "ideas"),
    "doubt": ("doubt", "doubts"),
    "fear": ("fear", "fears"),
    "question": ("question", "questions"),
    "risk": ("risk of friction", "risks of friction"),
}
EVERYWHERE = "the whole program"


@guideline(
    "IDEA-01",
    "What people raise is answered within two weeks.",
    severity="warn",
    why="Who raises something and hears nothing seldom raises anything again, and tells others not to.",
    source=SOURCE + "Voices without an owner are told of by unit, of at least 10 people.",
    do="Answer it, or give it to somebody who can, with a day; where several ask the same, one public answer serves all.",
    needs=("voices",),
    also_reads=("people", "units"),
    parameters={"days": 14},
    remedy=remedies.answer,
)
def unanswered(register: Register, parameters: Parameters) -> Iterator[Found]:
    last = register.facts.as_of - timedelta(days=parameters["days"])
    late = [row for row in register.voices.waiting if row.raised < last]
    alone, together = list[Voice](), dict[str, list[Voice]]()
    for row in filter(is_in_hand, late):
        if row.topic:
            together.setdefault(row.topic, []).append(row)
        else:
            alone.append(row)
    for topic, rows in together.items():
        if len(rows) == 1:
            alone += rows
            continue
        yield Found(
            Subject("topic", topic),
            f"{counted(len(rows), 'voice')} on one matter wait for an answer, the first {since(rows)}",
            places(register, rows),
            f"voices: {_counts(rows)} with one topic, none answered in {parameters['days']:.0f} days",
        )
    for row in alone:
        yield Found(
            Subject("voice", row.id),
            f"{a_voice(register, row)} waits for an answer",
            places(register, [row]),
            f"voices: {_state(row)}, {_owner(register, row)}{_due(row)}, no answer in {parameters['days']:.0f} days",
        )
    for subject, where, rows in by_place(register, (row for row in late if not is_in_hand(row))):
        yield Found(
            subject,
            f"{counted(len(rows), 'voice')} from {where} {'waits' if len(rows) == 1 else 'wait'} for a first answer, "
            f"{'' if len(rows) == 1 else 'the oldest '}{since(rows)}",
            where,
            f"voices: {_counts(rows)} without an owner, none answered in {parameters['days']:.0f} days",
            "Give each an owner and a day, and answer what can be answered at once.",
        )


def week_is_over(row: Voice, day: date) -> bool:
    """Whether a voice is from a week before this one. What it gives rise to before that would tell the day on which it was raised."""
    return row.raised - timedelta(days=row.raised.weekday()) + timedelta(days=7) <= day


def a_voice(register: Register, row: Voice) -> str:
    """“A doubt from Billing, raised in the week of 2 Nov 2026,”: never more than that."""
    one = WORDS.get(row.kind, (row.kind, ""))[0]
    unit = register.voices.told_by(row.unit)
    whence = f" from {register.organization.unit_name(unit)}" if unit else ""
    return f"{'An' if one[0] in 'aeiou' else 'A'} {one}{whence}, raised in the week of {week(row.raised)},"


def since(rows: Sequence[Voice]) -> str:
    return f"since the week of {week(min(row.raised for row in rows))}"


def places(register: Register, rows: Iterable[Voice]) -> str:
    """The units of at least 10 people that voices come from."""
    units = {unit for row in rows if (unit := register.voices.told_by(row.unit))}
    return ", ".join(sorted(map(register.organization.unit_name, units))) or EVERYWHERE


def by_place(register: Register, rows: Iterable[Voice]) -> Iterator[tuple[Subject, str, list[Voice]]]:
    """Voices that nobody has taken in hand, by the unit of at least 10 people that they come from; the rest by the program."""
    found: dict[str | None, list[Voice]] = {}
    for row in rows:
        found.setdefault(register.voices.told_by(row.unit), []).append(row)
    for unit, some in found.items():
        if unit:
            yield Subject("unit", unit), register.organization.unit_name(unit), some
        else:
            yield Subject("voices", "all"), EVERYWHERE, some


def _counts(rows: Sequence[Voice]) -> str:
    parts = []
    for kind, (one, many) in WORDS.items():
        number = sum(row.kind == kind for row in rows)
        if number:
            parts.append(counted(number, one, many))
    return ", ".join(parts)


def _state(row: Voice) -> str:
    return f"state {row.state or 'not given'}"


def _owner(register: Register, row: Voice) -> str:
    return f"owner {register.organization.name(row.owner)}" if row.owner else "no owner"


def _due(row: Voice) -> str:
    return f", due {spelled(row.due)}" if row.due else ""


@guideline(
    "IDEA-02",
    "An idea that was taken on is completed, or it is said why not.",
    severity="warn",
    why="An idea that is praised and then left lying costs more trust than one that was declined with a reason.",
    source=SOURCE + COMPLETED,
    do="Finish it and say so under its author’s name if they wish, or say openly why it cannot be done.",
    needs=("voices",),
    also_reads=("people", "units"),
    parameters={"days": 90},
    remedy=remedies.complete,
)
def not_completed(register: Register, parameters: Parameters) -> Iterator[Found]:
    day = register.facts.as_of
    for row in register.voices.raised:
        accepted = row.accepted or (row.answered or row.raised if row.state == "accepted" else None)
        if row.kind != "idea" or accepted is None or accepted >= day - timedelta(days=parameters["days"]):
            continue
        if row.state in ("completed", "closed") or (row.completed is not None and row.completed <= day):
            continue
        yield Found(
            Subject("voice", row.id),
            f"{a_voice(register, row)} was taken on and is not completed yet",
            places(register, [row]),
            f"voices: accepted {spelled(accepted)}, {_owner(register, row)}{_due(row)}, not completed in "
            f"{parameters['days']:.0f} days",
        )


@guideline(
    "IDEA-03",
    "Every risk of friction has an owner and a response.",
    severity="warn",
    why="Who works at a boundary sees first where it will rub; a risk without an owner is a risk that was heard and left.",
    source=SOURCE,
    do="Give it to somebody on each side of the boundary, and write down what will be done.",
    needs=("voices",),
    also_reads=("people", "units"),
    remedy=remedies.respond_to_the_risk,
)
def risk_left(register: Register, parameters: Parameters) -> Iterator[Found]:
    risks = [row for row in register.voices.raised if row.kind == "risk" and _is_open(register, row)]
    for row in filter(is_in_hand, risks):
        missing = " and ".join([*([] if row.owner else ["no owner"]), *([] if row.response else ["no response"])])
        yield Found(
            Subject("voice", row.id),
            f"{a_voice(register, row)} has {missing} yet",
            places(register, [row]),
            f"voices: {_state(row)}, {_owner(register, row)}, {'with' if row.response else 'without'} a response",
        )
    settled = (row for row in risks if not is_in_hand(row) and week_is_over(row, register.facts.as_of))
    for subject, where, rows in by_place(register, settled):
        yield Found(
            subject,
            f"{counted(len(rows), *WORDS['risk'])} raised in {where} {'has' if len(rows) == 1 else 'have'} no owner yet",
            where,
            f"voices: {_counts(rows)} without an owner, the oldest {since(rows)}",
        )


def _is_open(register: Register, row: Voice) -> bool:
    day = register.facts.as_of
    if row.state in ("completed", "closed") or (row.completed is not None and row.completed <= day):
        return False
    return not (row.owner and row.response)
