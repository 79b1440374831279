"""What keeps a new way going and what still pays the old one: what was done, how an old path ends, and formal steps."""

from datetime import date
from typing import Final, NamedTuple

from commonground.analysis.reinforcement.ladder import ENVIRONMENT, FAIR
from commonground.analysis.reinforcement.silence import KEEPS_GOING, RESTS_ON

REINFORCEMENT_KINDS: Final = (*KEEPS_GOING, *ENVIRONMENT)
EFFORTS: Final = ("minutes", "steps")

__all__ = [
    "EFFORTS",
    "ENVIRONMENT",
    "FAIR",
    "REINFORCEMENT_KINDS",
    "RESTS_ON",
    "CorrectiveStep",
    "Reinforcement",
    "Sunset",
]


class Reinforcement(NamedTuple):
    """Something that was done on a day, for the people of a unit or for everybody, for one behaviour.

    what: in words, without a name. rests_on: how the task was done, or counts. public: others see it; names_people: it names some.
    measure: what one occasion takes is counted in; new_before, new_after, old_before, old_after: that of the new and of the old way.
    """

    id: str
    behaviour: str
    kind: str
    on: date
    unit: str | None = None
    what: str | None = None
    by: str | None = None
    rests_on: str | None = None
    public: bool | None = None
    names_people: bool | None = None
    measure: str | None = None
    new_before: float | None = None
    new_after: float | None = None
    old_before: float | None = None
    old_after: float | None = None


class Sunset(NamedTuple):
    """How the old way of a behaviour ends; the day itself is the behaviour's `old_sunset`.

    removes: what takes it away; removed: when it did.
    """

    behaviour: str
    announced: date | None = None
    by: str | None = None
    how: str | None = None
    removes: str | None = None
    who: str | None = None
    removed: date | None = None


class CorrectiveStep(NamedTuple):
    """A formal step about a practice of a unit, never about a person. private_word: there was one; nothing else is known of it.

    beside: what helps the new way goes on beside it. fair: which rules of a fair process held. appeal_to: to whom one can turn.
    """

    id: str
    behaviour: str
    unit: str
    on: date
    about: str | None = None
    private_word: bool | None = None
    beside: bool | None = None
    fair: tuple[str, ...] = ()
    decided_by: str | None = None
    appeal_to: str | None = None
