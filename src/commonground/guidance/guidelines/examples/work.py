"""Examples of PROC and FLOW."""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.facts import Facts, Handoff, LogActivity, Process, Workflow
from commonground.guidance.guidelines.examples.made import OPEN, given

METER: Final = Process("P2", "Set the meter", "Water", (), "Move in")
BILL: Final = Process("P3", "Send the first bill", "Billing", (), "Move in")
STAYS: Final = OPEN._replace(fate="keep", to_unit=None)
WAY: Final = Workflow("Move in", "Move in", median_lead_working_hours=40.0)
HANDED_ON: Final = Handoff("Move in", "P1", "P2", "the order", "as_is", 16.0, 200, 10)

EXAMPLES: Final[Mapping[str, Facts]] = {
    "PROC-03": given(
        log_activities=[
            LogActivity("Copy to the old system", 300, "crm"),
            LogActivity("Open the account", 9_700, "crm", "P1"),
        ]
    ),
    "PROC-04": given(processes=[OPEN._replace(fate="eliminate", open_work="40 cases")]),
    "FLOW-01": given(processes=[STAYS, METER], workflows=[WAY], handoffs=[HANDED_ON]),
    "FLOW-02": given(processes=[STAYS, METER], handoffs=[HANDED_ON._replace(ping_pong_cases=50)]),
    "FLOW-03": given(
        processes=[STAYS, METER, BILL],
        handoffs=[
            Handoff("Move in", "P1", "P3", when="as_is"),
            Handoff("Move in", "P1", "P2", when="to_be"),
            Handoff("Move in", "P2", "P3", when="to_be"),
        ],
    ),
}
