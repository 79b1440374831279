"""LEAD: a strong leader at the helm; each unit is led by both its manager and a sponsor."""

from collections.abc import Iterator
from datetime import date, timedelta

from commonground.analysis.coalition.leading import LED_DAYS, Gone, Leading, Led, Silence
from commonground.analysis.facts import Message
from commonground.analysis.organization import rows_of
from commonground.analysis.ownership import THRESHOLD
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import lead as remedies
from commonground.guidance.guidelines.wording import counted, listed, spelled

SOURCE = "Practice LEAD: a strong leader at the helm; each unit is led by both its manager and a sponsor. "
PLACED = ("units", "does", "roles", "role_changes", "paths")
WHOLE = "the whole program"
SENDERS = {
    "sponsor": "a sponsor",
    "team": "the project team",
    "customer_lead": "a customer lead",
    "other": "somebody else",
}


@guideline(
    "LEAD-01",
    "Every unit that the change touches is led: its manager and a sponsor are both seen to act for it.",
    severity="warn",
    why="People look at what their leaders do before they believe what is written.",
    source=SOURCE + "Led: both have a visible act in the last 30 days.",
    do="Plan a visible act: visit the unit, answer its oldest doubt, take part in a session, remove an obstacle.",
    needs=("people", "processes", "sponsors", "acts"),
    also_reads=PLACED,
    parameters={"days": LED_DAYS, "threshold": THRESHOLD},
    remedy=remedies.lead_visibly,
)
def not_led(register: Register, parameters: Parameters) -> Iterator[Found]:
    day, days = register.facts.as_of, parameters["days"]
    least = max(parameters["threshold"], THRESHOLD)
    for led in Leading(register).touched:
        if led.is_led(day, days):
            continue
        name, touched = register.organization.unit_name(led.unit), len(register.touched_units[led.unit])
        missing = [
            words
            for words, is_there in (
                (_manager(register, led), led.by_manager(day, days)),
                (_sponsor(register, led), led.by_sponsor(day, days)),
            )
            if not is_there
        ]
        yield Found(
            Subject("unit", led.unit),
            f"In {name} no visible act of {listed(missing, joined_by='or')} stands in the last {days:.0f} days",
            f"{name} · {touched:,} people touched" if touched >= least else name,
            f"acts: of the manager {_last(led.manager_act)}, of a sponsor {_last(led.sponsor_act)}",
        )


def _manager(register: Register, led: Led) -> str:
    if led.manager is None:
        return "its manager, whom the reporting line does not name,"
    return f"its manager {register.organization.name(led.manager)}"


def _sponsor(register: Register, led: Led) -> str:
    names = listed((register.organization.name(person) for person in led.sponsors), joined_by="or")
    return f"a sponsor ({names})" if names else "a sponsor, since none is named for it"


def _last(act: date | None) -> str:
    return f"the last on {spelled(act)}" if act else "none yet"


@guideline(
    "LEAD-02",
    "A sponsor who leaves is followed by the next, and is seen while they are there.",
    severity="error",
    why="When the leader goes or goes quiet, people conclude that the change will pass too.",
    source=SOURCE + "A silence is told to the sponsor first; others read of it only later.",
    do="Name the next sponsor, and let the two of them tell people together where they can.",
    needs=("sponsors",),
    also_reads=("acts", "people", "units"),
    parameters={"days": 45, "told_days": 7},
    remedy=remedies.name_the_next,
)
def gone_or_quiet(register: Register, parameters: Parameters) -> Iterator[Found]:
    leading = Leading(register)
    gone = list(_gone(register, leading))
    if not gone and leading.sponsors and not register.facts.has("acts"):
        raise NotEnoughDataError("acts")
    yield from gone
    yield from _quiet(register, leading, parameters) if register.facts.has("acts") else ()


def _gone(register: Register, leading: Leading) -> Iterator[Found]:
    by_person: dict[str, list[Gone]] = {}
    for one in leading.gone:
        by_person.setdefault(one.person, []).append(one)
    for person, parts in by_person.items():
        name, places = register.organization.name(person), listed(_part(register, one.part) for one in parts)
        ended = max((one.on for one in parts if one.on), default=None)
        if any(one.left for one in parts):
            what = f"{name}, sponsor of {places}, works here no longer, and nobody is named in their place yet"
        else:
            what = f"{name} is no longer the sponsor of {places}, and nobody is named in their place yet"
        evidence = f"ended on {spelled(ended)}, none after it" if ended else "not among the people of today"
        yield Found(Subject("sponsor", person), what, places, f"sponsors {person}: {evidence}")


def _quiet(register: Register, leading: Leading, parameters: Parameters) -> Iterator[Found]:
    """Sponsors of whom nothing was seen for long, and who have known that for a while. Of others nothing is said, not even that there
    would be something to say: it is theirs to hear first."""
    day, days, told_days = register.facts.as_of, parameters["days"], parameters["told_days"]
    for one in leading.silences:
        is_long = one.since is None or day - one.since >= timedelta(days=days)
        if is_long and one.told is not None and day - one.told >= timedelta(days=told_days):
            yield _found(register, leading, one)


def _found(register: Register, leading: Leading, one: Silence) -> Found:
    name = register.organization.name(one.person)
    parts = listed(
        dict.fromkeys(_part(register, leading.part(row.unit)) for row in leading.sponsors if row.person == one.person)
    )
    last = leading.last_acts.get(one.person)
    return Found(
        Subject("sponsor", one.person),
        f"No visible act of {name}, sponsor of {parts}, has been noted since {spelled(one.since)}"
        if one.since
        else f"No visible act of {name}, sponsor of {parts}, has been noted yet",
        parts,
        f"acts: {_last(last)}; sponsors {one.person}: told of it first",
        "Note what was done and not written down, or plan the next act together: an hour in the unit seen least recently.",
    )


def _part(register: Register, part: str | None) -> str:
    return register.organization.unit_name(part) if part else WHOLE


@guideline(
    "LEAD-04",
    "A sponsor is named for the program.",
    severity="error",
    why="Without somebody at the helm who can decide, every hard question waits.",
    source=SOURCE,
    do="Name somebody who can decide over goals, people and money, and who will be seen with it.",
    needs=("sponsors",),
    also_reads=("people", "units"),
    remedy=remedies.name_a_sponsor,
)
def no_sponsor(register: Register, parameters: Parameters) -> Iterator[Found]:
    leading = Leading(register)
    if any(leading.part(row.unit) is None for row in leading.rows):
        return  # of one who left, LEAD-02 tells
    others = len({row.person for row in leading.sponsors})
    yield Found(
        Subject("program", "sponsor"),
        "No sponsor is named for the whole program yet",
        WHOLE,
        f"sponsors: {counted(others, 'sponsor')} of units, none of the whole" if others else "sponsors: none yet",
    )


@guideline(
    "LEAD-03",
    "What touches somebody’s own job comes from their line manager.",
    severity="note",
    why="People want to hear the why from the top, and what it means for their own job from the person they work for.",
    source=SOURCE + "Sender rule of messages: the line for what touches me, a sponsor for why.",
    do="Make the line manager the sender, with a talk or a kit for it; let the sponsor say why in a message of their own.",
    needs=("messages",),
    also_reads=("people", "units"),
    remedy=remedies.send_it_by_the_line,
)
def not_from_my_line(register: Register, parameters: Parameters) -> Iterator[Found]:
    for row in rows_of(register.facts, "messages", Message):
        if not row.about_my_work or row.side == "customers" or row.sender_kind in (None, "line"):
            continue
        ended = row.end is not None and row.end <= register.facts.as_of
        if row.state in ("out", "done", "dropped") or ended:
            continue
        where = register.organization.unit_name(row.unit) if row.unit else WHOLE
        by = f", {register.organization.name(row.sender)}" if row.sender else ""
        yield Found(
            Subject("message", row.id),
            f"“{row.title}” is about people’s own job, and does not come from their line",
            where,
            f"messages: from {SENDERS.get(row.sender_kind or '', 'somebody else')}{by}"
            + (f", planned from {spelled(row.start)}" if row.start else ", with no day yet"),
        )
