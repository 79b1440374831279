"""EARLY: it starts when CRM is first raised with the board and key influencers."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from commonground.analysis.facts import Activity, Engagement, Milestone, TakesPart
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.kinds import is_dialogue, kind_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import early as remedies
from commonground.guidance.guidelines.seq import milestone, reached
from commonground.guidance.guidelines.wording import absent, counted, spelled


@guideline(
    "EARLY-01",
    "People outside IT, the board and key influencers are engaged from the start.",
    severity="error",
    why="Those who are asked while everything is open can still shape it, and stand by it later.",
    source=(
        "Practice EARLY: it starts when CRM is first raised with the board and key influencers; it is not training at the end nor a "
        "stream of notices."
    ),
    do="Engage them now: ask what customers and their people need, before more is decided.",
    needs=("milestones",),
    empty_means_none=("engagements",),
    parameters={"days": 30},
    remedy=remedies.engage_in_time,
)
def engaged_late(register: Register, parameters: Parameters) -> Iterator[Found]:
    day = register.facts.as_of
    rows = [row for row in rows_of(register.facts, "engagements", Engagement) if row.on <= day]
    nothing_given = absent(register, "engagements")
    raised = reached(milestone(register, "first_raised", None), day)
    last = raised + timedelta(days=parameters["days"]) if raised else None
    if raised and last and day > last and not any(row.on <= last and _outside(row) for row in rows):
        yield Found(
            Subject("milestone", "first_raised"),
            f"CRM was first raised on {spelled(raised)}, and nobody outside IT was engaged within {parameters['days']:.0f} days",
            "the whole program",
            f"engagements: {counted(sum(map(_outside, rows)), 'engagement')} outside IT by {spelled(day)}, none by "
            f"{spelled(last)}{nothing_given}",
        )
    chosen = reached(milestone(register, "technology_chosen", None), day)
    if chosen:
        kinds = {row.kind for row in rows if row.on < chosen}
        missing = [
            words for kind, words in (("board", "the board"), ("influencer", "key influencers")) if kind not in kinds
        ]
        if missing:
            yield Found(
                Subject("milestone", "technology_chosen"),
                f"The technology was chosen on {spelled(chosen)} before {' and '.join(missing)} were engaged",
                "the whole program",
                f"engagements before that day: {counted(sum(1 for row in rows if row.on < chosen), 'engagement')}, "
                f"none with {' or '.join(missing)}{nothing_given}",
            )


def _outside(row: Engagement) -> bool:
    """Whether an engagement reached people outside IT; the board counts as such where the sheet does not say."""
    return row.outside_it is True or (row.outside_it is None and row.kind == "board")


@guideline(
    "EARLY-02",
    "Most of the effort is not training at the end and notices.",
    severity="error",
    why="What people are only trained for and told of they can no longer shape; they learn it and wait until it passes.",
    source=(
        "Practice EARLY: it is not training at the end nor a stream of notices. Late: from the day on which the technology is chosen, or "
        "in the last days before the first cut-over."
    ),
    do="Plan earlier what lets people take part: talks, workshops, trials, a search for how the work will go.",
    needs=("activities", "milestones"),
    also_reads=("people", "units"),
    parameters={"share": 0.60, "days": 90},
    remedy=remedies.involve_earlier,
)
def late_training_and_notices(register: Register, parameters: Parameters) -> Iterator[Found]:
    rows = [row for row in rows_of(register.facts, "activities", Activity) if row.state != "dropped"]
    whole = sum(map(_effort, rows))
    if not whole:
        raise NotEnoughDataError("activities.hours")
    since = _late_from(register, parameters["days"])
    if since is None:
        raise NotEnoughDataError("milestones.planned")
    late = [row for row in rows if row.start is not None and row.start >= since and _trains_or_tells(row)]
    hours = sum(map(_effort, late))
    if hours > parameters["share"] * whole:
        yield Found(
            Subject("program", "effort"),
            f"{hours / whole:.0%} of all effort is training and notices from {spelled(since)} on",
            "the whole program",
            f"activities: {hours:,.0f} of {whole:,.0f} hours in {counted(len(late), 'activity', 'activities')} of {len(rows):,}, looked "
            f"for: at most {parameters['share']:.0%}",
        )


def _effort(row: Activity) -> float:
    """Hours to prepare and hold it, and those that it asks of the people it is for."""
    return (row.hours or 0.0) + (row.hours_per_person or 0.0) * (row.people or 0)


def _trains_or_tells(row: Activity) -> bool:
    kind = kind_of(row.kind) or ("train" if row.practice == "TRAIN" else None)
    return kind == "train" or (kind == "communicate" and not is_dialogue(row.kind))


def _late_from(register: Register, days: float) -> date | None:
    """The day from which training and notices are late: the choice of technology, or so many days before the first cut-over, if earlier."""
    given = rows_of(register.facts, "milestones", Milestone)
    chosen = [day for row in given if row.kind == "technology_chosen" and (day := row.actual or row.planned)]
    before = [
        day - timedelta(days=days) for row in given if row.kind == "cut_over" and (day := row.actual or row.planned)
    ]
    return min([*chosen, *before], default=None)


@guideline(
    "EARLY-03",
    "Where people get notices they can also answer.",
    severity="warn",
    why="A notice ends a talk that has not begun; who can answer tells early what will not work.",
    source="Practice EARLY: it is not training at the end nor a stream of notices.",
    do="Listen before you write again: an open hour, a round of talks, a session in which they take part.",
    needs=("people", "processes", "activities"),
    also_reads=("units", "does", "roles", "role_changes", "paths", "takes_part"),
    parameters={"days": 60},
    remedy=remedies.listen,
)
def notices_only(register: Register, parameters: Parameters) -> Iterator[Found]:
    organization, day = register.organization, register.facts.as_of
    since = day - timedelta(days=parameters["days"])
    lately = [row for row in rows_of(register.facts, "activities", Activity) if _was_on(row, since, day)]
    heard = {
        organization.business_unit_of.get(row.person)
        for row in rows_of(register.facts, "takes_part", TakesPart)
        if since < row.on <= day
    }
    for unit in register.touched_units:
        here = [row for row in lately if row.unit is None or organization.business_unit(row.unit) == unit]
        notices = [row for row in here if kind_of(row.kind) == "communicate" and not is_dialogue(row.kind)]
        if not notices or unit in heard or any(is_dialogue(row.kind) for row in here):
            continue
        name = organization.unit_name(unit)
        yield Found(
            Subject("unit", unit),
            f"{name} got {_notices(notices)} in the last {parameters['days']:.0f} days, and nothing in which people could answer",
            name,
            f"activities since {spelled(since)}: {counted(len(notices), 'notice')}, no talk, workshop or session",
        )


def _notices(rows: Sequence[Activity]) -> str:
    return "a notice" if len(rows) == 1 else f"{len(rows):,} notices"


def _was_on(row: Activity, since: date, day: date) -> bool:
    """Whether an activity that is running or done took place between two days."""
    if row.state not in (None, "running", "done") or row.start is None or row.start > day:
        return False
    return row.end is None or row.end > since
