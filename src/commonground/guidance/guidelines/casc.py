"""PEER: news about the change goes from team to team, held by the line, and reaches all units at about the same time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from commonground.analysis.communication.cascade import heard_on, spread
from commonground.analysis.facts import Message, Step
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import casc as remedies
from commonground.guidance.guidelines.wording import counted, listed, spelled

SOURCE = "Practice PEER: news travels by talks, from the sponsor to every team; each talk is confirmed by who held it. "


@guideline(
    "PEER-05",
    "Every talk of a cascade is confirmed within its window.",
    severity="warn",
    why="A team that hears last hears it from another team first, in other words.",
    source=SOURCE,
    do="Ask who is to hold it whether it was held; print the kit for them, or name a deputy where they are away.",
    needs=("steps",),
    also_reads=("messages", "units", "people"),
    remedy=remedies.confirm_the_talk,
)
def not_confirmed(register: Register, parameters: Parameters) -> Iterator[Found]:
    day, titles = register.facts.as_of, _titles(register)
    late: dict[tuple[str, str], list[Step]] = {}
    for row in rows_of(register.facts, "steps", Step):
        if row.delivered is None and row.closes is not None and row.closes <= day:
            late.setdefault((row.message, row.unit or ""), []).append(row)
    for (message, unit), rows in sorted(late.items()):
        name = register.organization.unit_name(unit) if unit else "a team"
        since = min(row.closes for row in rows if row.closes is not None)
        tellers = (
            listed(sorted({register.organization.name(row.deliverer) for row in rows if row.deliverer})) or "nobody"
        )
        yield Found(
            Subject("talk", f"{message}/{unit}"),
            f"Nobody says yet that “{titles.get(message, message)}” was told in {name}",
            name,
            f"steps: {counted(len(rows), 'talk')}, to be held by {tellers} until {spelled(since - timedelta(days=1))}; not confirmed",
        )


@guideline(
    "PEER-07",
    "Units hear the same news at about the same time.",
    severity="warn",
    why="Between the first unit and the last, the news runs ahead as a rumour.",
    source=SOURCE + "A unit has heard when all its talks were held; of a unit that waits, the days until today count.",
    do="Agree one date by which every unit has heard, and help those whose talks are still to come.",
    needs=("steps",),
    also_reads=("messages", "units", "people"),
    parameters={"days": 7},
    remedy=remedies.tell_all_on_one_day,
)
def apart(register: Register, parameters: Parameters) -> Iterator[Found]:
    day, titles = register.facts.as_of, _titles(register)
    for message, rows in sorted(_by_message(register).items()):
        heard = heard_on((row.unit or "", _until(row.delivered, day)) for row in rows)
        found = spread(heard.values())
        if found.first is None or found.last is None or found.units < 2:
            continue
        waits = found.waiting > 0 and _waits_too_long(rows)
        last = day if waits else found.last
        if (last - found.first).days <= parameters["days"]:
            continue
        name = register.organization.unit_name
        first = listed(sorted(name(unit) for unit, on in heard.items() if on == found.first))
        behind = sorted(name(unit) for unit, on in heard.items() if (on is None if waits else on == found.last))
        told = (
            "have not heard it"
            if waits and len(behind) > 1
            else "has not heard it"
            if waits
            else f"heard it on {spelled(found.last)}"
        )
        yield Found(
            Subject("message", message),
            f"{first} heard “{titles.get(message, message)}” on {spelled(found.first)}, and {listed(behind)} {told}"
            + (" yet" if waits else ""),
            listed(behind, 4),
            f"steps: {found.heard} of {counted(found.units, 'unit')} had heard, the middle one on {spelled(found.median or found.first)}; "
            f"{(last - found.first).days} days from the first to {'today' if waits else 'the last'}",
        )


def _until(delivered: date | None, day: date) -> date | None:
    return delivered if delivered is not None and delivered <= day else None


def _waits_too_long(rows: Sequence[Step]) -> bool:
    """Whether a talk is still to be held."""
    return any(row.delivered is None for row in rows)


def _by_message(register: Register) -> Mapping[str, Sequence[Step]]:
    found: dict[str, list[Step]] = {}
    for row in rows_of(register.facts, "steps", Step):
        found.setdefault(row.message, []).append(row)
    return found


def _titles(register: Register) -> Mapping[str, str]:
    return {row.id: row.title for row in rows_of(register.facts, "messages", Message)}
