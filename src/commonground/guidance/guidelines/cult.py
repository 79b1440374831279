"""CULT: decide at the outset how much change the present culture needs, and see it from both sides."""

from collections.abc import Iterator
from datetime import date, timedelta

from commonground.analysis.facts import AmountOfChange, Impact, Round
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import cult as remedies
from commonground.guidance.guidelines.seq import milestone, reached
from commonground.guidance.guidelines.wording import absent, counted, spelled

SOURCE = (
    "Practice CULT: CRM moves the focus from internal products to what customers require; decide at the outset how much change the present "
    "culture needs. "
)
WHOLE = "the whole program"


@guideline(
    "CULT-01",
    "How things are done here is assessed before the amount of change is decided.",
    severity="warn",
    why="Who does not know where people stand cannot know how far they are asked to go.",
    source=SOURCE + "Ipsative ratings are compositions (van Eijnatten et al. 2015; METHODS 1.1).",
    do="Ask how things are done now and how they should be, in every unit, and put the gap beside the decision.",
    needs=("milestones",),
    empty_means_none=("rounds",),
    also_reads=("amount_of_change",),
    parameters={"days_before": 30},
    remedy=remedies.assess_before,
)
def not_assessed(register: Register, parameters: Parameters) -> Iterator[Found]:
    day, decided = register.facts.as_of, decided_on(register)
    row = milestone(register, "amount_of_change_decided", None)
    planned = row.planned if row else None
    if decided is None and (planned is None or day < planned - timedelta(days=parameters["days_before"])):
        return
    by = decided or day
    if any(one.closed is not None and one.closed <= by for one in _about_culture(register)):
        return
    what = (
        f"The amount of change was decided on {spelled(decided)} without a culture assessment before it"
        if decided
        else f"The amount of change is to be decided on {spelled(planned or day)}, and there is no culture assessment yet"
    )
    yield Found(
        Subject("milestone", "amount_of_change_decided"),
        what,
        WHOLE,
        f"rounds: {counted(sum(1 for _ in _about_culture(register)), 'round')} about culture, none closed by "
        f"{spelled(by)}{absent(register, 'rounds')}",
    )


def _about_culture(register: Register) -> Iterator[Round]:
    for row in rows_of(register.facts, "rounds", Round):
        if row.purpose == "culture" or (row.purpose is None and "culture" in row.instrument.casefold()):
            yield row


def decided_on(register: Register) -> date | None:
    """The day on which the amount of change was decided: of the milestone, or of the decision itself."""
    day = register.facts.as_of
    days = [row.decided for row in rows_of(register.facts, "amount_of_change", AmountOfChange) if row.decided]
    known = reached(milestone(register, "amount_of_change_decided", None), day)
    return min([*(one for one in days if one <= day), *([known] if known else [])], default=None)


@guideline(
    "CULT-02",
    "The amount of change is decided before the team is seated, and does not ask for more than there is room for.",
    severity="error",
    why="A team that does not know how much is meant promises everything; units without free hours can keep none of it.",
    source=SOURCE,
    do="Decide now: less at once, in stages, or with units that are left in peace; and write the reasons down.",
    needs=("milestones",),
    also_reads=("amount_of_change",),
    remedy=remedies.decide_with_reasons,
)
def not_decided(register: Register, parameters: Parameters) -> Iterator[Found]:
    day, decided = register.facts.as_of, decided_on(register)
    seated = reached(milestone(register, "team_seated", None), day)
    if seated is not None and (decided is None or decided > seated):
        yield Found(
            Subject("milestone", "amount_of_change_decided"),
            f"The team was seated on {spelled(seated)} before the amount of change was decided",
            WHOLE,
            f"milestones: team_seated {spelled(seated)}; amount_of_change: "
            f"{f'decided {spelled(decided)}' if decided else 'not decided yet'}",
        )
    for row in rows_of(register.facts, "amount_of_change", AmountOfChange):
        if is_above(row) and not row.reasons:
            yield Found(
                Subject("amount_of_change", "all"),
                "The change asks for more than there is room for, and no reasons are written",
                WHOLE,
                f"amount_of_change: {_hours(row)}{_beside(row)}; no reasons",
            )
            return


def is_above(row: AmountOfChange) -> bool:
    """Whether more is asked for than there is room for: it says so itself, or its hours do."""
    if row.above_capacity is not None:
        return row.above_capacity
    free, asked = row.free_hours_per_week, row.asked_hours_per_week
    return free is not None and asked is not None and asked > free


def _hours(row: AmountOfChange) -> str:
    if row.free_hours_per_week is None or row.asked_hours_per_week is None:
        return "above capacity"
    return f"{row.asked_hours_per_week:,.0f} hours a week asked for, {row.free_hours_per_week:,.0f} free"


def _beside(row: AmountOfChange) -> str:
    return f", {counted(row.concurrent, 'other change')} at the same time" if row.concurrent else ""


@guideline(
    "CULT-03",
    "The program and the group see an impact alike, or have talked about it.",
    severity="warn",
    why="Where a group feels twice what the program sees, one of the two knows something that the other needs.",
    source=SOURCE
    + "Each side rates from 1 to 5 without seeing the other’s; the ratings stand where those who rate see them.",
    do="Talk: ask the group what the program does not see yet, and write down what both know then.",
    needs=("impacts",),
    also_reads=("roles", "processes", "units", "people"),
    parameters={"difference": 2},
    remedy=remedies.talk_about_it,
)
def seen_differently(register: Register, parameters: Parameters) -> Iterator[Found]:
    widest: dict[Subject, tuple[float, Impact]] = {}
    for row in rows_of(register.facts, "impacts", Impact):
        apart = abs((row.by_program or 0) - (row.by_group or 0))
        subject = Subject(row.kind, row.subject)
        if None in (row.by_program, row.by_group) or apart < parameters["difference"]:
            continue
        if subject not in widest or apart > widest[subject][0]:
            widest[subject] = (apart, row)
    for subject, (_, row) in widest.items():
        name, unit = _named(register, row), row.unit or (row.subject if row.kind == "unit" else None)
        yield Found(
            subject,
            f"The program and the group see what changes for {name} differently",
            register.organization.unit_name(unit) if unit else name,
            f"impacts {row.id}: the two ratings are {parameters['difference']:g} steps of 5 or more apart",
        )


def _named(register: Register, row: Impact) -> str:
    if row.kind == "role":
        return f"the role {register.organization.role_name(row.subject)}"
    if row.kind == "process":
        return register.work.process_name(row.subject)
    return register.organization.unit_name(row.subject)
