"""Examples of OWN, TEAM and MNGR."""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.facts import Does, Facts, Path, Person, Process, Role, RoleChange, Seat, Solution
from commonground.guidance.guidelines.examples.made import DAY, DIETER, MEI, OPEN, ahead, clerks, given

CLERK: Final = Role("clerk", "Billing clerk", fate="change", effective=ahead(60))
METERS: Final = Process("P2", "Read the meter", "Water", ("wim",), "Metering", "reshape")
WIM: Final = Person("wim", "Wim de Vries", "Water", role="head", level="manager")
BOTH: Final = [DIETER, WIM]

EXAMPLES: Final[Mapping[str, Facts]] = {
    "OWN-01": given(people=clerks(12), roles=[CLERK], processes=[], does=[]),
    "OWN-02": given(people=[DIETER, MEI], processes=[OPEN], does=[]),
    "OWN-03": given(
        people=[DIETER],
        processes=[Process(f"P{at}", f"Step {at}", "Billing", ("dieter",), fate="reshape") for at in range(1, 7)],
    ),
    "TEAM-01": given(people=BOTH, processes=[OPEN, METERS], seats=[Seat("S1", "dieter")]),
    "TEAM-02": given(
        people=BOTH,
        processes=[OPEN],
        solutions=[Solution("S1", "Move in"), Solution("S2", "Metering")],
        seats=[Seat("S2", "dieter"), Seat("S1", "wim")],
    ),
    "TEAM-03": given(people=[DIETER, MEI, WIM], processes=[], seats=[Seat("S1", "dieter"), Seat("S1", "wim")]),
    "TEAM-04": given(people=[DIETER, MEI], seats=[Seat("S1", "mei", consent=True, start=ahead(-60))], takes_part=[]),
    "MNGR-01": given(
        people=[DIETER, MEI], processes=[OPEN], solutions=[Solution("S1", "Move in")], seats=[], takes_part=[]
    ),
    "MNGR-02": given(people=[*BOTH, MEI], paths=[Path("mei", "clerk", "same", to_unit="Water", to_manager="wim")]),
    "MNGR-03": given(
        people=[DIETER, MEI, WIM],
        processes=[],
        roles=[Role("head", "Head of unit")],
        paths=[Path("mei", "clerk", "same", to_unit="Water", to_manager="wim")],
    ),
    "MNGR-04": given(people=BOTH, processes=[OPEN._replace(to_answers_for=("dieter", "wim"))]),
    "MNGR-05": given(
        people=[DIETER],
        roles=[Role("head", "Head of unit")],
        role_changes=[RoleChange("head", "decisions", -2)],
        conversations=[],
    ),
    "PROC-01": given(people=[DIETER, MEI], processes=[OPEN._replace(answers_for=())]),
    "PROC-02": given(
        people=[DIETER, MEI],
        processes=[OPEN],
        does=[Does("P1", "mei")],
        solutions=[Solution("S1", "Move in", opened=DAY)],
        seats=[Seat("S1", "mei")],
        takes_part=[],
    ),
}
