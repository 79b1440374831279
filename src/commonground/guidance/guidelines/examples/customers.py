"""Examples of CUST."""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.facts import Facts, Hiccup, Milestone, Panel, Phase, Workflow
from commonground.guidance.guidelines.examples.made import OPEN, ahead, given

SOON: Final = Milestone("cut_over", ahead(30))

EXAMPLES: Final[Mapping[str, Facts]] = {
    "CUST-01": given(
        phases=[Phase(3, start=ahead(60))], panels=[Panel("C1", "An evening with installers", end=ahead(-30))]
    ),
    "CUST-02": given(milestones=[SOON], hiccups=[Hiccup("yes")]),
    "CUST-03": given(
        milestones=[SOON],
        processes=[OPEN],
        workflows=[Workflow("Move in", "Move in", customer_need="power from the first day")],
        messages=[],
    ),
}
