"""Examples of SEQ, EARLY and CULT."""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.facts import Activity, AmountOfChange, Facts, Impact, Milestone, Role
from commonground.guidance.guidelines.examples.made import DIETER, MEI, OPEN, ahead, given

EXAMPLES: Final[Mapping[str, Facts]] = {
    "SEQ-01": given(
        milestones=[
            Milestone("strategy_agreed", actual=ahead(-90)),
            Milestone("technology_chosen", actual=ahead(-60)),
            Milestone("workflows_agreed", actual=ahead(-30)),
        ]
    ),
    "SEQ-02": given(
        milestones=[Milestone("cut_over", ahead(14))],
        people=[MEI],
        roles=[Role("clerk", "Billing clerk", fate="change")],
        acknowledgements=[],
    ),
    "EARLY-01": given(milestones=[Milestone("first_raised", actual=ahead(-60))], engagements=[]),
    "EARLY-02": given(
        milestones=[Milestone("technology_chosen", actual=ahead(-60))],
        activities=[
            Activity("A1", "course", start=ahead(-10), hours=70.0),
            Activity("A2", "workshop", start=ahead(-90), hours=30.0),
        ],
    ),
    "EARLY-03": given(
        people=[DIETER],
        processes=[OPEN],
        activities=[Activity("A1", "newsletter", start=ahead(-20), end=ahead(-19), state="done")],
    ),
    "CULT-01": given(milestones=[Milestone("amount_of_change_decided", actual=ahead(-10))], rounds=[]),
    "CULT-02": given(
        milestones=[Milestone("team_seated", actual=ahead(-30))],
        amount_of_change=[AmountOfChange(ahead(-10), free_hours_per_week=400, asked_hours_per_week=300)],
    ),
    "CULT-03": given(impacts=[Impact("I1", "role", "clerk", 2, 4)], roles=[Role("clerk", "Billing clerk")]),
}
