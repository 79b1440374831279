"""REIN: what was done well is seen, the new way is the easier one, and a formal step comes last."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from commonground.analysis.facts import Behaviour, CorrectiveStep, Reinforcement
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.analysis.reinforcement.ladder import ENVIRONMENT, FORMAL, may_step
from commonground.analysis.reinforcement.silence import QUIET, Done, by_counts_alone, last_heard, weeks_silent
from commonground.analysis.uptake import is_vanity
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import rein as remedies
from commonground.guidance.guidelines.wording import absent, counted, listed, spelled

SOURCE = "Practice REIN: carrot and stick, carrot first; what people did before is respected, and nobody slides back. "


@guideline(
    "REIN-01",
    "Before a formal step, something around the old way was changed.",
    severity="error",
    why="While the old way still pays, or is the easier one, whoever takes it does what the house asks for. A formal step then punishes "
    "people for the house, and is felt as unfair by everybody who watches.",
    source=SOURCE
    + "Only reward that follows the work raised performance, punishment did not (Podsakoff, Todor & Skov, 1982; METHODS 5).",
    do="Take back or pause the step. Take away what rewards the old way, make the new one easier, or say how many do it already.",
    needs=("corrective_steps",),
    empty_means_none=("reinforcements",),
    also_reads=("behaviours", "units", "people"),
    remedy=remedies.change_the_surroundings_first,
)
def formal_step_first(register: Register, parameters: Parameters) -> Iterator[Found]:
    changed = [row for row in rows_of(register.facts, "reinforcements", Reinforcement) if row.kind in ENVIRONMENT]
    for row in rows_of(register.facts, "corrective_steps", CorrectiveStep):
        if row.on > register.facts.as_of:
            continue
        above = {None, row.unit, *_above(register, row.unit)}
        tried = [one for one in changed if one.behaviour == row.behaviour and one.on <= row.on and one.unit in above]
        if may_step(FORMAL, {one.kind for one in tried}):
            continue
        unit = register.organization.unit_name(row.unit)
        word = ", a private word" if row.private_word else ""
        yield Found(
            Subject("corrective_step", row.id),
            f"A formal step was taken in {unit} on {spelled(row.on)}, and nothing around the old way was changed before it",
            f"{_name(register, row.behaviour)} · {unit}",
            f"reinforcements: none of these kinds up to that day: {listed(ENVIRONMENT)}{word}{absent(register, 'reinforcements')}",
        )


@guideline(
    "REIN-02",
    "Whoever takes the new way hears of it.",
    severity="warn",
    why="A new way that nobody notices any more fades, first where the old one is still near at hand.",
    source=SOURCE
    + "Feedback and social recognition each work, and together more (Stajkovic & Luthans, 2003, d = .47: in 63 of 100 pairs the one with "
    "it does better; METHODS 5).",
    do="Recognise a task that was done the new way, give feedback on one, or put a prompt where the work is done.",
    needs=("behaviours",),
    empty_means_none=("reinforcements",),
    also_reads=("pace", "milestones", "people", "units"),
    parameters={"weeks": QUIET},
    remedy=remedies.recognise_a_task,
)
def nobody_hears(register: Register, parameters: Parameters) -> Iterator[Found]:
    uptake, day, limit = register.uptake, register.facts.as_of, parameters["weeks"]
    for row in uptake.behaviours:
        start = uptake.start(row)
        if is_vanity(row) or start is None or start > day:
            continue
        done = _done(register, row)
        places = _places(register, row, done, day)
        for unit in places:
            heard = last_heard(done, unit, lambda one: _above(register, one), day)
            silent = weeks_silent(heard, uptake.start(row, unit) or start, day)
            if silent >= limit:
                yield _silence(register, row, unit, heard, silent)


def _places(register: Register, row: Behaviour, done: Iterable[Done], day: date) -> tuple[str | None, ...]:
    """The units in which its pace is told; of a behaviour that nobody reinforced anywhere, or whose units are not known, the whole."""
    units = tuple(sorted(register.uptake.units(row.id)))
    ever = last_heard(done, None, lambda one: _above(register, one), day)
    return units if units and ever else (None,)


def _silence(register: Register, row: Behaviour, unit: str | None, heard: date | None, silent: int) -> Found:
    name = register.organization.unit_name(unit) if unit else "all units"
    last = f"the last was on {spelled(heard)}" if heard else "none since the new way began"
    who = f"In {name} nobody has" if unit else "Nobody has"
    return Found(
        Subject("behaviour_unit", f"{row.id}/{unit}") if unit else Subject("behaviour", row.id),
        f"{who} heard anything on “{row.name}” for {counted(silent, 'week')}",
        f"{row.name} · {name}",
        f"reinforcements (recognition, feedback, prompt): {last}{absent(register, 'reinforcements')}",
    )


@guideline(
    "REIN-03",
    "The new way is the easier one.",
    severity="warn",
    why="Under pressure people take the shorter way. As long as that is the old one, every busy day brings it back.",
    source=SOURCE + "Easy comes first in EAST (Behavioural Insights Team, 2014); METHODS 5 and appendix A.",
    do="Take a step out of the new way or make it the default, and put one into the old way; count both again.",
    needs=("reinforcements",),
    also_reads=("behaviours", "units", "people"),
    remedy=remedies.make_it_easier,
)
def old_way_is_easier(register: Register, parameters: Parameters) -> Iterator[Found]:
    newest: dict[tuple[str, str | None], Reinforcement] = {}
    for row in sorted(rows_of(register.facts, "reinforcements", Reinforcement), key=lambda one: one.on):
        if row.new_after is not None and row.old_after is not None and row.on <= register.facts.as_of:
            newest[row.behaviour, row.unit] = row
    possible = {row.id: row.old_possible for row in rows_of(register.facts, "behaviours", Behaviour)}
    for (behaviour, unit), row in newest.items():
        new, old = row.new_after or 0.0, row.old_after or 0.0
        if new <= old or possible.get(behaviour) is False:
            continue
        where = register.organization.unit_name(unit) if unit else "all units"
        measure = row.measure or "minutes"
        yield Found(
            Subject("behaviour_unit", f"{behaviour}/{unit}") if unit else Subject("behaviour", behaviour),
            f"“{_name(register, behaviour)}” takes {new:g} {measure}, and the old way {old:g}",
            f"{_name(register, behaviour)} · {where}",
            f"reinforcements, {spelled(row.on)}: what one occasion takes, as it was counted then",
        )


@guideline(
    "REIN-04",
    "What is rewarded is how a task is done, and not only how often.",
    severity="warn",
    why="A count turns attention from the task to oneself and to others’ numbers; people then fill the count, and the customer waits.",
    source=SOURCE
    + "Over a third of 607 effects of feedback lowered performance, more the further it moved from the task to the self (Kluger & DeNisi, "
    "1996; METHODS 5).",
    do="Give feedback on one task: what was seen, and what it did for the customer. Let the count rest.",
    needs=("reinforcements",),
    also_reads=("behaviours",),
    parameters={"days": 90},
    remedy=remedies.speak_of_the_task,
)
def counts_alone(register: Register, parameters: Parameters) -> Iterator[Found]:
    day = register.facts.as_of
    since = day - timedelta(days=parameters["days"])
    behaviours = sorted({row.behaviour for row in rows_of(register.facts, "reinforcements", Reinforcement)})
    for behaviour in behaviours:
        done = [
            _of(row) for row in rows_of(register.facts, "reinforcements", Reinforcement) if row.behaviour == behaviour
        ]
        if by_counts_alone(done, since, day):
            name = _name(register, behaviour)
            yield Found(
                Subject("behaviour", behaviour),
                f"For “{name}” counts were rewarded, and nobody spoke of how a task was done",
                f"{name} · all units",
                f"reinforcements since {spelled(since)}: on counts, none on a task",
            )


@guideline(
    "SOFT-01",
    "Nobody is named in public.",
    severity="error",
    why="Whoever is named before others defends themselves, and whoever watches learns to hide. A public list also ranks people.",
    source="Practice SOFT: informal and indirect means come first. Public lists of people: METHODS 5 and 7.4.",
    do="Take it down today. What there is to say is said in private, between two people; what was good is told of a team or a task.",
    needs=("reinforcements",),
    also_reads=("behaviours", "units", "people"),
    parameters={"days": 90},
    remedy=remedies.take_it_down,
)
def named_in_public(register: Register, parameters: Parameters) -> Iterator[Found]:
    day = register.facts.as_of
    since = day - timedelta(days=parameters["days"])
    for row in rows_of(register.facts, "reinforcements", Reinforcement):
        if row.public and row.names_people and since <= row.on <= day:
            unit = register.organization.unit_name(row.unit) if row.unit else "all units"
            yield Found(
                Subject("reinforcement", row.id),
                f"A measure of {spelled(row.on)} names people in public",
                f"{_name(register, row.behaviour)} · {unit}",
                f"reinforcements: {row.kind}, public, names people",
            )


def _name(register: Register, behaviour: str) -> str:
    return next(
        (row.name for row in rows_of(register.facts, "behaviours", Behaviour) if row.id == behaviour), behaviour
    )


def _above(register: Register, unit: str) -> tuple[str, ...]:
    """The units above one, the nearest first."""
    found: list[str] = []
    place = register.organization.parent(unit)
    while place is not None and place not in found:
        found.append(place)
        place = register.organization.parent(place)
    return tuple(found)


def _done(register: Register, behaviour: Behaviour) -> list[Done]:
    rows = rows_of(register.facts, "reinforcements", Reinforcement)
    return [_of(row) for row in rows if row.behaviour == behaviour.id]


def _of(row: Reinforcement) -> Done:
    return Done(row.kind, row.on, row.unit, row.rests_on)
