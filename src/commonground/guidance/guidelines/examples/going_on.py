"""Examples of NEW, REIN and SOFT, and of the gates of PHAS and BUDG."""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.facts import (
    Activity,
    BudgetLine,
    CorrectiveStep,
    Experiment,
    Facts,
    Gate,
    Phase,
    Reinforcement,
)
from commonground.guidance.guidelines.examples.made import ahead, given
from commonground.guidance.guidelines.examples.pace import NOTE

EXAMPLES: Final[Mapping[str, Facts]] = {
    "BUDG-03": given(
        budget=[BudgetLine("L1", "Courses", purpose="people", planned=10_000.0, spent=9_500.0, phase=1)],
        gates=[Gate(1, state="review", asked=ahead(-10))],
    ),
    "NEW-01": given(
        experiments=[Experiment("X1", "A card in the van", behaviour="B1", starts=ahead(5), weeks=10, state="draft")]
    ),
    "PHAS-01": given(gates=[Gate(1, state="passed", decided=ahead(-30), by="dieter")], evidence=[]),
    "PHAS-02": given(
        phases=[Phase(1, start=ahead(-200), end=ahead(-40)), Phase(2, start=ahead(-40))],
        gates=[Gate(1, state="review", asked=ahead(-20))],
        activities=[Activity("A1", "Panel with customers", start=ahead(-10), state="running")],
    ),
    "REIN-01": given(
        behaviours=[NOTE],
        corrective_steps=[CorrectiveStep("F1", "B1", "Billing", ahead(-10), "Notes are kept on paper cards")],
        reinforcements=[],
    ),
    "REIN-02": given(behaviours=[NOTE], reinforcements=[Reinforcement("R1", "B1", "recognition", ahead(-70))]),
    "REIN-03": given(
        behaviours=[NOTE],
        reinforcements=[
            Reinforcement("R1", "B1", "easier", ahead(-20), measure="minutes", new_after=6.0, old_after=3.0)
        ],
    ),
    "REIN-04": given(
        behaviours=[NOTE], reinforcements=[Reinforcement("R1", "B1", "recognition", ahead(-20), rests_on="counts")]
    ),
    "SOFT-01": given(
        behaviours=[NOTE],
        reinforcements=[
            Reinforcement(
                "R1", "B1", "norm", ahead(-20), "Billing", "A list on the wall", public=True, names_people=True
            )
        ],
    ),
}
