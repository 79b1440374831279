"""Examples of CHAN, and of PEER about cascades."""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.facts import Facts, Message, Reachable, Segment, Sending, Step
from commonground.guidance.guidelines.examples.made import ahead, given

NUMBER: Final = Message("M1", "Your new number", "customers", segments=("firms",), channels=("email",), state="draft")
WHY: Final = Message("M2", "Why we change")

EXAMPLES: Final[Mapping[str, Facts]] = {
    "CHAN-01": given(
        messages=[NUMBER],
        segments=[Segment("firms", "Small firms")],
        reachable=[Reachable("firms", ("email",), 700), Reachable("firms", ("fax",), 300)],
    ),
    "CHAN-02": given(
        messages=[NUMBER],
        segments=[Segment("firms", "Small firms")],
        reachable=[
            Reachable("firms", ("email",), 960),
            Reachable("firms", ("letter",), 30),
            Reachable("firms", (), 10),
        ],
    ),
    "CHAN-03": given(messages=[NUMBER], sendings=[Sending("M1", "email", 700, 630, 70)]),
    "PEER-05": given(messages=[WHY], steps=[Step("M2", "Billing", "dieter", ahead(-20), ahead(-10))]),
    "PEER-07": given(
        messages=[WHY],
        steps=[
            Step("M2", "Billing", "dieter", ahead(-40), ahead(-30), ahead(-35)),
            Step("M2", "Water", "wim", ahead(-40), ahead(-30), ahead(-12)),
        ],
    ),
}
