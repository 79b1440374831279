"""Northlight's gates: the first behind the whole with one condition open, the second in review, one unit ahead and one sent back.

The contact centre went through its second gate with little to show of what is real, and the small program has spent nearly all of its first
phase without asking: both are found.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from commonground.analysis import facts
from commonground.analysis.facts import Row
from commonground.analysis.plan.criteria import FILED, MEASURED, MET, NOT_MET, PROMISED
from commonground.demo.days import Days

RUTH: Final = "Ruth Nakamura"
MAREN: Final = "Maren Lindqvist"


class Stand(NamedTuple):
    """A gate, in days from today. why: the reason of the last decision; body: who decided with the sponsor."""

    number: int
    unit: str | None
    state: str
    asked: int | None = None
    decided: int | None = None
    why: str = ""
    body: str = ""


class Shown(NamedTuple):
    """Something that says so at a gate. by: who filed it, or sees to the condition; due: of a condition."""

    number: int
    unit: str | None
    criterion: str
    answer: str
    on: int
    words: str
    by: str = MAREN
    how: str = FILED
    value: float | None = None
    due: int | None = None
    place: str = ""


GATES: Final = (
    Stand(1, None, "conditional", -238, -224, "The three houses meet each week on the same cases, and the records are worth joining. "
          "What is still missing has a name and a day.", "the executive board"),
    Stand(2, None, "review", -6),
    Stand(1, "wa", "refused", -52, -38,
          "The crews have seen the new case sheet once. We ask again after the summer works.", "with Kenji Mori"),
    Stand(1, "cc", "passed", -330, -315, "Two cases in three are seen through by whoever took the call.", "the executive board"),
    Stand(2, "cc", "passed", -30, -21, "The cut-over went well and the evenings with movers are full.", "the executive board"),
)  # fmt: skip
FLEET_GATES: Final = (Stand(1, None, "open"),)
SHOWN: Final = (
    Shown(1, None, "leaders", MET, -236, "All five heads of unit signed the plan of phase two", place="Minute of 12 months ago, point 3"),
    Shown(1, None, "use", MET, -224, "Log the contact: share new of the last four weeks", "", MEASURED, 0.36),
    Shown(1, None, "crossings", MET, -224, "Electricity to Billing, the move: median wait", "", MEASURED, 19.0),
    Shown(1, None, "roles", MET, -226, "Holders of the case work roles, on paper then", value=0.62),
    Shown(1, None, "reach", MET, -229, "Letters and cards of the first notice, counted by Print and post", "Farah Haddad", value=0.93),
    Shown(1, None, "records", PROMISED, -224, "Draw 400 shared records by lot and complete what is missing", "Sanjay Bhat", due=45),
    Shown(2, None, "leaders", MET, -5, "Four of five heads of unit agree; Water asks for its own dates", RUTH),
    Shown(2, None, "records", NOT_MET, -9, "400 records drawn by lot, 322 complete; 214 addresses have two numbers", "Sanjay Bhat",
          value=0.805, place="Folder of the records team"),
    Shown(1, "wa", "leaders", MET, -50, "Both heads agree to go on once the mains crews are on the device", "Kenji Mori"),
    Shown(1, "wa", "use", NOT_MET, -38, "Share new in Water, last four weeks", "", MEASURED, 0.12),
    Shown(1, "cc", "use", MET, -315, "Share new at the contact centre, last four weeks", "", MEASURED, 0.41),
    Shown(1, "cc", "crossings", MET, -315, "Contact centre to Billing: median wait", "", MEASURED, 11.0),
    Shown(1, "cc", "records", MET, -318, "120 cases read by two pairs", "Rosa Quintero", value=0.93),
    Shown(1, "cc", "roles", MET, -317, "Everybody of the three desks", "Rosa Quintero", value=0.88),
    Shown(1, "cc", "reach", MET, -320, "Cards at the desks and letters", "Farah Haddad", value=0.9),
    Shown(2, "cc", "use", MET, -21, "Share new at the contact centre, last four weeks", "", MEASURED, 0.66),
    Shown(2, "cc", "roles", MET, -24, "Everybody but one of long leave", "Rosa Quintero", value=0.97),
)  # fmt: skip


def gates(days: Days, stands: Sequence[Stand], person: Callable[[str], str], decider: str = RUTH) -> list[Row]:
    """The sheet of gates. person: the id of somebody by name."""
    return [
        facts.Gate(
            one.number,
            one.unit,
            one.state,
            days.maybe(one.asked),
            days.maybe(one.decided),
            person(decider) if one.decided is not None else None,
        )
        for one in stands
    ]


def evidence(days: Days, person: Callable[[str], str]) -> list[Row]:
    """The sheet of what says so."""
    return [
        facts.Evidence(
            one.number,
            one.unit,
            one.criterion,
            one.answer,
            one.how,
            days.on(one.on),
            person(one.by) if one.by else None,
            days.maybe(one.due),
            one.value,
            one.words,
        )
        for one in SHOWN
    ]


def rows(days: Days, person: Callable[[str], str]) -> dict[str, list[Row]]:
    """The sheets of Northlight."""
    return {"gates": gates(days, GATES, person), "evidence": evidence(days, person)}
