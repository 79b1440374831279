"""What people say and are asked: voices, rounds of questions, how much change it is, perceptions, talks of three. Never a text, an answer
or an author: only what is owed to them and by when."""

from datetime import date
from typing import NamedTuple

VOICE_KINDS = ("idea", "doubt", "fear", "question", "risk")
VOICE_STATES = ("open", "assigned", "accepted", "answered", "completed", "closed")
ROUND_PURPOSES = ("culture", "readiness", "ladder", "fairness", "ownership", "pulse", "other")
RATED = ("role", "process", "unit")
PERCEPTION_KINDS = ("diminished_role", "reassigned")


class Voice(NamedTuple):
    """An idea, a doubt, a fear, a question or a risk of friction, without its words.

    raised: the day; the Monday of the week for one without a name. unit: the smallest that a voice may be told of. topic: what it has in
    common with similar ones. accepted: the day on which an idea was taken on. public_answer: whether the answer can be read by all.
    response: of a risk, whether something was said to be done about it. credit: who has the idea in their name, if they want that.
    """

    id: str
    kind: str
    raised: date
    unit: str | None = None
    state: str | None = None
    owner: str | None = None
    due: date | None = None
    accepted: date | None = None
    answered: date | None = None
    completed: date | None = None
    public_answer: bool | None = None
    topic: str | None = None
    response: bool | None = None
    credit: str | None = None


class Round(NamedTuple):
    """One time an instrument was asked. answered: how many did, rounded."""

    id: str
    instrument: str
    purpose: str | None = None
    opened: date | None = None
    closed: date | None = None
    invited: int | None = None
    answered: int | None = None


class Response(NamedTuple):
    """Which share of a unit answered a round; of units with at least 10 invited alone. Shares are 0 to 1."""

    round: str
    unit: str
    share: float
    invited: int | None = None


class AmountOfChange(NamedTuple):
    """How much change is asked for at the outset, beside what there is room for. decided: None while it is not.

    gap: of culture now and wanted (Aitchison). divergence: from how things are done, rated by so many `raters` from outside the program.
    concurrent: other changes at the same time. reasons: whether reasons are written for deciding as was decided.
    """

    decided: date | None = None
    gap: float | None = None
    divergence: float | None = None
    raters: int | None = None
    free_hours_per_week: float | None = None
    asked_hours_per_week: float | None = None
    concurrent: int | None = None
    above_capacity: bool | None = None
    reasons: bool | None = None


class Impact(NamedTuple):
    """How strong a change is for a role, a process or a unit, as the program and as the group rate it (1 to 5)."""

    id: str
    kind: str
    subject: str
    by_program: float | None = None
    by_group: float | None = None
    unit: str | None = None


class Perception(NamedTuple):
    """That somebody said how a change is felt: neither who nor what. answered: the day of a response."""

    id: str
    kind: str
    raised: date
    role: str | None = None
    unit: str | None = None
    answered: date | None = None


class Reassignment(NamedTuple):
    """Somebody who is to report to another manager, and on which day each of the three talked about it."""

    person: str
    from_manager: str | None = None
    to_manager: str | None = None
    effective: date | None = None
    talked_from: date | None = None
    talked_to: date | None = None
    talked_person: date | None = None
