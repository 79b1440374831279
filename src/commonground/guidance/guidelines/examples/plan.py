"""Examples of BUDG, PHAS, THRY and UNIT."""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.facts import Activity, BudgetLine, Capacity, Facts, Phase
from commonground.guidance.guidelines.examples.made import DIETER, OPEN, ahead, clerks, given

EXAMPLES: Final[Mapping[str, Facts]] = {
    "BUDG-01": given(
        activities=[Activity("A1", "talk", practice="LEAD"), Activity("A2", "course", practice="TRAIN")],
        budget=[BudgetLine("L1", "Courses", practice="TRAIN", planned=9_000.0)],
    ),
    "BUDG-02": given(
        budget=[
            BudgetLine("L1", "Licences", purpose="technology", planned=90_000.0),
            BudgetLine("L2", "Courses", purpose="people", planned=10_000.0),
        ]
    ),
    "PHAS-03": given(
        activities=[Activity("A1", "Talk at the night shift", "Billing", start=ahead(-20), state="planned")]
    ),
    "THRY-01": given(
        activities=[
            Activity("A1", "course", technique="education", state="planned"),
            Activity("A2", "brown bag", technique="education", state="planned"),
            Activity("A3", "letter", technique="education", state="planned"),
        ]
    ),
    "UNIT-01": given(people=[DIETER], processes=[OPEN], activities=[], milestones=[]),
    "UNIT-02": given(
        phases=[
            Phase(1, entered=ahead(-200)),
            Phase(2, start=ahead(-30), entered=ahead(-30)),
            Phase(3, start=ahead(90)),
            Phase(2, "Water"),
        ]
    ),
    "UNIT-03": given(
        people=clerks(10),
        activities=[Activity("A1", "course", "Billing", start=ahead(20), hours_per_person=9)],
        capacity=[Capacity(4.0, "Billing")],
    ),
}
