"""PEER: members champion the cause among peers, answer doubts, remove fears."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from commonground.analysis.coalition.cells import (
    ATTRIBUTES,
    USUAL,
    Cell,
    cell_of,
    cell_words,
    cells,
    gathered,
    places,
)
from commonground.analysis.coalition.peers import carried_by_few
from commonground.analysis.facts import Champion, ChampionMeeting, Response, Round, Voice, in_force
from commonground.analysis.organization import rows_of
from commonground.analysis.ownership import THRESHOLD
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.idea import since, week_is_over
from commonground.guidance.guidelines.remedies import peer as remedies
from commonground.guidance.guidelines.wording import counted, listed, spelled, week

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
    remedy=remedies.answer_in_public,
)
def no_common_answer(register: Register, parameters: Parameters) -> Iterator[Found]:
    day = register.facts.as_of
    for topic, raised in register.voices.topics.items():
        rows = [row for row in raised if row.kind in DOUBTS and row.state != "closed"]
        units = _apart(register, rows)
        if len(units) < parameters["units"] or any(_answers_all(row, day) for row in raised):
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
    remedy=remedies.hear_the_unit,
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


@guideline(
    "PEER-01",
    "Every group that the change touches has a champion or a member of the team among its peers.",
    severity="warn",
    why="Somebody next to me who knows the answer is worth more than a page that does.",
    source=SOURCE
    + "The network of champions fills what members of the team leave. 1 or 0 says by what groups are told apart.",
    do="Ask the people there whom they listen to, and invite one of those, with hours agreed.",
    needs=("people", "processes", "champions"),
    also_reads=("units", "does", "roles", "role_changes", "paths", "seats", "team"),
    parameters={"unit": 1, "level": 1, "location": 0, "shift": 0, "language": 0, "threshold": THRESHOLD},
    remedy=remedies.nominate,
)
def no_champion(register: Register, parameters: Parameters) -> Iterator[Found]:
    chosen = tuple(name for name in ATTRIBUTES if parameters[name]) or USUAL
    least = max(parameters["threshold"], THRESHOLD)
    carried = set[Cell](gathered(places(register, register.participation.team), chosen))
    wanted = [_carries(register, row, chosen) for row in serving(register)]
    carried.update(one for one in wanted if None not in one)
    loose = {one for one in wanted if None in one}
    touched = register.touched_cells if chosen == USUAL else cells(register, chosen)
    for cell, people in touched.items():
        unplaced = "unit" in chosen and cell[chosen.index("unit")] is None
        if unplaced or cell in carried or any(_fits(cell, one) for one in loose):
            continue
        words = cell_words(register, chosen, cell)
        yield Found(
            Subject("cell", "/".join(value or "" for value in cell).rstrip("/")),
            f"Nobody champions the cause in {words} yet",
            words,
            f"{f'{len(people):,} people touched' if len(people) >= least else 'touched'}; champions: "
            f"{counted(len(wanted), 'champion')}, none for this group",
        )


def serving(register: Register) -> list[Champion]:
    """Champions in force on the day who are here."""
    day = register.facts.as_of
    return [
        row
        for row in rows_of(register.facts, "champions", Champion)
        if in_force(row.start, row.end, day) and register.organization.is_here(row.person)
    ]


def _carries(register: Register, row: Champion, chosen: Sequence[str]) -> Cell:
    """The values of the groups that a champion carries, None for any: of those named, or, where none is, of their own."""
    named = tuple(getattr(row, name) for name in ATTRIBUTES)
    if not any(named):
        own = places(register, [row.person]).get(row.person)
        return cell_of(own, chosen) if own else tuple("" for _ in chosen)
    known = dict(zip(ATTRIBUTES, named, strict=True))
    return tuple(register.organization.business_unit(known[name]) if name == "unit" else known[name] for name in chosen)


def _fits(cell: Sequence[str | None], wanted: Sequence[str | None]) -> bool:
    return all(want is None or want == have for want, have in zip(wanted, cell, strict=True))


@guideline(
    "PEER-02",
    "Champions carry what was agreed with them, and no few of them carry most.",
    severity="warn",
    why="A champion who carries for five leaves after three months, and with them all whom they reached.",
    source=SOURCE + "Hours and contacts are of a week, the average of the last four that were noted.",
    do="Add a champion or let one rotate, and agree the hours anew with them and their manager.",
    needs=("champions",),
    also_reads=("people", "units", "roles"),
    parameters={"part": 0.2, "share": 0.6},
    remedy=remedies.agree_anew,
)
def too_much(register: Register, parameters: Parameters) -> Iterator[Found]:
    rows = serving(register)
    if rows and all(row.hours_used is None and row.contacts is None for row in rows):
        raise NotEnoughDataError("champions.hours_used")
    for row in rows:
        if row.hours_used is not None and row.hours_per_week is not None and row.hours_used > row.hours_per_week:
            name = register.organization.name(row.person)
            unit = register.organization.unit_name(register.organization.business_unit_of.get(row.person))
            yield Found(
                Subject("champion", row.person),
                f"More is asked of {name} as a champion than the {_hours(row.hours_per_week)} a week that were agreed",
                unit,
                f"champions {row.person}: hours used in the weeks noted last lie above those agreed",
            )
    yield from _by_few(rows, parameters["part"], parameters["share"])


def _hours(hours: float) -> str:
    return f"{hours:g} hour" if hours == 1 else f"{hours:g} hours"


def _by_few(rows: Sequence[Champion], part: float, most: float) -> Iterator[Found]:
    """Whether few champions carry most contacts; of so few champions that the part is less than one of them, nothing is said."""
    contacts = [row.contacts for row in rows if row.contacts is not None]
    few = carried_by_few(contacts, part) if 0 < part <= 1 and part * len(contacts) >= 1 else None
    if few is not None and few.share >= most:
        yield Found(
            Subject("program", "champions"),
            f"{few.carriers:,} of {counted(len(contacts), 'champion')} {'carries' if few.carriers == 1 else 'carry'} "
            f"{100 * few.share:.0f} % of all contacts",
            "the champions",
            f"champions: contacts of {counted(len(contacts), 'champion')}; looked for: under {100 * most:.0f} % by "
            f"{100 * part:.0f} % of them",
        )


@guideline(
    "PEER-03",
    "Champions meet.",
    severity="note",
    why="Whoever answers the same doubt alone every week soon has only their own answer.",
    source=SOURCE,
    do="Meet for half an hour: what was asked, what was answered, what nobody could answer.",
    needs=("champions", "champion_meetings"),
    also_reads=("people",),
    parameters={"weeks": 6},
    remedy=remedies.meet,
)
def not_met(register: Register, parameters: Parameters) -> Iterator[Found]:
    day, rows = register.facts.as_of, serving(register)
    met = [row.on for row in rows_of(register.facts, "champion_meetings", ChampionMeeting) if row.on <= day]
    begun = min((row.start or date.min for row in rows), default=day)
    last = max(met, default=None)
    if len(rows) > 1 and day - max(begun, last or date.min) >= timedelta(weeks=parameters["weeks"]):
        yield Found(
            Subject("program", "champions"),
            f"The champions have not met since {spelled(last)}" if last else "The champions have not met yet",
            "the champions",
            f"champion_meetings: {counted(len(met), 'meeting')}; champions: {counted(len(rows), 'champion')}",
        )
