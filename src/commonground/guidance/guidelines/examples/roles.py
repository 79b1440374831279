"""Examples of ROLE, LOSS and TRAIN."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from commonground.analysis.facts import (
    Attendance,
    Behaviour,
    Facts,
    Milestone,
    Pace,
    Perception,
    Role,
    RoleChange,
    Stage,
    Training,
    TrainingSession,
)
from commonground.guidance.guidelines.examples.made import DIETER, MEI, ahead, clerks, given

CLERK: Final = Role("clerk", "Billing clerk", fate="change", effective=ahead(14))
RECORD: Final = Training("T1", "The customer record", ("clerk",), touches_crm=True)
LAST: Final = date(2026, 11, 9)  # the Monday of the last whole week

EXAMPLES: Final[Mapping[str, Facts]] = {
    "ROLE-01": given(people=[MEI], roles=[CLERK], acknowledgements=[]),
    "ROLE-02": given(roles=[CLERK._replace(definition_before="Answers letters about bills.")]),
    "ROLE-03": given(people=[MEI], roles=[CLERK._replace(fate="end")], paths=[]),
    "ROLE-04": given(roles=[CLERK], stages=[Stage("role", "clerk", told=ahead(20), in_force=ahead(14))]),
    "LOSS-01": given(
        people=[DIETER], role_changes=[RoleChange("head", "budget", -2, offered="the panel of customers")]
    ),
    "LOSS-02": given(people=[MEI], perceptions=[Perception("F1", "diminished_role", ahead(-10), "clerk")]),
    "LOSS-03": given(
        people=[DIETER],
        role_changes=[
            RoleChange("head", kind, -1, accepted=True, unit="Billing", effective=ahead(days))
            for kind, days in (("people", 10), ("budget", 60), ("decisions", 120))
        ],
    ),
    "TRAIN-01": given(
        people=clerks(10),
        training=[RECORD._replace(behaviour="B1")],
        attendance=[Attendance("T1", f"c{at}", ahead(-100), "attended") for at in range(1, 11)],
        behaviours=[Behaviour("B1", "Note the contact")],
        pace=[Pace("B1", LAST - timedelta(weeks=back), 2, 98, unit="Billing", people=10) for back in (3, 2, 1, 0)],
    ),
    "TRAIN-02": given(people=[MEI], roles=[CLERK], training=[RECORD], attendance=[]),
    "TRAIN-03": given(
        people=[MEI],
        roles=[CLERK._replace(effective=None)],
        training=[RECORD],
        sessions=[TrainingSession("E1", "T1", ahead(-90))],
        milestones=[Milestone("cut_over", ahead(14))],
    ),
    "TRAIN-04": given(people=[DIETER, MEI], training=[RECORD]),
}
