"""PEER: members champion the cause among peers, answer doubts, remove fears."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from commonground.analysis.facts import Response, Round, Voice
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.idea import since, week_is_over
from commonground.guidance.guidelines.wording import counted, listed, week

SOURCE = (
    "Practice PEER: not everyone can be on the team, so members champion the cause among peers, answer doubts and remove fears; each doubt "
    "has an age. "
)
DOUBTS = ("doubt", "fear", "question")


@guideline(
    "PEER-04",
    "The same doubt in several units gets one answer that all can read.",
    severity="warn",
    why="Three units that ask the same and hear three answers begin to compare them instead of the change.",
    source=SOURCE + "Units are told of from 10 people on.",
    do="Write one public answer with those who asked, and let the champions carry it to each unit.",
    needs=("voices",),
    also_reads=("people", "units"),
    parameters={"units": 3},
)
def no_common_answer(register: Register, parameters: Parameters) -> Iterator[Found]:
    day = register.facts.as_of
    for topic, gathered in register.voices.topics.items():
        rows = [row for row in gathered if row.kind in DOUBTS and row.state != "closed"]
        units = _apart(register, rows)
        if len(units) < parameters["units"] or any(_answers_all(row, day) for row in gathered):
            continue
        names = sorted(map(register.organization.unit_name, units))
        yield Found(
            Subject("topic", topic),
            f"The same {'doubt' if any(row.kind == 'doubt' for row in rows) else rows[0].kind} was raised in {listed(names, 4)}, and "
            "there is no common answer yet",
            listed(names, 6),
            f"voices: {counted(len(rows), 'voice')} with one topic, the first {since(rows)}; none with a public answer",
        )


def _answers_all(row: Voice, day: date) -> bool:
    return bool(row.public_answer) and (row.answered is None or row.answered <= day)


def _apart(register: Register, rows: Sequence[Voice]) -> set[str]:
    """Units of at least 10 people that voices come from, none of which lies above another."""
    units = {unit for row in rows if (unit := register.voices.told_by(row.unit))}
    return {unit for unit in units if not any(other != unit and register.voices.within(other, unit) for other in units)}


@guideline(
    "PEER-06",
    "No unit falls silent.",
    severity="warn",
    why="Where nobody asks anything, people have mostly stopped expecting an answer.",
    source=SOURCE + "Units of at least 10 people. Silent units: listen first (METHODS 6.2).",
    do="Hold a listening session in the unit: come with two questions and no slides, and bring back what came of the last one.",
    needs=("people", "voices"),
    also_reads=("units", "rounds", "response"),
    parameters={"days": 60, "people": 10, "share": 0.3},
)
def silent(register: Register, parameters: Parameters) -> Iterator[Found]:
    day, voices = register.facts.as_of, register.voices
    since_day = day - timedelta(days=parameters["days"])
    if not any(row.raised <= since_day for row in voices.raised):
        return  # nobody could have been heard for that long
    last, answers = _last_heard(register), _answered_lately(register, since_day)
    for unit in sorted({unit for unit in register.organization.business_unit_of.values() if unit}):
        heads = register.organization.heads.get(unit, 0)
        heard = last.get(unit)
        if heads < max(voices.threshold, parameters["people"]) or (heard is not None and heard > since_day):
            continue
        share = answers.get(unit)
        if share is not None and share >= parameters["share"]:
            continue
        name = register.organization.unit_name(unit)
        rounds = (
            f"{100 * share:.0f} % answered the last round" if share is not None else "no round answered in that time"
        )
        yield Found(
            Subject("unit", unit),
            f"Nothing was heard from {name} for {parameters['days']:.0f} days",
            f"{name} · {counted(heads, 'person', 'people')}",
            f"voices: {f'the last in the week of {week(heard)}' if heard else 'none yet'}, this week not counted; response: {rounds}",
        )


def _last_heard(register: Register) -> dict[str, date]:
    """Business unit → the day of its last voice, those of this week not counted."""
    found: dict[str, date] = {}
    for row in register.voices.raised:
        if not week_is_over(row, register.facts.as_of):
            continue
        unit = register.organization.business_unit(row.unit)
        if unit:
            found[unit] = max(row.raised, found.get(unit, row.raised))
    return found


def _answered_lately(register: Register, since_day: date) -> dict[str, float]:
    """Business unit → the largest share that answered a round closed since that day."""
    closed = {
        row.id: row.closed
        for row in rows_of(register.facts, "rounds", Round)
        if row.closed is not None and since_day < row.closed <= register.facts.as_of
    }
    found: dict[str, float] = {}
    for row in rows_of(register.facts, "response", Response):
        if row.round in closed:
            found[row.unit] = max(row.share, found.get(row.unit, 0.0))
    return found
