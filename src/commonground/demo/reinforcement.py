"""What keeps Northlight's new ways going, how its old ones end, and two formal steps: one that came too early, one that came last."""

from collections.abc import Callable
from typing import Final, NamedTuple

from commonground.analysis.facts import CorrectiveStep, Reinforcement, Row, Sunset
from commonground.analysis.reinforcement.ladder import FAIR
from commonground.demo.days import Days

Named = Callable[[str], str]


class Done(NamedTuple):
    """Something that was done. on: in days from today; takes: measure, new before and after, old before and after."""

    key: str
    behaviour: str
    kind: str
    on: int
    unit: str | None
    words: str
    by: str = ""
    rests_on: str = ""
    how: str = ""
    public: bool = False
    names: bool = False
    takes: tuple[str, float, float, float, float] | None = None


class Again(NamedTuple):
    """What is planned to be done again."""

    key: str
    behaviour: str
    kind: str
    unit: str | None
    words: str
    owner: str
    since: int
    weekly_for: int
    shortest: int
    longest: int
    line: str = ""


class Ending(NamedTuple):
    """How an old way ends. Its day stands with the behaviour."""

    behaviour: str
    removes: str
    who: str
    announced: int | None = None
    by: str = ""
    how: str = ""
    removed: int | None = None


class Formal(NamedTuple):
    """A formal step. beside: the key of what goes on beside it, if anything."""

    key: str
    behaviour: str
    unit: str
    on: int
    about: str
    private_word: bool
    beside: str
    fair: tuple[str, ...]
    decided_by: str
    appeal_to: str = ""


TASK, COUNTS = "task", "counts"
DONE: Final = (
    Done("RE-01", "log-contact", "recognition", -280, "cc", "A move-in that three desks followed without asking", "Grace Mbeki", TASK,
        "the morning round", True),
    Done("RE-02", "log-contact", "easier", -224, None, "The record opens with the address filled in", "Hannah Brandt", "", "", False, False,
        ("minutes", 5.0, 3.0, 4.0, 4.0)),
    Done("RE-03", "log-contact", "feedback", -118, "wa", "What a noted leak saved the crew that came at night", "Tomasz Wieczorek", TASK),
    Done("RE-04", "log-contact", "norm", -75, None, "Two of three contacts are noted already; customers notice", "Hannah Brandt",
        "", "the first page of the record", True),
    Done("RE-05", "log-contact", "recognition", -50, "wa", "Every burst of the week told before the phone rang", "Tomasz Wieczorek", TASK,
        "the depot’s board", True),
    Done("RE-06", "log-contact", "feedback", -33, "el", "One connection, looked at together from call to cable", "Amara Osei", TASK),
    Done("RE-07", "log-contact", "recognition", -26, "bi", "Notes from which the letter could be written at once", "Dieter Hahn", TASK),
    Done("RE-08", "log-contact", "prompt", -19, "me", "A card in the van: noted before the engine starts", "Gerard Visser"),
    Done("RE-09", "log-contact", "feedback", -12, "cc", "One contact, looked at together: what the next desk could do with it",
        "Grace Mbeki", TASK),
    Done("RE-10", "hand-over-with-case", "prompt", -180, None, "The case asks for the next hand when it is closed", "Gerard Visser"),
    Done("RE-11", "hand-over-with-case", "prompt", -20, None, "The question stands in the case where the phone number stood",
        "Gerard Visser"),
    Done("RE-12", "read-on-device", "easier", -30, "me", "The device wakes up on the right address", "Ahmed Mansour", "", "", False, False,
        ("minutes", 6.0, 4.0, 3.0, 3.0)),
    Done("RE-13", "read-on-device", "recognition", -23, "me-north-a", "A whole round from the device, cellars too", "Luis Ferreira", TASK,
        "the depot’s board", True),
    Done("RE-14", "read-on-device", "norm", -25, "me-south", "A list on the wall of who still writes on paper", "", "", "the depot’s wall",
        True, True),
    Done("RE-15", "keep-complaint", "easier", -95, "cc", "The desk may cancel a fee itself", "Emeka Obi", "", "", False, False,
        ("steps", 7.0, 3.0, 5.0, 9.0)),
    Done("RE-16", "keep-complaint", "recognition", -62, "cc-desks", "A complaint that was put right while the customer stood there",
        "Emeka Obi", TASK, "the morning round", True),
    Done("RE-17", "keep-complaint", "feedback", -16, "cc", "What a customer wrote after one call", "Emeka Obi", TASK),
    Done("RE-18", "answer-first-call", "recognition", -168, "cc-phone-1", "Thanks to team Lark for what they found out",
        "Grace Mbeki", TASK, "coffee with the director", True),
    Done("RE-19", "answer-first-call", "recognition", -14, "cc", "Five hundred first answers in one week", "Grace Mbeki", COUNTS,
        "the screen over the desks", True),
)  # fmt: skip
AGAIN: Final = (
    Again("RP-1", "log-contact", "feedback", "cc", "One contact, looked at together in the morning round", "Grace Mbeki", -120, 6, 2, 5),
    Again("RP-2", "log-contact", "recognition", "wa", "A note that helped the next crew, told on the depot’s board", "Tomasz Wieczorek",
        -120, 4, 2, 4),
    Again("RP-3", "read-on-device", "recognition", "me", "A round that was read from the device, told in the depot", "Luis Ferreira", -84,
        8, 2, 4, "P-THANKS"),
    Again("RP-4", "keep-complaint", "feedback", "cc", "A customer’s own words, read out", "Emeka Obi", -90, 4, 3, 6),
)  # fmt: skip
ENDS: Final = (
    Ending("log-contact", "The shared spreadsheet becomes read-only", "Hannah Brandt", -40, "Hannah Brandt",
        "in the morning rounds, and on the first line of the spreadsheet"),
    Ending("read-on-device", "Paper reading sheets are no longer printed", "Gerard Visser", -70, "Gerard Visser", "in each depot"),
    Ending("keep-complaint", "The line to find who knows is switched off", "Emeka Obi", -130, "Farah Haddad", "in each team", -98),
)  # fmt: skip
FORMAL: Final = (
    Formal("FS-1", "answer-first-call", "cc-phone-4", -18, "Bill queries are called back by habit", False, "", ("in_time", "respectful"),
        "Grace Mbeki"),
    Formal("FS-2", "read-on-device", "me-north-night", -10, "Night readings are written on paper although the device is at hand", True,
        "RP-3", tuple(FAIR), "Luis Ferreira", "Farah Haddad"),
)  # fmt: skip


def rows(days: Days, named: Named) -> dict[str, list[Row]]:
    """The sheets of Northlight's reinforcement. named: a name of the story → the person's id."""

    def person(name: str) -> str | None:
        return named(name) if name else None

    return {
        "reinforcements": [_done(one, days, person) for one in DONE],
        "sunsets": [
            Sunset(
                one.behaviour,
                days.maybe(one.announced),
                person(one.by),
                one.how or None,
                one.removes,
                person(one.who),
                days.maybe(one.removed),
            )
            for one in ENDS
        ],
        "corrective_steps": [_formal(one, days, person) for one in FORMAL],
    }


def _done(one: Done, days: Days, person: Callable[[str], str | None]) -> Reinforcement:
    return Reinforcement(
        one.key,
        one.behaviour,
        one.kind,
        days.on(one.on),
        one.unit,
        one.words,
        person(one.by),
        one.rests_on or None,
        one.public,
        one.names,
        *(one.takes or (None,) * 5),
    )


def _formal(one: Formal, days: Days, person: Callable[[str], str | None]) -> CorrectiveStep:
    return CorrectiveStep(
        one.key,
        one.behaviour,
        one.unit,
        days.on(one.on),
        one.about,
        one.private_word,
        bool(one.beside),
        one.fair,
        person(one.decided_by),
        person(one.appeal_to),
    )
