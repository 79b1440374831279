"""Examples of IDEA, and of PEER about what is heard from people."""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.facts import Facts, Person, Voice
from commonground.guidance.guidelines.examples.made import ahead, clerks, given

ASKED: Final = ("Billing", "Customer desk", "Water")
CROWD: Final[list[Person]] = [one._replace(id=f"{unit} {one.id}") for unit in ASKED for one in clerks(10, unit, None)]

EXAMPLES: Final[Mapping[str, Facts]] = {
    "IDEA-01": given(voices=[Voice("V1", "question", ahead(-20), state="assigned", owner="dieter")]),
    "IDEA-02": given(voices=[Voice("V1", "idea", ahead(-150), state="accepted", owner="mei", accepted=ahead(-120))]),
    "IDEA-03": given(voices=[Voice("V1", "risk", ahead(-20), state="assigned", owner="mei", response=False)]),
    "PEER-04": given(
        people=CROWD,
        voices=[
            Voice(f"V{at}", "doubt", ahead(-20), unit, "answered", topic="night shift")
            for at, unit in enumerate(ASKED, start=1)
        ],
    ),
    "PEER-06": given(
        people=CROWD,
        voices=[
            Voice(f"V{at}", "question", ahead(days), unit)
            for at, (unit, days) in enumerate(zip(ASKED, (-9, -20, -90), strict=True))
        ],
    ),
}
