"""What is asked at each gate: criteria of intention (plans, decisions) and of reality (use, flow, records), and how each is answered.

Own model; the two kinds follow the idea of the CMAT of QCi (Woodcock, Starkey & Stone 2000): what is meant and what is real are asked
apart. Each answer stands for itself: there is no sum, no share of criteria and no mark for the whole. Pure.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

INTENTION, REALITY = "intention", "reality"
KINDS: Final = {
    INTENTION: "What is meant: plans and decisions",
    REALITY: "What is real: use, flow and records",
}
MET, NOT_MET, FEW, UNANSWERED, PROMISED = "met", "not_met", "few", "unanswered", "condition"
ANSWERS: Final = {
    MET: "met",
    NOT_MET: "not met",
    FEW: "not enough data yet",
    UNANSWERED: "not answered",
    PROMISED: "a condition",
}
EVIDENCE_ANSWERS: Final = (MET, NOT_MET, PROMISED)
MEASURED, FILED = "measured", "filed"
WAYS: Final = (MEASURED, FILED)
SHARE, HOURS, COUNT, YES = "share", "hours", "count", "yes"


class Criterion(NamedTuple):
    """One question of a gate. wanted: gate → the value that is wanted where the program says no other; gates that are missing do not ask.

    unit: of the value: share (0 to 1), hours (working hours), count, or yes (answered by yes or no). at_most: the value is not to be more,
    else not less. measure: the name of the number that the product has, "" where only filed evidence answers. number: where it comes from.
    """

    key: str
    kind: str
    question: str
    unit: str
    wanted: Mapping[int, float]
    measure: str = ""
    number: str = "evidence that somebody files"
    at_most: bool = False


def _filed(key: str, kind: str, question: str, gates: Iterable[int], unit: str = YES, wanted: float = 1.0) -> Criterion:
    return Criterion(key, kind, question, unit, dict.fromkeys(gates, wanted))


CRITERIA: Final = (
    Criterion(
        "goal", INTENTION, "Is the goal stated openly?", YES, {1: 1}, "goal", "the day on which the goal was stated"
    ),
    Criterion(
        "strategy", INTENTION, "Is the strategy agreed?", COUNT, {1: 1}, "strategy", "parts of it with their day"
    ),
    Criterion(
        "dates", INTENTION, "Has the next phase its dates?", YES, {1: 1, 2: 1}, "dates", "the plan of the next phase"
    ),
    Criterion(
        "money",
        INTENTION,
        "Has the next phase a budget?",
        COUNT,
        {1: 1, 2: 1},
        "money",
        "budget lines of the next phase",
    ),
    Criterion(
        "customers",
        INTENTION,
        "Do customers take part in what comes next?",
        COUNT,
        {2: 1},
        "customers",
        "panels and joint improvements that run or are agreed",
    ),
    _filed("leaders", INTENTION, "Have those who lead the units agreed to go on?", (1, 2)),
    _filed("keeps", INTENTION, "Is it agreed who keeps it up once the program ends?", (3,)),
    Criterion(
        "use",
        REALITY,
        "Is the work done the new way?",
        SHARE,
        {1: 0.3, 2: 0.6, 3: 0.8},
        "use",
        "the pace: share done the new way in the last four weeks, of the behaviour that has least",
    ),
    Criterion(
        "kept",
        REALITY,
        "Do those who came to it keep at it?",
        SHARE,
        {2: 0.7, 3: 0.8},
        "kept",
        "the pace: share still at it six months on, of the behaviour that has least",
    ),
    Criterion(
        "crossings",
        REALITY,
        "Does work cross between units in good time?",
        HOURS,
        {1: 24, 2: 16, 3: 8},
        "crossings",
        "event logs: median working hours at the crossing that waits longest",
        at_most=True,
    ),
    _filed("records", REALITY, "Are the customer records that units share complete?", (1, 2, 3), SHARE, 0.9),
    Criterion(
        "roles",
        REALITY,
        "Have holders seen the new words of their role?",
        SHARE,
        {1: 0.5, 2: 0.8, 3: 0.95},
        "roles",
        "acknowledgements of roles that were told",
    ),
    Criterion(
        "reach",
        REALITY,
        "Do messages reach customers on channels they have?",
        SHARE,
        {1: 0.8, 2: 0.9, 3: 0.95},
        "reach",
        "of the messages to customers of 90 days, contacts that the least received one reaches",
    ),
    Criterion(
        "dip",
        REALITY,
        "Is the work out of the dip that followed the change?",
        YES,
        {2: 1, 3: 1},
        "dip",
        "the pace: four weeks in a row at the level from before, for every behaviour with a cut-over",
    ),
    Criterion(
        "benefit",
        REALITY,
        "Has the benefit come that was planned?",
        SHARE,
        {2: 0.5, 3: 0.8},
        "benefit",
        "benefits: realised of planned in the newest month, of the one that has least",
    ),
)
BY_KEY: Final = {one.key: one for one in CRITERIA}


class Number(NamedTuple):
    """A number that the product has, in the criterion's unit. value: None with why in words, where there is not enough data yet.

    n: of what it is made; of: what is counted; low, high: a 95 % interval where one is known; first, last: days that it is about.
    what: the thing it is about, where there are several; source: words; page: name of its page; pk: of the thing on that page.
    """

    value: float | None
    why: str = ""
    n: int | None = None
    of: str = ""
    low: float | None = None
    high: float | None = None
    first: date | None = None
    last: date | None = None
    what: str = ""
    source: str = ""
    page: str = ""
    pk: int | None = None


class Filed(NamedTuple):
    """What somebody filed, or what was promised as a condition. answer: of EVIDENCE_ANSWERS; due: of a condition; on: since when."""

    criterion: str
    answer: str
    on: date | None
    by: str = ""
    words: str = ""
    value: float | None = None
    due: date | None = None
    how: str = FILED
    pk: int | None = None


class Verdict(NamedTuple):
    """How one criterion stands. state: of ANSWERS. by: measured or filed, what answered it; promised: an open condition on it."""

    criterion: Criterion
    wanted: float
    state: str
    by: str = ""
    number: Number | None = None
    filed: tuple[Filed, ...] = ()
    promised: Filed | None = None


def criteria_of(number: int) -> tuple[Criterion, ...]:
    """What a gate asks, in the order of the table."""
    return tuple(one for one in CRITERIA if number in one.wanted)


def reaches(criterion: Criterion, value: float, wanted: float) -> bool:
    """Whether a value is as good as what is wanted."""
    return value <= wanted if criterion.at_most else value >= wanted


def wanted_said(criterion: Criterion, wanted: float) -> str:
    """What is wanted, in words; empty where a yes is."""
    if criterion.unit == YES:
        return ""
    least = "at most" if criterion.at_most else "at least"
    if criterion.unit == COUNT:
        return f"{least} {wanted:g}"
    return f"{least} {100 * wanted:.0f} %" if criterion.unit == SHARE else f"{least} {wanted:g} working hours"


def verdict(criterion: Criterion, wanted: float, number: Number | None, filed: Iterable[Filed], day: date) -> Verdict:
    """How a criterion stands on a day.

    A number that there is enough data for answers; what was filed stands beside it and does not overrule it. Without one the newest
    filed evidence of that day answers. A condition answers nothing: it says by when somebody will.
    """
    known = sorted((one for one in filed if one.on is None or one.on <= day), key=_age)
    told = tuple(one for one in known if one.answer != PROMISED)
    promised = next((one for one in reversed(known) if one.answer == PROMISED), None)
    if number is not None and number.value is not None:
        state = MET if reaches(criterion, number.value, wanted) else NOT_MET
        return Verdict(criterion, wanted, state, MEASURED, number, told, promised)
    if told:
        return Verdict(criterion, wanted, said(criterion, told[-1], wanted), FILED, number, told, promised)
    return Verdict(criterion, wanted, FEW if number is not None else UNANSWERED, "", number, (), promised)


def said(criterion: Criterion, one: Filed, wanted: float) -> str:
    """What a filed evidence answers: its number where it has one, else its own word."""
    if one.value is not None and criterion.unit in (SHARE, HOURS, COUNT):
        return MET if reaches(criterion, one.value, wanted) else NOT_MET
    return one.answer


def newest(filed: Iterable[Filed]) -> dict[str, Filed]:
    """Criterion → what answers it out of written rows: the newest measured one, else the newest filed one. Conditions are left out."""
    found: dict[str, Filed] = {}
    rows = [one for one in filed if one.answer != PROMISED]
    for one in sorted(rows, key=lambda row: (row.how == MEASURED, *_age(row))):
        found[one.criterion] = one
    return found


def uncovered(number: int, filed: Iterable[Filed], day: date) -> list[Criterion]:
    """What a gate asks of reality and no written evidence answers with yes, nor a condition covers whose day has not passed."""
    rows = list(filed)
    answers = newest(rows)
    promised = {one.criterion for one in rows if one.answer == PROMISED and (one.due is None or one.due >= day)}
    real = (one for one in criteria_of(number) if one.kind == REALITY and one.key not in promised)
    return [one for one in real if one.key not in answers or answers[one.key].answer != MET]


def _age(one: Filed) -> tuple[date, int]:
    return one.on or date.min, one.pk or 0
